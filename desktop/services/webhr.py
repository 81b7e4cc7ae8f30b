"""The WebHR file of a plan's commendations: gathered, completed by the clerk, checked, written.

Identity numbers are read from the roster that was imported, if it has them, or from a sheet the
clerk names, or typed. They live in the draft, in memory, until the file is written; neither the
store nor the audit trail nor a log ever gets one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from desktop.domain.changes import Area, ChangeSet
from desktop.domain.evidence import EvidenceKind
from desktop.domain.verdicts import PersonVerdict
from desktop.exports.webhr_file import (
    WebHrProblem,
    WebHrRefusedError,
    WebHrRow,
    WebHrTemplate,
    webhr_problems,
    write_webhr,
)
from desktop.importers.identity_numbers import IdentityNumbers, read_identity_numbers
from desktop.services.commendation_papers import commended
from desktop.services.office import Office
from desktop.services.verifying import evaluate_everybody
from desktop.services.webhr_template import load_webhr_template

__all__ = [
    "WebHrChoices",
    "WebHrDraft",
    "WebHrEntry",
    "WebHrProblem",
    "WebHrRefusedError",
    "check_webhr",
    "export_webhr",
    "identity_numbers_of",
    "webhr_draft",
    "with_identity_numbers",
]

_POINT = re.compile(r"第?\s*[壹貳參叁肆伍陸柒捌玖拾一二三四五六七八九十\d]+\s*[、點].*$")
_LEGAL = re.compile(
    r"第\s*(?P<article>[\d之一二三四五六七八九十百]+)\s*條"
    r"(?:第\s*(?P<paragraph>[\d一二三四五六七八九十]+)\s*項)?"
    r"(?:第\s*(?P<subparagraph>[\d一二三四五六七八九十]+)\s*款)?"
    r"(?:第\s*(?P<item>[\d一二三四五六七八九十]+)\s*目)?\s*$"
)


@dataclass(frozen=True, slots=True)
class WebHrEntry:
    """One award of one person, with what only the clerk may know.

    Attributes:
        employee_id, name, unit: Whose it is.
        award: In words (嘉獎1次).
        result_code: Of the template; empty when it has none for this award.
        notice_code: 教示條款; empty when 人員類別 tells none.
        reason: 獎懲事由.
        identity_number: Empty until it is known.
    """

    employee_id: str
    name: str
    unit: str
    award: str
    result_code: str
    notice_code: str
    reason: str
    identity_number: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class WebHrChoices:
    """What is the same in every row.

    Attributes:
        agency_code: 機關代碼.
        day: The day of the award, which the system asks for once a batch.
        category_code: 獎懲類別.
        law_code, law_name, article, point, paragraph, subparagraph, item: 適用法規.
    """

    agency_code: str
    day: date
    category_code: str
    law_name: str
    law_code: str = ""
    article: str = ""
    point: str = ""
    paragraph: str = ""
    subparagraph: str = ""
    item: str = ""


@dataclass(frozen=True, slots=True)
class WebHrDraft:
    """The file before it is written.

    Attributes:
        template: What the file looks like, with its codes in words.
        entries: In the order of 敘獎建議名冊.
        choices: As the plan proposes them.
        remarks: Where the identity numbers come from, or why they are missing.
    """

    template: WebHrTemplate
    entries: tuple[WebHrEntry, ...]
    choices: WebHrChoices
    remarks: tuple[str, ...] = ()


def webhr_draft(office: Office, plan_id: str) -> WebHrDraft:
    """The commendations of a plan that are sure, ready to be completed."""
    basis, verdicts = evaluate_everybody(office, plan_id)
    template = load_webhr_template(office.library.folder)
    commendation = basis.plan.commendation
    reason = commendation.reason if commendation is not None else ""
    law = commendation.legal_basis if commendation is not None else ""
    entries = tuple(
        entry for verdict in commended(verdicts) for entry in _entries(template, verdict, reason)
    )
    draft = WebHrDraft(
        template,
        entries,
        replace(
            _proposed_law(law),
            day=office.clock().date(),
            category_code=template.categories[0].code,
        ),
    )
    return _with_roster_numbers(office, draft)


def _entries(template: WebHrTemplate, verdict: PersonVerdict, reason: str) -> list[WebHrEntry]:
    person = verdict.person
    codes = {(result.award, result.count): result.code for result in template.results}
    notice = next(
        (
            notice.code
            for notice in template.notices
            if any(word in person.category for word in notice.people)
        ),
        "",
    )
    return [
        WebHrEntry(
            employee_id=person.employee_id,
            name=person.name,
            unit=person.unit,
            award=f"{award.name}{award.count}次",
            result_code=codes.get((award.name, award.count), ""),
            notice_code=notice,
            reason=reason,
        )
        for award in verdict.commendation.awards
    ]


def _proposed_law(words: str) -> WebHrChoices:
    """法令依據 taken apart as far as it is plain; the clerk sees and changes it."""
    blank = WebHrChoices(agency_code="", day=date.min, category_code="", law_name=words.strip())
    article = _LEGAL.search(words)
    if article is not None:
        return replace(
            blank,
            law_name=words[: article.start()].strip(),
            article=article["article"],
            paragraph=article["paragraph"] or "",
            subparagraph=article["subparagraph"] or "",
            item=article["item"] or "",
        )
    point = _POINT.search(words)
    if point is not None and point.start() > 0:
        return replace(blank, law_name=words[: point.start()].strip(), point=point.group().strip())
    return blank


def _with_roster_numbers(office: Office, draft: WebHrDraft) -> WebHrDraft:
    """Numbers from the roster imported last, where it has such a column."""
    with office.store.reading() as reader:
        digest = next(
            (
                file.digest
                for batch in reader.batches()
                if batch.taken_back_at is None
                for file in reversed(reader.batch_files(batch.id))
                if file.kind is EvidenceKind.ROSTER
            ),
            None,
        )
        if digest is None:
            return draft
        name, content = reader.file_name(digest), reader.file_bytes(digest)
    found = office.isolation.call(read_identity_numbers, name, content)
    if not found.has_column:
        words = f"名冊「{name}」沒有身分證號，請選有身分證號的檔案，或直接填寫。"
        return replace(draft, remarks=(words,))
    return with_identity_numbers(draft, found, source=f"名冊「{name}」")


def identity_numbers_of(office: Office, name: str, content: bytes) -> IdentityNumbers:
    """The numbers of a sheet that the clerk names; the sheet is read, not stored."""
    return office.isolation.call(read_identity_numbers, name, content)


def with_identity_numbers(
    draft: WebHrDraft, numbers: IdentityNumbers, *, source: str
) -> WebHrDraft:
    """The draft with the numbers of a sheet filled in where the sheet has them."""
    entries = tuple(
        replace(
            entry,
            identity_number=numbers.of(entry.employee_id, entry.name) or entry.identity_number,
        )
        for entry in draft.entries
    )
    missing = sum(not entry.identity_number for entry in entries)
    words = f"身分證號取自{source}" + (
        f"，檔案裡沒有的 {missing} 人請自行填寫。" if missing else "。"
    )
    return replace(
        draft,
        entries=entries,
        remarks=(*([numbers.problem] if numbers.problem else []), words),
    )


def check_webhr(
    draft: WebHrDraft, entries: Sequence[WebHrEntry], choices: WebHrChoices
) -> tuple[WebHrProblem, ...]:
    """What the system would refuse, row by row."""
    return webhr_problems(draft.template, _rows(entries, choices))


def _rows(entries: Sequence[WebHrEntry], choices: WebHrChoices) -> list[WebHrRow]:
    return [
        WebHrRow(
            name=entry.name,
            reason=entry.reason,
            result_code=entry.result_code,
            category_code=choices.category_code,
            law_name=choices.law_name,
            notice_code=entry.notice_code,
            agency_code=choices.agency_code,
            day=choices.day,
            identity_number=entry.identity_number,
            law_code=choices.law_code,
            article=choices.article,
            point=choices.point,
            paragraph=choices.paragraph,
            subparagraph=choices.subparagraph,
            item=choices.item,
        )
        for entry in entries
    ]


def export_webhr(
    office: Office,
    plan_id: str,
    draft: WebHrDraft,
    entries: Sequence[WebHrEntry],
    choices: WebHrChoices,
    path: Path,
) -> ChangeSet:
    """Write the file, and into the audit trail that it was written, without any number.

    Args:
        office: The open office.
        plan_id: Whose commendations.
        draft: As gathered.
        entries: As the clerk completed them.
        choices: What is the same in every row.
        path: Where to.

    Raises:
        WebHrRefusedError: When a rule is broken; nothing is written then.
        OSError: When the file cannot be written; nothing is said in the audit trail then.
    """
    content = write_webhr(draft.template, _rows(entries, choices))
    act = f"匯出 WebHR 獎懲匯入檔 {len(entries)} 列"
    with office.store.writing(act) as writer:
        writer.audit(
            act,
            plan_id,
            {
                "template": draft.template.name,
                "people": [entry.employee_id for entry in entries],
                "identity_numbers": "不記錄",
            },
        )
        path.write_bytes(content)
    return ChangeSet(act, frozenset({Area.DOCUMENTS}), frozenset())
