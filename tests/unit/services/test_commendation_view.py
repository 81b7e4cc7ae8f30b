"""敘獎 in the window: why somebody is proposed, the order of the list, its workbook."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from desktop.domain.people import Person
from desktop.domain.verdicts import BenefitState, CommendationVerdict, LeaveVerdict, PersonVerdict
from desktop.services.commendation_export import (
    NoCommendationError,
    commendation_workbook,
    save_commendation_workbook,
)
from desktop.services.commendation_order import ListOrder, OrderBy, arranged, in_list_order, placed
from desktop.services.commendation_view import CommendationView, commendation_view, order_list
from desktop.services.issuing import issue_forms
from desktop.services.leaving_out import leave_out
from desktop.services.office import Office
from desktop.services.output_folder import OutputFolderError
from desktop.services.state_export import export_state
from desktop.services.undoing import redo, undo, undo_words
from tests.unit.services.papers import words

PLAN = "kaohsiung-114"


def ids(view: CommendationView) -> list[str]:
    return [one.employee_id for one in view.sure]


def verdict(code: str, unit: str, rank: str, position: int) -> PersonVerdict:
    person = Person(
        employee_id=code, name=code, unit=unit, title="", rank=rank, roster_position=position
    )
    nothing = LeaveVerdict(BenefitState.NONE, 0, 0, ())
    award = CommendationVerdict(BenefitState.GRANTED, 1, 1)
    return PersonVerdict(person, True, (), (), (), nothing, award)


EVERYBODY = (
    verdict("A", "民政課", "委任第五職等", 0),
    verdict("B", "秘書室", "簡任第十職等", 1),
    verdict("C", "民政課", "薦任第八職等", 2),
    verdict("D", "秘書室", "相當薦任第八職等", 3),
    verdict("E", "秘書室", "委任第三職等", 4),
)


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (ListOrder(), "CABED"),
        (ListOrder(OrderBy.RANK), "BCAED"),
        # Who was never moved stays behind whom the sorting puts before.
        (ListOrder(OrderBy.UNIT, ("E", "A", "B")), "CEDAB"),
        (ListOrder(OrderBy.UNIT, ("gone", "D", "C")), "DCABE"),
    ],
)
def test_list_is_arranged_as_the_clerk_wants(order: ListOrder, expected: str) -> None:
    assert "".join(v.person.employee_id for v in arranged(EVERYBODY, order)) == expected
    told = placed(EVERYBODY, order)
    assert [v.person.employee_id for v in told] == list("ABCDE")
    assert "".join(v.person.employee_id for v in in_list_order(told)) == expected


def test_every_person_is_on_one_side_with_grounds_and_clause(sample: Office) -> None:
    view = commendation_view(sample, PLAN)
    with sample.store.reading() as reader:
        everybody = {person.employee_id for person in reader.people()}
    assert len(view.sure) + len(view.others) == len(everybody)
    assert {one.employee_id for one in (*view.sure, *view.others)} == everybody
    ground = next(one for one in view.sure if one.employee_id == "A0011").grounds[0]
    assert (ground.look, ground.head, ground.clause) == ("pass", "嘉獎1次", "陸、六")
    assert "嘉獎1次" in ground.quotation
    for title in ("市政議題訓練", "共通知能訓練", "政策能力訓練"):
        assert title in ground.words
    assert all(one.grounds and one.grounds[0].clause for one in view.others)
    assert view.total == (("嘉獎", len(view.sure)),)
    assert sum(count for _, count in view.causes) == len(view.others)


def test_somebody_left_out_is_told_with_the_reason_and_not_counted(sample: Office) -> None:
    before = commendation_view(sample, PLAN)
    leave_out(sample, PLAN, ["A0011"], reason="另案已敘獎")
    view = commendation_view(sample, PLAN)
    found = next(one for one in view.sure if one.employee_id == "A0011")
    assert not found.is_listed
    assert (found.note, found.grounds[0].head) == ("另案已敘獎", "不列名")
    assert "另案已敘獎" in found.grounds[0].words
    assert found.grounds[1].head == "嘉獎1次"  # the program's own verdict stays beside it
    assert sum(n for _, n in view.awards) == sum(n for _, n in before.awards) - 1


def test_order_by_hand_prints_is_undone_and_done_again(sample: Office) -> None:
    first = commendation_view(sample, PLAN)
    wanted = list(reversed(ids(first)))
    state = export_state(sample)
    order_list(sample, PLAN, by=OrderBy.UNIT, by_hand=wanted)
    assert undo_words(sample) == "敘獎人工排序"
    assert ids(commendation_view(sample, PLAN)) == wanted
    issued = issue_forms(sample, PLAN, ["committee"], with_stamp=False, paper="committee")
    text = words(issued.pdf)
    names = {one.employee_id: one.name for one in first.sure}
    assert text.index(names["A0006"]) < text.index(names["A0002"])
    undo(sample)
    assert ids(commendation_view(sample, PLAN)) == ids(first)
    redo(sample)
    assert ids(commendation_view(sample, PLAN)) == wanted
    undo(sample)
    assert export_state(sample) != state  # the paper that went out stays
    assert commendation_view(sample, PLAN).order == ListOrder()


def test_order_that_is_in_force_already_makes_no_step(sample: Office) -> None:
    before = undo_words(sample)
    assert not order_list(sample, PLAN, by=OrderBy.UNIT).changed_anything
    assert undo_words(sample) == before


@pytest.mark.parametrize("is_ods", [False, True])
def test_workbook_holds_both_lists(sample: Office, tmp_path: Path, is_ods: bool) -> None:
    leave_out(sample, PLAN, ["A0011"], reason="另案已敘獎")
    content = commendation_workbook(sample, PLAN, is_ods=is_ods)
    folder = tmp_path / "out"
    folder.mkdir()
    path = folder / ("名冊.ods" if is_ods else "名冊.xlsx")
    save_commendation_workbook(sample, PLAN, path, content)
    assert path.read_bytes() == content
    assert [one.name for one in folder.iterdir()] == [path.name]
    with sample.store.reading() as reader:
        told = [one.detail.get("files") for one in reader.audit_entries(2)]
    assert path.name in told
    if is_ods:
        return
    book = openpyxl.load_workbook(BytesIO(content))
    assert book.sheetnames == ["敘獎建議名冊", "未獲敘獎名單"]
    others = [[str(cell.value or "") for cell in row] for row in book["未獲敘獎名單"].iter_rows()]
    row = next(row for row in others if row[3] == "林羽達")
    assert row[5] == "承辦人不列名"
    assert row[6].startswith("另案已敘獎（程式判定可獲嘉獎1次）")


def test_workbook_that_cannot_be_kept_leaves_no_trace(sample: Office, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    (folder / "名冊.xlsx").mkdir(parents=True)
    with sample.store.reading() as reader:
        before = reader.audit_entries(1)[0].seq
    with pytest.raises(OutputFolderError):
        save_commendation_workbook(sample, PLAN, folder / "名冊.xlsx", b"x")
    with sample.store.reading() as reader:
        assert reader.audit_entries(1)[0].seq == before
    assert [one.name for one in folder.iterdir()] == ["名冊.xlsx"]


def test_plan_without_commendation_says_so(sample: Office) -> None:
    assert not commendation_view(sample, "taipei-coursera-113").is_given
    with pytest.raises(NoCommendationError, match="沒有敘獎"):
        commendation_workbook(sample, "taipei-coursera-113", is_ods=False)
