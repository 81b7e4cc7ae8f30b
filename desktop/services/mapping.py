"""對應欄位: a sheet of unknown shape is read by the clerk's word, which is remembered.

A profile is looked at with the file's own rows before it counts; what counts can be listed,
forgotten, undone, and taken to another office as a file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from desktop.domain.changes import Area, ChangeSet
from desktop.domain.column_profile import ColumnProfile, plain_profile, profile_of_plain
from desktop.domain.evidence import EvidenceKind
from desktop.domain.people import Person
from desktop.domain.text import matching_key, person_key
from desktop.importers.mapping import MAPPABLE_KINDS
from desktop.importers.mapping_view import SheetView, sheet_views
from desktop.services.batch_reading import read_again
from desktop.services.draft import DraftFile, ImportDraft
from desktop.services.import_preview import PreviewFile, preview
from desktop.services.importing import profiles_in_force
from desktop.services.mapping_nature import Looker, is_date
from desktop.services.mapping_proposals import (
    MappingProposal,
    ProposedField,
    look_at,
    propose,
    propose_kind,
)
from desktop.services.office import Office
from desktop.services.profile_file import (
    ProfileFileError,
    profile_problem,
    profile_text,
    read_profiles,
)
from desktop.store import Writer

__all__ = [
    "MappingCheck",
    "MappingProposal",
    "MappingStart",
    "ProposedField",
    "SheetView",
    "adopt_mapping",
    "export_profiles",
    "forget_profile",
    "import_profiles",
    "profile_of",
    "profiles",
    "propose_mapping",
    "put_profiles_again",
    "remember_profile",
    "reread",
    "start_mapping",
    "try_mapping",
]

_AREAS = frozenset({Area.PROFILES})


@dataclass(frozen=True, slots=True)
class MappingStart:
    """What the mapping of a file begins with.

    Attributes:
        sheets: The file's tables.
        people: The roster that columns are compared with, the batch's own included.
        kinds: What a sheet may be, with its words.
        former: The profile that the file was read by, if any.
    """

    sheets: tuple[SheetView, ...]
    people: tuple[Person, ...]
    kinds: tuple[tuple[EvidenceKind, str], ...]
    former: ColumnProfile | None = None


@dataclass(frozen=True, slots=True)
class MappingCheck:
    """A mapping tried on the file.

    Attributes:
        file: What storing the file would do.
        problem: Why the mapping cannot be used at all; empty when it can.
    """

    file: PreviewFile | None
    problem: str


def start_mapping(office: Office, draft: ImportDraft, key: str) -> MappingStart:
    """The tables of a file of a draft; none when it has no table that could be mapped.

    Args:
        office: The open office.
        draft: The batch as read.
        key: The file in it.
    """
    file = _file_of(draft, key)
    sheets: tuple[SheetView, ...] = office.isolation.call(sheet_views, file.name, file.content)
    with office.store.reading() as reader:
        people = draft.people(reader.people())
        former = reader.column_profile(file.extraction.profile_key)
    kinds = tuple((kind, kind.words) for kind in MAPPABLE_KINDS)
    return MappingStart(sheets, people, kinds, former)


def propose_mapping(
    start: MappingStart, sheet: int, header: int, kind: EvidenceKind | None = None
) -> MappingProposal:
    """Which heading may be which column.

    Args:
        start: The file's tables.
        sheet: Which of them, counted from 0.
        header: Its row of headings, counted from 0.
        kind: What the clerk says it is; the likeliest when None.
    """
    view = start.sheets[sheet]
    looks = look_at(view, header, Looker(start.people))
    return propose(looks, kind) if kind is not None else propose_kind(looks)


def profile_of(
    office: Office,
    view: SheetView,
    header: int,
    kind: EvidenceKind,
    columns: Sequence[tuple[str, str]],
    fixed: Sequence[tuple[str, str]] = (),
) -> ColumnProfile:
    """A profile as the clerk put it together.

    Args:
        office: Says who and when.
        view: The table.
        header: Its row of headings, counted from 0.
        kind: What it is.
        columns: Pairs of canonical heading and the table's title.
        fixed: Pairs of canonical heading and the one value of every row.
    """
    return ColumnProfile(
        kind=kind,
        headings=view.titles(header),
        columns=tuple(columns),
        header_row=view.numbers[header],
        confirmed_by=office.clerk,
        confirmed_on=office.clock().date(),
        fixed=tuple(fixed),
    )


def try_mapping(
    office: Office, draft: ImportDraft, key: str, profile: ColumnProfile
) -> MappingCheck:
    """What the file would give by a profile; nothing is remembered.

    Args:
        office: The open office.
        draft: The batch as read.
        key: The file in it.
        profile: To be tried.
    """
    problem = profile_problem(profile) or _data_for_headings(profile)
    if problem:
        return MappingCheck(None, f"{problem}。")
    file = read_again(_file_of(draft, key), (profile,), office.isolation)
    others = tuple(one for one in draft.files if one.key != key)
    shown = preview(office, ImportDraft((*others, file))).files[-1]
    return MappingCheck(shown, "")


def _data_for_headings(profile: ColumnProfile) -> str:
    """Why the row of headings is a row of data, in words: no heading is a date; empty when fine."""
    dates = [title for _, title in profile.columns if is_date(title)]
    if not dates:
        return ""
    return f"選的標題列有日期「{dates[0]}」，看起來是資料，請改選標題所在的那一列"


def adopt_mapping(
    office: Office, draft: ImportDraft, key: str, profile: ColumnProfile
) -> tuple[ImportDraft, ChangeSet]:
    """Remember a profile and read the batch's files of that heading set by it.

    Args:
        office: The open office.
        draft: The batch as read.
        key: The file that was mapped.
        profile: As confirmed.

    Raises:
        ProfileFileError: When the profile lacks a needed column.
    """
    change = remember_profile(office, profile)
    return reread(office, draft, keys=(key,)), change


def reread(office: Office, draft: ImportDraft, *, keys: Sequence[str] = ()) -> ImportDraft:
    """The batch with the files read again that a profile may concern.

    Args:
        office: The open office.
        draft: The batch as read.
        keys: Files to read again though they were understood.
    """
    profiles = profiles_in_force(office)
    return replace(
        draft,
        files=tuple(
            read_again(file, profiles, office.isolation)
            if file.key in keys or file.extraction.may_be_mapped
            else file
            for file in draft.files
        ),
    )


def _file_of(draft: ImportDraft, key: str) -> DraftFile:
    return next(file for file in draft.files if file.key == key)


# ------------------------------------------------------------------------------- what is remembered
def profiles(office: Office) -> tuple[ColumnProfile, ...]:
    """Every profile in force, the latest first."""
    with office.store.reading() as reader:
        return reader.column_profiles()


def remember_profile(office: Office, profile: ColumnProfile) -> ChangeSet:
    """Read sheets of this heading set so from now on.

    Args:
        office: The open office.
        profile: As confirmed.

    Raises:
        ProfileFileError: When the profile cannot be used.
    """
    problem = profile_problem(profile)
    if problem:
        raise ProfileFileError(f"這個欄位對應不能用：{problem}，沒有記住。")
    return _put(office, f"記住欄位對應（{profile.kind.words}）", {profile.key: profile})


def forget_profile(office: Office, key: str) -> ChangeSet:
    """Forget a profile; files stored by it stay.

    Args:
        office: The open office.
        key: The heading set.
    """
    return _put(office, "忘記欄位對應", {key: None})


def export_profiles(office: Office, keys: Sequence[str] | None = None) -> str:
    """Profiles as the text of a file, without anybody's name.

    Args:
        office: The open office.
        keys: Which; all when None.

    Raises:
        ProfileFileError: When a row of headings holds a name or number of the roster.
    """
    with office.store.reading() as reader:
        people = reader.people()
        chosen = [one for one in reader.column_profiles() if keys is None or one.key in keys]
    personal = {person_key(person.name) for person in people}
    personal |= {matching_key(person.employee_id) for person in people}
    for profile in chosen:
        if any(matching_key(title) in personal for title in profile.headings):
            raise ProfileFileError(
                f"「{'、'.join(profile.headings[:4])}…」這個欄位對應的標題列裡有同仁的姓名或"
                "代號，沒有匯出，請先忘記它。"
            )
    return profile_text(chosen)


def import_profiles(office: Office, content: bytes, *, name: str) -> ChangeSet:
    """Take the profiles of a file over the office's own of the same headings.

    Args:
        office: The open office.
        content: The file's bytes.
        name: Its name, for sentences.

    Raises:
        ProfileFileError: When anything in it cannot be used; nothing is taken then.
    """
    found = read_profiles(content, name=name)
    fresh = {
        one.key: replace(
            one,
            confirmed_by=office.clerk,
            confirmed_on=one.confirmed_on or office.clock().date(),
        )
        for one in found
    }
    return _put(office, f"匯入 {len(fresh)} 個欄位對應", dict(fresh))


def _put(office: Office, act: str, wanted: dict[str, ColumnProfile | None]) -> ChangeSet:
    with office.store.writing(act) as writer:
        before = {key: writer.column_profile(key) for key in wanted}
        _write(writer, wanted)
        token = writer.add_undo_step(act, _step(before, wanted))
    return ChangeSet(act, _AREAS, undo_token=token)


def _write(writer: Writer, wanted: dict[str, ColumnProfile | None]) -> None:
    for key, profile in wanted.items():
        writer.put_column_profile(key, profile)


def _step(
    before: dict[str, ColumnProfile | None], after: dict[str, ColumnProfile | None]
) -> dict[str, Any]:
    return {
        "act": "column_profiles",
        "before": {key: one and plain_profile(one) for key, one in before.items()},
        "after": {key: one and plain_profile(one) for key, one in after.items()},
    }


def put_profiles_again(writer: Writer, kept: Mapping[str, Any]) -> None:
    """Bring heading sets to what an undo step says of them.

    Args:
        writer: The open transaction.
        kept: The step's ``before`` to undo it, its ``after`` to do it again.
    """
    _write(writer, {key: one and profile_of_plain(one) for key, one in kept.items()})
