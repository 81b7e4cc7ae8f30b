"""The agency's settings that an administrator gives to every user of a machine."""

from __future__ import annotations

from pathlib import Path

from desktop.rules.agency_loading import parse_agency
from desktop.rules.toml_table import TomlProblemsError
from desktop.services.office import Office


def apply_shared_agency(office: Office, path: Path) -> str | None:
    """Takes over the shared settings where they differ from the store's.

    They are kept in the store as the clerk's own would be, with their version and an entry in the
    audit trail, so that verdicts made on the former ones are listed as stale.

    Args:
        office: The open office.
        path: The shared ``agency.toml``.

    Returns:
        A Chinese sentence for the clerk when something happened or could not; None when the store
        holds these settings already.
    """
    with office.store.reading() as reader:
        stored = reader.agency_text()
    kept = "沿用資料庫裡的設定" if stored is not None else "目前沒有任何機關設定"
    try:
        text = path.read_text(encoding="utf-8-sig")
        parse_agency(text, name=path.name)
    except (OSError, UnicodeDecodeError):
        return f"機關統一設定檔「{path}」讀不到，{kept}；請確認網路磁碟機或告訴資訊人員。"
    except TomlProblemsError as error:
        return f"機關統一設定檔「{path}」有誤，{kept}；請告訴資訊人員：{error}"
    if stored is not None and stored[0] == text:
        return None
    with office.store.writing("套用機關統一設定") as writer:
        writer.set_agency(text)
    return f"已套用機關統一設定檔「{path}」；以前的判定若受影響，會列在「結果將不同」。"
