"""職名章: pictures put in once by a password-holder, kept sealed, placed with a trace.

A picture is placed by the person it belongs to, or by somebody else with a reason in writing;
each use is a row of its own and an entry in the audit trail. Opened pictures live in memory only.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from PIL import Image

from desktop.domain.changes import Area, ChangeSet
from desktop.services.office import Office
from desktop.services.sealing import LEAST_PASSWORD, Sealed, WrongPasswordError, opened, seal
from desktop.store import NotStoredError, Writer
from forms.document import SealPicture

__all__ = [
    "BOXES",
    "OpenedStamp",
    "StampInfo",
    "StampRefusedError",
    "WrongPasswordError",
    "add_stamp_picture",
    "log_uses",
    "open_stamp",
    "stamp_pictures",
    "withdraw_stamp_picture",
]

MOST_BYTES = 2_000_000
MOST_SIDE = 4_000
LEAST_SIDE = 60
BOXES = ("承辦人", "人事單位", "人事主管", "單位主管", "機關首長", "申請人")
"""Seal boxes that forms have, by the word their label begins with."""


class StampRefusedError(ValueError):
    """A picture cannot be put in or placed; the text is a sentence for the clerk."""


@dataclass(frozen=True, slots=True)
class StampInfo:
    """A stamp picture without its picture.

    Attributes:
        id: Identifies it.
        owner: Whose it is.
        title: Its name.
        at: When it was put in.
        is_own: Whether it is the person's who is at work.
        uses: How often it was placed.
    """

    id: str
    owner: str
    title: str
    at: datetime
    is_own: bool
    uses: int


@dataclass(frozen=True, slots=True)
class OpenedStamp:
    """A stamp picture ready to be placed, in memory only.

    Attributes:
        stamp_id, owner, title: Which.
        box: The seal box it goes into.
        reason: Why somebody else places it; empty for its owner.
        picture: PNG.
    """

    stamp_id: str
    owner: str
    title: str
    box: str
    reason: str
    picture: bytes = field(repr=False)

    @property
    def as_seal(self) -> SealPicture:
        """What the form draws."""
        return SealPicture(box=self.box, png=self.picture)


def checked_picture(content: bytes) -> bytes:
    """The picture as a plain PNG with a transparent ground.

    Args:
        content: PNG; the window draws an SVG into one first.

    Raises:
        StampRefusedError: When it is no PNG, too large, too small, or its ground is not clear.
    """
    if len(content) > MOST_BYTES or not content.startswith(b"\x89PNG\r\n\x1a\n"):
        raise StampRefusedError("印模須是 2 MB 以內的 PNG 或 SVG 圖檔，沒有放入，請換一個檔案。")
    try:
        with Image.open(io.BytesIO(content)) as image:
            if not all(LEAST_SIDE <= side <= MOST_SIDE for side in image.size):
                raise StampRefusedError(
                    f"印模的長寬須在 {LEAST_SIDE} 到 {MOST_SIDE} 像素之間，沒有放入，請換一個檔案。"
                )
            clean = image.convert("RGBA")
    except StampRefusedError:
        raise
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise StampRefusedError("印模圖檔損壞，打不開，沒有放入，請換一個檔案。") from error
    tones = set(clean.getchannel("A").tobytes())
    if 0 not in tones or tones == {0}:
        raise StampRefusedError(
            "印模的底須是透明的，而且要有圖；這個檔案沒有透明的底或是全空白，沒有放入，請去背後再放。"
        )
    buffer = io.BytesIO()
    clean.save(buffer, "PNG")
    return buffer.getvalue()


def add_stamp_picture(office: Office, *, title: str, picture: bytes, password: str) -> ChangeSet:
    """Put in the stamp picture of the person at work, sealed under their password.

    Args:
        office: The open office.
        title: Its name, such as 課員周雅雯.
        picture: PNG with a transparent ground.
        password: Theirs; kept nowhere.

    Raises:
        StampRefusedError: When name, picture or password will not do.
    """
    name = " ".join(title.split())
    if not name:
        raise StampRefusedError("請填印模的名稱（例如職稱加姓名），沒有放入。")
    if len(password) < LEAST_PASSWORD:
        raise StampRefusedError(f"密碼至少 {LEAST_PASSWORD} 個字，沒有放入，請換長一點的密碼。")
    owner = office.actor
    sealed = seal(checked_picture(picture), password, bound_to=owner)
    act = f"放入職名章「{name}」"
    with office.store.writing(act) as writer:
        made = writer.add_stamp_picture(
            owner=owner,
            title=name,
            sealed=sealed.content,
            salt=sealed.salt,
            nonce=sealed.nonce,
            derivation=sealed.derivation,
        )
        writer.describe(made, {"owner": owner, "title": name})
    return ChangeSet(act, frozenset({Area.DOCUMENTS}), frozenset())


def stamp_pictures(office: Office) -> tuple[StampInfo, ...]:
    """The stamp pictures that may be used, one's own first."""
    with office.store.reading() as reader:
        kept, uses = reader.stamp_pictures(), reader.stamp_uses()
    found = [
        StampInfo(
            one.id,
            one.owner,
            one.title,
            one.at,
            one.owner == office.actor,
            sum(use.stamp_id == one.id for use in uses),
        )
        for one in kept
        if not one.is_withdrawn
    ]
    return tuple(sorted(found, key=lambda one: not one.is_own))


