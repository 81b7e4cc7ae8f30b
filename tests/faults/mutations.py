"""Files spoiled in many ways, each by its number alone, and what reading them must keep to.

As a program: ``python -m tests.faults.mutations 10000`` reads that many and prints what it found.
"""

from __future__ import annotations

import io
import random
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from desktop.importers.reading import read_file
from desktop.services.isolation import OwnProcesses, WorkLostError

SAMPLES = Path(__file__).parents[1] / "samples"
SECONDS = 60.0
_SUFFIXES = {
    ".pdf", ".html", ".mhtml", ".xlsx", ".xls", ".ods", ".csv", ".zip",
    ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp",
}  # fmt: skip
_MOST_BYTES = 400_000


@dataclass(frozen=True, slots=True)
class Mutant:
    """One spoiled file: which sample, by which hand."""

    number: int
    name: str
    hand: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one: its rows and refusals, or what it broke."""

    number: int
    name: str
    hand: str
    rows: int
    refusals: int
    fault: str
    seconds: float


@cache
def samples() -> tuple[Path, ...]:
    """Every sample file of a kind that a clerk may hand in, small ones only."""
    return tuple(
        path
        for path in sorted(SAMPLES.rglob("*"))
        if path.suffix.lower() in _SUFFIXES and 0 < path.stat().st_size <= _MOST_BYTES
    )


def mutant(number: int) -> Mutant:
    """The spoiled file of that number; the same number gives the same file."""
    chance = random.Random(number)
    path = samples()[number % len(samples())]
    content = path.read_bytes()
    hand = chance.choice(sorted(HANDS))
    if hand == "member" and not content.startswith(b"PK\x03\x04"):
        hand = "bytes"
    return Mutant(number, path.name, hand, HANDS[hand](content, chance))


def _bytes(content: bytes, chance: random.Random) -> bytes:
    spoiled = bytearray(content)
    for _ in range(chance.choice((1, 3, 30))):
        spoiled[chance.randrange(len(spoiled))] = chance.randrange(256)
    return bytes(spoiled)


def _cut(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content))]


def _gap(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content))
    return content[:start] + content[start + chance.randrange(1, 5000) :]


def _double(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content))
    piece = content[start : start + chance.randrange(1, 3000)]
    return content[:start] + piece * chance.choice((2, 2, 50)) + content[start:]


def _swap(content: bytes, chance: random.Random) -> bytes:
    first, second = sorted(chance.randrange(len(content)) for _ in range(2))
    return content[second:] + content[first:second] + content[:first]


def _noise(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content))
    return content[:start] + chance.randbytes(chance.randrange(1, 2000)) + content[start:]


def _digits(content: bytes, chance: random.Random) -> bytes:
    """Other digits where digits stand: sizes, offsets, dates, counts."""
    places = [i for i, byte in enumerate(content) if 48 <= byte <= 57]
    spoiled = bytearray(content)
    for place in chance.sample(places, min(len(places), chance.choice((1, 5, 40)))):
        spoiled[place] = chance.randrange(48, 58)
    return bytes(spoiled)


def _member(content: bytes, chance: random.Random) -> bytes:
    """One file inside a package spoiled, and packed again so that the package itself is sound."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            members = {entry.filename: package.read(entry) for entry in package.infolist()}
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, zipfile.LargeZipFile):
        return _bytes(content, chance)
    filled = sorted(name for name, data in members.items() if data)
    if not filled:
        return _bytes(content, chance)
    name = chance.choice(filled)
    inner = chance.choice((_bytes, _cut, _gap, _double, _noise, _digits))
    members[name] = inner(members[name], chance)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for member, data in members.items():
            package.writestr(member, data)
    return packed.getvalue()


HANDS = {
    "bytes": _bytes,
    "cut": _cut,
    "gap": _gap,
    "double": _double,
    "swap": _swap,
    "noise": _noise,
    "digits": _digits,
    "member": _member,
}


def read_mutants(numbers: Sequence[int]) -> list[Outcome]:
    """Read spoiled files one after another; a fault is told, never raised."""
    return [_read(mutant(number)) for number in numbers]


def _read(spoiled: Mutant) -> Outcome:
    began = time.monotonic()
    rows = refusals = 0
    fault = ""
    try:
        found = read_file(spoiled.name, spoiled.content)
    except Exception as error:  # noqa: BLE001  this is what must not be
        found, fault = (), repr(error)
    for extraction in found:
        rows += len(extraction.rows)
        refusals += len(extraction.refusals)
        if not (extraction.rows or extraction.refusals or extraction.remarks):
            fault = fault or "neither rows nor a reason"
        if extraction.rows_in < len(extraction.rows):
            fault = fault or "more rows than came in"
        for refusal in extraction.refusals:
            if not refusal.message.endswith("。") or "\n" in refusal.message:
                fault = fault or f"no sentence: {refusal.message!r}"
    if not found:
        fault = fault or "nothing came back"
    seconds = time.monotonic() - began
    return Outcome(spoiled.number, spoiled.name, spoiled.hand, rows, refusals, fault, seconds)


def read_many(numbers: Sequence[int], *, at_once: int = 25) -> list[Outcome]:
    """Read spoiled files in a process of their own; one that ends the process is a fault."""
    processes = OwnProcesses(width=1, seconds=SECONDS * at_once)
    outcomes: list[Outcome] = []
    try:
        for start in range(0, len(numbers), at_once):
            some = numbers[start : start + at_once]
            try:
                outcomes.extend(processes.call(read_mutants, some))
            except WorkLostError:
                outcomes.extend(_one_by_one(processes, some))
    finally:
        processes.close()
    return outcomes


def _one_by_one(processes: OwnProcesses, numbers: Sequence[int]) -> list[Outcome]:
    outcomes = []
    for number in numbers:
        try:
            outcomes.extend(processes.call(read_mutants, [number]))
        except WorkLostError as lost:
            spoiled = mutant(number)
            fault = "no end" if lost.timed_out else "the process ended"
            outcomes.append(Outcome(number, spoiled.name, spoiled.hand, 0, 0, fault, SECONDS))
    return outcomes


def main(count: int) -> int:
    """Read that many and print the faults, the slowest and the sums."""
    outcomes = read_many(range(count))
    faults = [outcome for outcome in outcomes if outcome.fault]
    for outcome in faults[:50]:
        print(f"{outcome.number}\t{outcome.name}\t{outcome.hand}\t{outcome.fault}")
    slowest = max(outcomes, key=lambda outcome: outcome.seconds)
    hands = Counter(outcome.hand for outcome in outcomes)
    print(
        f"{len(outcomes)} files of {len(samples())} samples, by hand {dict(sorted(hands.items()))}"
    )
    print(
        f"with rows {sum(o.rows > 0 for o in outcomes)}, refused whole or in part "
        f"{sum(o.refusals > 0 for o in outcomes)}"
    )
    print(f"slowest {slowest.seconds:.1f} s: {slowest.number} {slowest.name} {slowest.hand}")
    print(f"faults {len(faults)}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
