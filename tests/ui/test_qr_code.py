"""The code of a link: modules of whole pixels, black on white in both schemes, and readable again."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QImage

from crowddesk.ui.qr_code import QrCode

LINK = "http://192.168.1.7:40123/r/q3vB7yXr0PzLk2mN9aTfWcHdJsUeGi1o/#code=k3x7"


class OnScreen(QrCode):
    """The code as a screen of that ratio asks for it."""

    ratio = 1.0

    def devicePixelRatioF(self):
        return self.ratio

    def painted(self):
        side = round(self.width() * self.ratio)
        image = QImage(side, side, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(self.ratio)
        image.fill(QColor("#123456"))
        self.render(image)
        return image


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
def test_every_module_is_a_square_of_its_colour(qtbot, theme, scheme, ratio):
    theme.set(scheme=scheme)
    code = OnScreen(LINK)
    code.ratio = ratio
    qtbot.addWidget(code)
    code.resize(code.sizeHint())
    image = code.painted()
    module = image.width() // code.modules
    start = (image.width() - module * code.modules) // 2
    assert module >= 5 * ratio
    quiet = 4
    for row in range(code.modules):
        for column in range(code.modules):
            inside = quiet <= row < code.modules - quiet and quiet <= column < code.modules - quiet
            dark = inside and code.matrix[row - quiet][column - quiet]
            wanted = QColor("black" if dark else "white")
            left, top = start + column * module, start + row * module
            for x, y in ((0, 0), (module - 1, 0), (0, module - 1), (module - 1, module - 1)):
                assert image.pixelColor(left + x, top + y) == wanted, (row, column)


def test_it_grows_with_the_text(qtbot, theme):
    code, long = QrCode(LINK), QrCode(LINK * 8)
    qtbot.addWidget(code)
    qtbot.addWidget(long)
    small = code.sizeHint().width()
    theme.set(scale=200)
    assert code.sizeHint().width() >= 2 * small - code.modules
    assert long.modules > code.modules
    assert long.sizeHint().width() % long.modules == 0


def test_it_has_a_name_and_says_what_it_holds(qtbot, theme):
    code = QrCode(LINK)
    qtbot.addWidget(code)
    assert code.accessibleName() == "QR code of the link"
    assert code.accessibleDescription() == LINK
    assert code.matrix[0][:7] == code.matrix[6][:7]  # the finder in the corner
