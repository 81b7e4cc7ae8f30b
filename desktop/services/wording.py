"""Findings in words: chip, sentence and clause, the same on screen, on paper and in workbooks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from desktop.domain.findings import (
    BandSide,
    ConditionFact,
    DuplicateFact,
    DutyFact,
    DutySource,
    End,
    Fact,
    FieldsFact,
    Finding,
    HoursFact,
    LimitFact,
    NameFact,
    OtherCourseFact,
    OverlapFact,
    PersonalLeaveFact,
    ReadingFact,
    ReasonCode,
    RecognitionFact,
    ScoreFact,
    Severity,
    SpellFact,
    StatusFact,
    TimeMissingFact,
    TimesFact,
    UncertainFact,
    WithoutPayFact,
)
from desktop.domain.moments import WEEKDAY_WORDS, Span, roc_date, roc_moment
from desktop.domain.plan import Plan
from desktop.domain.verdicts import CreditState, PersonVerdict

OWN_RULE = "程式規則"

CHIPS = {
    ReasonCode.NOT_IN_PLAN: "非本計畫",
    ReasonCode.NOT_PASSED: "尚未通過",
    ReasonCode.INVALID_TIMES: "時間有誤",
    ReasonCode.TIME_MISSING: "沒有時間",
    ReasonCode.BEFORE_PERIOD: "早於期間",
    ReasonCode.AFTER_DEADLINE: "逾期完成",
    ReasonCode.START_ON_DUTY: "起在上班",
    ReasonCode.END_ON_DUTY: "迄在上班",
    ReasonCode.OVERLAPS_OVERTIME: "與加班重疊",
    ReasonCode.OVERLAPS_OFFICIAL_LEAVE: "與公假重疊",
    ReasonCode.OVERLAPS_BUSINESS_TRIP: "與公差重疊",
    ReasonCode.OVERLAPS_ON_CALL: "與值班重疊",
    ReasonCode.ATTENDANCE_INSIDE_SPAN: "期間有差勤",
    ReasonCode.FLEX_UNCERTAIN: "彈性未定",
    ReasonCode.ON_PERSONAL_LEAVE: "請假中",
    ReasonCode.DURING_LEAVE_WITHOUT_PAY: "留停期間",
    ReasonCode.HOURS_MISMATCH: "時數不合",
    ReasonCode.READING_EXCEEDS_SPAN: "閱讀過長",
    ReasonCode.INSUFFICIENT_OFF_DUTY_TIME: "公餘不足",
    ReasonCode.OVERLAPS_OTHER_COURSE: "課程重疊",
    ReasonCode.NAME_APPROXIMATE: "名稱近似",
    ReasonCode.NAME_UNCERTAIN: "名稱存疑",
    ReasonCode.LOW_CONFIDENCE: "辨識存疑",
    ReasonCode.DUPLICATE_RECORD: "重複",
    ReasonCode.LANGUAGE_NOT_RECOGNISED: "語言不採認",
    ReasonCode.REGION_NOT_RECOGNISED: "地區不採認",
    ReasonCode.SCORE_TOO_LOW: "成績不足",
    ReasonCode.QUESTIONNAIRE_NOT_DONE: "問卷未填",
    ReasonCode.HOURS_NOT_UPLOADED: "時數未上傳",
    ReasonCode.ENROLLED_TOO_EARLY: "選讀過早",
    ReasonCode.CONDITION_NOT_SHOWN: "條件不明",
}

_FIELD_WORDS = {
    "course_name": "課程名稱",
    "certified_hours": "認證時數",
    "pass_status": "通過狀態",
    "completed_on": "完成日期",
    "start": "起",
    "end": "迄",
    "reading_time": "閱讀時數",
    "language": "語言",
    "region": "開課國家/地區",
    "started_on": "開始日期",
    "has_certificate": "證書",
    "category": "課程類型",
    "learning_type": "學習類別",
    "is_business_related": "業務相關",
    "score": "測驗成績",
    "is_questionnaire_done": "問卷",
    "are_hours_uploaded": "終身學習時數上傳狀態",
}


CREDIT_WORDS = {
    CreditState.CREDITED: "登錄",
    CreditState.BELOW_MINIMUM: "未達最低時數",
    CreditState.REPORT_MISSING: "未依限繳交研習報告",
    CreditState.NOT_NOMINATED: "不是薦送人員",
}


@dataclass(frozen=True, slots=True)
class Explanation:
    """A finding as people read it.

    Attributes:
        finding: The finding itself.
        chip: Its name in a few characters.
        sentence: What moment met what, and the difference.
        clause: 點次, or 程式規則 when no clause stands behind it.
        quotation: The clause's words, may be empty.
    """

    finding: Finding
    chip: str
    sentence: str
    clause: str
    quotation: str

    @property
    def severity(self) -> Severity:
        """The finding's weight."""
        return self.finding.severity