def open_stamp(
    office: Office, stamp_id: str, *, password: str, box: str, reason: str = ""
) -> OpenedStamp:
    """Open a stamp picture for placing.

    Args:
        office: The open office.
        stamp_id: Which.
        password: Its owner's.
        box: The seal box it is for, one of ``BOXES``.
        reason: Why somebody else than its owner places it.

    Raises:
        StampRefusedError: Without a reason for somebody else's, or when it was withdrawn.
        WrongPasswordError: With another password.
        NotStoredError: When there is no such picture.
    """
    with office.store.reading() as reader:
        kept = next((one for one in reader.stamp_pictures() if one.id == stamp_id), None)
    if kept is None:
        raise NotStoredError("找不到這個職名章，可能資料已經還原過；請重新選擇。")
    if kept.is_withdrawn:
        raise StampRefusedError(f"職名章「{kept.title}」已停用，不能再蓋；請選別的章。")
    why = " ".join(reason.split())
    if kept.owner != office.actor and not why:
        raise StampRefusedError(
            f"「{kept.title}」是{kept.owner}的章；由別人蓋用須寫明原因，會記在稽核紀錄。"
        )
    sealed = Sealed(kept.sealed, kept.salt, kept.nonce, kept.derivation)
    picture = opened(sealed, password, bound_to=kept.owner)
    own = kept.owner == office.actor
    return OpenedStamp(kept.id, kept.owner, kept.title, box, "" if own else why, picture)


def withdraw_stamp_picture(office: Office, stamp_id: str, *, reason: str) -> ChangeSet:
    """Stop the use of a stamp picture; where it was placed stays on record.

    Raises:
        StampRefusedError: Without a reason.
        NotStoredError: When there is no such picture.
    """
    why = " ".join(reason.split())
    if not why:
        raise StampRefusedError("請寫明停用職名章的原因，還沒有停用。")
    act = "停用職名章"
    with office.store.writing(act) as writer:
        writer.withdraw_stamp(stamp_id, reason=why)
        writer.describe(stamp_id, {"reason": why})
    return ChangeSet(act, frozenset({Area.DOCUMENTS}), frozenset())


def log_uses(writer: Writer, stamp: OpenedStamp, numbers: Sequence[str]) -> None:
    """Record uses of a stamp picture: a row a document, one entry in the audit trail.

    Raises:
        StampRefusedError: When it was withdrawn since it was opened.
    """
    if any(one.id == stamp.stamp_id and one.is_withdrawn for one in writer.stamp_pictures()):
        raise StampRefusedError(f"職名章「{stamp.title}」已停用，沒有印出任何文件；請選別的章。")
    for number in numbers:
        writer.log_stamp_use(stamp.stamp_id, number, box=stamp.box, reason=stamp.reason)
    writer.audit(
        f"蓋用職名章「{stamp.title}」",
        stamp.stamp_id,
        {
            "owner": stamp.owner,
            "box": stamp.box,
            "reason": stamp.reason,
            "documents": list(numbers),
        },
    )
