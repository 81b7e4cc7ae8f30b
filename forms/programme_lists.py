"""The lists of a nominated programme: nominees, hours recognised, who is below the minimum.

Columns: design paper.md section 13; the nominees' list has a column of remarks beside them, which
says who replaces somebody (遞補).
"""

from __future__ import annotations

import datetime

from forms.document import Field, Issue, Kind
from forms.programme_contents import (
    BelowMinimumList,
    BelowMinimumRow,
    CreditCourse,
    CreditList,
    CreditPerson,
    NominationList,
    NominationRow,
)
from forms.rocdate import listed_date
from forms.ruled_list import NAME, WORDS, DatedList, ListColumn, ListGroup
from forms.textfit import Style

NO_COURSES = "（沒有學習紀錄）"
UNKNOWN = "—"
_DATES = Style(size=9.5, leading=1.15)

_AGENCY = Field(name="agency", label="機關", sample="臺北市港濱區公所")
_PLAN = Field(name="plan", label="計畫", sample="國際數位學習平臺雙語研習專班第2期程（Coursera）")
_ISSUE = Field(name="issue", label="文件編號、製表時間、補印次數", sample="TC-113-000012")
_WHEN = datetime.datetime(2024, 7, 22, 10, 20)


class NominationListForm(DatedList[NominationList]):
    """薦送名冊: who is nominated, how to reach them and their personnel office."""

    kind = Kind.NOMINATION_LIST
    columns = (
        ListColumn("序號", 11.0),
        ListColumn("機關", 32.0),
        ListColumn("單位", 28.0),
        ListColumn("職稱", 28.0),
        ListColumn("姓名", 24.0, NAME),
        ListColumn("聯絡電話", 34.0),
        ListColumn("人事單位電子信箱", 50.0),
        ListColumn("優先條件", 34.0, WORDS, lines=2),
        ListColumn("備註", 16.0),
    )
    fields = (
        _AGENCY,
        _PLAN,
        Field(name="day", label="報名期限", sample="112 年 11 月 27 日"),
        Field(name="rows.office", label="機關", sample="臺北市港濱區公所"),
        Field(name="rows.unit", label="單位", sample="秘書室"),
        Field(name="rows.job_title", label="職稱", sample="課員"),
        Field(name="rows.name", label="姓名", sample="陳犇"),
        Field(name="rows.telephone", label="聯絡電話", sample="02-2720-0000 分機 12"),
        Field(name="rows.email", label="人事單位電子信箱", sample="hr@example.tw"),
        Field(name="rows.priority", label="優先條件", sample="辦理涉外業務"),
        Field(name="rows.remark", label="備註", sample="遞補"),
        Field(name="total", label="合計", sample="1 人（遞補 1 人）"),
        Field(name="notes", label="說明", sample="名額：依名額配當表。"),
        _ISSUE,
    )

    def sample(self) -> NominationList:
        """Give an invented list for previews."""
        value = {field.name.removeprefix("rows."): field.sample for field in self.fields}
        names = ("office", "unit", "job_title", "name", "telephone", "email", "priority", "remark")
        return NominationList(
            issue=Issue(issued_at=_WHEN, number=value["issue"]),
            agency=value["agency"],
            plan=value["plan"],
            day=datetime.date(2023, 11, 27),
            rows=(NominationRow(**{name: value[name] for name in names}),),
            total=value["total"],
            notes=(value["notes"],),
        )

    def groups(self, content: NominationList) -> tuple[ListGroup, ...]:
        """Give a row a nominee."""
        return tuple(
            ListGroup(
                (
                    (
                        row.office,
                        row.unit,
                        row.job_title,
                        row.name,
                        row.telephone or UNKNOWN,
                        row.email or UNKNOWN,
                        row.priority or UNKNOWN,
                        row.remark,
                    ),
                )
            )
            for row in content.rows
        )


