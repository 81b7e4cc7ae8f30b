"""The clerk's name as paper prints it, kept beside the name that the machine signs in with."""

from __future__ import annotations

from desktop.domain.changes import Area, ChangeSet
from desktop.services.office import CLERK_NAMES, Office, remember_clerk_names
from desktop.store import Writer

AREAS = frozenset({Area.SETTINGS})
MOST_LETTERS = 20


class ClerkNameError(ValueError):
    """A name that no paper could print; nothing was stored."""


def name_clerk(office: Office, name: str) -> ChangeSet:
    """Keep how paper names who is at work; an empty name gives the machine's own back.

    Args:
        office: The open office.
        name: As it shall stand beside 承辦人.

    Raises:
        ClerkNameError: When the name is longer than the forms have room for.
    """
    wanted = " ".join(name.split())
    if len(wanted) > MOST_LETTERS:
        raise ClerkNameError(f"承辦人姓名最多 {MOST_LETTERS} 個字，沒有改變；請縮短。")
    with office.store.reading() as reader:
        before = dict(reader.office_setting(CLERK_NAMES) or {})
    after = {key: value for key, value in before.items() if key != office.actor}
    if wanted:
        after[office.actor] = wanted
    if after == before:
        return ChangeSet("", frozenset())
    act = "修改承辦人姓名"
    office.redo_steps.clear()
    with office.store.writing(act) as writer:
        writer.set_office_setting(CLERK_NAMES, after)
        writer.describe(
            office.actor,
            {"before": before.get(office.actor, ""), "after": after.get(office.actor, "")},
        )
        token = writer.add_undo_step(act, {"act": "clerk_name", "before": before, "after": after})
    remember_clerk_names(office)
    return ChangeSet(act, AREAS, undo_token=token)


def put_names_again(writer: Writer, names: dict[str, str]) -> None:
    """Put former names back, for undo and redo; the office has to hear of it afterwards."""
    writer.set_office_setting(CLERK_NAMES, names)
