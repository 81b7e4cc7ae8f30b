"""Signs what is ours, when a certificate is configured; without one the build says so and goes on.

Environment: ``GONGYU_SIGN_CERTS`` and ``GONGYU_SIGN_KEY`` (PEM files, or a PKCS #11 address as the
key), ``GONGYU_SIGN_TIMESTAMP`` (address of a time-stamp service; optional).
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from windows.product import HERE, BuildError
from windows.tools import run


@dataclass(frozen=True)
class Signer:
    """With what to sign.

    Attributes:
        certificates: The certificate and its chain.
        key: Its private key.
        timestamp: Address of a time-stamp service, if any.
    """

    certificates: str
    key: str
    timestamp: str | None = None

    def command(self, source: Path, target: Path) -> list[str]:
        """The command that signs a copy of a file."""
        stamp = ["-ts", self.timestamp] if self.timestamp else []
        return [
            *("osslsigncode", "sign", "-certs", self.certificates, "-key", self.key),
            *("-h", "sha256", *stamp, "-n", "Gongyu"),
            *("-in", str(source), "-out", str(target)),
        ]

    def sign(self, path: Path) -> None:
        """Signs a file in its place.

        Raises:
            BuildError: When the tool fails: an unsigned file must not pass for a signed one.
        """
        signed = path.with_name(path.name + ".signed")
        run(self.command(path, signed))
        shutil.copystat(path, signed)
        signed.replace(path)

    def script(self) -> list[str]:
        """The command line that signs the file named after it; for NSIS and its uninstaller."""
        return ["python3", str(HERE / "sign_file.py")]


def configured_signer(environment: Mapping[str, str] = os.environ) -> Signer | None:
    """The signer that the environment describes, or None.

    Raises:
        BuildError: When only a half of it is there.
    """
    certificates = environment.get("GONGYU_SIGN_CERTS", "")
    key = environment.get("GONGYU_SIGN_KEY", "")
    if bool(certificates) != bool(key):
        raise BuildError("GONGYU_SIGN_CERTS 與 GONGYU_SIGN_KEY 要一起設定，或都不設定。")
    if not certificates:
        return None
    return Signer(certificates, key, environment.get("GONGYU_SIGN_TIMESTAMP") or None)
