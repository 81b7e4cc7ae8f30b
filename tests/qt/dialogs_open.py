"""Every dialog of the program, each made with what it shows in an office's day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QDialog, QWidget

from desktop.domain.accounts import Account, AccountRole
from desktop.domain.activities import Activity, ActivityKind, Session
from desktop.domain.attendance import AttendanceEntry, AttendanceKind
from desktop.domain.moments import Span
from desktop.domain.promotion import Contact
from desktop.domain.resources import Resource
from desktop.qt.dialogs.accounts import AccountsDialog, NewAccountDialog, ResetPasswordDialog
from desktop.qt.dialogs.correcting import CorrectingDialog
from desktop.qt.dialogs.data_life import DataLifeDialog
from desktop.qt.dialogs.draws import DrawDialog
from desktop.qt.dialogs.imports import ImportsDialog
from desktop.qt.dialogs.issued import IssuedDialog
from desktop.qt.dialogs.ledger_acts import (
    AdvanceDialog,
    ReverseDialog,
    TransferInDialog,
    TransferOutDialog,
)
from desktop.qt.dialogs.ledger_lists import (
    AttendanceDialog,
    ExpiringDialog,
    GrantsDialog,
    OwedDialog,
)
from desktop.qt.dialogs.ledger_papers import CardDialog, RegisterDialog
from desktop.qt.dialogs.mapping import MappingDialog
from desktop.qt.dialogs.plan_blank import BlankPlanDialog
from desktop.qt.dialogs.plan_copy import CopyPlanDialog
from desktop.qt.dialogs.plan_paste import PasteCoursesDialog
from desktop.qt.dialogs.plan_trial import TrialDialog
from desktop.qt.dialogs.plan_versions import PlanVersionsDialog
from desktop.qt.dialogs.printing import CalibrationDialog, PrintDialog
from desktop.qt.dialogs.profiles import ProfilesDialog
from desktop.qt.dialogs.programmes import (
    ActivityDialog,
    DayReasonDialog,
    NomineeDialog,
    PlacesDialog,
    SessionDialog,
    SignUpDialog,
)
from desktop.qt.dialogs.reason_templates import ReasonTemplatesDialog
from desktop.qt.dialogs.refused import RefusedFilesDialog
from desktop.qt.dialogs.resources import (
    ContactDialog,
    EffectiveDialog,
    MeasureDialog,
    ResourceDialog,
    ScheduleDialog,
    StageDialog,
)
from desktop.qt.dialogs.restoring import RestoreDialog
from desktop.qt.dialogs.returned import ReturnedDialog
from desktop.qt.dialogs.same_reason import SameReasonDialog
from desktop.qt.dialogs.sign_in import (
    ChangePasswordDialog,
    FormDialog,
    RecoveryDialog,
    SetUpDialog,
    ShownCodeDialog,
    SignInDialog,
)
from desktop.qt.dialogs.stale import StaleDialog
from desktop.qt.dialogs.stamps import StampActs, StampDialog
from desktop.qt.dialogs.support import SupportDialog
from desktop.qt.dialogs.webhr import WebHrActs, WebHrDialog
from desktop.qt.dialogs.works import WorksDialog
from desktop.qt.operations import Operations
from desktop.qt.pages.duty_patterns import PatternDialog
from desktop.qt.services import Services
from desktop.services.agency_editing import PatternText
from desktop.services.cancelling import IssuedEntry
from desktop.services.drawing import ChanceLine, Entrants
from desktop.services.ledger_attendance import AttendanceUse
from desktop.services.ledger_view_values import ExpiringLine, OwedView
from desktop.services.plan_trial import Effect, TrialChange, TrialRun
from desktop.services.plan_versions import PlanVersion
from desktop.services.resubmitting import Resubmission
from desktop.services.stale_verdicts import StaleVerdict
from desktop.services.stamp_pictures import StampInfo
from desktop.services.stamped_sheets import FoundSheet
from desktop.services.support_bundle import BundleMember, SupportBundle
from desktop.store.values import BackupContents

PLAN = "kaohsiung-114"
PROGRAMME = "taipei-coursera-113"
TODAY = date(2025, 8, 6)
NOW = datetime(2025, 8, 6, 9, 41)
DIGEST = "3f786850e387550fdab836ed7e6dc881de23001b4a1b2c3d4e5f60718293a4b5"


class Makers:
    """Makes each dialog by its class' name.

    Attributes:
        window: Its owner.
        operations: For what it reads.
        services: Of the sample office.
        folder: For files of its own.
    """

    def __init__(
        self, window: QWidget, operations: Operations, services: Services, folder: Path
    ) -> None:
        self.window, self.services, self.folder = window, services, folder
        self.operations = operations
        self.settings = QSettings(str(folder / "dialogs.ini"), QSettings.Format.IniFormat)
        self.people = services.roster()

    def all(self) -> dict[str, Callable[[], QDialog]]:
        """The makers."""
        return {
            kind.__name__: getattr(self, f"_{kind.__name__}", None) or plain
            for kind, plain in self._plain().items()
        }

    def _plain(self) -> dict[type[QDialog], Callable[[], QDialog]]:
        window, services, today, people = self.window, self.services, TODAY, self.people
        nothing: Any = lambda *_: None  # noqa: E731 - stands for what a page would do
        accounts = SimpleNamespace(
            accounts=lambda: (
                Account("1", "林主任", AccountRole.HEAD, False, True, 0, None),
                Account("2", "周雅雯", AccountRole.CLERK, True, True, 0, None),
                Account("3", "稽核室陳專員", AccountRole.READER, False, False, 0, None),
            ),
            add_account=nothing,
            reset_password=nothing,
            change_account=nothing,
        )
        return {
            AccountsDialog: lambda: AccountsDialog(accounts, window),
            NewAccountDialog: lambda: NewAccountDialog(nothing, window),
            ResetPasswordDialog: lambda: ResetPasswordDialog("周雅雯", nothing, window),
            ChangePasswordDialog: lambda: ChangePasswordDialog(nothing, parent=window),
            FormDialog: lambda: FormDialog("登入", "選您的名稱。", "登入(&L)", window),
            RecoveryDialog: lambda: RecoveryDialog("林主任", nothing, window),
            SetUpDialog: lambda: SetUpDialog("林主任", nothing, window),
            ShownCodeDialog: lambda: ShownCodeDialog("K7QM-2XHP-9RTD-4WNB-6CFV", window),
            SignInDialog: lambda: SignInDialog(
                ["林主任", "周雅雯"], nothing, recover=nothing, parent=window
            ),
            CorrectingDialog: lambda: CorrectingDialog(self._pairs(), parent=window),
            DataLifeDialog: lambda: DataLifeDialog(services, self.operations, parent=window),
            DrawDialog: lambda: DrawDialog(self._activity(), _entrants(), parent=window),
            ImportsDialog: lambda: ImportsDialog(services, self.operations, parent=window),
            IssuedDialog: lambda: IssuedDialog(_issued(), cancel=nothing, parent=window),
            ReverseDialog: lambda: ReverseDialog("05-02 使用 2 時", 2, today=today, parent=window),
            AdvanceDialog: lambda: AdvanceDialog(
                "黃郁婷", "114 數位學習計畫", today=today, parent=window
            ),
            TransferOutDialog: lambda: TransferOutDialog("黃郁婷", 6, today=today, parent=window),
            TransferInDialog: lambda: TransferInDialog(
                "黃郁婷", "114 數位學習計畫", today=today, parent=window
            ),
            ExpiringDialog: lambda: ExpiringDialog(
                lambda days, show: show(_expiring()), parent=window
            ),
            OwedDialog: lambda: OwedDialog(_owed(), parent=window),
            GrantsDialog: lambda: GrantsDialog(
                services.grant_candidates(PLAN), today=today, parent=window
            ),
            AttendanceDialog: lambda: AttendanceDialog(_attendance_uses(), parent=window),
            CardDialog: lambda: CardDialog(
                "黃郁婷", today=today, read=lambda day, show: None, parent=window
            ),
            RegisterDialog: lambda: RegisterDialog(
                date(2025, 8, 1),
                date(2025, 8, 31),
                read=lambda first, last, show: show(
                    None, "114-08-01 至 114-08-31 沒有核給，請改選別的期間。"
                ),
                parent=window,
            ),
            MappingDialog: self._mapping,
            BlankPlanDialog: lambda: BlankPlanDialog(year=115, parent=window),
            CopyPlanDialog: lambda: CopyPlanDialog(
                services.plan_entries(), current=PLAN, parent=window
            ),
            PasteCoursesDialog: self._paste,
            TrialDialog: lambda: TrialDialog(_trial(), parent=window),
            PlanVersionsDialog: lambda: PlanVersionsDialog(
                _versions(), title="114 數位學習計畫", parent=window
            ),
            PrintDialog: lambda: PrintDialog(
                "列印 27 份申請表",
                settings=self.settings,
                pages=27,
                calibrate=nothing,
                printers=("人事室 HP LaserJet Pro M404dn（二樓）", "Microsoft 列印成 PDF"),
                parent=window,
            ),
            CalibrationDialog: lambda: CalibrationDialog(
                "人事室 HP LaserJet Pro M404dn（二樓）",
                settings=self.settings,
                print_sheet=nothing,
                corrected=lambda left, top, now: (20 - left, 20 - top),
                parent=window,
            ),
            ProfilesDialog: lambda: ProfilesDialog(services, self.operations, parent=window),
            PlacesDialog: lambda: PlacesDialog(services.programme(PROGRAMME), parent=window),
            NomineeDialog: lambda: NomineeDialog(
                services.programme(PROGRAMME), people, today=today, parent=window
            ),
            DayReasonDialog: lambda: DayReasonDialog(
                "退出薦送：黃郁婷",
                "名額會空出來；已經有人接替請改用「換人」，兩人的紀錄會互相註明。",
                "退出(&S)",
                today=today,
                parent=window,
            ),
            ActivityDialog: lambda: ActivityDialog(self._activity(), parent=window),
            SessionDialog: lambda: SessionDialog(
                Session("s", "第 1 期", today, today, "四維行政中心", 40, 3), "", parent=window
            ),
            SignUpDialog: lambda: SignUpDialog(
                "數位教材製作研習班　第 1 期", people, 12, parent=window
            ),
            ReasonTemplatesDialog: lambda: ReasonTemplatesDialog(
                [
                    SimpleNamespace(id="1", words="已補出勤證明"),
                    SimpleNamespace(id="2", words="當日輪休，已查差勤系統"),
                ],
                words="已查出勤紀錄",
                parent=window,
            ),
            RefusedFilesDialog: self._refused,
            ResourceDialog: lambda: ResourceDialog(
                Resource("1", "Coursera 公共治理專項課程", kind="課程", source="臉書專頁"),
                parent=window,
            ),
            EffectiveDialog: lambda: EffectiveDialog(today, parent=window),
            StageDialog: lambda: StageDialog(services.promotion().stages[0], parent=window),
            MeasureDialog: lambda: MeasureDialog(
                services.promotion().stages[0].measures[0], parent=window
            ),
            ContactDialog: lambda: ContactDialog(
                Contact("1", "高雄市政府人事處", "陳堃霖", "07-3368333", "a@kcg.gov.tw"),
                parent=window,
            ),
            ScheduleDialog: lambda: ScheduleDialog(
                read=lambda has_states, show: show(
                    services.preview_schedule(has_states=has_states)
                ),
                parent=window,
            ),
            RestoreDialog: lambda: RestoreDialog(
                BackupContents(
                    Path("公餘備份 1140805 173000.sqlite"), 104, 12, 86, "登錄核給 27 筆", NOW
                ),
                parent=window,
            ),
            ReturnedDialog: lambda: ReturnedDialog(_sheets(), attach=nothing, parent=window),
            SameReasonDialog: lambda: SameReasonDialog(
                "起在上班",
                self._same_rows(),
                recent=("已查出勤",),
                parent=window,
            ),
            StaleDialog: lambda: StaleDialog(_stale(), window),
            StampDialog: lambda: StampDialog(
                [
                    StampInfo("1", "周雅雯", "課員周雅雯", NOW, True, 4),
                    StampInfo("2", "林主任", "主任林大同", NOW, False, 1),
                ],
                boxes=services.stamp_boxes,
                acts=StampActs(use=nothing, add=nothing, withdraw=nothing),
                parent=window,
            ),
            SupportDialog: lambda: SupportDialog(
                SupportBundle(
                    (
                        BundleMember("版本.txt", "公餘 1.0\n作業系統 Windows 11"),
                        BundleMember("紀錄.txt", "09:41:02 匯入 3 個檔案\n" * 60),
                    )
                ),
                parent=window,
            ),
            WebHrDialog: self._webhr,
            WorksDialog: lambda: WorksDialog(self.operations, window),
            PatternDialog: lambda: PatternDialog(
                PatternText(
                    "F",
                    "彈性班",
                    (1, 2, 3, 4, 5),
                    (("08:00", "12:00"), ("13:30", "17:30")),
                    ("07:30", "09:00"),
                    ("17:00", "18:30"),
                ),
                parent=window,
            ),
        }

    def _pairs(self) -> list[Resubmission]:
        person = self.people[7].employee_id
        records = self.services.case(PLAN, person).verdict.records
        records = [one for one in records if one.row.start is not None]
        pair = Resubmission(
            person, self.people[7].name, records[0].course, records[0], records[1], False, ""
        )
        return [pair, pair]

    def _same_rows(self) -> list[Any]:
        rows = []
        for code in ("start_on_duty", "end_on_duty", "overlaps_overtime", "name_approximate"):
            rows += self.services.same_reason_rows(PLAN, code)
        return rows

    def _activity(self) -> Activity:
        return Activity(
            "a",
            "完成數位課程抽好禮",
            ActivityKind.DRAW,
            "陸、四",
            ("從農田到餐桌的減碳策略：再生農法與永續食材", "失智友善好厝邊"),
            20,
            "禮券 200 元",
            date(2025, 3, 1),
            date(2025, 8, 31),
        )

    def _mapping(self) -> QDialog:
        path = self.folder / "差勤匯出.csv"
        path.write_text(
            "工號,同仁,起日,迄日,別,說明\n"
            + "A0001,陳堃霖,114/03/12 18:30,114/03/12 20:30,加班,年度決算資料整理\n" * 12,
            encoding="utf-8",
        )
        draft = self.services.read_batch([path])
        file = self.services.preview(draft).files[0]
        return MappingDialog(self.services, self.operations, draft, file, parent=self.window)

    def _paste(self) -> QDialog:
        dialog = PasteCoursesDialog(
            self.services,
            self.operations,
            set_title="市政議題訓練",
            courses_before=12,
            parent=self.window,
        )
        dialog.text.setPlainText("淨零排放\t從農田到餐桌的減碳策略\t2\n沒有時數的一行\n")
        return dialog

    def _refused(self) -> QDialog:
        (self.folder / "便當訂購.csv").write_text("品項,數量\n雞腿,3\n", encoding="utf-8")
        (self.folder / "空.pdf").write_bytes(b"")
        paths = [self.folder / "便當訂購.csv", self.folder / "空.pdf"]
        draft = self.services.read_batch(paths)
        files = [one for one in self.services.preview(draft).files if one.refusals]
        return RefusedFilesDialog(
            files, rows_stored=1291, waiting=3, parent=self.window, brought=paths
        )

    def _webhr(self) -> QDialog:
        services = self.services
        draft = services.webhr_draft(PLAN)
        return WebHrDialog(
            draft,
            agency_code="397000000A",
            acts=WebHrActs(
                check=lambda entries, choices: services.check_webhr(draft, entries, choices),
                read_numbers=lambda path, done: None,
                save=lambda *_: None,
                choices_of=services.webhr_choices,
            ),
            parent=self.window,
        )


def _entrants() -> Entrants:
    lines = tuple(
        ChanceLine(f"A{n:04}", name, "民政課", "完成「失智友善好厝邊」114-05-02")
        for n, name in enumerate(("陳堃霖", "黃郁婷", "莊慧娟", "林大同") * 8)
    )
    doubts = (ChanceLine("A0099", "周雅雯", "社會課", "完成「資安」", "起在上班，還沒有決定"),)
    return Entrants("a", lines, doubts, 4, DIGEST, "期間內完成 2 門指定課程的紀錄")


def _issued() -> list[IssuedEntry]:
    def one(number: int, name: str, *, by: str = "", slip: bool = False) -> IssuedEntry:
        return IssuedEntry(
            f"KH-114-{number:06}",
            "註銷單" if slip else "補休申請表",
            f"A{number:04}",
            name,
            NOW,
            "周雅雯",
            1,
            "",
            by,
            slip,
            bool(by),
            2,
        )

    return [
        one(139, "黃郁婷", slip=True),
        one(138, "陳堃霖"),
        one(137, "黃郁婷", by="KH-114-000139"),
    ]


def _expiring() -> list[ExpiringLine]:
    return [
        ExpiringLine(
            "A0137", "黃郁婷", "民政課", "114 年度／市政議題訓練", 2, date(2025, 8, 31), 25
        ),
        ExpiringLine(
            "A0004", "莊慧娟", "社會課", "114 年度／政策能力訓練", 4, date(2025, 9, 30), 55
        ),
    ]


def _owed() -> list[OwedView]:
    return [
        OwedView(
            "1", "A0137", "黃郁婷", "民政課", TODAY, 2, "林主任", TODAY - timedelta(days=3), -3
        ),
        OwedView(
            "2", "A0004", "莊慧娟", "社會課", TODAY, 4, "林主任", TODAY + timedelta(days=9), 9
        ),
    ]


def _attendance_uses() -> list[AttendanceUse]:
    entry = AttendanceEntry(
        "A0137",
        AttendanceKind.PERSONAL_LEAVE,
        "公假補休",
        Span(datetime(2025, 8, 5, 8), datetime(2025, 8, 5, 10)),
    )
    return [
        AttendanceUse("1", entry, "黃郁婷", "民政課", 2, "可登記", 6),
        AttendanceUse("2", entry, "莊慧娟", "社會課", 2, "剩餘時數不夠", 0),
    ]


def _trial() -> TrialRun:
    changed = (
        TrialChange("A0137", "黃郁婷", "民政課", "補休 4 時", "補休 6 時", Effect.GAINS),
        TrialChange("A0004", "莊慧娟", "社會課", "補休 6 時、嘉獎一次", "補休 4 時", Effect.LOSES),
    )
    return TrialRun("以目前匯入的紀錄試算。", 104, changed)


def _versions() -> list[PlanVersion]:
    return [
        PlanVersion(2, DIGEST, NOW, True),
        PlanVersion(1, DIGEST[::-1], NOW - timedelta(days=90), False),
    ]


def _sheets() -> list[FoundSheet]:
    return [
        FoundSheet("核章掃描 0806.pdf", 1, b"", "KH-114-000137", "補休申請表", "A0137", "黃郁婷"),
        FoundSheet(
            "核章掃描 0806.pdf",
            2,
            b"",
            problem="這一頁找不到條碼，也讀不到編號；請重新掃描，或到案件裡手動登記核章。",
        ),
    ]


def _stale() -> list[StaleVerdict]:
    return [
        StaleVerdict(
            "A0137",
            "黃郁婷",
            "補休 6 時，嘉獎一次",
            "補休 4 時",
            "行事曆",
            ("失智友善好厝邊：採計",),
            ("核給 2 時 KH-114-000137", "申請表 KH-114-000137 已印出"),
        )
    ]