class CreditListForm(DatedList[CreditList]):
    """時數採認清冊: each nominee's courses, recognised or refused, and what is uploaded."""

    kind = Kind.CREDIT_LIST
    columns = (
        ListColumn("序號", 11.0),
        ListColumn("單位", 28.0),
        ListColumn("職稱", 28.0),
        ListColumn("姓名", 24.0, NAME),
        ListColumn("課程名稱（不採認的原因與依據）", 84.0, WORDS, is_left=True, lines=2),
        ListColumn("語言", 16.0, WORDS),
        ListColumn("起訖", 40.0, _DATES),
        ListColumn("時數", 14.0),
        ListColumn("採認", 12.0, WORDS),
    )
    fields = (
        _AGENCY,
        _PLAN,
        Field(name="day", label="研習期間末日", sample="113 年 6 月 30 日"),
        Field(name="people.unit", label="單位", sample="秘書室"),
        Field(name="people.job_title", label="職稱", sample="課員"),
        Field(name="people.name", label="姓名", sample="陳犇"),
        Field(name="people.courses.name", label="課程名稱", sample="Data Analysis with Python"),
        Field(name="people.courses.language", label="語言", sample="英文"),
        Field(name="people.courses.hours", label="時數", sample="20"),
        Field(name="people.courses.recognised", label="採認", sample="20"),
        Field(name="people.courses.reason", label="不採認的原因與依據", sample="早於計畫開始。"),
        Field(name="people.outcome", label="結果", sample="登錄 20 時（採認 20 時）"),
        Field(name="total", label="合計", sample="1 人，登錄 1 人 20 時"),
        Field(name="notes", label="說明", sample="同一門課程只採認一次。"),
        _ISSUE,
    )

    def sample(self) -> CreditList:
        """Give an invented list for previews."""
        value = {
            field.name.removeprefix("people.").removeprefix("courses."): field.sample
            for field in self.fields
        }
        return CreditList(
            issue=Issue(issued_at=_WHEN, number=value["issue"]),
            agency=value["agency"],
            plan=value["plan"],
            day=datetime.date(2024, 6, 30),
            people=(
                CreditPerson(
                    unit=value["unit"],
                    job_title=value["job_title"],
                    name="陳犇",
                    courses=(
                        CreditCourse(
                            name="Data Analysis with Python",
                            language=value["language"],
                            started=datetime.date(2024, 1, 5),
                            ended=datetime.date(2024, 2, 3),
                            hours=value["hours"],
                            recognised=value["recognised"],
                        ),
                    ),
                    outcome=value["outcome"],
                ),
            ),
            total=value["total"],
            notes=(value["notes"],),
        )

    def groups(self, content: CreditList) -> tuple[ListGroup, ...]:
        """Give a row a course, and below those of a person what becomes of the hours."""
        return tuple(self._group(person) for person in content.people)

    def _group(self, person: CreditPerson) -> ListGroup:
        who = (person.unit, person.job_title, person.name)
        rows = tuple(
            (
                *who,
                f"{course.name}\n{course.reason}" if course.reason else course.name,
                course.language or UNKNOWN,
                _span(course.started, course.ended),
                course.hours,
                course.recognised,
            )
            for course in person.courses
        )
        return ListGroup(
            rows or ((*who, NO_COURSES, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),),
            f"{person.name}小計",
            person.outcome,
        )


class BelowMinimumListForm(DatedList[BelowMinimumList]):
    """未達最低時數名冊: nominees whose hours are not uploaded, and why."""

    kind = Kind.BELOW_MINIMUM_LIST
    columns = (
        ListColumn("序號", 11.0),
        ListColumn("單位", 30.0),
        ListColumn("職稱", 30.0),
        ListColumn("姓名", 26.0, NAME),
        ListColumn("採認時數", 22.0),
        ListColumn("報告收件日", 30.0),
        ListColumn("原因", 84.0, WORDS, is_left=True, lines=2),
        ListColumn("備註", 24.0, WORDS, lines=2),
    )
    fields = (
        _AGENCY,
        _PLAN,
        Field(name="day", label="研習期間末日", sample="113 年 6 月 30 日"),
        Field(name="rows.unit", label="單位", sample="秘書室"),
        Field(name="rows.job_title", label="職稱", sample="課員"),
        Field(name="rows.name", label="姓名", sample="陳犇"),
        Field(name="rows.recognised", label="採認時數", sample="12"),
        Field(name="rows.report_received", label="報告收件日", sample="113/07/12"),
        Field(name="rows.reason", label="原因", sample="採認 12 時，未達 18 時（三、（四）4）"),
        Field(name="rows.remark", label="備註", sample="待確認 6 時"),
        Field(name="total", label="合計", sample="1 人：未達最低時數 1 人"),
        Field(name="notes", label="說明", sample="本名冊所列人員不登錄終身學習時數。"),
        _ISSUE,
    )

    def sample(self) -> BelowMinimumList:
        """Give an invented list for previews."""
        value = {field.name.removeprefix("rows."): field.sample for field in self.fields}
        return BelowMinimumList(
            issue=Issue(issued_at=_WHEN, number=value["issue"]),
            agency=value["agency"],
            plan=value["plan"],
            day=datetime.date(2024, 6, 30),
            rows=(
                BelowMinimumRow(
                    unit=value["unit"],
                    job_title=value["job_title"],
                    name=value["name"],
                    recognised=value["recognised"],
                    report_received=datetime.date(2024, 7, 12),
                    reason=value["reason"],
                    remark=value["remark"],
                ),
            ),
            total=value["total"],
            notes=(value["notes"],),
        )

    def groups(self, content: BelowMinimumList) -> tuple[ListGroup, ...]:
        """Give a row a person."""
        return tuple(
            ListGroup(
                (
                    (
                        row.unit,
                        row.job_title,
                        row.name,
                        row.recognised,
                        listed_date(row.report_received) if row.report_received else "未收件",
                        row.reason,
                        row.remark,
                    ),
                )
            )
            for row in content.rows
        )


def _span(started: datetime.date | None, ended: datetime.date | None) -> str:
    if started is None and ended is None:
        return UNKNOWN
    first, last = (listed_date(day) if day else UNKNOWN for day in (started, ended))
    return f"{first}–{last}"
