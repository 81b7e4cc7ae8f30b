"""活動: sessions with places, who signed up and came, draws."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QStackedWidget,
    QTabBar,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.activities import ActivityKind, SignUpState
from desktop.qt.dialogs.draws import DrawDialog
from desktop.qt.dialogs.programmes import (
    ActivityDialog,
    DayReasonDialog,
    SessionDialog,
    SignUpDialog,
)
from desktop.qt.models.programmes import (
    activity_columns,
    draw_columns,
    session_columns,
    sign_up_columns,
)
from desktop.qt.models.tables import TableColumn, TableModel
from desktop.qt.pages.base import Command, Context
from desktop.qt.pages.programme_tab import ProgrammeTab
from desktop.qt.widgets.basics import (
    ElidedLabel,
    EmptyState,
    Splitter,
    button,
    label,
    on_click,
    pane,
)
from desktop.qt.widgets.table_basics import prepare_table
from desktop.qt.widgets.table_reach import count_chosen

if TYPE_CHECKING:
    from desktop.domain.activities import Draw
    from desktop.domain.people import Person
    from desktop.services.activities import (
        ActivitiesView,
        ActivityView,
        SessionView,
        SignUpLine,
    )

SESSIONS, DRAWS = range(2)


def model_of(view: QTableView) -> TableModel:
    """The rows behind a table of this tab."""
    model = view.model()
    assert isinstance(model, TableModel)
    return model


class ActivitiesTab(ProgrammeTab):
    """The activities of the plan in force."""

    series = "activities"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._view: ActivitiesView | None = None
        self._people: tuple[Person, ...] = ()
        self._activity_id = self._session_id = ""
        self._today = date.min
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.stack = QStackedWidget()
        column.addWidget(self.stack)
        self.splitter = Splitter(Qt.Orientation.Horizontal, self._make_list(), self._make_one())
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([316, 978])
        self.stack.addWidget(self.splitter)
        self._first = button("新增活動…(&R)", is_accent=True)
        on_click(self._first, self.add_activity)
        self._take = button("帶入計畫所列(&I)")
        on_click(self._take, self.take_proposals)
        self.empty = EmptyState(
            "hat_graduation_20_regular",
            "這個計畫還沒有活動",
            "班期、英語營、師徒制、競標和抽獎都登記在這裡：場次、名額、報名、出席、中獎。",
            [self._first, self._take],
        )
        self.stack.addWidget(self.empty)
        self.stack.setCurrentWidget(self.empty)

    # ----------------------------------------------------------------- building
    def _table(
        self, columns: list[TableColumn], name: str, widths: tuple[int, ...], *, wide: int = -1
    ) -> QTableView:
        view = QTableView()
        view.setModel(TableModel(columns, parent=self))
        prepare_table(view, keeps_blue=True, can_sort=True)
        view.setAccessibleName(name)
        header = view.horizontalHeader()
        for section, width in enumerate(widths):
            header.resizeSection(section, width)
        if wide < 0:
            header.setStretchLastSection(True)
        else:
            header.setSectionResizeMode(wide, QHeaderView.ResizeMode.Stretch)
        return view

    def _make_list(self) -> QWidget:
        left = pane()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(12, 8, 12, 8)
        head.setSpacing(8)
        self.add_button = button("新增…(&A)", icon_name="add_16_regular")
        self.take_button = button("帶入計畫所列(&T)")
        on_click(self.add_button, self.add_activity)
        on_click(self.take_button, self.take_proposals)
        head.addWidget(self.add_button)
        head.addWidget(self.take_button)
        head.addStretch()
        column.addLayout(head)
        self.list = self._table(activity_columns(), "活動", (120, 84, 48), wide=0)
        self.list.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.list.selectionModel().currentRowChanged.connect(lambda *_: self._activity_chosen())
        column.addWidget(self.list, 1)
        return left

    def _make_one(self) -> QWidget:
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(12, 8, 12, 12)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(8)
        self.title = ElidedLabel("", "subtitle")
        head.addWidget(self.title, 1)
        self.edit_button = button("修改活動…(&E)")
        self.drop_button = button("移除活動(&D)")
        on_click(self.edit_button, self.edit_activity)
        on_click(self.drop_button, self.drop_activity)
        head.addWidget(self.edit_button)
        head.addWidget(self.drop_button)
        column.addLayout(head)
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName("活動的各頁")
        for words in ("場次與名單", "抽獎"):
            self.tabs.addTab(words)
        column.addWidget(self.tabs)
        self.panes = QStackedWidget()
        self.panes.addWidget(self._make_sessions())
        self.panes.addWidget(self._make_draws())
        self.tabs.currentChanged.connect(self.panes.setCurrentIndex)
        column.addWidget(self.panes, 1)
        return right

    def _make_sessions(self) -> QWidget:
        upper = QWidget()
        column = QVBoxLayout(upper)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.session_button = button("新增場次…(&S)", icon_name="add_16_regular")
        self.edit_session_button = button("修改場次…(&M)")
        self.drop_session_button = button("移除場次(&B)")
        for one, act in (
            (self.session_button, self.add_session),
            (self.edit_session_button, self.edit_session),
            (self.drop_session_button, self.drop_session),
        ):
            on_click(one, act)
            row.addWidget(one)
        row.addStretch()
        column.addLayout(row)
        self.sessions = self._table(
            session_columns(), "場次", (120, 190, 120, 56, 56, 56, 64, 56, 56), wide=2
        )
        self.sessions.selectionModel().currentRowChanged.connect(lambda *_: self._session_chosen())
        self.sessions.selectionModel().selectionChanged.connect(lambda *_: self._session_chosen())
        column.addWidget(self.sessions, 1)
        lower = QWidget()
        column = QVBoxLayout(lower)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.sign_up_button = button("報名…(&J)", icon_name="person_16_regular")
        self.came_button = button("出席(&Y)")
        self.absent_button = button("缺席(&G)")
        self.up_button = button("遞補(&U)", tip="候補的人補上空位")
        self.leave_button = button("退出…(&V)")
        for one, act in (
            (self.sign_up_button, self.sign_up),
            (self.came_button, lambda: self.mark(SignUpState.ATTENDED)),
            (self.absent_button, lambda: self.mark(SignUpState.ABSENT)),
            (self.up_button, lambda: self.mark(SignUpState.SIGNED)),
            (self.leave_button, self.leave),
        ):
            on_click(one, act)
            row.addWidget(one)
        row.addStretch()
        self.people_count = label("", "secondary")
        row.addWidget(self.people_count)
        column.addLayout(row)
        self.people = self._table(sign_up_columns(), "報名的人", (110, 80, 120, 90))
        self.people.selectionModel().selectionChanged.connect(lambda *_: self._enable())
        column.addWidget(self.people, 1)
        self.halves = Splitter(Qt.Orientation.Vertical, upper, lower)
        self.halves.setSizes([220, 300])
        return self.halves

    def _make_draws(self) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.draw_button = button("抽獎…(&F)", is_accent=True)
        self.check_button = button("重算核對(&H)")
        self.export_button = button("匯出名單…(&O)", icon_name="save_16_regular")
        self.void_button = button("作廢…(&K)")
        for one, act in (
            (self.draw_button, self.draw),
            (self.check_button, self.check),
            (self.export_button, self.export),
            (self.void_button, self.void),
        ):
            on_click(one, act)
            row.addWidget(one)
        row.addStretch()
        column.addLayout(row)
        self.draws = self._table(draw_columns(), "抽獎紀錄", (150, 130, 60, 60, 64, 140, 150))
        self.draws.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.draws.selectionModel().currentRowChanged.connect(lambda *_: self._enable())
        column.addWidget(self.draws, 1)
        self.winners = label("", wraps=True)
        column.addWidget(self.winners)
        return whole

    # ------------------------------------------------------------------ reading
    def read(self) -> None:
        """Read the activities and the roster."""
        services, plan_id = self.services, self.plan_id
        if not plan_id:
            return
        self._is_stale = False
        self._read(
            lambda: (services.activities(plan_id), services.roster(), services.status().today),
            lambda found: self._show(*found),
            "讀取活動",
        )

    def _show(self, view: ActivitiesView, people, today: date) -> None:
        self._view, self._people, self._today = view, tuple(people), today
        self.stack.setCurrentWidget(self.splitter if view.activities else self.empty)
        for one in (self.take_button, self._take):
            one.setEnabled(bool(view.proposals))
            names = "、".join(p.name for p in view.proposals)
            one.setToolTip(names or "計畫沒有列出活動，或都已帶入")
        self._fill(self.list, view.activities, lambda a: a.activity.id, self._activity_id)
        self._activity_chosen()

    def _fill(self, view: QTableView, rows, key, current: str) -> None:
        model = view.selectionModel()
        model.blockSignals(True)
        model_of(view).show_rows(rows)
        keys = [key(row) for row in model_of(view).rows]
        if keys:
            view.selectRow(keys.index(current) if current in keys else 0)
        model.blockSignals(False)
        view.viewport().update()

    @property
    def activity(self) -> ActivityView | None:
        """The activity chosen."""
        return model_of(self.list).row(self.list.currentIndex().row())

    @property
    def session(self) -> SessionView | None:
        """The session chosen; None where several are, to be copied or summed up."""
        if count_chosen(self.sessions) > 1:
            return None
        return model_of(self.sessions).row(self.sessions.currentIndex().row())

    @property
    def chosen_draw(self) -> Draw | None:
        """The draw chosen."""
        return model_of(self.draws).row(self.draws.currentIndex().row())

    @property
    def chosen_people(self) -> tuple[SignUpLine, ...]:
        """The people chosen."""
        rows = sorted({index.row() for index in self.people.selectionModel().selectedRows()})
        model = model_of(self.people)
        return tuple(line for row in rows if (line := model.row(row)) is not None)

    def _activity_chosen(self) -> None:
        view = self.activity
        if view is None:
            return
        activity = view.activity
        if activity.id != self._activity_id:
            self.tabs.setCurrentIndex(DRAWS if activity.kind is ActivityKind.DRAW else SESSIONS)
        self._activity_id = activity.id
        clause = f"（{activity.clause}）" if activity.clause else ""
        self.title.setText(f"{activity.name}{clause}　{activity.kind.word}")
        self._fill(self.sessions, view.sessions, lambda s: s.session.id, self._session_id)
        self._fill(self.draws, view.draws, lambda d: d.id, "")
        self._session_chosen()

    def _session_chosen(self) -> None:
        session = self.session
        self._session_id = session.session.id if session is not None else ""
        people = session.people if session is not None else ()
        model_of(self.people).show_rows(people)
        self.people_count.setText(
            f"{session.session.name}：{len(people)} 人，出席 {session.attended} 人"
            if session is not None
            else f"選了 {count_chosen(self.sessions)} 場；名單請只選一場"
            if model_of(self.sessions).rows
            else "還沒有場次"
        )
        self._enable()

    def _enable(self) -> None:
        has_session, states = self.session is not None, {p.state for p in self.chosen_people}
        for one in (self.edit_session_button, self.drop_session_button, self.sign_up_button):
            one.setEnabled(has_session)
        is_in = bool(states) and states <= {
            SignUpState.SIGNED,
            SignUpState.ATTENDED,
            SignUpState.ABSENT,
        }
        self.came_button.setEnabled(is_in)
        self.absent_button.setEnabled(is_in)
        self.up_button.setEnabled(states == {SignUpState.WAITING})
        self.leave_button.setEnabled(bool(states) and SignUpState.WITHDRAWN not in states)
        draw = self.chosen_draw
        self.check_button.setEnabled(draw is not None)
        self.export_button.setEnabled(draw is not None)
        self.void_button.setEnabled(draw is not None and not draw.void_reason)
        names = {person.employee_id: person.name for person in self._people}
        if draw is None:
            self.winners.setText("還沒有抽獎。抽獎前先看名單與名單雜湊，再填種子。")
        else:
            won = "、".join(
                names.get(one.chance.employee_id, one.chance.employee_id)
                for one in draw.winners[:60]
            )
            self.winners.setText(f"中獎（依抽出順序）：{won}")

    # ------------------------------------------------------------------ activities
    def lacks(self, words: str) -> str:
        """Say what must be chosen or entered first."""
        if words == "帶入計畫所列的活動" and (self._view is None or not self._view.proposals):
            return "這個計畫沒有列出還沒帶入的活動；要自己登記請按「新增活動」。"
        if words in ("新增場次…", "報名…", "抽獎…", "重算核對抽獎") and self.activity is None:
            return "先選一個活動；還沒有活動時按「新增活動」。"
        if words == "報名…" and self.session is None:
            return "先選一個場次；還沒有場次時按「新增場次」。"
        if words == "重算核對抽獎" and self.chosen_draw is None:
            return "先選一次抽獎；還沒有抽過就沒有可以核對的。"
        return ""

    def add_activity(self) -> None:
        """Enter a new activity."""
        self._ask_activity(None)

    def edit_activity(self) -> None:
        """Change the activity chosen."""
        if self.activity is not None:
            self._ask_activity(self.activity.activity)

    def _ask_activity(self, activity) -> None:
        dialog, services, plan_id = (
            ActivityDialog(activity, parent=self),
            self.services,
            self.plan_id,
        )
        dialog.wanted.connect(
            lambda v: self._write(lambda: services.put_activity(plan_id, v["activity"]), "登記活動")
        )
        self._open(dialog)

    def take_proposals(self) -> None:
        """Enter what the plan's document names."""
        if self._view is None or not self._view.proposals:
            return
        services, plan_id = self.services, self.plan_id
        names = [one.name for one in self._view.proposals]
        self._write(lambda: services.take_activities(plan_id, names), "帶入計畫所列活動")

    def drop_activity(self) -> None:
        """Take the activity chosen off the list."""
        view, services, plan_id = self.activity, self.services, self.plan_id
        if view is not None:
            self._write(lambda: services.drop_activity(plan_id, view.activity.id), "移除活動")

    # ------------------------------------------------------------------ sessions
    def add_session(self) -> None:
        """Enter a new session."""
        if self.activity is not None:
            self._ask_session(None, f"第 {len(self.activity.sessions) + 1} 期")

    def edit_session(self) -> None:
        """Change the session chosen."""
        if self.session is not None:
            self._ask_session(self.session.session, "")

    def _ask_session(self, session, name: str) -> None:
        services, plan_id, activity_id = self.services, self.plan_id, self._activity_id
        dialog = SessionDialog(session, name, parent=self)
        dialog.wanted.connect(
            lambda v: self._write(
                lambda: services.put_session(plan_id, activity_id, v["session"]), "登記場次"
            )
        )
        self._open(dialog)

    def drop_session(self) -> None:
        """Take the session chosen off the list."""
        services, ids = self.services, self._ids
        if self.session is not None:
            self._write(lambda: services.drop_session(*ids), "移除場次")

    @property
    def _ids(self) -> tuple[str, str, str]:
        return self.plan_id, self._activity_id, self._session_id

    # ------------------------------------------------------------------ people
    def sign_up(self) -> None:
        """Sign people up for the session chosen."""
        session, activity = self.session, self.activity
        if session is None or activity is None:
            return
        there = {p.employee_id for p in session.people if p.state is not SignUpState.WITHDRAWN}
        rest = [one for one in self._people if one.employee_id not in there]
        title = f"{activity.activity.name}　{session.session.name}"
        dialog = SignUpDialog(title, rest, session.free, parent=self)
        services, ids = self.services, self._ids
        dialog.wanted.connect(
            lambda v: self._write(lambda: services.sign_up(*ids, v["employee_ids"]), "報名")
        )
        self._open(dialog)

    def mark(self, state: SignUpState, reason: str = "") -> None:
        """Say how the people chosen stand to the session."""
        who = [line.employee_id for line in self.chosen_people]
        services, ids = self.services, self._ids
        if who:
            self._write(
                lambda: services.mark_sign_ups(*ids, who, state, reason=reason),
                f"登記{state.word}",
            )

    def leave(self) -> None:
        """Let the people chosen withdraw, with a reason."""
        names = [line.name for line in self.chosen_people]
        if not names:
            return
        dialog = DayReasonDialog(
            f"退出 {len(names)} 人",
            f"{'、'.join(names[:6])}退出後名額空出來，候補的人按「遞補」補上。",
            f"退出 {len(names)} 人(&S)",
            parent=self,
        )
        dialog.wanted.connect(lambda v: self.mark(SignUpState.WITHDRAWN, v["reason"]))
        self._open(dialog)

    # ------------------------------------------------------------------ draws
    def draw(self) -> None:
        """Show the list, then draw."""
        view, services, plan_id = self.activity, self.services, self.plan_id
        if view is not None:
            self._read(
                lambda: services.entrants(plan_id, view.activity.id),
                lambda found: self._ask_draw(view, found),
                "整理抽獎名單",
            )

    def _ask_draw(self, view: ActivityView, found) -> None:
        services, plan_id = self.services, self.plan_id
        dialog = DrawDialog(view.activity, found, parent=self)

        def told(made) -> None:
            draw, _ = made
            self._tell(f"已抽出 {len(draw.winners)} 人，種子、名單與結果已留存。")

        dialog.wanted.connect(
            lambda v: self._write(lambda: services.make_draw(plan_id, found, **v), "抽獎", told)
        )
        self._open(dialog)

    def check(self) -> None:
        """Repeat the draw chosen and compare."""
        draw, services = self.chosen_draw, self.services
        if draw is not None:
            self._read(
                lambda: services.check_draw(draw),
                lambda words: self.told.emit("pass" if "完全相同" in words else "fail", words),
                "重算抽獎",
            )

    def void(self) -> None:
        """Say that the draw chosen does not count."""
        draw = self.chosen_draw
        if draw is None or draw.void_reason:
            return
        services, plan_id, activity_id = self.services, self.plan_id, self._activity_id
        dialog = DayReasonDialog(
            f"作廢抽獎：{draw.title}",
            "原來的抽獎照留，標示作廢；作廢後不能恢復，可以另抽一次。",
            "作廢(&S)",
            parent=self,
        )
        dialog.wanted.connect(
            lambda v: self._write(
                lambda: services.void_draw(plan_id, activity_id, draw.id, **v),
                "作廢抽獎",
                lambda change: self._tell(f"已{change.act}。"),
            )
        )
        self._open(dialog)

    def export(self) -> None:
        """Save the draw chosen, every chance with its digest."""
        if self.chosen_draw is None:
            return
        name, _ = QFileDialog.getSaveFileName(self, "匯出抽獎名單", "抽獎名單.csv", "CSV (*.csv)")
        if name:
            self.export_to(Path(name))

    def export_to(self, path: Path) -> None:
        """Save the draw chosen into a file."""
        draw, services = self.chosen_draw, self.services
        if draw is not None:
            self._read(
                lambda: path.write_bytes(services.draw_csv(draw)),
                lambda _: self._tell(f"已匯出「{draw.title}」的名單到「{path.name}」。"),
                "匯出抽獎名單",
            )

    def commands(self) -> tuple[Command, ...]:
        """The tab's acts."""
        return (
            Command("新增活動…", self.add_activity),
            Command("帶入計畫所列的活動", self.take_proposals),
            Command("新增場次…", self.add_session),
            Command("報名…", self.sign_up),
            Command("抽獎…", self.draw),
            Command("重算核對抽獎", self.check),
        )
