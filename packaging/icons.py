"""Renders the program's icon from its one drawing: PNGs of any size, as each system wants them.

`python packaging/icons.py DRAWING FOLDER SIZE...` writes FOLDER/SIZE.png. It is a process of its own because
Qt's platform is chosen once for a process.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from system import run

#: What Debian's menus, KDE, GNOME and the systems' own icon files ask for.
SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)


def render(drawing: Path, folder: Path, sizes: tuple[int, ...] = SIZES) -> dict[int, Path]:
    """The PNG files by their size in pixels. Raises BuildFailed."""
    folder.mkdir(parents=True, exist_ok=True)
    run([sys.executable, __file__, drawing, folder, *map(str, sizes)], env=os.environ | _NO_SCREEN)
    return {size: folder / f"{size}.png" for size in sizes}


_NO_SCREEN = {"QT_QPA_PLATFORM": "offscreen"}


def _draw(drawing: str, folder: str, *sizes: str) -> int:
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    application = QGuiApplication([])
    renderer = QSvgRenderer(drawing)
    written = renderer.isValid()
    for size in sizes:
        image = QImage(int(size), int(size), QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        renderer.render(painter)
        painter.end()
        written = image.save(str(Path(folder) / f"{size}.png")) and written
    del application
    return 0 if written else 1


if __name__ == "__main__":
    sys.exit(_draw(*sys.argv[1:]))
