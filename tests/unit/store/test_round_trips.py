from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.attendance import AttendanceEntry, AttendanceKind, Punch
from desktop.domain.calendar import CalendarYear
from desktop.domain.evidence import EvidenceKind, LearningRow, Refusal, RefusalReason
from desktop.domain.moments import Span
from desktop.domain.people import LeaveWithoutPay, Person
from desktop.domain.provenance import PageBox, SourcePlace
from desktop.store import Store, Writer
from tests.unit.store.making import add_file, open_store

ids = st.text(alphabet="ABCDEFGHJ0123456789", min_size=1, max_size=8)
words = st.text(max_size=20)
fractions = st.floats(0, 1)
digests = st.text(alphabet="0123456789abcdef", min_size=64, max_size=64)
zones = st.none() | st.just(timezone(timedelta(hours=8)))
moments = st.datetimes(timezones=zones)
local = st.datetimes()
lengths = st.timedeltas(
    min_value=timedelta(days=-100_000, microseconds=1), max_value=timedelta(days=100_000)
)
raws = st.dictionaries(words, words, max_size=4)
boxes = st.builds(PageBox, fractions, fractions, fractions, fractions)
places = st.builds(
    SourcePlace,
    digest=digests,
    file_name=words,
    page=st.none() | st.integers(1, 9999),
    row=st.none() | st.integers(1, 1_048_576),
    sheet=st.none() | words,
    boxes=st.lists(st.tuples(st.integers(1, 99), boxes), max_size=3).map(tuple),
)
rows = st.builds(
    LearningRow,
    place=places,
    kind=st.sampled_from(EvidenceKind),
    course_name=words,
    course_code=st.none() | words,
    employee_id=st.none() | ids,
    person_name=st.none() | words,
    start=st.none() | moments,
    end=st.none() | moments,
    started_on=st.none() | st.dates(),
    completed_on=st.none() | st.dates(),
    times_are_impossible=st.booleans(),
    certified_hours=st.none() | st.decimals(allow_nan=False, allow_infinity=False),
    reading_time=st.none() | lengths,
    pass_status=st.none() | words,
    has_certificate=st.none() | st.booleans(),
    is_business_related=st.none() | st.booleans(),
    is_questionnaire_done=st.none() | st.booleans(),
    are_hours_uploaded=st.none() | st.booleans(),
    score=st.none() | st.decimals(0, 100, places=2),
    language=st.none() | words,
    region=st.none() | words,
    doubtful_fields=st.lists(words, max_size=3).map(tuple),
    raw=raws,
)
spells = st.builds(LeaveWithoutPay, st.dates(), st.none() | st.dates())
people = st.lists(
    st.builds(
        Person,
        employee_id=ids,
        name=words,
        unit=words,
        title=words,
        rank=words,
        category=words,
        pattern_code=words,
        hired_on=st.none() | st.dates(),
        left_on=st.none() | st.dates(),
        leave_without_pay=st.lists(spells, max_size=3).map(tuple),
    ),
    max_size=4,
    unique_by=lambda person: person.employee_id,
).map(
    lambda found: tuple(
        Person(
            **{
                **{name: getattr(person, name) for name in Person.__slots__},
                "roster_position": position,
            }
        )
        for position, person in enumerate(found)
    )
)


