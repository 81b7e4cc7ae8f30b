"""Fields that several parts of a plan's form share: choices in words, conditions, thresholds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desktop.domain.evidence import KIND_WORDS, LEARNING_KINDS, EvidenceKind
from desktop.services.plan_fields import Choices, FieldKind, PlanField, tables_at

OFF_DUTY: Choices = (
    ("start_and_end", "起與迄都要在公餘"),
    ("completion", "只看完成的時間"),
    ("none", "不檢查"),
)
COMBINATIONS: Choices = (("sum", "各條累加"), ("best", "擇優一條"))
TIERS: Choices = (("senior", "簡任"), ("junior", "薦任"), ("elementary", "委任"))
EVIDENCE: Choices = tuple(
    (kind.value, KIND_WORDS[kind]) for kind in EvidenceKind if kind in LEARNING_KINDS
)
FREQUENCIES: Choices = (
    ("each_plan", "每個計畫都可以"),
    ("once_a_year", "每年一次"),
    ("first_time_only", "只限第一次"),
)
AWARDS: Choices = (("嘉獎", "嘉獎"), ("記功", "記功"), ("記大功", "記大功"))
PLACES: Choices = (("unit", "各單位"), ("organisation", "全機關"))
SEVERITIES: Choices = (("fail", "不符"), ("review", "待確認"), ("info", "提示"), ("pass", "通過"))


def clause(key: str = "clause", caption: str = "依據", *, is_needed: bool = True) -> PlanField:
    """A clause's field."""
    return PlanField((key,), caption, FieldKind.CLAUSE, is_needed=is_needed)


def off_duty_fields(*, usual: str | None) -> tuple[PlanField, ...]:
    """The off-duty check and its clause.

    Args:
        usual: What holds when nothing is written, None where it must be written.
    """
    return (
        PlanField(
            ("off_duty_check",),
            "公餘檢查",
            FieldKind.CHOICE,
            OFF_DUTY,
            is_needed=usual is None,
            usual=usual,
        ),
        clause("off_duty_clause", "公餘依據", is_needed=False),
    )


def without_pay(*, usual: bool) -> PlanField:
    """Whether records made during leave without pay count."""
    return PlanField(
        ("counts_leave_without_pay",),
        "留職停薪",
        FieldKind.CHOICE,
        ((True, "期間的紀錄也算"), (False, "期間的紀錄不算")),
        usual=usual,
    )


def combination(*, usual: str) -> PlanField:
    """How several rules work together."""
    return PlanField(("combination",), "多條規則", FieldKind.CHOICE, COMBINATIONS, usual=usual)


def set_choices(values: Mapping[str, Any]) -> Choices:
    """The sets and groups that rules may name."""
    choices: dict[str, str] = {}
    sets = tables_at(values, ("set",))
    for one in sets:
        group = one.get("group")
        if isinstance(group, str) and group:
            titles = [str(o.get("title") or o.get("id")) for o in sets if o.get("group") == group]
            choices[group] = f"{group}：本人適用的一套（{'、'.join(titles)}）"
    for one in sets:
        set_id = one.get("id")
        if isinstance(set_id, str) and set_id and set_id not in choices:
            choices[set_id] = str(one.get("title") or set_id)
    return tuple(choices.items())


def sets_field(values: Mapping[str, Any], caption: str = "課程組") -> PlanField:
    """The sets a rule asks for."""
    return PlanField(
        ("sets",),
        caption,
        FieldKind.LIST,
        set_choices(values),
        "這條規則要完成的課程組；一起勾選就要一起完成。",
        is_needed=True,
    )


def threshold_fields() -> tuple[PlanField, ...]:
    """How much of its sets a rule asks for, when not every set complete."""
    said = "不填就是每一組都要完成；三種門檻只填一種。"
    return (
        PlanField(("at_least_hours",), "至少時數", FieldKind.AMOUNT, help=said, unit="時"),
        PlanField(("at_least_courses",), "至少門數", FieldKind.WHOLE, help=said, unit="門"),
        PlanField(("at_least_sets",), "至少組數", FieldKind.WHOLE, help=said, unit="組"),
    )


def benefit_condition_fields() -> tuple[PlanField, ...]:
    """What a benefit asks of the person and of the papers."""
    return (
        PlanField(
            ("received_by",), "收件期限", FieldKind.DAY, help="申請或證明最晚這一天送到人事單位。"
        ),
        clause("received_clause", "收件依據", is_needed=False),
        PlanField(("report_by",), "報告期限", FieldKind.DAY, help="研習報告最晚這一天送到。"),
        clause("report_clause", "報告依據", is_needed=False),
        PlanField(("in_post_on",), "在職日", FieldKind.DAY, help="這一天仍須在職。"),
        clause("in_post_clause", "在職依據", is_needed=False),
        PlanField(("frequency",), "次數限制", FieldKind.CHOICE, FREQUENCIES, usual="each_plan"),
        clause("frequency_clause", "次數依據", is_needed=False),
        PlanField(
            ("not_after_higher",),
            "曾得較高",
            FieldKind.CHOICE,
            ((True, "以前得過較高的就不再給"), (False, "不受以前影響")),
            usual=False,
        ),
        clause("higher_clause", "較高依據", is_needed=False),
    )


def record_condition_fields(table: str = "conditions") -> tuple[PlanField, ...]:
    """What each record must show beside its times, below ``table``."""

    def below(one: PlanField, *, inner: str = "") -> PlanField:
        key = (table, inner, *one.key) if inner else (table, *one.key)
        return PlanField(
            key, one.caption, one.kind, one.choices, one.help, False, one.usual, one.unit
        )

    asked: Choices = ((True, "要"), (False, "不要"))
    return (
        below(PlanField(("minimum_score",), "測驗分數", FieldKind.AMOUNT, unit="分以上")),
        below(clause("score_clause", "分數依據")),
        below(PlanField(("questionnaire",), "填問卷", FieldKind.CHOICE, asked, usual=False)),
        below(clause("questionnaire_clause", "問卷依據")),
        below(PlanField(("uploaded_hours",), "時數上傳", FieldKind.CHOICE, asked, usual=False)),
        below(clause("upload_clause", "上傳依據")),
        below(
            PlanField(
                ("enrolled_from",), "選讀起日", FieldKind.DAY, help="這一天以後新選讀的才算。"
            )
        ),
        below(clause("enrolled_clause", "選讀依據")),
        *not_recognised_fields((table,)),
    )


def not_recognised_fields(base: tuple[str, ...] = ()) -> tuple[PlanField, ...]:
    """Languages and regions that are not recognised, below ``base``."""
    fields = []
    for table, what in (("languages_not_recognised", "語言"), ("regions_not_recognised", "地區")):
        fields += [
            PlanField(
                (*base, table, "words"),
                f"不採認{what}",
                FieldKind.LIST,
                help="一行一個；寫出證明上可能出現的每一種寫法。",
            ),
            PlanField((*base, table, "clause"), f"{what}依據", FieldKind.CLAUSE),
        ]
    return tuple(fields)
