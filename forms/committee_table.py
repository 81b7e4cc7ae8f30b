"""獎懲案件審議表: the cases a committee decides on (design paper.md section 13)."""

from __future__ import annotations

import datetime

from forms.contents import CommitteeRow, CommitteeTable
from forms.document import Field, Issue, Kind
from forms.ruled_list import NAME, WORDS, DatedList, ListColumn, ListGroup
from forms.textfit import Style

_REASON = Style(size=9, leading=1.2)


class CommitteeTableForm(DatedList[CommitteeTable]):
    """Draws the table; 審議結果 stays empty for the meeting."""

    kind = Kind.COMMITTEE_TABLE
    columns = (
        ListColumn("序號", 11.0),
        ListColumn("機關", 40.0, WORDS, lines=2),
        ListColumn("單位", 26.0),
        ListColumn("職稱", 28.0),
        ListColumn("姓名", 22.0, NAME),
        ListColumn("獎懲", 19.0, WORDS, lines=2),
        ListColumn("獎懲事由", 64.0, _REASON, is_left=True, lines=2),
        ListColumn("審議結果", 27.0, WORDS, lines=2),
        ListColumn("備註", 20.0, _REASON, lines=2),
    )
    fields = (
        Field(name="agency", label="機關", sample="高雄市港濱區公所"),
        Field(name="plan", label="計畫", sample="高雄市政府 114 年度推動數位學習實施計畫"),
        Field(name="day", label="認定基準日", sample="114 年 8 月 31 日"),
        Field(name="rows.office", label="機關", sample="高雄市港濱區公所"),
        Field(name="rows.unit", label="單位", sample="民政課"),
        Field(name="rows.job_title", label="職稱", sample="里幹事"),
        Field(name="rows.name", label="姓名", sample="陳犇"),
        Field(name="rows.award", label="獎懲", sample="嘉獎1次"),
        Field(
            name="rows.reason",
            label="獎懲事由",
            sample="完成本府114年度數位學習組裝課程三套共30小時，訓練進修績優。",
        ),
        Field(name="rows.remark", label="備註", sample="承辦人改判"),
        Field(name="total", label="合計", sample="1 人\u3000嘉獎1次 1 人次"),
        Field(name="notes", label="說明", sample="審議結果由委員會填寫。"),
        Field(name="issue", label="文件編號、製表時間、補印次數", sample="KH-114-000305"),
    )

    def sample(self) -> CommitteeTable:
        """Give an invented table for previews."""
        value = {field.name.removeprefix("rows."): field.sample for field in self.fields}
        return CommitteeTable(
            issue=Issue(issued_at=datetime.datetime(2025, 9, 10, 9, 5), number=value["issue"]),
            agency=value["agency"],
            plan=value["plan"],
            day=datetime.date(2025, 8, 31),
            rows=(
                CommitteeRow(
                    office=value["office"],
                    unit=value["unit"],
                    job_title=value["job_title"],
                    name=value["name"],
                    award=value["award"],
                    reason=value["reason"],
                    remark=value["remark"],
                ),
            ),
            total=value["total"],
            notes=(value["notes"],),
        )

    def groups(self, content: CommitteeTable) -> tuple[ListGroup, ...]:
        """Give a row a case."""
        return tuple(
            ListGroup(
                (
                    (
                        row.office,
                        row.unit,
                        row.job_title,
                        row.name,
                        row.award,
                        row.reason,
                        row.outcome,
                        row.remark,
                    ),
                )
            )
            for row in content.rows
        )