def explain_finding(finding: Finding) -> Explanation:
    """The words for one finding."""
    chip = CHIPS[finding.code]
    if finding.code is ReasonCode.ATTENDANCE_INSIDE_SPAN:
        fact = finding.facts[0]
        if isinstance(fact, OverlapFact):
            chip = f"期間有{fact.entry.kind_words}"
    elif finding.code is ReasonCode.ON_PERSONAL_LEAVE:
        fact = finding.facts[0]
        if isinstance(fact, PersonalLeaveFact):
            chip = f"{fact.entry.kind_words}中"
    sentence = "".join(dict.fromkeys(_sentences(finding)))
    clause = finding.clause
    return Explanation(
        finding=finding,
        chip=chip,
        sentence=sentence,
        clause=clause.point if clause else OWN_RULE,
        quotation=clause.quotation if clause else "",
    )


def _sentences(finding: Finding) -> list[str]:
    """A sentence for each fact; both ends in one spell without pay are said in one."""
    facts = finding.facts
    if len(facts) == 2 and all(isinstance(fact, WithoutPayFact) for fact in facts):
        first, second = facts
        if (
            isinstance(first, WithoutPayFact)
            and isinstance(second, WithoutPayFact)
            and first.spell == second.spell
        ):
            days = roc_date(first.day)
            if second.day != first.day:
                days = f"{days}、{roc_date(second.day)}"
            return [f"起、迄 {days} 都在{_spell_words(first)}"]
    return [
        _recognition(finding, fact)
        if isinstance(fact, RecognitionFact)
        else _sentence(finding.code, fact)
        for fact in facts
    ]


def explain_all(findings: tuple[Finding, ...]) -> tuple[Explanation, ...]:
    """The words for several findings, worst first."""
    ordered = sorted(findings, key=lambda found: (-found.severity, found.code.value))
    return tuple(explain_finding(finding) for finding in ordered)


def hours_words(hours: Decimal | int | None) -> str:
    """Hours without needless zeros: ``4``, ``1.5``; ``－`` when unknown."""
    return "－" if hours is None else f"{Decimal(hours).normalize():f}"


def credit_words(plan: Plan, verdict: PersonVerdict) -> str:
    """What becomes of the hours of a nominated programme, and why; empty for other plans."""
    rules, credit = plan.credit, verdict.credit
    if rules is None or credit is None:
        return ""
    recognised = f"採認 {hours_words(credit.recognised_hours)} 時"
    if credit.possible_hours > credit.recognised_hours:
        recognised += f"，可能 {hours_words(credit.possible_hours)} 時"
    if credit.state is CreditState.CREDITED:
        return f"登錄 {hours_words(credit.hours)} 時（{recognised}）"
    if credit.state is CreditState.BELOW_MINIMUM:
        least = hours_words(rules.minimum_hours)
        return f"不登錄：{recognised}，未達 {least} 時（{rules.minimum_clause.point}）"
    if credit.state is CreditState.REPORT_MISSING:
        clause = f"（{rules.report_clause.point}）" if rules.report_clause is not None else ""
        due = f"應於 {roc_date(rules.report_by)} 前" if rules.report_by is not None else ""
        received = credit.report_received_on
        found = f"{roc_date(received)} 才收到" if received is not None else "沒有收件登記"
        return f"不登錄：{recognised}，研習報告{due}繳交{clause}，{found}"
    return f"不登錄：{_why_not_nominated(plan, verdict)}（{recognised}）"


