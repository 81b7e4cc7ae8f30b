"""Findings in words: chip, sentence and clause, the same on screen, on paper and in workbooks."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.findings import (
    Finding,
    OverlapFact,
    PersonalLeaveFact,
    ReasonCode,
    Severity,
)
from desktop.domain.moments import roc_date
from desktop.domain.plan import Plan
from desktop.domain.verdicts import CreditState, PersonVerdict
from desktop.services.amount_words import hours_words, length_words, span_words
from desktop.services.finding_sentences import sentences_of

__all__ = [
    "CHIPS",
    "CREDIT_WORDS",
    "OWN_RULE",
    "Explanation",
    "credit_words",
    "explain_all",
    "explain_finding",
    "hours_words",
    "length_words",
    "span_words",
]

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
    sentence = "".join(dict.fromkeys(sentences_of(finding)))
    clause = finding.clause
    return Explanation(
        finding=finding,
        chip=chip,
        sentence=sentence,
        clause=clause.point if clause else OWN_RULE,
        quotation=clause.quotation if clause else "",
    )


def explain_all(findings: tuple[Finding, ...]) -> tuple[Explanation, ...]:
    """The words for several findings, worst first."""
    ordered = sorted(findings, key=lambda found: (-found.severity, found.code.value))
    return tuple(explain_finding(finding) for finding in ordered)


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
