"""補休核給清冊: the hours granted, for the attendance system (design paper.md section 8)."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from forms.document import Field, Issue, Kind
from forms.leave_contents import LeaveRegister, LeaveRegisterRow
from forms.rocdate import listed_date
from forms.roster import CONTINUED
from forms.ruled_list import NAME, WORDS, ListColumn, ListGroup, RuledList
from forms.sheet import Align, Sheet
from forms.table import PADDING, column_lines

NO_EXPIRY = "無期限"
GAP = "\u3000"
BLANK = GAP * 2
KEYED_IN = f"小時{BLANK}差勤系統登錄日期：{BLANK}年{BLANK}月{BLANK}日{BLANK}登錄人："


class LeaveRegisterForm(RuledList[LeaveRegister]):
    """Draws the register; measures in millimetres, sizes in points."""

    kind = Kind.GRANT_REGISTER
    HEAD_ROW = 8.5
    ROW = 7.4
    TOTAL_ROW = 8.0
    columns = (
        ListColumn("項次", 11.0),
        ListColumn("人員代號", 20.0),
        ListColumn("姓名", 25.0, NAME),
        ListColumn("單位", 22.0),
        ListColumn("假別", 23.0),
        ListColumn("時數", 13.0),
        ListColumn("起算日", 23.0),
        ListColumn("到期日", 23.0),
        ListColumn("事由", 50.0, WORDS, lines=2),
        ListColumn("核給文號", 47.0, WORDS, lines=2),
    )
    fields = (
        Field(name="agency", label="機關", sample="高雄市港濱區公所"),
        Field(name="plan", label="計畫", sample="高雄市政府 114 年度推動數位學習實施計畫"),
        Field(name="year", label="年度", sample="114"),
        Field(name="first_day", label="核給期間首日", sample="114/04/01"),
        Field(name="last_day", label="核給期間末日", sample="114/05/02"),
        Field(name="rows.person_code", label="人員代號", sample="A0106"),
        Field(name="rows.name", label="姓名", sample="李焱堃"),
        Field(name="rows.unit", label="單位", sample="民政課"),
        Field(name="rows.leave_type", label="假別", sample="公假補休"),
        Field(name="rows.hours", label="時數", sample="4"),
        Field(name="rows.starts", label="起算日", sample="114/04/13"),
        Field(name="rows.expires", label="到期日", sample="116/04/12"),
        Field(name="rows.reason", label="事由", sample="利用公餘時間參與數位學習"),
        Field(name="rows.document_number", label="核給文號", sample="港濱區人字第1143000512號"),
        Field(name="notes", label="說明", sample="說明：起算日為該套課程完成之次日。"),
        Field(name="issue", label="文件編號、製表時間、補印次數", sample="KH-114-000140"),
    )

    def sample(self) -> LeaveRegister:
        """Give an invented register for previews."""
        value = {field.name.removeprefix("rows."): field.sample for field in self.fields}
        return LeaveRegister(
            issue=Issue(issued_at=datetime.datetime(2025, 5, 2, 16, 10), number=value["issue"]),
            agency=value["agency"],
            plan=value["plan"],
            year=int(value["year"]),
            first_day=datetime.date(2025, 4, 1),
            last_day=datetime.date(2025, 5, 2),
            rows=(
                LeaveRegisterRow(
                    person_code=value["person_code"],
                    name=value["name"],
                    unit=value["unit"],
                    hours=int(value["hours"]),
                    starts=datetime.date(2025, 4, 13),
                    expires=datetime.date(2027, 4, 12),
                    document_number=value["document_number"],
                ),
            ),
            notes=(value["notes"],),
        )

    def groups(self, content: LeaveRegister) -> tuple[ListGroup, ...]:
        """Give a row a grant."""
        return tuple(
            ListGroup(
                (
                    (
                        row.person_code,
                        row.name,
                        row.unit,
                        row.leave_type,
                        str(row.hours),
                        listed_date(row.starts),
                        listed_date(row.expires) if row.expires else NO_EXPIRY,
                        row.reason,
                        row.document_number,
                    ),
                )
            )
            for row in content.rows
        )

    def line(self, content: LeaveRegister, *, is_first: bool) -> tuple[str, str]:
        """Give plan and time of the grants, and the year."""
        plan = content.plan + ("" if is_first else CONTINUED)
        span = f"{listed_date(content.first_day)}–{listed_date(content.last_day)}"
        return f"計畫：{plan}{GAP}核給期間：{span}", f"年度：{content.year}"

    def draw_total(
        self, sheet: Sheet, content: LeaveRegister, *, lefts: Sequence[float], y: float
    ) -> None:
        """Draw how many people, rows and hours, and what is filled in after keying in."""
        hours_at = next(i for i, column in enumerate(self.columns) if column.head == "時數")
        people = len({(row.person_code, row.name) for row in content.rows})
        words = f"合計{GAP}{people} 人{GAP}{len(content.rows)} 筆"
        hours = str(sum(row.hours for row in content.rows))
        for text, first, end, bold, align in (
            (words, 1, hours_at, 2, Align.LEFT),
            (hours, hours_at, hours_at + 1, len(hours), Align.CENTRE),
            (KEYED_IN, hours_at + 1, len(self.columns), 0, Align.LEFT),
        ):
            width = lefts[end] - lefts[first] - 2 * PADDING
            cell = sheet.fitter.fitted(
                text, self.TOTAL, width=width, height=self.TOTAL_ROW, bold=(0, bold)
            )
            sheet.fitted(
                cell,
                x=lefts[first] + PADDING,
                y=y,
                width=width,
                height=self.TOTAL_ROW,
                align=align,
            )
        inner = (lefts[1], lefts[hours_at], lefts[hours_at + 1])
        column_lines(sheet, lefts=inner, top=y, bottom=y + self.TOTAL_ROW)

    def other_texts(self, content: LeaveRegister) -> tuple[str, ...]:
        """List the plan."""
        return (content.plan,)