def _why_not_nominated(plan: Plan, verdict: PersonVerdict) -> str:
    if verdict.is_eligible is False:
        category = verdict.person.category
        return f"人員類別「{category}」不適用（{plan.eligibility.clause.point}）"
    if verdict.is_eligible is None:
        return "名冊沒有人員類別，無法認定是否適用"
    return "不在薦送名冊"


def length_words(length: timedelta) -> str:
    """A length of time: ``7 分 42 秒``, ``1 時 10 分``, ``2 天``."""
    total = int(length.total_seconds())
    if total < 0:
        return "負 " + length_words(-length)
    if total >= 86_400 and total % 86_400 == 0:
        return f"{total // 86_400} 天"
    hours, rest = divmod(total, 3600)
    minutes, seconds = divmod(rest, 60)
    parts = []
    if hours:
        parts.append(f"{hours} 時")
    if minutes:
        parts.append(f"{minutes} 分")
    if seconds or not parts:
        parts.append(f"{seconds} 秒")
    return " ".join(parts)


def clock_words(moment: datetime, *, beside: date | None = None) -> str:
    """A time of day, seconds only where there are some, the date when it is not ``beside``."""
    words = f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"
    if beside is not None and moment.date() != beside:
        if (moment - timedelta(seconds=1)).date() == beside and not moment.time():
            return "24:00"
        return f"{moment:%m-%d} {words}"
    return words


def span_words(span: Span, *, beside: date | None = None) -> str:
    """Two times: ``09:00–12:00``; with dates when they are not on one."""
    day = beside or span.start.date()
    return f"{clock_words(span.start, beside=day)}–{clock_words(span.end, beside=day)}"


def dated_span_words(span: Span) -> str:
    """A span with its date: ``03-15（六）09:00–12:00``."""
    day = span.start.date()
    return f"{day:%m-%d}（{WEEKDAY_WORDS[day.weekday()]}）{span_words(span)}"


def _duty(code: ReasonCode, fact: DutyFact) -> str:
    segment = fact.segment
    kind = "輪值時間" if segment.source is DutySource.SHIFT else "上班時間"
    day = fact.moment.date()
    if fact.end is End.START:
        difference = f"早 {length_words(segment.span.end - fact.moment)}"
    else:
        difference = f"晚 {length_words(fact.moment - segment.span.start)}"
    return (
        f"{fact.end.word} {fact.moment:%H:%M:%S} 在{kind} "
        f"{span_words(segment.span, beside=day)} 內，{difference}。"
    )


def _uncertain(code: ReasonCode, fact: UncertainFact) -> str:
    band = fact.band
    if band.side is BandSide.WHOLE_DAY:
        label = f"班別「{band.label}」" if band.label else "班別"
        moment = f"{fact.end.word} {fact.moment:%H:%M:%S}"
        return f"{moment}：這個人的{label}沒有設定，無法認定當日上班時間。"
    side, doing = ("到班", "上班") if band.side is BandSide.ARRIVAL else ("退勤", "下班")
    missing = "上班刷卡" if band.side is BandSide.ARRIVAL else "下班刷卡"
    return (
        f"{fact.end.word} {fact.moment:%H:%M:%S} 在彈性{side} {span_words(band.span)} 內，"
        f"當日沒有{missing}，無法認定是否已{doing}。"
    )


