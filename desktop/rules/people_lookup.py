"""Whose a row is: by 人員代號, by name; never guessed (rules.md section 4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.domain.evidence import RefusalReason
from desktop.domain.people import Person
from desktop.domain.text import is_variant_spelling, matching_key, person_key


@dataclass(frozen=True, slots=True)
class Identification:
    """The person found, or why none was.

    Attributes:
        employee_id: Whose it is; None when nobody can be named for certain.
        problem: PERSON_UNKNOWN or PERSON_AMBIGUOUS when ``employee_id`` is None.
        candidates: People who come into question.
        explanation: What is unclear, in Chinese; empty when a person was found.
        found_by: By what else than the id or the very name the person was found, in Chinese: the
            unit that tells people of one name apart, a variant character. Empty without.
    """

    employee_id: str | None
    problem: RefusalReason | None = None
    candidates: tuple[Person, ...] = ()
    explanation: str = ""
    found_by: str = ""


class PeopleIndex:
    """The roster, prepared for looking people up."""

    def __init__(self, people: Sequence[Person]) -> None:
        """Index the roster by the very id, by the folded id and by the folded name."""
        self._people = tuple(people)
        self._by_id = {person.employee_id: person for person in people}
        self._by_folded_id: dict[str, list[Person]] = {}
        self._by_key: dict[str, list[Person]] = {}
        for person in people:
            self._by_folded_id.setdefault(matching_key(person.employee_id), []).append(person)
            self._by_key.setdefault(person_key(person.name), []).append(person)

    def identify(
        self, employee_id: str | None, name: str | None, unit: str | None = None
    ) -> Identification:
        """The person an id and a name as read point at.

        A unit on the evidence tells people of one name apart, and only when exactly one of them is
        of it: then the evidence says who it is. It never outweighs an id or contradicts a name.

        Args:
            employee_id: 人員代號 as read, None or empty when there is none.
            name: 姓名 as read, None or empty when there is none.
            unit: 服務單位 or 服務機關 as read, None or empty when there is none.
        """
        if employee_id:
            return self._by_employee_id(employee_id, name)
        if name:
            return self._by_written_name(name, unit)
        return Identification(None, RefusalReason.PERSON_UNKNOWN, (), "沒有姓名，也沒有人員代號")

    def _by_employee_id(self, employee_id: str, name: str | None) -> Identification:
        person = self._by_id.get(employee_id)
        alike = self._by_folded_id.get(matching_key(employee_id), [])
        if person is None and len(alike) > 1:
            words = "、".join(other.employee_id for other in alike)
            return Identification(
                None,
                RefusalReason.PERSON_AMBIGUOUS,
                tuple(alike),
                f"人員代號「{employee_id}」可能是 {words}",
            )
        person = person or (alike[0] if alike else None)
        if person is None:
            return Identification(
                None,
                RefusalReason.PERSON_UNKNOWN,
                tuple(self._named(name)) if name else (),
                f"名冊沒有人員代號「{employee_id}」",
            )
        if name and person_key(name) != person_key(person.name):
            return Identification(
                None,
                RefusalReason.PERSON_AMBIGUOUS,
                (person, *self._named(name)),
                f"人員代號「{employee_id}」在名冊是「{person.name}」，證明上是「{name}」",
            )
        return Identification(person.employee_id)

    def _by_written_name(self, name: str, unit: str | None) -> Identification:
        found = self._named(name)
        if len(found) == 1:
            (only,) = found
            if is_variant_spelling(name, only.name):
                words = (
                    f"「{name}」與名冊的 {only.employee_id}「{only.name}」只差異體字，認定為同一人"
                )
                return Identification(only.employee_id, found_by=words)
            return Identification(only.employee_id)
        if found:
            if unit and (person := _only_one_of_unit(found, unit)) is not None:
                words = (
                    f"名冊上「{name}」有 {len(found)} 位，"
                    f"依單位「{unit}」認定為 {person.employee_id}"
                )
                return Identification(person.employee_id, found_by=words)
            words = "、".join(f"{person.employee_id}（{person.unit}）" for person in found)
            return Identification(
                None,
                RefusalReason.PERSON_AMBIGUOUS,
                tuple(found),
                f"名冊有 {len(found)} 位「{name}」：{words}",
            )
        return Identification(None, RefusalReason.PERSON_UNKNOWN, (), f"名冊找不到「{name}」")

    def _named(self, name: str) -> list[Person]:
        """Everybody the name may mean; folded, so that 峰 finds 峯 and both ask."""
        return self._by_key.get(person_key(name), [])

    def search(self, text: str, *, limit: int) -> tuple[Person, ...]:
        """People whose id or name holds ``text``, in roster order."""
        key = matching_key(text)
        if not key:
            return ()
        found = [
            person
            for person in self._people
            if key in matching_key(person.employee_id) or key in person_key(person.name)
        ]
        return tuple(sorted(found, key=lambda person: person.roster_position)[:limit])


def _only_one_of_unit(people: Sequence[Person], unit: str) -> Person | None:
    """The one person of a unit; None unless exactly one is. A part of its name is no evidence."""
    key = matching_key(unit)
    found = [person for person in people if key and matching_key(person.unit) == key]
    return found[0] if len(found) == 1 else None
