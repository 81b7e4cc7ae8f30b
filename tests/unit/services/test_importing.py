"""Importing: whole or not at all, counted, previewed, assigned, taken back."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from desktop.domain.evidence import EvidenceKind, RefusalReason
from desktop.services.draft import LEAVE_OUT, ImportDraft, RowState
from desktop.services.import_preview import preview
from desktop.services.importing import (
    assign_pending,
    find_people,
    pending,
    read_batch,
    read_paste,
    store_batch,
    take_back,
)
from desktop.services.office import Office
from desktop.services.progress import CancelledError
from desktop.services.verifying import case

SAMPLE = Path(__file__).parents[2] / "samples" / "kaohsiung-114" / "input"
HEAD = "人員代號,姓名,課程名稱,上課期間,閱讀時數,通過狀態,認證時數\n"
ROW = "A1,王小明,失智友善好厝邊,2025-03-15 10:00:00~ 2025-03-15 11:00:00,00:40:00,已通過,1.0\n"
ROSTER = "人員代號,姓名,服務單位,職稱,官職等,人員類別,班別\n"


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def staffed(office: Office, tmp_path: Path) -> Office:
    people = "A1,王小明,民政課,課員,薦任第6職等,編制內公務人員,A\nA2,李大同,民政課,課員,薦任第6職等,編制內公務人員,A\n"
    store_batch(office, read_batch(office, [write(tmp_path, "名冊.csv", ROSTER + people)]))
    return office


def test_rows_in_are_rows_stored_known_and_refused(staffed: Office, tmp_path: Path) -> None:
    bad = ROW.replace("2025-03-15 10:00:00", "03/04/2025 10:00:00")
    path = write(tmp_path, "紀錄.csv", HEAD + ROW + bad)
    outcome = store_batch(staffed, read_batch(staffed, [path]))
    assert (outcome.rows_in, outcome.rows_stored, outcome.rows_known, outcome.rows_refused) == (
        2,
        1,
        0,
        1,
    )
    assert [refusal.reason for refusal in outcome.refusals] == [RefusalReason.BAD_DATE]


def test_same_bytes_again_are_known_and_change_nothing(staffed: Office, tmp_path: Path) -> None:
    path = write(tmp_path, "紀錄.csv", HEAD + ROW)
    store_batch(staffed, read_batch(staffed, [path]))
    with staffed.store.reading() as reader:
        before = reader.counts()
    outcome = store_batch(staffed, read_batch(staffed, [path]))
    assert (outcome.rows_stored, outcome.rows_known) == (0, 1)
    assert outcome.batch_id == ""
    with staffed.store.reading() as reader:
        assert reader.counts() == before


def test_same_row_from_another_file_is_kept_and_marked(staffed: Office, tmp_path: Path) -> None:
    paths = [write(tmp_path, "甲.csv", HEAD + ROW), write(tmp_path, "乙.csv", HEAD + ROW + "\n")]
    outcome = store_batch(staffed, read_batch(staffed, paths))
    assert outcome.rows_stored == 2
    records = case(staffed, "kaohsiung-114", "A1").verdict.records
    assert len(records) == 1
    assert [code.value for code in records[0].reasons] == ["duplicate_record"]
    assert [copy.place.file_name for copy in records[0].copies] == ["乙.csv"]


def test_preview_stores_nothing_and_says_what_storing_would_do(
    staffed: Office, tmp_path: Path
) -> None:
    first = write(tmp_path, "甲.csv", HEAD + ROW)
    store_batch(staffed, read_batch(staffed, [first]))
    unknown = ROW.replace("A1,王小明", ",陳不識").replace("失智", "族群")
    draft = read_batch(
        staffed, [first, write(tmp_path, "乙.csv", HEAD + ROW.replace("10:00", "12:00") + unknown)]
    )
    with staffed.store.reading() as reader:
        before = reader.counts()
    shown = preview(staffed, draft)
    with staffed.store.reading() as reader:
        assert reader.counts() == before
    assert shown.rows_in == 3
    assert dict(shown.counts) == {RowState.KNOWN: 1, RowState.CHANGED: 1, RowState.NEW: 1}
    assert "陳不識" in shown.files[1].question


def test_left_out_file_is_not_stored(staffed: Office, tmp_path: Path) -> None:
    draft = read_batch(staffed, [write(tmp_path, "紀錄.csv", HEAD + ROW)])
    outcome = store_batch(staffed, draft, {draft.files[0].key: LEAVE_OUT})
    assert (outcome.rows_in, outcome.batch_id) == (0, "")


def test_assigned_file_counts_for_that_person(staffed: Office, tmp_path: Path) -> None:
    nameless = HEAD.replace("人員代號,姓名,", "") + ROW.replace("A1,王小明,", "")
    draft = read_batch(staffed, [write(tmp_path, "截圖.csv", nameless)])
    assert preview(staffed, draft).files[0].question == "這份檔案沒有姓名，是誰的？"
    store_batch(staffed, draft, {draft.files[0].key: "A2"})
    assert len(case(staffed, "kaohsiung-114", "A2").verdict.records) == 1


def test_file_of_unknown_person_waits_and_can_be_assigned(staffed: Office, tmp_path: Path) -> None:
    path = write(tmp_path, "紀錄.csv", HEAD + ROW.replace("A1,王小明", ",陳不識"))
    outcome = store_batch(staffed, read_batch(staffed, [path]))
    assert [refusal.reason for refusal in outcome.waiting] == [RefusalReason.PERSON_UNKNOWN]
    waiting = pending(staffed)
    assert [(file.name, file.rows) for file in waiting] == [("紀錄.csv", 1)]
    assign_pending(staffed, waiting[0].file_id, "A2")
    assert pending(staffed) == ()
    assert len(case(staffed, "kaohsiung-114", "A2").verdict.records) == 1


def test_batch_taken_back_no_longer_counts(staffed: Office, tmp_path: Path) -> None:
    outcome = store_batch(staffed, read_batch(staffed, [write(tmp_path, "甲.csv", HEAD + ROW)]))
    take_back(staffed, outcome.batch_id)
    assert case(staffed, "kaohsiung-114", "A1").verdict.records == ()


def test_cancelled_import_stores_nothing(staffed: Office, tmp_path: Path) -> None:
    draft = read_batch(staffed, [write(tmp_path, "甲.csv", HEAD + ROW)])
    with staffed.store.reading() as reader:
        before = reader.counts()
    with pytest.raises(CancelledError):
        store_batch(
            staffed, draft, progress=lambda done, total, words: not words.startswith("存入")
        )
    with staffed.store.reading() as reader:
        assert reader.counts() == before


@pytest.mark.parametrize(
    ("rows", "reason", "words"),
    [
        (
            "A1,李大同,加班,114/03/01,18:00,114/03/01,20:00\n",
            RefusalReason.PERSON_AMBIGUOUS,
            "王小明",
        ),
        (",陳不識,加班,114/03/01,18:00,114/03/01,20:00\n", RefusalReason.PERSON_UNKNOWN, "陳不識"),
        ("A1,王小明,加班,114/03/01,20:00,114/03/01,18:00\n", None, "第 3 列"),
        ("A1,王小明,加班,01/02/03,18:00,01/02/03,20:00\n", RefusalReason.BAD_DATE, "第 3 列"),
    ],
)
def test_one_bad_attendance_row_refuses_the_whole_sheet(
    rows: str, reason: RefusalReason | None, words: str, staffed: Office, tmp_path: Path
) -> None:
    head = "人員代號,姓名,類別,起始日期,起始時間,結束日期,結束時間\n"
    good = "A2,李大同,加班,114/03/01,18:00,114/03/01,20:00\n"
    path = write(tmp_path, "差勤.csv", head + good + rows)
    draft = read_batch(staffed, [path], expected=EvidenceKind.ATTENDANCE)
    outcome = store_batch(staffed, draft)
    assert outcome.rows_stored == 0
    assert outcome.rows_refused == outcome.rows_in == 2
    assert words in outcome.refusals[0].message
    if reason is not None:
        assert outcome.refusals[0].reason is reason
    with staffed.store.reading() as reader:
        assert reader.attendance() == ()


def test_person_who_left_may_stand_in_the_attendance_sheet(staffed: Office, tmp_path: Path) -> None:
    head = "人員代號,姓名,類別,起始日期,起始時間,結束日期,結束時間\n"
    gone = "Z9,離職者,加班,114/03/01,18:00,114/03/01,20:00\n"
    path = write(tmp_path, "差勤.csv", head + gone)
    assert store_batch(staffed, read_batch(staffed, [path])).rows_stored == 1


def calendar_csv(folder: Path, name: str, *, day_off: str) -> Path:
    from datetime import date, timedelta

    lines = ["西元日期,星期,是否放假,備註"]
    day = date(2025, 1, 1)
    while day.year == 2025:
        is_off = day.isoweekday() >= 6 or day.strftime("%m%d") in {"0101", day_off}
        lines.append(f"{day:%Y%m%d},{'一二三四五六日'[day.weekday()]},{2 if is_off else 0},")
        day += timedelta(days=1)
    return write(folder, name, "\n".join(lines) + "\n")


def test_revised_calendar_wins_whatever_comes_last(staffed: Office, tmp_path: Path) -> None:
    revised = calendar_csv(tmp_path, "114年辦公日曆表(修正版).csv", day_off="0929")
    first = calendar_csv(tmp_path, "114年辦公日曆表.csv", day_off="0930")
    for path in (revised, first):
        store_batch(staffed, read_batch(staffed, [path], expected=EvidenceKind.CALENDAR))
    with staffed.store.reading() as reader:
        calendar, _ = staffed.calendar(reader)
    from datetime import date

    assert not calendar.is_working_day(date(2025, 9, 29))
    assert calendar.is_working_day(date(2025, 9, 30))


def test_pasted_rows_take_the_same_way(staffed: Office) -> None:
    text = (HEAD + ROW).replace(",", "\t")
    outcome = store_batch(staffed, read_paste(staffed, html=None, text=text))
    assert outcome.rows_stored == 1
    assert case(staffed, "kaohsiung-114", "A1").verdict.records[0].course == "失智友善好厝邊"


def test_people_are_found_by_id_and_by_variant_of_the_name(sample: Office) -> None:
    assert [found.employee_id for found in find_people(sample, "高峰")] == ["A0005"]
    assert [found.employee_id for found in find_people(sample, "a0012")] == ["A0012"]
    assert len(find_people(sample, "林羽達")) == 2


def test_sample_folder_reads_every_row_once(office: Office) -> None:
    roster = read_batch(office, [SAMPLE / "roster.xlsx"])
    evidence = read_batch(office, [SAMPLE / "records"])
    outcome = store_batch(office, ImportDraft((*roster.files, *evidence.files)))
    assert outcome.rows_in == outcome.rows_stored + outcome.rows_known + outcome.rows_refused
    assert sum(refusal.rows for refusal in outcome.waiting) == 15


def test_taking_a_batch_back_leaves_older_steps_to_undo(staffed: Office, tmp_path: Path) -> None:
    from desktop.services.undoing import undo, undo_words

    first = store_batch(staffed, read_batch(staffed, [write(tmp_path, "甲.csv", HEAD + ROW)]))
    other = ROW.replace("失智友善好厝邊", "族群關係與族群主流化")
    second = store_batch(staffed, read_batch(staffed, [write(tmp_path, "乙.csv", HEAD + other)]))
    take_back(staffed, second.batch_id)
    assert undo_words(staffed) == "匯入 1 個檔案"
    undo(staffed)
    assert first.batch_id != second.batch_id
    assert case(staffed, "kaohsiung-114", "A1").verdict.records == ()


def test_nothing_new_makes_no_backup(staffed: Office, tmp_path: Path) -> None:
    path = write(tmp_path, "紀錄.csv", HEAD + ROW)
    store_batch(staffed, read_batch(staffed, [path]))
    before = len(staffed.store.backups())
    store_batch(staffed, read_batch(staffed, [path]))
    assert len(staffed.store.backups()) == before


def test_sheet_with_two_unknown_names_is_assigned_name_by_name(
    staffed: Office, tmp_path: Path
) -> None:
    rows = ROW.replace("A1,王小明", ",陳不識") + ROW.replace("A1,王小明", ",林不識")
    store_batch(staffed, read_batch(staffed, [write(tmp_path, "兩人.csv", HEAD + rows)]))
    waiting = {file.person_name: file for file in pending(staffed)}
    assert set(waiting) == {"陳不識", "林不識"}
    assign_pending(staffed, waiting["陳不識"].file_id, "A1", shown=(None, "陳不識"))
    assert [file.person_name for file in pending(staffed)] == ["林不識"]
    assert len(case(staffed, "kaohsiung-114", "A1").verdict.records) == 1


def test_sheet_with_two_unknown_ids_is_assigned_id_by_id(staffed: Office, tmp_path: Path) -> None:
    rows = ROW.replace("A1,王小明", "X8,") + ROW.replace("A1,王小明", "X9,")
    store_batch(staffed, read_batch(staffed, [write(tmp_path, "兩個代號.csv", HEAD + rows)]))
    first, second = pending(staffed)
    assert [first.shown, second.shown] == [("X8", None), ("X9", None)]
    assign_pending(staffed, second.file_id, "A2", shown=second.shown)
    assert [file.shown for file in pending(staffed)] == [("X8", None)]
    assert len(case(staffed, "kaohsiung-114", "A2").verdict.records) == 1


def test_roster_that_lists_a_person_twice_differently_is_refused_whole(
    office: Office, tmp_path: Path
) -> None:
    rows = (
        "A1,王小明,民政課,課員,薦任第6職等,編制內公務人員,A\n"
        "A1,王小明,社會課,課員,薦任第6職等,編制內公務人員,A\n"
    )
    outcome = store_batch(office, read_batch(office, [write(tmp_path, "名冊.csv", ROSTER + rows)]))
    assert outcome.rows_stored == 0
    assert "A1" in outcome.refusals[0].message
    with office.store.reading() as reader:
        assert reader.people() == ()


SETTINGS = """
[agency]
name = "港濱區公所"
city = "高雄市"
[[work_pattern]]
code = "A"
name = "標準班"
weekdays = [1, 2, 3, 4, 5]
segments = [["08:00", "12:00"], ["13:30", "17:30"]]
"""


def test_settings_file_is_imported_like_any_other_and_can_be_undone(
    staffed: Office, tmp_path: Path
) -> None:
    from desktop.services.office import status
    from desktop.services.undoing import undo

    weekday = ROW.replace("2025-03-15", "2025-03-14")  # a Friday, ten o'clock
    store_batch(staffed, read_batch(staffed, [write(tmp_path, "紀錄.csv", HEAD + weekday)]))

    def codes() -> list[str]:
        record = case(staffed, "kaohsiung-114", "A1").verdict.records[0]
        return [code.value for code in record.reasons]

    assert codes() == ["flex_uncertain"]  # nobody knows pattern A yet
    draft = read_batch(staffed, [write(tmp_path, "agency.toml", SETTINGS)])
    assert draft.files[0].extraction.kind is EvidenceKind.AGENCY_SETTINGS
    assert preview(staffed, draft).files[0].kind_words == "機關設定"
    store_batch(staffed, draft)
    assert codes() == ["end_on_duty", "start_on_duty"]
    assert status(staffed).agency_name == "港濱區公所"
    undo(staffed)
    assert codes() == ["flex_uncertain"]


def test_settings_with_a_mistake_are_refused_with_its_line(staffed: Office, tmp_path: Path) -> None:
    text = SETTINGS.replace('"13:30", "17:30"', '"17:30", "13:30"')
    outcome = store_batch(staffed, read_batch(staffed, [write(tmp_path, "agency.toml", text)]))
    assert outcome.rows_stored == 0
    assert "第 9 行" in outcome.refusals[0].message
    with staffed.store.reading() as reader:
        assert reader.agency_text() is None


def test_closed_folder_is_refused_by_name_and_its_neighbours_are_read(
    staffed: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = tmp_path / "紀錄"
    (records / "鎖住").mkdir(parents=True)
    write(records, "好的.csv", HEAD + ROW)
    scan = os.scandir

    def guarded(path: str) -> object:
        if Path(path).name == "鎖住":
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", guarded)
    outcome = store_batch(staffed, read_batch(staffed, [records]))
    assert outcome.rows_stored == 1
    assert [refusal.message for refusal in outcome.refusals] == [
        "資料夾「紀錄/鎖住」打不開，裡面的檔案都沒有讀取，請確認權限後再匯入。"
    ]
