"""What the launchers run: CrowdDesk as an installed program, whose errors are seen without a console too."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Makes the process what `crowddesk.paths` takes for a frozen program, and starts it."""
    windowed = sys.stderr is None
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:  # what writes an error must not end with another
            setattr(sys, name, open(os.devnull, "r+", encoding="utf-8"))  # noqa: SIM115
    sys.frozen = "crowddesk"  # type: ignore[attr-defined]
    sys._MEIPASS = os.path.dirname(os.path.abspath(__file__))  # type: ignore[attr-defined]
    sys.argv[0] = sys.executable
    if sys.argv[1:2] == ["--multiprocessing-fork"]:  # what a plug-in computes in a process of its own
        import multiprocessing

        multiprocessing.freeze_support()
    # Without a screen Qt draws with the font files of this folder; with one it asks Windows.
    os.environ.setdefault("QT_QPA_FONTDIR", os.path.join(os.environ.get("WINDIR", r"C:\Windows"), "Fonts"))
    plugins = os.path.join(sys._MEIPASS, "PySide6", "plugins")  # type: ignore[attr-defined]
    if "," in plugins:  # by itself Qt does not find them in a folder with a comma in its name
        from PySide6.QtCore import QCoreApplication

        QCoreApplication.addLibraryPath(plugins)
    try:
        from crowddesk.__main__ import main as start

        start()
    except Exception:
        if windowed:
            _show_error()
        raise


def _show_error() -> None:
    import ctypes
    import traceback

    words = f"CrowdDesk stopped because of an error.\n\n{traceback.format_exc()}"
    ctypes.windll.user32.MessageBoxW(None, words[:4_000], "CrowdDesk", 0x10)  # type: ignore[attr-defined]


if __name__ == "__main__":
    main()