def _overlap(code: ReasonCode, fact: OverlapFact) -> str:
    entry, span = fact.entry, fact.span
    dated = f"{dated_span_words(entry.span)} {entry.kind_words}"
    if code is ReasonCode.ATTENDANCE_INSIDE_SPAN:
        return f"起迄都不在差勤時間，但期間含 {dated}。"
    if span is None:
        return f"完成時間落在 {dated}內。"
    shared = length_words(fact.overlap)
    if not span.is_on_one_date:
        both = f"{roc_moment(span.start)} 至 {roc_moment(span.end)}"
        return f"學習 {both} 的起或迄落在 {dated}內，重疊 {shared}。"
    is_same_day = span.start.date() == entry.span.start.date()
    met = f"{entry.kind_words} {span_words(entry.span)}" if is_same_day else f" {dated} "
    return f"學習 {span_words(span)} 與{met} 重疊 {shared}。"


def _personal_leave(code: ReasonCode, fact: PersonalLeaveFact) -> str:
    day = fact.moment.date()
    return (
        f"{fact.end.word} {clock_words(fact.moment)} 在上班時間，當時{fact.entry.kind_words} "
        f"{span_words(fact.entry.span, beside=day)}；{fact.entry.kind_words}是否算公餘，請判斷。"
    )


def _limit(code: ReasonCode, fact: LimitFact) -> str:
    if code is ReasonCode.BEFORE_PERIOD:
        return (
            f"{fact.end.word} {roc_date(fact.day)} 早於計畫開始 {roc_date(fact.limit)}，"
            f"早 {fact.days} 天。"
        )
    if code is ReasonCode.ENROLLED_TOO_EARLY:
        return (
            f"{fact.end.word} {roc_date(fact.day)} 早於可採計的選讀日 {roc_date(fact.limit)}，"
            f"早 {fact.days} 天。"
        )
    return (
        f"{fact.end.word} {roc_date(fact.day)} 已過期限 {roc_date(fact.limit)}，晚 {fact.days} 天。"
    )


def _spell(code: ReasonCode, fact: SpellFact) -> str:
    until = f"至 {roc_date(fact.spell.last_day)} " if fact.spell.last_day else "起"
    return (
        f"{fact.end.word} {roc_date(fact.day)} 在留職停薪 "
        f"{roc_date(fact.spell.first_day)} {until}期間，不採計。"
    )


def _without_pay(code: ReasonCode, fact: WithoutPayFact) -> str:
    return f"{fact.end.word} {roc_date(fact.day)} 在{_spell_words(fact)}"


def _spell_words(fact: WithoutPayFact) -> str:
    commendation = "，嘉獎不受影響" if fact.counts_for_commendation else ""
    until = f"至 {roc_date(fact.spell.last_day)} " if fact.spell.last_day else "起"
    return f"留職停薪 {roc_date(fact.spell.first_day)} {until}期間，不給補休{commendation}。"


def _status(code: ReasonCode, fact: StatusFact) -> str:
    return f"通過狀態是「{fact.status or '空白'}」。"


def _times(code: ReasonCode, fact: TimesFact) -> str:
    if fact.start is not None and fact.end is not None:
        return f"迄 {roc_moment(fact.end)} 早於起 {roc_moment(fact.start)}，其他時間檢查沒有做。"
    return f"上課期間「{fact.as_read}」有不可能的日期或時間，其他時間檢查沒有做。"


def _time_missing(code: ReasonCode, fact: TimeMissingFact) -> str:
    if fact.completed_on is not None:
        return f"這份證明只有日期（{roc_date(fact.completed_on)}），看不出起迄時間。"
    missing = "、".join(end.word for end in fact.missing)
    return f"這份證明沒有{missing}的時間。"


