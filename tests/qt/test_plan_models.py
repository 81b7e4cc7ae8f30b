"""The models of 計畫: the draft being edited, its tree, its courses, the comparison."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from desktop.qt.models.plan_comparison import ComparisonModel
from desktop.qt.models.plan_courses import CHANGED, FORMER, HOURS, NAME, PlanCoursesModel
from desktop.qt.models.plan_editing import PlanEditing
from desktop.qt.models.plan_tree import PlanTreeModel
from desktop.qt.models.roles import Role
from desktop.services.plan_comparing import PlanDifference
from desktop.services.plan_form import sections

COURSES = [
    {"name": "雙軸轉型淨零港都", "hours": 1, "category": "當前政府重大政策"},
    {"name": "全球淨零趨勢帶給高雄的挑戰與機會", "hours": 1},
    {"name": "永續飲食", "hours": 1.5},
]
VALUES = {
    "year": 115,
    "set": [
        {"id": "policy", "title": "政策能力訓練", "hours": 4, "course": COURSES},
        {"id": "city", "title": "市政議題訓練", "hours": 10},
    ],
}
BASE = {
    "year": 114,
    "set": [
        {
            "id": "policy",
            "course": [
                {"name": "雙軸轉型淨零港都", "hours": 1},
                {"name": "全球淨零趨勢帶給高雄的挑戰與機會", "hours": 2},
            ],
        }
    ],
}
SHOWN = Qt.ItemDataRole.DisplayRole
FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal


@pytest.fixture
def editing(qapp) -> PlanEditing:
    editing = PlanEditing()
    editing.open(VALUES)
    return editing


# ------------------------------------------------------------------------------------- the draft
def test_keystrokes_in_one_field_are_one_step(editing: PlanEditing) -> None:
    path = ("set", 0, "title")
    for words in ("政", "政策", "政策訓"):
        assert editing.type(path, words, words="改名稱")
    assert editing.undo_words == "改名稱"
    editing.undo()
    assert editing.value(path) == "政策能力訓練"
    assert editing.undo_words == ""
    editing.redo()
    assert editing.value(path) == "政策訓"


def test_leaving_a_field_begins_a_new_step(editing: PlanEditing) -> None:
    path = ("set", 0, "title")
    editing.type(path, "甲", words="改名稱")
    editing.end_typing()
    editing.type(path, "甲乙", words="改名稱")
    editing.undo()
    assert editing.value(path) == "甲"


def test_what_is_undone_is_what_stood_there_and_opened_values_stay_untouched(editing) -> None:
    editing.insert(("set", 0, "course"), 1, {"name": "新課程"}, words="加課程")
    editing.move(("set", 0, "course"), 1, 0, words="移動課程")
    editing.remove(("set", 0, "course"), 2, words="刪除課程")
    editing.put(("compensatory_leave",), {"rule": []}, words="加補休規定")
    names = [one["name"] for one in editing.value(("set", 0, "course"))]
    assert names == ["新課程", "雙軸轉型淨零港都", "永續飲食"]
    assert [editing.undo_words, editing.redo_words] == ["加補休規定", ""]
    for _ in range(4):
        editing.undo()
    assert editing.values == VALUES
    assert len(COURSES) == 3
    assert editing.redo_words == "加課程"


def test_same_value_typed_is_no_step(editing: PlanEditing) -> None:
    assert not editing.type(("set", 0, "hours"), 4, words="改時數")
    assert editing.undo_words == ""
    assert editing.type(("set", 0, "hours"), 4.0, words="改時數")


def test_moving_beyond_the_ends_does_nothing(editing: PlanEditing) -> None:
    editing.move(("set",), 0, -1, words="移動")
    editing.move(("set",), 1, 2, words="移動")
    assert editing.values == VALUES
    assert editing.undo_words == ""


def test_new_change_forgets_what_was_undone(editing: PlanEditing) -> None:
    editing.type(("year",), 116, words="改年度")
    editing.undo()
    editing.type(("year",), 117, words="改年度")
    assert editing.redo_words == ""


# -------------------------------------------------------------------------------------- the tree
def test_tree_shows_sections_with_their_marks(qapp) -> None:
    model = PlanTreeModel()
    QAbstractItemModelTester(model, FATAL)
    model.show_sections(sections(VALUES))
    model.show_marks({"set/0": (1, 2), "general": (0, 1)})
    top = [model.index(row, 0).data(SHOWN) for row in range(model.rowCount())]
    assert top[:4] == ["基本資料", "課程組", "補休", "敘獎"]
    sets = model.index(1, 0)
    assert [model.index(row, 0, sets).data(SHOWN) for row in range(model.rowCount(sets))] == [
        "政策能力訓練",
        "市政議題訓練",
    ]
    first = model.index_of("set/0")
    assert first.parent() == sets
    assert first.data(Role.COUNTS) == (("fail", 1), ("review", 2))
    spoken = first.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "政策能力訓練，錯誤 1，提醒 2"
    assert model.index_of("set/1").data(Role.COUNTS) == ()
    assert not model.index_of("no such").isValid()


def test_tree_keeps_its_entries_while_titles_are_typed(qapp, qtbot) -> None:
    model = PlanTreeModel()
    model.show_sections(sections(VALUES))
    resets = []
    model.modelReset.connect(lambda: resets.append(True))
    other = {**VALUES, "set": [{**VALUES["set"][0], "title": "改過的名稱"}, VALUES["set"][1]]}
    with qtbot.waitSignal(model.dataChanged):
        model.show_sections(sections(other))
    assert model.index_of("set/0").data(SHOWN) == "改過的名稱"
    assert resets == []
    model.show_sections(sections({**VALUES, "set": VALUES["set"][:1]}))
    assert resets == [True]


# ----------------------------------------------------------------------------------- the courses
@pytest.fixture
def courses(editing: PlanEditing) -> PlanCoursesModel:
    model = PlanCoursesModel(editing)
    model.show_set(("set", 0), BASE, "114 年")
    return model


def row_texts(model: PlanCoursesModel, row: int) -> list[str]:
    return [model.index(row, column).data(SHOWN) for column in range(model.columnCount())]


def test_courses_stand_beside_last_years_hours(courses: PlanCoursesModel) -> None:
    QAbstractItemModelTester(courses, FATAL)
    assert courses.headerData(FORMER, Qt.Orientation.Horizontal) == "114 年"
    assert row_texts(courses, 0) == ["1", "當前政府重大政策", "雙軸轉型淨零港都", "1", "1", ""]
    assert row_texts(courses, 1)[HOURS:] == ["1", "2", "改"]
    assert row_texts(courses, 2)[HOURS:] == ["1.5", "", "新"]
    assert courses.index(1, CHANGED).data(Role.CHIPS) == (("decided", "改"),)
    assert courses.index(1, NAME).data(Qt.ItemDataRole.AccessibleTextRole) == (
        "第2門，全球淨零趨勢帶給高雄的挑戰與機會，1時，114 年 2時，改"
    )


def test_last_row_is_the_sum_and_warns_when_the_set_says_another(courses) -> None:
    last = courses.rowCount() - 1
    assert row_texts(courses, last) == ["", "", "合計 3 門", "3.5", "3", ""]
    assert courses.index(last, HOURS).data(Role.WARN) == "fail"
    assert not courses.index(last, NAME).flags() & Qt.ItemFlag.ItemIsEditable
    assert not courses.setData(courses.index(last, NAME), "合計")
    courses._editing.type(("set", 0, "hours"), 3.5, words="改時數")
    assert courses.index(last, HOURS).data(Role.WARN) is None


@pytest.mark.parametrize(
    ("column", "typed", "key", "kept", "words"),
    [
        (HOURS, " ２ ", "hours", 2, "改時數"),
        (HOURS, "兩時", "hours", "兩時", "改時數"),
        (HOURS, "", "hours", None, "改時數"),
        (NAME, "  新  名稱 ", "name", "新 名稱", "改課程名稱"),
        (NAME, "", "name", "", "改課程名稱"),
    ],
)
def test_cells_are_written_into_the_draft(courses, editing, column, typed, key, kept, words):
    assert courses.setData(courses.index(1, column), typed)
    assert editing.value(("set", 0, "course", 1, key)) == kept
    assert editing.undo_words == words
    editing.undo()
    assert editing.values == VALUES


def test_cell_with_a_mistake_is_marked(courses: PlanCoursesModel) -> None:
    courses.show_problems(frozenset({(2, "hours")}))
    assert courses.index(2, HOURS).data(Role.WARN) == "fail"
    assert courses.index(2, NAME).data(Role.WARN) is None


def test_table_without_courses_has_no_sum(editing: PlanEditing) -> None:
    model = PlanCoursesModel(editing)
    model.show_set(("set", 1), None, "")
    assert model.rowCount(QModelIndex()) == 0


# -------------------------------------------------------------------------------- the comparison
def test_comparison_shows_what_differs_alone_when_asked(qapp) -> None:
    model = ComparisonModel()
    QAbstractItemModelTester(model, FATAL)
    model.show_differences(
        [
            PlanDifference("補休　全年上限", "12 時", "12 時", False, ("compensatory_leave",)),
            PlanDifference("補休　完成期限", "114-08-31", "115-08-31", True, ("a",)),
            PlanDifference("政策 3", "—", "永續飲食　1 時", True, ("b",)),
            PlanDifference("政策 4", "零廢時尚　1 時", "—", True, None),
        ],
        before="114 年",
        after="115 年（草稿）",
    )
    assert [model.headerData(n, Qt.Orientation.Horizontal) for n in (1, 2)] == [
        "114 年",
        "115 年（草稿）",
    ]
    marks = [model.index(row, 3).data(SHOWN) for row in range(model.rowCount())]
    assert marks == ["同", "改", "新", "刪"]
    model.show_only_changed(True)
    assert [row.item for row in model.rows] == ["補休　完成期限", "政策 3", "政策 4"]
    model.show_only_changed(False)
    assert model.rowCount() == 4
