"""The per-user setup program, by NSIS."""

from __future__ import annotations

import shlex
from pathlib import Path

from windows.product import BUILD, HERE, Product
from windows.signing import Signer
from windows.tools import run

SCRIPT = HERE / "setup.nsi"


def arguments(
    product: Product, stage: Path, target: Path, *, size: int, is_fast: bool, signer: Signer | None
) -> list[str]:
    """The command line that packs the product.

    Args:
        product: What is packed.
        stage: The product's folder.
        target: The setup program to write.
        size: Bytes installed, for Windows' list of programs.
        is_fast: Whether to pack quickly instead of small.
        signer: Signs the uninstaller inside; None leaves it unsigned.
    """
    defines = {
        "VERSION": str(product.version),
        "QUAD": product.version.quad,
        "STAGE": str(stage),
        "TARGET": str(target),
        "ICON": str(stage.parent / "launcher" / "gongyu.ico"),
        "SIZE_KB": str(size // 1024),
    }
    if is_fast:
        defines["FAST"] = "1"
    if signer is not None:
        defines["SIGN_UNINSTALLER"] = shlex.join(signer.script())
    return [
        # The 64-bit stub: the one that plain 64-bit Wine, and so this build's check, can run.
        *("makensis", "-V2", "-INPUTCHARSET", "UTF8", "-XTarget amd64-unicode"),
        *(f"-D{name}={value}" for name, value in defines.items()),
        str(SCRIPT),
    ]


def build_setup(
    product: Product, stage: Path, target: Path, *, size: int, is_fast: bool, signer: Signer | None
) -> Path:
    """Packs the product's folder; see `arguments`."""
    target.unlink(missing_ok=True)
    run(
        arguments(product, stage, target, size=size, is_fast=is_fast, signer=signer),
        folder=BUILD,
        # Dates inside the setup program are the commit's.
        environment={"SOURCE_DATE_EPOCH": str(product.epoch)},
        seconds=1800,
    )
    return target
