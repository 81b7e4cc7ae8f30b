"""Plans written in the house: copied, examined, kept, put in force, taken back."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.rules.toml_table import TomlProblemsError
from desktop.services.library import PlanUnknownError
from desktop.services.office import Office
from desktop.services.plan_comparing import compare
from desktop.services.plan_document import PlanTextError, value_at, with_value
from desktop.services.plan_drafts import (
    PlanDraft,
    PlanState,
    blank_plan,
    copy_plan,
    discard_draft,
    export_plan,
    import_plan,
    open_draft,
    plan_entries,
    save_draft,
)
from desktop.services.plan_examining import examine
from desktop.services.plan_versions import (
    PlanNotSoundError,
    draft_of_version,
    put_in_force,
    text_of_version,
    version_of,
    versions,
)
from desktop.services.undoing import redo, undo, undo_words


def changed(draft: PlanDraft, *changes: tuple[tuple[str | int, ...], object]) -> PlanDraft:
    values = draft.values
    for path, value in changes:
        values = with_value(values, path, value)
    return PlanDraft(draft.plan_id, values, draft.based_on, draft.saved_at)


def plan_in_force(office: Office, plan_id: str) -> object:
    with office.store.reading() as reader:
        return office.plan(reader, plan_id)


def test_a_copy_moves_dates_and_names_and_keeps_clauses(office: Office) -> None:
    draft = copy_plan(office, "kaohsiung-114")
    assert draft.plan_id == "kaohsiung-115"
    assert value_at(draft.values, ("year",)) == 115
    assert value_at(draft.values, ("period", "last_day")) == date(2026, 12, 31)
    assert value_at(draft.values, ("compensatory_leave", "deadline")) == date(2026, 8, 31)
    assert "115 年度" in value_at(draft.values, ("title",))
    assert "114" not in value_at(draft.values, ("form", "set_line"))
    # What the document said last year is still what it said.
    assert value_at(draft.values, ("period", "clause")) == value_at(
        open_draft(office, "kaohsiung-114").values, ("period", "clause")
    )
    assert value_at(draft.values, ("source", "dated")) == value_at(
        open_draft(office, "kaohsiung-114").values, ("source", "dated")
    )


def test_a_leap_day_is_moved_to_the_28th(office: Office) -> None:
    draft = blank_plan(office, plan_id="x-113", agency="甲市", year=113)
    draft = changed(draft, (("period", "last_day"), date(2024, 2, 29)))
    put = import_plan(office, "x.toml", export_plan(draft))
    from desktop.services.plan_years import copied_to

    later = copied_to(put.values, years=1)
    assert later["period"]["last_day"] == date(2025, 2, 28)


def test_a_copy_is_sound_and_reminded_of_last_years_document(office: Office) -> None:
    examination = examine(office, copy_plan(office, "kaohsiung-114"))
    assert examination.errors == ()
    assert examination.plan is not None
    assert [p.path for p in examination.problems] == [("source", "document_number")]
    assert "文號仍是去年的" in examination.problems[0].message


def test_a_changed_hour_is_an_error_and_a_reminder_at_its_place(office: Office) -> None:
    draft = changed(copy_plan(office, "kaohsiung-114"), (("set", 0, "course", 1, "hours"), 1))
    problems = examine(office, draft).problems
    assert (("set", 0, "hours"), True) in [(p.path, p.is_error) for p in problems]
    assert (("set", 0, "course", 1, "hours"), False) in [(p.path, p.is_error) for p in problems]
    with pytest.raises(PlanNotSoundError, match="沒有啟用，草稿仍在"):
        put_in_force(office, draft)
    assert plan_in_force(office, "kaohsiung-114")
    with pytest.raises(PlanUnknownError):
        plan_in_force(office, "kaohsiung-115")


def test_an_id_of_another_plan_is_an_error(office: Office) -> None:
    draft = changed(copy_plan(office, "kaohsiung-114"), (("id",), "hsinchu-109"))
    assert [p.path for p in examine(office, draft).errors] == [("id",)]


def test_a_kept_draft_is_opened_again_and_listed_beside_the_plans(office: Office) -> None:
    save_draft(office, changed(copy_plan(office, "kaohsiung-114"), (("short_title",), "改了")))
    again = open_draft(office, "kaohsiung-115")
    assert value_at(again.values, ("short_title",)) == "改了"
    assert again.based_on == "kaohsiung-114"
    first = plan_entries(office)[0]
    assert (first.id, first.state, first.year) == ("kaohsiung-115", PlanState.DRAFT, 115)


def test_a_discarded_draft_comes_back_with_undo_and_goes_with_redo(office: Office) -> None:
    save_draft(office, copy_plan(office, "kaohsiung-114"))
    discard_draft(office, "kaohsiung-115")
    with pytest.raises(PlanUnknownError):
        open_draft(office, "kaohsiung-115")
    assert undo_words(office) == "捨棄計畫草稿 kaohsiung-115"
    undo(office)
    assert open_draft(office, "kaohsiung-115").based_on == "kaohsiung-114"
    redo(office)
    with pytest.raises(PlanUnknownError):
        open_draft(office, "kaohsiung-115")


def test_a_plan_put_in_force_twice_has_two_versions_and_undo_brings_the_first_back(
    office: Office,
) -> None:
    draft = copy_plan(office, "kaohsiung-114")
    save_draft(office, draft)
    put_in_force(office, draft)
    assert [e.state for e in plan_entries(office) if e.id == "kaohsiung-115"] == [
        PlanState.IN_FORCE
    ]
    second = changed(open_draft(office, "kaohsiung-115"), (("short_title",), "第二版"))
    put_in_force(office, second)
    assert [(v.number, v.is_in_force) for v in versions(office, "kaohsiung-115")] == [
        (2, True),
        (1, False),
    ]
    assert getattr(plan_in_force(office, "kaohsiung-115"), "short_title", "") == "第二版"
    undo(office)
    assert getattr(plan_in_force(office, "kaohsiung-115"), "short_title", "") != "第二版"
    redo(office)
    assert getattr(plan_in_force(office, "kaohsiung-115"), "short_title", "") == "第二版"


def test_an_earlier_version_comes_back_as_a_draft_word_for_word(office: Office) -> None:
    first = copy_plan(office, "kaohsiung-114")
    put_in_force(office, first)
    put_in_force(office, changed(first, (("short_title",), "第二版")))
    earlier = versions(office, "kaohsiung-115")[-1]
    draft = draft_of_version(office, "kaohsiung-115", earlier.version)
    assert export_plan(draft) == export_plan(first)
    assert text_of_version(office, "kaohsiung-115", earlier.version).encode() == export_plan(first)
    assert getattr(plan_in_force(office, "kaohsiung-115"), "short_title", "") == "第二版"


def test_a_version_that_never_was_is_refused(office: Office) -> None:
    put_in_force(office, copy_plan(office, "kaohsiung-114"))
    with pytest.raises(PlanUnknownError):
        draft_of_version(office, "kaohsiung-115", "0" * 64)


def test_two_plans_begun_from_nothing_do_not_share_an_id(office: Office) -> None:
    first = blank_plan(office, agency="花蓮縣政府", year=115)
    save_draft(office, first)
    second = blank_plan(office, agency="臺中市政府", year=115)
    assert (first.plan_id, second.plan_id) == ("plan-115", "plan-115-2")
    assert value_at(second.values, ("period", "last_day")) == date(2026, 12, 31)
    assert examine(office, second).plan is None


def test_undo_of_a_new_plan_withdraws_it_and_gives_the_draft_back(office: Office) -> None:
    put_in_force(office, copy_plan(office, "kaohsiung-114"))
    undo(office)
    with pytest.raises(PlanUnknownError):
        plan_in_force(office, "kaohsiung-115")
    assert value_at(open_draft(office, "kaohsiung-115").values, ("year",)) == 115


def test_undo_of_a_changed_shipped_plan_gives_the_shipped_one_back(office: Office) -> None:
    shipped = plan_in_force(office, "kaohsiung-114")
    put_in_force(office, changed(open_draft(office, "kaohsiung-114"), (("short_title",), "另名")))
    assert plan_in_force(office, "kaohsiung-114") != shipped
    undo(office)
    assert plan_in_force(office, "kaohsiung-114") == shipped


def test_an_exported_plan_is_the_same_when_imported(office: Office) -> None:
    draft = copy_plan(office, "kaohsiung-103")
    again = import_plan(office, "kaohsiung-104.toml", export_plan(draft))
    assert again.values == draft.values


def test_a_file_that_is_no_text_is_refused_and_nothing_changes(office: Office) -> None:
    before = plan_entries(office)
    with pytest.raises(PlanTextError, match=r"big5\.toml 第 1 行"):
        import_plan(office, "big5.toml", "title = '計畫'".encode("cp950"))
    assert plan_entries(office) == before


def test_what_changed_is_told_entry_by_entry(office: Office) -> None:
    draft = changed(copy_plan(office, "kaohsiung-114"), (("set", 0, "course", 1, "hours"), 1))
    comparison = compare(office, draft)
    assert comparison.base_year == 114
    told = {each.item: (each.before, each.after) for each in comparison.changed}
    assert told["基本資料　開始日"] == ("114-01-01", "115-01-01")
    assert told["補休　完成期限"] == ("114-08-31", "115-08-31")
    assert told["政策能力訓練 2"] == (
        "環境教育　全球淨零趨勢帶給高雄的挑戰與機會　2 時",
        "環境教育　全球淨零趨勢帶給高雄的挑戰與機會　1 時",
    )
    same = {each.item for each in comparison.differences if not each.is_changed}
    assert "補休　上限" in same or any("上限" in item for item in same)


def test_a_course_taken_out_is_told_although_it_is_in_the_draft_no_more(office: Office) -> None:
    draft = copy_plan(office, "kaohsiung-114")
    courses = value_at(draft.values, ("set", 0, "course"))
    draft = changed(draft, (("set", 0, "course"), courses[1:]))
    gone = [each for each in compare(office, draft).changed if each.path is None]
    assert [(each.before, each.after) for each in gone] == [
        ("當前政府重大政策　雙軸轉型淨零港都　1 時", "—")
    ]


def test_a_stored_plan_found_wrong_today_is_offered_for_mending_only(office: Office) -> None:
    wrong = export_plan(
        changed(open_draft(office, "kaohsiung-114"), (("set", 0, "hours"), 9))
    ).decode()
    with office.store.writing("舊版程式啟用的計畫") as writer:
        writer.add_plan("kaohsiung-114", version_of(wrong), wrong)
    states = {each.id: each.state for each in plan_entries(office)}
    assert states["kaohsiung-114"] is PlanState.UNSOUND
    assert states["hsinchu-109"] is PlanState.SHIPPED
    with pytest.raises(TomlProblemsError, match=r"kaohsiung-114 第 \d+ 行 set\[1\]\.hours"):
        plan_in_force(office, "kaohsiung-114")
    assert plan_in_force(office, "hsinchu-109")
    mended = changed(open_draft(office, "kaohsiung-114"), (("set", 0, "hours"), 10))
    put_in_force(office, mended)
    assert plan_in_force(office, "kaohsiung-114")
