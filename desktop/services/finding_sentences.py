"""The sentence of each fact that a check may find: the moment, what it met, the difference."""

from __future__ import annotations

from collections.abc import Callable

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
from desktop.domain.moments import roc_date, roc_moment
from desktop.domain.readings import FIELD_WORDS
from desktop.services.amount_words import (
    clock_words,
    dated_span_words,
    hours_words,
    length_words,
    span_words,
)

_FIELD_WORDS = {
    **FIELD_WORDS,
    "language": "語言",
    "region": "開課國家/地區",
    "has_certificate": "證書",
}


def sentences_of(finding: Finding) -> list[str]:
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
    met = f"{entry.kind_words} {span_words(entry.span)}" if is_same_day else f" {dated}"
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
    if code is ReasonCode.NAME_APPROXIMATE and fact.score < 100:
        return (
            f"圖片上辨識成「{_one_line(fact.as_read)}」，和「{fact.matched}」只差一兩個字，"
            "離其他課程都遠，當作同一門。"
        )
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