@pytest.fixture(scope="module")
def shared() -> Iterator[Store]:
    """One store for all examples: each looks only at what it put in."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "公餘.sqlite")
        with store.writing("名冊") as writer:
            writer.replace_roster([Person("A0012", "王小明", "人事室")], None)
        yield store
        store.close()


class GivenUpError(Exception):
    """Leaves a writing block without keeping what it wrote."""


@contextmanager
def trial(store: Store) -> Iterator[Writer]:
    """A writing block that is given up at its end."""
    with suppress(GivenUpError), store.writing("試寫") as writer:
        yield writer
        raise GivenUpError


@given(found=st.lists(rows, max_size=5))
def test_learning_rows_come_back_exactly(shared: Store, found: list[LearningRow]) -> None:
    with trial(shared) as writer:
        file_id = add_file(writer, writer.add_batch("t"), stored=len(found))
        writer.add_learning_rows(file_id, [(row, "A0012", None, "k") for row in found])
        back = [stored.row for stored in writer.learning_rows()]
        # Equality leaves some exactness open: 1.0 and 1.00, the order of cells.
        assert back == found
        assert [str(row.certified_hours) for row in back] == [
            str(row.certified_hours) for row in found
        ]
        assert [list(row.raw.items()) for row in back] == [list(row.raw.items()) for row in found]


@given(place=places, reason=st.sampled_from(RefusalReason), rows_in=st.integers(0, 99), raw=raws)
def test_refusals_come_back_exactly(
    shared: Store, place: SourcePlace, reason: RefusalReason, rows_in: int, raw: dict[str, str]
) -> None:
    refusal = Refusal(place, reason, "這一列沒有存入。", rows_in, raw)
    with trial(shared) as writer:
        batch_id = writer.add_batch("t")
        writer.add_refusals(add_file(writer, batch_id, stored=0, refused=rows_in), [refusal])
        assert writer.refusals(batch_id) == (refusal,)


@given(found=people)
def test_roster_comes_back_exactly_now_and_after_a_later_one_was_taken_back(
    shared: Store, found: tuple[Person, ...]
) -> None:
    with trial(shared) as writer:
        writer.replace_roster(found, None)
        assert writer.people() == found
        batch_id = writer.add_batch("t")
        writer.replace_roster([], add_file(writer, batch_id, stored=1))
        assert writer.people() == ()
        writer.take_back_batch(batch_id)
        assert writer.people() == found


@given(
    employee_id=ids,
    kind=st.sampled_from(AttendanceKind),
    kind_words=words,
    start=local,
    end=local,
    reason=words,
    place=st.none() | places,
)
def test_attendance_comes_back_exactly(
    shared: Store,
    employee_id: str,
    kind: AttendanceKind,
    kind_words: str,
    start: datetime,
    end: datetime,
    reason: str,
    place: SourcePlace | None,
) -> None:
    entry = AttendanceEntry(employee_id, kind, kind_words, Span(start, end), reason, place)
    with trial(shared) as writer:
        assert writer.add_attendance([entry, entry], None) == 1
        assert writer.attendance() == (entry,)


@given(
    found=st.lists(
        st.builds(Punch, st.just("A0012"), st.dates(), st.none() | local, st.none() | local),
        max_size=4,
        unique_by=lambda punch: (punch.day, punch.punch_in, punch.punch_out),
    )
)
def test_punches_come_back_exactly(shared: Store, found: list[Punch]) -> None:
    with trial(shared) as writer:
        assert writer.add_punches(found, None) == len(found)
        assert set(writer.punches()) == set(found)


days = st.dates(date(2025, 1, 1), date(2025, 12, 31))


@given(
    year=st.builds(
        CalendarYear,
        year=st.integers(1912, 9999),
        days_off=st.frozensets(days, max_size=5),
        names=st.dictionaries(days, words, max_size=5),
        version=words,
        source=words,
    )
)
def test_calendar_comes_back_exactly(shared: Store, year: CalendarYear) -> None:
    with trial(shared) as writer:
        writer.add_calendar_year(year, None)
        assert writer.calendar_years() == (year,)


@given(text=words)
def test_agency_text_comes_back_exactly(shared: Store, text: str) -> None:
    with trial(shared) as writer:
        version = writer.set_agency(text)
        assert writer.agency_text() == (text, version)


def test_hours_keep_their_last_digit(shared: Store) -> None:
    row = LearningRow(
        SourcePlace("a" * 64, "a.pdf"),
        EvidenceKind.EPLUS_RECORD,
        "課程",
        certified_hours=Decimal("1.00"),
    )
    with trial(shared) as writer:
        file_id = add_file(writer, writer.add_batch("t"), stored=1)
        writer.add_learning_rows(file_id, [(row, "A0012", None, "k")])
        assert str(writer.learning_rows()[0].row.certified_hours) == "1.00"
