"""查核表 from real verdicts: the same bands as the window, decisions beside the verdict."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop.domain.moments import SECONDS_A_DAY, Span, TimeBand, at_second, band_on, part_on
from desktop.domain.verdicts import DecisionKind
from desktop.services.check_sheets import check_sheet_drafts
from desktop.services.day_bands import Band, day_bands
from desktop.services.deciding import decide
from desktop.services.issuing import form_candidates, issue_forms, paper_choices
from desktop.services.office import Office
from desktop.services.timeline import timeline
from desktop.services.verifying import case, evaluate_everybody
from forms.check_contents import CheckResult, CheckSheet
from forms.document import Kind

PLAN = "kaohsiung-114"
DAY = date(2025, 3, 18)


def sheets(office: Office) -> dict[str, CheckSheet]:
    basis, verdicts = evaluate_everybody(office, PLAN)
    return {d.key: d.parts[0].content for d in check_sheet_drafts(office, basis, verdicts)}


@pytest.mark.parametrize(
    ("start", "end", "wanted"),
    [
        (-3600, 3600, TimeBand(0, 3600)),
        (79_200, 90_000, TimeBand(79_200, SECONDS_A_DAY)),
        (-5, SECONDS_A_DAY + 5, TimeBand(0, SECONDS_A_DAY)),
        (-5, 0, None),
        (SECONDS_A_DAY, SECONDS_A_DAY + 5, None),
        (60, 60, None),
    ],
)
def test_span_on_a_day_is_its_seconds_of_that_day(start, end, wanted) -> None:
    span = Span(at_second(DAY, start), at_second(DAY, end))
    assert band_on(span, DAY) == wanted
    if wanted is not None:
        assert part_on(span, DAY) == wanted.on(DAY)


def test_everybody_with_records_has_a_sheet_a_set(sample: Office) -> None:
    keys = sheets(sample)
    assert {key for key in keys if key.startswith("A0011/")} == {
        "A0011/city",
        "A0011/common",
        "A0011/policy",
    }
    assert not any(key.startswith("A0007/") for key in keys)  # somebody without records
    assert [row.number for row in keys["A0011/policy"].rows] == [str(n) for n in range(1, 10)]


def test_sheet_says_what_the_set_gives(sample: Office) -> None:
    found = sheets(sample)
    done, short = found["A0003/city"], found["A0003/policy"]
    assert (done.outcome, done.conclusion) == ("已完成", "相符 7 門。得核給補休 4 小時。")
    assert short.outcome == "尚未完成"
    assert short.conclusion == (
        "相符 7 門、不符 2 門（編號 1、4）。得核給補休 0 小時；補正完成後可核給 4 小時。"
    )
    assert found["A0001/city"].outcome == "不適用"
    assert "補休" not in found["A0001/city"].conclusion


def test_strips_are_the_bands_that_the_window_draws(sample: Office) -> None:
    verdict = case(sample, PLAN, "A0005").verdict
    sheet = sheets(sample)["A0005/policy"]
    counted = next(s for s in verdict.sets if s.set_id == "policy").counted
    for row, record in zip(sheet.rows, counted, strict=True):
        line = timeline(sample, PLAN, "A0005", record.key)
        assert [strip.label for strip in row.strips] == [
            f"{day.day.month}/{day.day.day}" for day in line.days
        ]
        for strip, day in zip(row.strips, line.days, strict=True):
            drawn = [p.span for p in day_bands(day) if p.band is Band.DUTY]
            assert [band.on(day.day) for band in strip.duty] == drawn
            assert line.record is not None
            assert strip.course == band_on(line.record, day.day)


def test_day_off_is_said_in_words_and_has_no_duty(sample: Office) -> None:
    row = sheets(sample)["A0005/policy"].rows[0]
    assert row.duty_words.startswith("停止上班（")
    assert row.strips[0].duty == ()
    over_night = sheets(sample)["A0008/policy"].rows[3]
    assert over_night.duty_words == "標準班\n7/19 放假\n7/19 公假 09:00–12:00\n7/20 放假"
    assert [bool(strip.entries) for strip in over_night.strips] == [False, True, False]
    assert over_night.result is CheckResult.OPEN


def test_decision_stands_beside_the_verdict(sample: Office) -> None:
    record = next(
        r
        for r in case(sample, PLAN, "A0003").verdict.records
        if r.settled is not None
        and r.set_id == "policy"
        and r.verdict is not None
        and r.verdict.value == "fail"
    )
    before = sheets(sample)["A0003/policy"]
    assert [row.decision for row in before.rows].count("未決") == 2
    decide(sample, PLAN, [record.key], kind=DecisionKind.ACCEPT, reason="主管證明當日調班")
    after = sheets(sample)["A0003/policy"]
    changed = [(a, b) for a, b in zip(before.rows, after.rows, strict=True) if a != b]
    assert len(changed) == 1
    assert changed[0][1].decision == "採計：主管證明當日調班\n114/09/02"
    assert changed[0][1].result is CheckResult.FAILS
    assert "承辦人採計 1 門" in after.conclusion


def test_another_clerks_decision_is_named(sample: Office) -> None:
    record = next(
        r
        for r in case(sample, PLAN, "A0003").verdict.records
        if r.set_id == "policy" and r.verdict is not None and r.verdict.value == "fail"
    )
    decide(sample, PLAN, [record.key], kind=DecisionKind.REFUSE, reason="確在上班")
    colleague = replace(sample, clerk="游珏羣")
    decisions = [row.decision for row in sheets(colleague)["A0003/policy"].rows]
    assert "不採計：確在上班\n114/09/02 周雅雯" in decisions


def test_sheets_are_offered_numbered_and_printed(sample: Office) -> None:
    assert "check-sheets" in [choice.id for choice in paper_choices(sample, PLAN)]
    candidates = form_candidates(sample, PLAN, paper="check-sheets")
    assert all(candidate.is_printable for candidate in candidates)
    issued = issue_forms(sample, PLAN, ["A0003/policy"], with_stamp=False, paper="check-sheets")
    assert issued.numbers == ("KH-114-000001",)
    assert list(issued.pdfs) == [Kind.CHECK_SHEET]
    again = issue_forms(sample, PLAN, ["A0003/policy"], with_stamp=False, paper="check-sheets")
    assert again.numbers == issued.numbers
