"""歷年核給紀錄 from file to verdict: unknown, nobody had anything, somebody had it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop.domain.attendance import FormerAward
from desktop.services.facts import gather
from desktop.services.import_preview import preview
from desktop.services.importing import read_batch, store_batch, take_back
from desktop.services.office import Office
from desktop.store import Store

ROSTER = "人員代號,姓名,服務單位,職稱,官職等,人員類別,主管\n"
PEOPLE = "A1,王小明,民政課,課員,薦任第6職等,編制內公務人員,否\nA2,李大同,民政課,課長,薦任第8職等,編制內公務人員,是\n"
HISTORY = "人員代號,姓名,年度,計畫,項目,次數,核給日期\n"
ONE = "A1,王小明,112,他縣市計畫,嘉獎二次,,113/01/15\n"
PLAN = "kaohsiung-114"
ASKING = '[commendation]\nfrequency = "first_time_only"\nfrequency_clause = "七（七）"\n'


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def staffed(office: Office, tmp_path: Path) -> Office:
    """Two people under a plan that asks what they had before."""
    store_batch(office, read_batch(office, [write(tmp_path, "名冊.csv", ROSTER + PEOPLE)]))
    path = Path(__file__).parents[3] / "resources" / "plans" / f"{PLAN}.toml"
    text = path.read_text(encoding="utf-8").replace("[commendation]\n", ASKING)
    with office.store.writing("計畫") as writer:
        writer.add_plan(PLAN, "asking", text)
    return office


def take(office: Office, folder: Path, text: str, name: str = "歷年.csv"):
    return store_batch(office, read_batch(office, [write(folder, name, text)]))


def histories(office: Office) -> list[tuple[FormerAward, ...] | None]:
    with office.store.reading() as reader:
        return [facts.history for facts in gather(office, reader, PLAN).people]


def test_without_a_list_nobody_knows(staffed: Office) -> None:
    assert histories(staffed) == [None, None]


def test_list_reaches_the_facts_of_whom_it_names(staffed: Office, tmp_path: Path) -> None:
    outcome = take(staffed, tmp_path, HISTORY + ONE)
    assert (outcome.rows_in, outcome.rows_stored) == (1, 1)
    first, second = histories(staffed)
    assert [replace(award, place=None) for award in first] == [
        FormerAward("A1", 112, "他縣市計畫", "嘉獎", 2, date(2024, 1, 15))
    ]
    assert second == ()


def test_empty_list_says_nobody_had_anything_and_can_be_undone(
    staffed: Office, tmp_path: Path
) -> None:
    outcome = take(staffed, tmp_path, HISTORY)
    assert outcome.change.undo_token is not None
    assert any("都沒有核給過" in remark for remark in outcome.remarks)
    assert histories(staffed) == [(), ()]
    with staffed.store.reading() as reader:
        (file,) = reader.batch_files(outcome.batch_id)
        assert reader.file_bytes(file.digest).decode().startswith("人員代號")
    take_back(staffed, outcome.batch_id)
    assert histories(staffed) == [None, None]


def test_list_of_a_stranger_by_name_is_refused_whole(staffed: Office, tmp_path: Path) -> None:
    outcome = take(staffed, tmp_path, HISTORY + ONE + ",趙不在,112,,嘉獎,1,\n")
    assert (outcome.rows_stored, outcome.rows_refused) == (0, 2)
    assert histories(staffed) == [None, None]


def test_person_who_left_is_taken_by_id(staffed: Office, tmp_path: Path) -> None:
    assert take(staffed, tmp_path, HISTORY + "Z9,,111,,記功,1,\n").rows_stored == 1
    assert histories(staffed) == [(), ()]


def test_digest_moves_with_the_list_only_where_the_plan_asks(
    staffed: Office, tmp_path: Path
) -> None:
    def digests(plan_id: str) -> list[str]:
        with staffed.store.reading() as reader:
            basis = gather(staffed, reader, plan_id)
            return [basis.digest(facts) for facts in basis.people]

    before = digests(PLAN), digests("hsinchu-109")
    take(staffed, tmp_path, HISTORY + ONE)
    asking, other = digests(PLAN), digests("hsinchu-109")
    assert asking[0] != before[0][0]
    assert other == before[1]


def test_preview_says_what_a_row_is(staffed: Office, tmp_path: Path) -> None:
    draft = read_batch(staffed, [write(tmp_path, "歷年.csv", HISTORY + ONE)])
    (file,) = preview(staffed, draft).files
    assert file.kind_words == "歷年核給紀錄"
    assert [row.course for row in file.rows] == ["王小明 112 年獲嘉獎 2 次（他縣市計畫）"]


def test_supervisors_reach_the_roster(staffed: Office) -> None:
    with staffed.store.reading() as reader:
        assert [person.is_supervisor for person in reader.people()] == [False, True]


def test_office_opens_a_store_with_the_reader_of_old_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, office: Office
) -> None:
    from desktop.importers.shown_facts import facts_of_raw
    from desktop.services.office import open_office

    seen = {}
    real = Store.open

    def opening(path: Path, **options: object) -> Store:
        seen.update(options)
        return real(path, **options)  # type: ignore[arg-type]  # as given

    monkeypatch.setattr(Store, "open", opening)
    open_office(tmp_path / "other.db", actor="周雅雯", clock=office.clock).store.close()
    assert seen["reread"] is facts_of_raw
