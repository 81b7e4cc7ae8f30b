"""Words of the workbook that several of its makers say."""

from __future__ import annotations

from desktop.domain.verdicts import BenefitState

BENEFIT_WORDS = {
    BenefitState.GRANTED: "核給",
    BenefitState.REVIEW: "待確認",
    BenefitState.NONE: "不核給",
}
