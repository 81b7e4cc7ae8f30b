"""Signs one file in its place; NSIS calls it for the uninstaller inside the setup program."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from windows.signing import configured_signer

if __name__ == "__main__":
    signer = configured_signer()
    if signer is None:
        sys.exit("no certificate is configured")
    signer.sign(Path(sys.argv[1]))
