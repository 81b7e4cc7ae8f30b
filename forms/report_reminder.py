"""研習報告催繳單: who still owes the study report, and until when (design paper.md section 13).

The letter and the reply slip of the correction notice, without its table of courses.
"""

from __future__ import annotations

import datetime
from dataclasses import replace

from forms.booklet import PORTRAIT, Laid
from forms.contents import CorrectionNotice, NoticeLabels
from forms.correction_notice import CorrectionNoticeForm
from forms.document import Field, Issue, Kind, Metadata
from forms.fonts import FontChain
from forms.form import PrintedForm
from forms.programme_contents import ReportReminder
from forms.textfit import TextFitter

LABELS = NoticeLabels(
    matter="採認時數",
    deadline="繳交期限",
    set_title="研習班別",
    tear="請沿線撕下，併同研習報告送回",
    slip="送達簽收及回覆聯",
)


class ReportReminderForm(PrintedForm[ReportReminder]):
    """Draws the reminder and its reply slip."""

    kind = Kind.REPORT_REMINDER
    paper = PORTRAIT

    fields = (
        Field(name="office", label="發文單位", sample="臺北市港濱區公所人事室"),
        Field(name="unit", label="受通知人單位", sample="秘書室"),
        Field(name="job_title", label="受通知人職稱", sample="課員"),
        Field(name="name", label="受通知人", sample="陳犇"),
        Field(name="day", label="通知日期", sample="中華民國 113 年 7 月 5 日"),
        Field(name="due", label="繳交期限", sample="中華民國 113 年 7 月 14 日"),
        Field(
            name="programme",
            label="研習班別",
            sample="國際數位學習平臺雙語研習專班第2期程（Coursera）",
        ),
        Field(name="recognised", label="採認時數", sample="24 小時"),
        Field(name="lead", label="說明", sample="台端參加上開研習，尚未收到研習報告，請依限繳交。"),
        Field(
            name="paragraphs",
            label="依據、繳交方式、疑義",
            sample="繳交方式：請將研習報告連同下方回條送承辦人。",
        ),
        Field(name="clerk", label="承辦人", sample="游珏羣"),
        Field(name="clerk_title", label="承辦人職稱", sample="課員"),
        Field(name="telephone", label="電話", sample="（02）0000-0000 分機 12"),
        Field(name="issue", label="文件編號、製表時間、補印次數", sample="TC-113-000021"),
    )

    def __init__(self, chain: FontChain) -> None:
        """Take the faces to print with."""
        super().__init__(chain)
        self._notice = CorrectionNoticeForm(chain)

    def metadata(self, content: ReportReminder) -> Metadata:
        """Tell title, author, number and time of the reminder."""
        return Metadata(
            title=content.title, author=content.office, kind=self.kind, issue=content.issue
        )

    def sample(self) -> ReportReminder:
        """Give an invented reminder for previews."""
        value = {field.name: field.sample for field in self.fields}
        return ReportReminder(
            issue=Issue(issued_at=datetime.datetime(2024, 7, 5, 9, 30), number=value["issue"]),
            office=value["office"],
            unit=value["unit"],
            job_title=value["job_title"],
            name=value["name"],
            day=datetime.date(2024, 7, 5),
            due=datetime.date(2024, 7, 14),
            programme=value["programme"],
            recognised=value["recognised"],
            lead=value["lead"],
            paragraphs=(value["paragraphs"],),
            clerk=value["clerk"],
            clerk_title=value["clerk_title"],
            telephone=value["telephone"],
        )

    def texts(self, content: ReportReminder) -> tuple[str, ...]:
        """List every text of the content that is printed."""
        return self._notice.texts(_as_notice(content))

    def laid(self, content: ReportReminder, fitter: TextFitter) -> Laid:
        """Lay out the letter with its reply slip on one page."""
        laid = self._notice.laid(_as_notice(content), fitter)
        return replace(laid, metadata=self.metadata(content))


def _as_notice(content: ReportReminder) -> CorrectionNotice:
    """The same letter in the words of the correction notice."""
    return CorrectionNotice(
        issue=content.issue,
        office=content.office,
        unit=content.unit,
        job_title=content.job_title,
        name=content.name,
        day=content.day,
        deadline=content.due,
        matter=content.recognised,
        set_title=content.programme,
        lead=content.lead,
        rows=(),
        paragraphs=content.paragraphs,
        clerk=content.clerk,
        clerk_title=content.clerk_title,
        telephone=content.telephone,
        return_to=content.return_to,
        replies=content.replies,
        seals=content.seals,
        title=content.title,
        labels=LABELS,
    )
