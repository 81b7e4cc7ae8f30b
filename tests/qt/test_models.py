from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QTableView

from desktop.domain.findings import ReasonCode
from desktop.qt.models.courses import Column, CourseModel
from desktop.qt.models.queue import QueueFilter, QueueModel, QueueTab
from desktop.qt.models.roles import Role
from desktop.qt.models.tables import TableColumn, TableModel
from desktop.qt.services import services_of
from desktop.qt.widgets.table_basics import prepare_table
from desktop.services.verifying import QueueEntry
from tests.qt.conftest import PLAN

DISPLAY = Qt.ItemDataRole.DisplayRole
CHECK = Qt.ItemDataRole.CheckStateRole


def entry(number: int, name: str, unit: str, fails: int, reviews: int, *reasons) -> QueueEntry:
    state = "fail" if fails else "review" if reviews else "pass"
    return QueueEntry(
        f"A{number:04d}", name, unit, "課員", fails, reviews, 20, fails + reviews, state,
        frozenset(reasons), number, True,
    )  # fmt: skip


PEOPLE = (
    entry(21, "王秉叡", "經建課", 0, 2, ReasonCode.FLEX_UNCERTAIN),
    entry(63, "林芷瑄", "秘書室", 2, 1, ReasonCode.START_ON_DUTY, ReasonCode.FLEX_UNCERTAIN),
    entry(102, "許堃明", "秘書室", 1, 0, ReasonCode.END_ON_DUTY),
    entry(207, "曾雅筑", "民政課", 0, 0),
)


@pytest.fixture
def queue(qtmodeltester):
    model = QueueModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_entries(PEOPLE)
    return model


def names(model: QueueModel) -> list[str]:
    return [model.index(row).data(DISPLAY) for row in range(model.rowCount())]


@pytest.mark.parametrize(
    ("wanted", "shown"),
    [
        (QueueFilter(), ["王秉叡", "林芷瑄", "許堃明"]),
        (QueueFilter(QueueTab.FAIL), ["林芷瑄", "許堃明"]),
        (QueueFilter(QueueTab.REVIEW), ["王秉叡", "林芷瑄"]),
        (QueueFilter(QueueTab.PASS), ["曾雅筑"]),
        (QueueFilter(units=frozenset({"秘書室"})), ["林芷瑄", "許堃明"]),
        (QueueFilter(reasons=frozenset({"end_on_duty"})), ["許堃明"]),
        (
            QueueFilter(units=frozenset({"經建課"}), reasons=frozenset({"end_on_duty"})),
            [],
        ),
        (QueueFilter(QueueTab.FAIL, words="A0063"), ["林芷瑄"]),
    ],
)
def test_queue_shows_who_the_filters_admit(queue, wanted, shown):
    queue.apply(wanted)
    assert names(queue) == shown


def test_counts_of_the_tabs_follow_the_filters(queue):
    queue.apply(QueueFilter(units=frozenset({"秘書室"})))
    assert {tab: queue.count(tab) for tab in QueueTab} == {
        QueueTab.OPEN: 2,
        QueueTab.FAIL: 2,
        QueueTab.REVIEW: 1,
        QueueTab.PASS: 0,
    }


def test_person_just_decided_stays_in_sight(queue):
    queue.keep("A0207")
    queue.apply(QueueFilter())
    assert names(queue) == ["王秉叡", "林芷瑄", "許堃明", "曾雅筑"]


def test_person_kept_in_sight_stays_in_their_place_and_under_the_filters(queue):
    queue.keep("A0063")
    queue.apply(QueueFilter(QueueTab.PASS))
    assert names(queue) == ["林芷瑄", "曾雅筑"]
    queue.apply(QueueFilter(QueueTab.PASS, units=frozenset({"民政課"})))
    assert names(queue) == ["曾雅筑"]


def test_units_and_reasons_of_the_queue_are_offered_once(queue):
    assert queue.units() == ("經建課", "秘書室", "民政課")
    assert queue.reasons()[0] is ReasonCode.FLEX_UNCERTAIN
    assert len(queue.reasons()) == 3


def test_queue_row_is_read_out_with_counts_and_place(queue):
    spoken = queue.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "林芷瑄，A0063，秘書室，不符2，待確認1，第2人共3人"


def test_tick_survives_a_filter_and_is_forgotten_with_the_person(queue):
    queue.setData(queue.index(1), Qt.CheckState.Checked, CHECK)
    queue.apply(QueueFilter(QueueTab.PASS))
    assert queue.ticked == {"A0063"}
    queue.show_entries(PEOPLE[:1])
    assert queue.ticked == frozenset()


def test_ticking_all_twice_ticks_nobody(queue):
    queue.tick_shown()
    assert len(queue.ticked) == 3
    queue.tick_shown()
    assert queue.ticked == frozenset()


# ------------------------------------------------------------------------------------ the courses
@pytest.fixture
def courses(shared_sample):
    services = services_of(shared_sample)
    model = CourseModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_case(services.case(PLAN, "A0008"))
    return model


