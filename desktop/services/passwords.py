"""Passwords as Argon2id texts: made, and compared with what was typed."""

from __future__ import annotations

import secrets

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

# RFC 9106, section 4: the second recommended choice, where memory is short.
_ROUNDS, _LANES, _MEMORY_KIB, _SALT_BYTES, _HASH_BYTES = 3, 4, 65536, 16, 32


def hashed(secret: str) -> str:
    """A password's Argon2id text, with a salt of its own."""
    hasher = Argon2id(
        salt=secrets.token_bytes(_SALT_BYTES),
        length=_HASH_BYTES,
        iterations=_ROUNDS,
        lanes=_LANES,
        memory_cost=_MEMORY_KIB,
    )
    return hasher.derive_phc_encoded(secret.encode())


def is_right(known: str, secret: str) -> bool:
    """Whether a password fits its text; never for an empty one."""
    if not known:
        return False
    try:
        Argon2id.verify_phc_encoded(secret.encode(), known)
    except InvalidKey:
        return False
    return True
