"""Sealing small secrets under a password: Argon2id for the key, AES-256-GCM for the content.

The password is kept nowhere. A wrong one is told from the tag, so nothing about it is stored
either; whoever forgets it puts the picture in again.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

KEY_BYTES = 32
SALT_BYTES = 16
NONCE_BYTES = 12
MEMORY_KIB = 64 * 1024
"""RFC 9106's second recommendation: 64 MiB, three passes, four lanes."""
PASSES = 3
LANES = 4
LEAST_PASSWORD = 8


class WrongPasswordError(ValueError):
    """The password does not open it; the text is a sentence for the clerk."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("密碼不對，職名章沒有打開；請再輸入一次，忘記密碼請重新放入印模。")


@dataclass(frozen=True, slots=True)
class Sealed:
    """A secret as it is kept."""

    content: bytes = field(repr=False)
    salt: bytes = field(repr=False)
    nonce: bytes = field(repr=False)
    derivation: str


def seal(content: bytes, password: str, *, bound_to: str) -> Sealed:
    """Encrypt a secret.

    Args:
        content: The secret.
        password: Of its owner.
        bound_to: What the ciphertext belongs to; with anything else it does not open.
    """
    salt, nonce = os.urandom(SALT_BYTES), os.urandom(NONCE_BYTES)
    derivation = json.dumps(
        {"method": "argon2id", "memory_kib": MEMORY_KIB, "passes": PASSES, "lanes": LANES},
        sort_keys=True,
    )
    key = _key(password, salt, derivation)
    return Sealed(AESGCM(key).encrypt(nonce, content, bound_to.encode()), salt, nonce, derivation)


def opened(sealed: Sealed, password: str, *, bound_to: str) -> bytes:
    """Decrypt a secret.

    Raises:
        WrongPasswordError: With another password, or when a byte of it was changed.
    """
    key = _key(password, sealed.salt, sealed.derivation)
    try:
        return AESGCM(key).decrypt(sealed.nonce, sealed.content, bound_to.encode())
    except InvalidTag as error:
        raise WrongPasswordError from error


def _key(password: str, salt: bytes, derivation: str) -> bytes:
    cost = json.loads(derivation)
    return Argon2id(
        salt=salt,
        length=KEY_BYTES,
        iterations=int(cost["passes"]),
        lanes=int(cost["lanes"]),
        memory_cost=int(cost["memory_kib"]),
    ).derive(password.encode())