def test_sets_stand_in_the_plans_order_with_counts_and_hours(courses):
    groups = [courses.index(row, 0) for row in range(courses.rowCount())]
    assert [group.data(DISPLAY) for group in groups] == [
        "政策能力訓練",
        "市政議題訓練",
        "共通知能訓練",
    ]
    assert all(group.data(Role.IS_GROUP) for group in groups)
    assert groups[1].data(Role.TRAILING) == "認證 10／10 時"
    assert groups[1].data(Role.CHIPS) == (("pass", "完成，補休 4 時"),)


def test_every_course_of_the_plan_has_a_row(courses, shared_sample):
    plan = services_of(shared_sample).case(PLAN, "A0008").plan
    shown = {
        courses.index(row, Column.COURSE, courses.index(group, 0)).data(DISPLAY)
        for group in range(courses.rowCount())
        for row in range(courses.rowCount(courses.index(group, 0)))
    }
    assert {course.name for one in plan.sets for course in one.courses} <= shown


def test_failing_row_shows_times_reason_and_is_read_out(courses):
    index = next(i for i in courses.record_indexes() if courses.row(i).state == "fail")
    row = courses.row(index)
    cells = [index.siblingAtColumn(column).data(DISPLAY) for column in Column]
    assert cells[Column.VERDICT] == "不符"
    assert cells[Column.START] == "04-28 11:59:59"
    assert cells[Column.END] == "13:30:00"
    assert index.siblingAtColumn(Column.REASONS).data(Role.CHIPS) == (("fail", "起在上班"),)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == (
        f"第{row.number}列，不符，{row.course}，2時，"
        "114年4月28日11時59分59秒至114年4月28日13時30分0秒，原因：起在上班"
    )


def test_record_is_found_by_its_key(courses):
    index = courses.record_indexes()[4]
    key = courses.row(index).record.key
    assert courses.index_of(key) == index
    assert not courses.index_of("nothing").isValid()


def test_nobody_has_no_courses(courses):
    courses.show_case(None)
    assert courses.rowCount(QModelIndex()) == 0


# --------------------------------------------------------------------------------------- any table
@dataclass(frozen=True)
class Thing:
    key: str
    count: int


@pytest.fixture
def table():
    model = TableModel(
        [
            TableColumn("名稱", lambda t: t.key),
            TableColumn("列數", lambda t: str(t.count), is_number=True),
        ],
        key=lambda t: t.key,
        can_tick=lambda t: t.count > 0,
    )
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_rows([Thing("a", 1), Thing("b", 0), Thing("c", 3)])
    return model


def test_table_shows_its_columns(table):
    assert [table.headerData(n, Qt.Orientation.Horizontal) for n in range(2)] == ["名稱", "列數"]
    assert table.index(2, 1).data(DISPLAY) == "3"
    assert table.index(2, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "c，3"


def test_only_rows_that_can_be_ticked_are(table):
    assert not table.setData(table.index(1, 0), Qt.CheckState.Checked, CHECK)
    table.tick_all()
    assert table.ticked == ("a", "c")
    table.tick_all()
    assert table.ticked == ()


def test_ticks_of_rows_that_are_still_there_stay(table):
    table.tick(["a", "c"])
    table.show_rows([Thing("c", 3), Thing("d", 4)])
    assert table.ticked == ("c",)


@pytest.mark.parametrize(
    ("given", "ordered"),
    [
        (
            ["第10科", "第9科", "秘書室", "1,200", "95"],
            ["95", "1,200", "秘書室", "第9科", "第10科"],
        ),
        (["A0012", "A0003", "B0001"], ["A0003", "A0012", "B0001"]),
        (["乙", "", "甲", "甲"], ["乙", "甲", "甲", ""]),
        (["7", "007", "07"], ["007", "07", "7"]),
        (["第３科", "第11科", "第2科"], ["第2科", "第３科", "第11科"]),
    ],
)
def test_short_table_is_in_order_of_its_words_figures_by_value_blanks_last(qapp, given, ordered):
    model = TableModel([TableColumn("字", lambda text: text)])
    model.show_rows(given)
    model.sort_by(0)
    assert list(model.rows) == ordered


def test_f3_sorts_a_short_table_up_down_and_as_it_came_and_figures_by_value(qtbot, theme):
    given = ("第 10 列", "", "第 9 列", "1,291", "400")
    upwards = ("400", "1,291", "第 9 列", "第 10 列", "")
    downwards = ("第 10 列", "第 9 列", "1,291", "400", "")
    view = QTableView()
    qtbot.addWidget(view)
    model = TableModel([TableColumn("列", lambda row: row)], parent=view)
    model.show_rows(given)
    view.setModel(model)
    prepare_table(view, can_sort=True)
    view.setCurrentIndex(model.index(4, 0))
    seen = []
    for _ in range(3):
        qtbot.keyClick(view, Qt.Key.Key_F3)
        seen.append(model.rows)
        assert view.currentIndex().data() == "400"
    assert seen == [upwards, downwards, given]


def test_f3_leaves_a_table_alone_whose_order_means_something(qtbot, theme):
    view = QTableView()
    qtbot.addWidget(view)
    model = TableModel([TableColumn("列", lambda row: row)], parent=view)
    model.show_rows(("乙", "甲"))
    view.setModel(model)
    prepare_table(view)
    view.setCurrentIndex(model.index(0, 0))
    qtbot.keyClick(view, Qt.Key.Key_F3)
    assert model.rows == ("乙", "甲")