def _hours(code: ReasonCode, fact: HoursFact) -> str:
    if fact.planned is None:
        return "證明上沒有完課時數，無法計入，請補正。"
    if fact.certified is None:
        return f"證明上沒有認證時數，計畫是 {hours_words(fact.planned)} 時。"
    return f"認證 {hours_words(fact.certified)} 時，計畫是 {hours_words(fact.planned)} 時。"


def _reading(code: ReasonCode, fact: ReadingFact) -> str:
    if code is ReasonCode.READING_EXCEEDS_SPAN:
        return f"閱讀 {length_words(fact.reading)} 比起迄相隔 {length_words(fact.available)} 還長。"
    return f"期間公餘 {length_words(fact.available)}，閱讀 {length_words(fact.reading)}，不夠。"


def _other_course(code: ReasonCode, fact: OtherCourseFact) -> str:
    return f"與「{fact.course}」同時進行 {length_words(fact.overlap)}，兩門不能同時閱讀，請確認。"


def _name(code: ReasonCode, fact: NameFact) -> str:
    if code is ReasonCode.NOT_IN_PLAN:
        return "這門課不在本計畫任何一套，不計入。"
    if code is ReasonCode.NAME_APPROXIMATE:
        return "名稱只差全半形、空白或標點，當作同一門。"
    return f"讀到「{_one_line(fact.as_read)}」，最像「{fact.matched}」，請確認是不是同一門。"


def _duplicate(code: ReasonCode, fact: DuplicateFact) -> str:
    places = "、".join(f"{place.file_name} {place.words}".strip() for place in fact.places)
    return f"與 {places} 相同，只計一次。"


def _fields(code: ReasonCode, fact: FieldsFact) -> str:
    words = "、".join(f"「{_FIELD_WORDS.get(name, name)}」" for name in fact.fields)
    return f"{words}看不清楚，請對照原件。"


def _score(code: ReasonCode, fact: ScoreFact) -> str:
    short = hours_words(fact.needed - fact.score)
    return (
        f"測驗 {hours_words(fact.score)} 分，計畫要 {hours_words(fact.needed)} 分，少 {short} 分。"
    )


def _condition(code: ReasonCode, fact: ConditionFact) -> str:
    if code is ReasonCode.QUESTIONNAIRE_NOT_DONE:
        return "證明上問卷還沒填，填完再送新的學習紀錄。"
    if code is ReasonCode.HOURS_NOT_UPLOADED:
        return "證明上時數還沒上傳終身學習入口網站，上傳後再送新的學習紀錄。"
    return f"計畫要看{fact.kind.word}，證明上沒有，請確認。"


def _recognition(finding: Finding, fact: RecognitionFact) -> str:
    code, is_certain = finding.code, finding.severity is Severity.FAIL
    what = "授課語言" if code is ReasonCode.LANGUAGE_NOT_RECOGNISED else "開課國家或地區"
    if not fact.value:
        return f"證明上沒有{what}，無法認定能否採認，請確認。"
    if is_certain:
        return f"{what}「{fact.value}」不在採認範圍。"
    return f"{what}「{fact.value}」含有不採認的「{fact.matched}」，請確認能否採認。"


_SENTENCES: dict[type, Callable[..., str]] = {
    DutyFact: _duty,
    UncertainFact: _uncertain,
    OverlapFact: _overlap,
    PersonalLeaveFact: _personal_leave,
    LimitFact: _limit,
    WithoutPayFact: _without_pay,
    StatusFact: _status,
    TimesFact: _times,
    TimeMissingFact: _time_missing,
    HoursFact: _hours,
    ReadingFact: _reading,
    OtherCourseFact: _other_course,
    NameFact: _name,
    DuplicateFact: _duplicate,
    FieldsFact: _fields,
    ScoreFact: _score,
    ConditionFact: _condition,
    SpellFact: _spell,
}


def _sentence(code: ReasonCode, fact: Fact) -> str:
    return _SENTENCES[type(fact)](code, fact)


def _one_line(text: str) -> str:
    return text.replace("\n", "")
