from __future__ import annotations

from pathlib import Path

from desktop.services.office import Office
from desktop.services.shared_agency import apply_shared_agency

SETTINGS = '[agency]\nname = "測試市政府"\ncity = "測試市"\n'


def test_shared_settings_are_taken_over_once(office: Office, tmp_path: Path) -> None:
    shared = tmp_path / "機關 設定.toml"
    shared.write_text(SETTINGS, encoding="utf-8")

    assert "已套用" in (apply_shared_agency(office, shared) or "")
    with office.store.reading() as reader:
        assert office.agency(reader)[0].name == "測試市政府"
    assert apply_shared_agency(office, shared) is None


def test_changed_shared_settings_are_taken_over_again(office: Office, tmp_path: Path) -> None:
    shared = tmp_path / "agency.toml"
    shared.write_text(SETTINGS, encoding="utf-8")
    apply_shared_agency(office, shared)
    shared.write_text(SETTINGS.replace("測試市政府", "新市政府"), encoding="utf-8")

    assert "已套用" in (apply_shared_agency(office, shared) or "")
    with office.store.reading() as reader:
        assert office.agency(reader)[0].name == "新市政府"


def test_shared_settings_out_of_reach_leave_the_stores_own(office: Office, tmp_path: Path) -> None:
    with office.store.writing("設定") as writer:
        writer.set_agency(SETTINGS)

    words = apply_shared_agency(office, tmp_path / "absent.toml") or ""

    assert "讀不到，沿用資料庫裡的設定" in words
    with office.store.reading() as reader:
        assert office.agency(reader)[0].name == "測試市政府"


def test_broken_shared_settings_are_named_and_not_stored(office: Office, tmp_path: Path) -> None:
    shared = tmp_path / "agency.toml"
    shared.write_text("[agency]\nname = 3\n", encoding="utf-8")

    words = apply_shared_agency(office, shared) or ""

    assert "有誤，目前沒有任何機關設定" in words
    with office.store.reading() as reader:
        assert reader.agency_text() is None
