"""Opens the window on an empty store off screen, draws it once and ends; to measure the start.

Run by the product's interpreter and by the checkout's.
"""

from __future__ import annotations

import os
import sys
import tempfile
from datetime import datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSettings

from desktop.app import make_application, show_office
from desktop.qt.theme import Theme
from desktop.services.office import open_office


def main() -> int:
    """Draws the window; 1 when it is empty."""
    application = make_application()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        folder = Path(scratch)
        office = open_office(folder / "gongyu.db", actor="量測", clock=datetime.now)
        settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
        window = show_office(office, settings=settings, theme=Theme(application))
        application.processEvents()
        is_drawn = not window.grab().isNull()
        window.operations.finish()
        window.deleteLater()
        office.store.close()
    return 0 if is_drawn else 1


if __name__ == "__main__":
    sys.exit(main())
