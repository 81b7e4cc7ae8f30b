"""對應欄位: proposed, tried, remembered, used the next time, forgotten, shared, undone."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.cli import main
from desktop.domain.changes import Area
from desktop.domain.column_profile import ColumnProfile
from desktop.domain.evidence import EvidenceKind, RefusalReason
from desktop.domain.people import Person
from desktop.importers.mapping_view import SheetView, sheet_views
from desktop.services.draft import ImportDraft
from desktop.services.import_preview import preview
from desktop.services.importing import read_batch, read_paste, store_batch
from desktop.services.isolation import OwnProcesses
from desktop.services.mapping import (
    MappingStart,
    adopt_mapping,
    export_profiles,
    forget_profile,
    import_profiles,
    profile_of,
    profiles,
    propose_mapping,
    remember_profile,
    reread,
    start_mapping,
    try_mapping,
)
from desktop.services.mapping_nature import Looker, Nature
from desktop.services.office import Office
from desktop.services.profile_file import ProfileFileError, read_profiles
from desktop.services.undoing import redo, undo, undo_words

SAMPLES = Path(__file__).parents[2] / "samples"
ROSTER = "人員代號,姓名,服務單位,職稱\n"
PEOPLE = "A0002,王小明,人事室,科員\nA0003,陳美玲,秘書室,辦事員\nA0006,李大山,會計室,科員\n"
COLUMNS = (
    ("人員代號", "工作證"),
    ("姓名", "同仁"),
    ("類別", "差別"),
    ("起始日期", "何時開始"),
    ("結束日期", "何時結束"),
)
HEADINGS = ("工作證", "同仁", "差別", "何時開始", "何時結束", "共幾時")
PROFILE = ColumnProfile(EvidenceKind.ATTENDANCE, HEADINGS, COLUMNS)


@pytest.fixture
def staffed(office: Office, tmp_path: Path) -> Office:
    path = tmp_path / "名冊.csv"
    path.write_text(ROSTER + PEOPLE, encoding="utf-8")
    store_batch(office, read_batch(office, [path]))
    return office


def sample(name: str) -> Path:
    return SAMPLES / "sheets" / name


def unknown(office: Office) -> ImportDraft:
    return read_batch(office, [sample("attendance_unknown.csv")])


def adopted(office: Office) -> ImportDraft:
    draft = unknown(office)
    key = draft.files[0].key
    start = start_mapping(office, draft, key)
    proposal = propose_mapping(start, 0, start.sheets[0].headings)
    columns = [(field.column, field.title) for field in proposal.fields if field.title]
    profile = profile_of(office, start.sheets[0], 1, proposal.kind, columns)
    again, _ = adopt_mapping(office, draft, key, profile)
    return again


# ------------------------------------------------------------------------------------------ proposing
def test_export_nobody_knows_is_understood_by_likeness_and_by_its_data(staffed: Office) -> None:
    draft = unknown(staffed)
    start = start_mapping(staffed, draft, draft.files[0].key)
    proposal = propose_mapping(start, 0, start.sheets[0].headings)
    assert proposal.kind is EvidenceKind.ATTENDANCE
    assert proposal.missing == ()
    assert {field.column: field.title for field in proposal.fields if field.title} == dict(COLUMNS)
    reasons = {field.column: field.reason for field in proposal.fields}
    assert reasons["人員代號"] == "4 格都是名冊上的人員代號"
    assert "相近" in reasons["類別"]
    assert "4 格都是日期加時間" in reasons["起始日期"]


def test_without_a_roster_what_only_it_can_tell_is_asked(office: Office) -> None:
    draft = unknown(office)
    start = start_mapping(office, draft, draft.files[0].key)
    proposal = propose_mapping(start, 0, 1)
    assert proposal.kind is EvidenceKind.ATTENDANCE
    assert proposal.missing == ("人員代號或姓名",)


def sheet(*rows: tuple[str, ...]) -> SheetView:
    return SheetView("工作表1", rows, tuple(range(1, len(rows) + 1)), 0, len(rows))


STAFF = (Person("A1", "王小明", "人事室"), Person("A2", "李犇", "會計室"))


def proposed(view: SheetView, kind: EvidenceKind | None = None) -> dict[str, str]:
    start = MappingStart((view,), STAFF, ())
    proposal = propose_mapping(start, 0, 0, kind)
    return {field.column: field.title for field in proposal.fields if field.title}


def test_columns_without_any_known_heading_are_told_by_their_data_in_their_order() -> None:
    view = sheet(
        ("甲", "乙", "丙", "丁", "戊", "己", "庚"),
        ("A1", "王小明", "加班", "1140315", "18:30", "1140315", "20:30"),
        ("A2", "李犇", "病假", "1140316", "08:30", "1140317", "17:30"),
    )
    assert proposed(view, EvidenceKind.ATTENDANCE) == {
        "人員代號": "甲",
        "姓名": "乙",
        "類別": "丙",
        "起始日期": "丁",
        "起始時間": "戊",
        "結束日期": "己",
        "結束時間": "庚",
    }


def test_heading_whose_data_contradict_it_is_not_proposed() -> None:
    view = sheet(
        ("工號", "員工姓名", "單位", "職稱", "到職日"),
        ("A1", "王小明", "人事室", "科員", "見人事令"),
        ("A2", "李犇", "會計室", "科員", "同上"),
    )
    found = proposed(view, EvidenceKind.ROSTER)
    # The very heading counts though its cells are odd; the check shows what comes of it.
    assert found == {
        "人員代號": "工號",
        "姓名": "員工姓名",
        "服務單位": "單位",
        "職稱": "職稱",
        "到職日": "到職日",
    }
    odd = sheet(("工號", "員工姓名", "單位", "職稱", "到職日期"), *view.rows[1:])
    assert "到職日" not in proposed(odd, EvidenceKind.ROSTER)


def test_likeness_alone_never_beats_the_heading_itself() -> None:
    view = sheet(("人員代號碼", "人員代號", "姓名"), ("x", "A1", "王小明"))
    assert proposed(view, EvidenceKind.ROSTER)["人員代號"] == "人員代號"


@pytest.mark.parametrize(
    ("cell", "nature"),
    [
        ("1140315", Nature.DAY),
        ("2025-03-15 00:00:00", Nature.DAY),
        ("114/03/15 08:00", Nature.MOMENT),
        ("0800", Nature.TIME),
        ("2025-01-01 08:00:00~ 2025-01-01 09:00:00", Nature.PERIOD),
        ("起:1060101 迄:1061231 登:1060123", Nature.PERIOD),
        ("1.5", Nature.HOURS),
        ("公假", Nature.DUTY_KIND),
        ("Ａ１", Nature.EMPLOYEE_ID),
        ("王 小明", Nature.NAME),
        ("會計室", Nature.UNIT),
    ],
)
def test_cell_is_of_its_nature(cell: str, nature: Nature) -> None:
    assert Looker(STAFF).look("甲", [cell, ""]).share(nature) == 1


# ------------------------------------------------------------------------------------------- trying
def test_trying_shows_the_rows_and_remembers_nothing(staffed: Office) -> None:
    draft = unknown(staffed)
    check = try_mapping(staffed, draft, draft.files[0].key, PROFILE)
    assert check.problem == ""
    assert check.file is not None
    assert check.file.rows[0].course == ("王小明 加班 114-03-15（六） 18:30–20:30")
    assert len(check.file.rows) == 4
    assert profiles(staffed) == ()


def test_trying_the_wrong_columns_shows_what_is_wrong(staffed: Office) -> None:
    draft = unknown(staffed)
    columns = (*COLUMNS[:2], ("類別", "共幾時"), *COLUMNS[3:])
    check = try_mapping(
        staffed,
        draft,
        draft.files[0].key,
        ColumnProfile(EvidenceKind.ATTENDANCE, HEADINGS, columns),
    )
    assert check.file is not None
    assert "類別「2」" in check.file.refusals[0].message


def test_mapping_that_lacks_a_needed_column_is_no_mapping(staffed: Office) -> None:
    draft = unknown(staffed)
    lacking = ColumnProfile(EvidenceKind.ATTENDANCE, HEADINGS, COLUMNS[:2])
    check = try_mapping(staffed, draft, draft.files[0].key, lacking)
    assert check.file is None
    assert check.problem == (
        "還缺少類別、起始日期或起始時間或起迄時間、結束日期或結束時間或起迄時間。"
    )
    with pytest.raises(ProfileFileError):
        remember_profile(staffed, lacking)
    assert profiles(staffed) == ()


# -------------------------------------------------------------------------------------- remembering
def test_adopted_mapping_goes_on_in_the_same_batch_and_is_stored(staffed: Office) -> None:
    draft = adopted(staffed)
    (file,) = preview(staffed, draft).files
    assert (file.kind, file.rows_in, file.refusals) == (EvidenceKind.ATTENDANCE, 4, ())
    assert file.is_mapped
    assert file.remarks[0] == "依 114-09-01 記住的欄位對應讀取（差勤紀錄）。"
    outcome = store_batch(staffed, draft)
    assert (outcome.rows_in, outcome.rows_stored) == (4, 4)
    assert "依 114-09-01 記住的欄位對應讀取（差勤紀錄）。" in outcome.remarks


def test_next_file_of_the_headings_is_read_without_asking_and_says_so(
    staffed: Office, tmp_path: Path
) -> None:
    adopted(staffed)
    path = tmp_path / "下個月.csv"
    path.write_text(
        "共幾時,同仁,工作證,差別,何時開始,何時結束\n2,王小明,A0002,加班,1140915 1800,1140915 2000\n",
        encoding="utf-8",
    )
    (file,) = read_batch(staffed, [path]).files
    assert (file.extraction.kind, len(file.extraction.rows)) == (EvidenceKind.ATTENDANCE, 1)
    assert "記住的欄位對應" in file.extraction.remarks[0]


def test_other_files_of_the_batch_with_the_same_headings_are_read_too(
    staffed: Office, tmp_path: Path
) -> None:
    text = sample("attendance_unknown.csv").read_bytes().decode("cp950")
    (tmp_path / "資料夾").mkdir()
    for name in ("一月.csv", "二月.csv"):
        more = text + f"\r\nA0002,王小明,加班,11402{name.encode()[0] % 10}1 1800,1140228 2000,2"
        (tmp_path / "資料夾" / name).write_text(more, encoding="utf-8")
    draft = read_batch(staffed, [tmp_path / "資料夾"])
    assert [file.extraction.kind for file in draft.files] == [None, None]
    again, _ = adopt_mapping(staffed, draft, draft.files[0].key, PROFILE)
    assert [file.extraction.kind for file in again.files] == [EvidenceKind.ATTENDANCE] * 2
    assert [file.key for file in again.files] == [file.key for file in draft.files]


def test_pasted_table_takes_the_same_way(staffed: Office) -> None:
    rows = [HEADINGS, ("A0002", "王小明", "加班", "1140315 1830", "1140315 2030", "2")]
    html = (
        "<table>"
        + "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows)
        + "</table>"
    )
    text = "\n".join("\t".join(row) for row in rows)
    for draft in (
        read_paste(staffed, html=html, text=text),
        read_paste(staffed, html=None, text=text),
        read_paste(staffed, html="<b>沒有表格</b>", text=text),
    ):
        (file,) = draft.files
        assert file.extraction.may_be_mapped
        start = start_mapping(staffed, draft, file.key)
        assert start.sheets[0].titles(0) == HEADINGS
        check = try_mapping(staffed, draft, file.key, PROFILE)
        assert check.file is not None
        assert (check.file.rows_in, check.file.refusals) == (1, ())
    remember_profile(staffed, PROFILE)
    (file,) = read_paste(staffed, html=html, text=text).files
    assert file.extraction.kind is EvidenceKind.ATTENDANCE


def test_profiles_reach_the_reading_processes(office: Office, tmp_path: Path) -> None:
    isolation = OwnProcesses(width=1)
    try:
        apart = Office(
            store=office.store, library=office.library, clock=office.clock, actor="周雅雯",
            isolation=isolation,
        )  # fmt: skip
        remember_profile(apart, PROFILE)
        (file,) = unknown(apart).files
        assert file.extraction.kind is EvidenceKind.ATTENDANCE
        draft = unknown(apart)
        assert len(start_mapping(apart, draft, draft.files[0].key).sheets) == 1
    finally:
        isolation.close()


def test_mapping_again_replaces_and_shows_the_former(staffed: Office) -> None:
    draft = adopted(staffed)
    start = start_mapping(staffed, draft, draft.files[0].key)
    assert start.former is not None
    assert start.former.confirmed_by == "周雅雯"
    with_hours = ColumnProfile(EvidenceKind.ATTENDANCE, HEADINGS, (*COLUMNS, ("時數", "共幾時")))
    again, _ = adopt_mapping(staffed, draft, draft.files[0].key, with_hours)
    assert len(profiles(staffed)) == 1
    assert str(again.files[0].extraction.rows[0].hours) == "2"


def test_forgotten_mapping_asks_again_and_what_was_stored_stays(staffed: Office) -> None:
    draft = adopted(staffed)
    store_batch(staffed, draft)
    change = forget_profile(staffed, PROFILE.key)
    assert change.areas == {Area.PROFILES}
    assert profiles(staffed) == ()
    (file,) = unknown(staffed).files
    assert [refusal.reason for refusal in file.extraction.refusals] == [
        RefusalReason.NOT_RECOGNISED
    ]
    again = reread(staffed, draft, keys=[draft.files[0].key])
    assert again.files[0].extraction.kind is None
    with staffed.store.reading() as reader:
        assert len(reader.attendance()) == 4


def test_remembering_and_forgetting_are_undone_and_done_again(staffed: Office) -> None:
    remember_profile(staffed, PROFILE)
    forget_profile(staffed, PROFILE.key)
    assert undo_words(staffed) == "忘記欄位對應"
    change = undo(staffed)
    assert change is not None
    assert change.areas == {Area.PROFILES}
    assert profiles(staffed) == (PROFILE,)
    undo(staffed)
    assert profiles(staffed) == ()
    redo(staffed)
    assert profiles(staffed) == (PROFILE,)
    redo(staffed)
    assert profiles(staffed) == ()


# ------------------------------------------------------------------------------------------- sharing
def test_exported_profiles_name_nobody_and_come_back_equal(staffed: Office, office: Office) -> None:
    adopted(staffed)
    text = export_profiles(staffed)
    for name in ("周雅雯", "王小明", "A0002", "陳美玲"):
        assert name not in text
    (before,) = profiles(staffed)
    forget_profile(staffed, before.key)
    import_profiles(staffed, text.encode(), name="別的機關.toml")
    assert profiles(staffed) == (before,)
    undo(staffed)
    assert profiles(staffed) == ()


def test_headings_that_hold_a_person_are_not_exported(staffed: Office) -> None:
    headings = ("A0002", "王小明", "加班", "1140315 1830", "1140315 2030", "2")
    columns = tuple((column, headings[n]) for n, (column, _) in enumerate(COLUMNS))
    remember_profile(staffed, ColumnProfile(EvidenceKind.ATTENDANCE, headings, columns))
    with pytest.raises(ProfileFileError, match="沒有匯出"):
        export_profiles(staffed)


GOOD = """
[[profile]]
kind = "attendance"
headings = ["甲", "乙", "丙", "丁"]
[profile.columns]
"姓名" = "甲"
"類別" = "乙"
"起始日期" = "丙"
"結束日期" = "丁"
"""


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("attendance", "weather"), "沒有「weather」這個種類"),
        (("attendance", "agency_settings"), "沒有「agency_settings」這個種類"),
        (('"姓名" = "甲"', '"名" = "甲"'), "沒有「名」這一欄"),
        (('"姓名" = "甲"', '"姓名" = "戊"'), "標題列沒有「戊」"),
        (('"姓名" = "甲"', '"姓名" = "乙"'), "標題「乙」對應了兩個欄位"),
        (('"類別" = "乙"\n', ""), "還缺少類別"),
        (('["甲", "乙", "丙", "丁"]', "3"), "headings"),
        (('["甲", "乙", "丙", "丁"]', '["甲", 3]'), "headings"),
        (('["甲", "乙", "丙", "丁"]', '["甲", "乙", "丙", "丁"]\nheader_row = 0'), "header_row"),
        (('["甲", "乙", "丙", "丁"]', '["甲", "乙", "丙", "丁"]\nowner = "王"'), "不認得「owner」"),
        (('["甲", "乙", "丙", "丁"]', '["甲", "乙", "丙", "丁"]\nconfirmed_on = "昨天"'), "confirmed_on"),
        (('"類別" = "乙"\n', '[profile.fixed]\n"類別" = "摸魚"\n[profile.x]\n'), "不認得「x」"),
        (("[[profile]]", "[[profil]]"), "沒有欄位對應"),
        (("[[profile]]", "[[profile"), "TOML"),
    ],
)  # fmt: skip
def test_profile_file_that_cannot_be_used_is_refused_whole(
    office: Office, change: tuple[str, str], words: str
) -> None:
    text = GOOD.replace(*change)
    with pytest.raises(ProfileFileError, match="沒有採用") as error:
        import_profiles(office, text.encode(), name="對應.toml")
    assert words in str(error.value)
    assert "「對應.toml」" in str(error.value)
    assert profiles(office) == ()


def test_fixed_value_is_shared_and_only_where_it_may_be(office: Office) -> None:
    text = GOOD.replace('"類別" = "乙"\n', "") + '[profile.fixed]\n"類別" = "加班"\n'
    import_profiles(office, text.encode(), name="a.toml")
    (profile,) = profiles(office)
    assert profile.fixed == (("類別", "加班"),)
    assert read_profiles(export_profiles(office).encode(), name="b.toml")[0].fixed == profile.fixed
    for wrong, words in (
        (text.replace("加班", "摸魚"), "「類別」不能固定是「摸魚」"),
        (GOOD + '[profile.fixed]\n"事由" = "x"\n', "「事由」不能固定是「x」"),
        (GOOD + '[profile.fixed]\n"無此欄" = "x"\n', "「無此欄」不能固定是「x」"),
        (GOOD + '[profile.fixed]\n"類別" = "加班"\n', "對應了標題，又固定是"),
    ):
        with pytest.raises(ProfileFileError, match=words):
            import_profiles(office, wrong.encode(), name="a.toml")


def test_profile_file_twice_the_same_headings_or_no_utf8_is_refused() -> None:
    with pytest.raises(ProfileFileError, match="標題相同"):
        read_profiles((GOOD + GOOD).encode(), name="a.toml")
    with pytest.raises(ProfileFileError, match="UTF-8"):
        read_profiles(GOOD.encode("cp950"), name="a.toml")


def test_check_command_reads_by_a_profile_file(tmp_path: Path, capsys) -> None:
    given = SAMPLES / "kaohsiung-114" / "input"
    roster = tmp_path / "名冊.csv"
    roster.write_text(ROSTER + PEOPLE, encoding="utf-8")
    options = ["check", "--plan", "kaohsiung-114", "--roster", str(roster)]
    options += ["--attendance", str(sample("attendance_unknown.csv"))]
    options += ["--records", str(given / "records"), "--out", str(tmp_path / "out")]
    assert main(options) == 2
    assert "對應欄位" in capsys.readouterr().err
    profile = tmp_path / "對應.toml"
    columns = "\n".join(f'"{column}" = "{title}"' for column, title in COLUMNS)
    headings = ", ".join(f'"{title}"' for title in HEADINGS)
    profile.write_text(
        f'[[profile]]\nkind = "attendance"\nheadings = [{headings}]\n[profile.columns]\n{columns}\n',
        encoding="utf-8",
    )
    assert main([*options, "--profiles", str(profile)]) == 1
    assert "記住的欄位對應讀取（差勤紀錄）" in capsys.readouterr().err
    profile.write_text("x = 1", encoding="utf-8")
    assert main([*options, "--profiles", str(profile)]) == 2
    assert "「對應.toml」" in capsys.readouterr().err


# -------------------------------------------------------------------------------------------- people
TWO = ROSTER + "A1,陳美玲,人事室,科員\nA2,陳美玲,會計室,科員\n"


@pytest.fixture
def namesakes(office: Office, tmp_path: Path) -> Office:
    path = tmp_path / "名冊.csv"
    path.write_text(TWO, encoding="utf-8")
    store_batch(office, read_batch(office, [path]))
    return office


LEARNT = "姓名,服務單位,課程名稱,上課期間,通過狀態,認證時數\n"
PERIOD = "2025-03-15 10:00:00~ 2025-03-15 11:00:00"


def test_unit_on_the_evidence_tells_namesakes_apart_and_it_is_said(
    namesakes: Office, tmp_path: Path
) -> None:
    path = tmp_path / "紀錄.csv"
    path.write_text(
        LEARNT
        + f"陳美玲,會計室,失智友善好厝邊,{PERIOD},已通過,1\n"
        + f"陳美玲,政風室,失智友善好厝邊,{PERIOD},已通過,1\n",
        encoding="utf-8",
    )
    draft = read_batch(namesakes, [path])
    (file,) = preview(namesakes, draft).files
    words = "「紀錄.csv」有 1 列沒有人員代號，名冊上「陳美玲」有 2 位，依單位「會計室」認定為 A2，請核對。"
    assert words in file.remarks
    assert "是哪一位" in file.question
    outcome = store_batch(namesakes, draft)
    assert words in outcome.remarks
    assert [(refusal.reason, refusal.rows) for refusal in outcome.waiting] == [
        (RefusalReason.PERSON_AMBIGUOUS, 1)
    ]
    with namesakes.store.reading() as reader:
        (stored,) = reader.learning_rows()
    assert (stored.employee_id, stored.row.shown_unit) == ("A2", "會計室")


def test_unit_in_the_attendance_sheet_tells_namesakes_apart(
    namesakes: Office, tmp_path: Path
) -> None:
    path = tmp_path / "差勤.csv"
    head = "姓名,單位,類別,起始日期,起始時間,結束日期,結束時間\n"
    path.write_text(f"{head}陳美玲,會計室,加班,1140315,1800,1140315,2000\n", encoding="utf-8")
    outcome = store_batch(namesakes, read_batch(namesakes, [path]))
    assert outcome.rows_stored == 1
    assert any("依單位「會計室」認定為 A2" in remark for remark in outcome.remarks)
    path.write_text(f"{head}陳美玲,政風室,加班,1140315,1800,1140315,2000\n", encoding="utf-8")
    outcome = store_batch(namesakes, read_batch(namesakes, [path]))
    assert [refusal.reason for refusal in outcome.refusals] == [RefusalReason.PERSON_AMBIGUOUS]


def test_table_of_a_file_is_shown_as_the_clerk_counts_it() -> None:
    (view,) = sheet_views("a.csv", sample("attendance_unknown.csv").read_bytes())
    assert (view.headings, view.numbers[:2], view.total) == (1, (1, 2), 6)
