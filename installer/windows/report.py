"""``installer/REPORT.md``: what was built, what was tried, what was measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from windows.assemble import Stage
from windows.product import Product
from windows.wine_checks import Check


@dataclass(frozen=True)
class Facts:
    """What a run of the build saw.

    Attributes:
        product: What was built.
        is_clean: Whether the checkout held nothing but the commit.
        at: When.
        stage: The product's folder.
        sizes: Bytes of each artefact by its name.
        pack_seconds: Seconds for packing each.
        start_seconds: What `wine_trials.start_times` measured.
        same: Whether a second build gave the same bytes, by name; None when none was made.
        is_cut_off: Whether the checks ran without any network interface.
        checks: What was tried.
        tools: Name and version of what it was made and tried with.
    """

    product: Product
    is_clean: bool
    at: datetime
    stage: Stage
    sizes: Mapping[str, int]
    pack_seconds: Mapping[str, float]
    start_seconds: Mapping[str, float]
    same: Mapping[str, bool] | None
    is_cut_off: bool
    checks: tuple[Check, ...]
    tools: Mapping[str, str]


def as_markdown(facts: Facts) -> str:
    """The report's text."""
    passed = sum(check.is_passed for check in facts.checks)
    lines = [
        "# Windows product: what was built and tried",
        "",
        "Written by `python3 installer/windows/build.py`; not by hand.",
        "",
        f"* Version {facts.product.version}, commit `{facts.product.commit}`"
        + ("" if facts.is_clean else " with uncommitted changes")
        + f", {facts.at:%Y-%m-%d %H:%M %Z}.",
        "* Made and tried with "
        + ", ".join(f"{name} {version}" for name, version in facts.tools.items())
        + ".",
        f"* {passed} of {len(facts.checks)} checks passed, under Wine only: on a real Windows PC",
        "  nothing of it has been run.",
        "* The checks under Wine ran "
        + (
            "in a network namespace without any interface."
            if facts.is_cut_off
            else "with the machine's network: it allows no namespace without one."
        ),
        "",
        "## Sizes",
        "",
        "| what | size | packed in (side by side) |",
        "| --- | --- | --- |",
        f"| installed | {facts.stage.size / 1e6:.1f} MB, {len(facts.stage.digests)} files | |",
    ]
    for (name, size), seconds in zip(facts.sizes.items(), facts.pack_seconds.values(), strict=True):
        lines.append(f"| `{name}` | {size / 1e6:.1f} MB | {seconds:.0f} s |")
    lines += [
        "",
        "The runtime's files are vouched for: "
        + ", ".join(f"{count} {reason.value}" for reason, count in facts.stage.reasons.items())
        + ".",
        "Packages: " + ", ".join(facts.stage.packages) + ".",
        "",
        *_same_lines(facts.same),
        "## Start",
        "",
        "From the start of the process to the first drawn window on an empty store, off screen,",
        "and its end. " + _cache_words(facts.start_seconds),
        "",
        "| where | cold | warm |",
        "| --- | --- | --- |",
    ]
    for title, key in (("Wine, the product", "wine"), ("Linux, the checkout", "linux")):
        cold, warm = facts.start_seconds[f"{key} cold"], facts.start_seconds[f"{key} warm"]
        lines.append(f"| {title} | {cold:.1f} s | {warm:.1f} s |")
    lines += ["", "## Checks under Wine", "", "| check | | seen | s |", "| --- | --- | --- | --- |"]
    for check in facts.checks:
        words = check.words.replace("|", "／").replace("\n", " ")
        mark = "通過" if check.is_passed else "**不通過**"
        lines.append(f"| {check.name} | {mark} | {words} | {check.seconds:.1f} |")
    return "\n".join(lines) + "\n"


def _same_lines(same: Mapping[str, bool] | None) -> list[str]:
    if same is None:
        return []
    words = {True: "the same bytes", False: "other bytes"}
    return [
        "A second build of the same commit gave: "
        + ", ".join(f"{name} {words[is_same]}" for name, is_same in same.items())
        + ".",
        "",
    ]


def _cache_words(start_seconds: Mapping[str, float]) -> str:
    load = (
        f" Load average before: {start_seconds['load']:.1f} on {start_seconds['cores']:.0f} cores."
    )
    if start_seconds.get("cache emptied"):
        return "Cold: Wine not running, the machine's file cache emptied before." + load
    return "Cold: Wine not running; the machine's file cache could not be emptied." + load
