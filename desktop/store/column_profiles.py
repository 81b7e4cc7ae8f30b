"""How sheets of unknown shape are read, as the clerk confirmed it: the latest word a heading set.

What was confirmed before stays in the table; an empty profile says that one was forgotten.
"""

from __future__ import annotations

import json

from sqlalchemy import insert, select

from desktop.domain.column_profile import ColumnProfile, plain_profile, profile_of_plain
from desktop.store.codes import to_json
from desktop.store.reading import Reading
from desktop.store.tables import column_profile
from desktop.store.writing import Writing


class ProfileReading(Reading):
    """The column profiles in force."""

    def column_profiles(self) -> tuple[ColumnProfile, ...]:
        """Every profile in force, the latest confirmed first."""
        latest: dict[str, str] = {}
        for row in self._connection.execute(select(column_profile).order_by(column_profile.c.seq)):
            latest.pop(row.heading_key, None)
            latest[row.heading_key] = row.profile
        return tuple(
            profile_of_plain(json.loads(text)) for text in reversed(latest.values()) if text
        )

    def column_profile(self, key: str) -> ColumnProfile | None:
        """The profile in force for a heading set, if any.

        Args:
            key: As ``ColumnProfile.key``.
        """
        return next((one for one in self.column_profiles() if one.key == key), None)


class ProfileWriting(Writing):
    """Takes in and forgets column profiles."""

    def put_column_profile(self, key: str, profile: ColumnProfile | None) -> None:
        """Keep a profile in place of the heading set's former one; None forgets that.

        Args:
            key: As ``ColumnProfile.key``.
            profile: Its own key is ``key``.
        """
        self._connection.execute(
            insert(column_profile).values(
                id=self._identifier(),
                seq=self._next_seq(column_profile),
                heading_key=key,
                profile=to_json(plain_profile(profile)) if profile is not None else "",
                saved_at=self._now_text,
                actor=self._actor,
            )
        )
        self._touch(column_profile)
