"""What is painted by hand stands as in a mirror for who reads from the right; ids and numbers do not turn."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from crowddesk.ui.before_after import DataBar
from crowddesk.ui.check_list import CheckList
from crowddesk.ui.controls import Button, Check, Choice, ElidedLabel, line_flags, set_margins
from crowddesk.ui.gauges import ProgressLine, StateBar
from crowddesk.ui.review.lines import Line, LinesView
from crowddesk.ui.review.plain_line import PlainLine
from crowddesk.ui.table import RowsTable

RIGHT_TO_LEFT = Qt.LayoutDirection.RightToLeft


@pytest.fixture
def picture(qapp, qtbot, theme):
    """A widget as a picture, read from one side or the other."""

    def paint(make, *, mirrored: bool, size: tuple[int, int]) -> QImage:
        qapp.setLayoutDirection(RIGHT_TO_LEFT if mirrored else Qt.LayoutDirection.LeftToRight)
        widget = make()
        qtbot.addWidget(widget)
        widget.resize(*size)
        widget.show()
        QApplication.processEvents()
        return widget.grab().toImage()

    yield paint
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def ink(image: QImage, top: int = 0, bottom: int | None = None) -> tuple[int, int]:
    """The first and the last column that differ from the first pixel's colour."""
    ground = image.pixel(0, image.height() - 1)
    rows = range(top, image.height() if bottom is None else bottom)
    used = [x for x in range(image.width()) if any(image.pixel(x, y) != ground for y in rows)]
    return used[0], used[-1]


def state_bar() -> QWidget:
    bar = StateBar()
    bar.set_counts([("accepted", 30), ("rejected", 10)])
    return bar


def progress() -> QWidget:
    line = ProgressLine()
    line.set(3, 10)
    return line


def data_bar() -> QWidget:
    bar = DataBar()
    bar.set_counts({"in": 6, "undecided": 1, "out": 3})
    return bar


@pytest.mark.parametrize(("make", "height"), [(state_bar, 8), (progress, 4), (data_bar, 8)])
def test_a_bar_fills_from_the_side_one_reads_from(picture, make, height):
    left = picture(make, mirrored=False, size=(400, 60))
    right = picture(make, mirrored=True, size=(400, 60))
    row = height // 2
    painted = [left.pixel(x, row) for x in range(10, 390)]
    other = [right.pixel(left.width() - 1 - x, row) for x in range(10, 390)]
    assert len(set(painted)) > 1
    assert sum(a != b for a, b in zip(painted, other, strict=True)) <= 6  # a pixel at each seam


def check() -> QWidget:
    box = Check("A word")
    box.setChecked(True)
    return box


def plain_words() -> QWidget:
    return ElidedLabel("Some words")


def an_id() -> QWidget:
    return ElidedLabel("1-WWWW", middle=True)  # a number first, which would go to the other end


@pytest.mark.parametrize("make", [check, plain_words, an_id])
def test_words_begin_at_the_side_one_reads_from(picture, make):
    left = ink(picture(make, mirrored=False, size=(400, 30)))
    right = ink(picture(make, mirrored=True, size=(400, 30)))
    assert left[0] < 10
    assert left[1] < 200
    assert right[1] > 390 - 3
    assert right[0] > 200


def test_an_id_does_not_turn(picture):
    left = picture(an_id, mirrored=False, size=(400, 30))
    right = picture(an_id, mirrored=True, size=(400, 30))
    assert abs((_weight(left) - ink(left)[0]) - (_weight(right) - ink(right)[0])) < 2


def test_a_buttons_key_stands_after_its_words(picture):
    def button() -> QWidget:
        return Button("Send", key="K")

    def words_alone() -> QWidget:
        return Button("Send")

    left = picture(button, mirrored=False, size=(200, 30))
    right = picture(button, mirrored=True, size=(200, 30))
    flat = picture(words_alone, mirrored=True, size=(200, 30))
    middle = range(10, 190)
    ground = flat.pixel(12, 6)
    cap_row = 15  # through the cap's sides
    left_ink = [x for x in middle if left.pixel(x, cap_row) != ground]
    right_ink = [x for x in middle if right.pixel(x, cap_row) != ground]
    assert left_ink != right_ink
    assert abs((left_ink[0] + right_ink[-1]) - 199) <= 3
    assert abs((left_ink[-1] + right_ink[0]) - 199) <= 3


def test_the_arrow_of_a_choice_is_at_its_end(picture):
    def choice() -> QWidget:
        made = Choice()
        made.addItem("")
        return made

    left = picture(choice, mirrored=False, size=(200, 30))
    right = picture(choice, mirrored=True, size=(200, 30))
    ground = left.pixel(100, 15)
    inside = range(4, 196)
    at = [x for x in inside if any(left.pixel(x, y) != ground for y in range(10, 20))]
    turned = [x for x in inside if any(right.pixel(x, y) != ground for y in range(10, 20))]
    assert min(at) > 150
    assert max(turned) < 50


def checks() -> QWidget:
    made = CheckList()
    made.set_choices({"a": "Alpha"}, ["a"])
    return made


def lines() -> QWidget:
    made = LinesView("Answers", notes_right=True)
    made.show_lines([Line("Words", status="accepted")])
    return made


def plain_line() -> QWidget:
    made = PlainLine()
    made.say("Words at one side, with nothing at the other")
    return made


@pytest.mark.parametrize("make", [checks, lines, plain_line])
def test_lines_lean_to_the_side_one_reads_from(picture, make):
    left = picture(make, mirrored=False, size=(600, 60))
    right = picture(make, mirrored=True, size=(600, 60))
    assert _weight(left) < 300 < _weight(right)


def _weight(image: QImage) -> float:
    """Where the dark ink is, on average."""
    xs = [
        x for y in range(4, image.height() - 4) for x in range(image.width())
        if image.pixelColor(x, y).lightness() < 150 and image.pixelColor(x, y).alpha() > 128
    ]  # fmt: skip
    return sum(xs) / len(xs)


def test_cells_lean_to_the_side_one_reads_from(picture, make_model):
    def table() -> QWidget:
        made = RowsTable(make_model(1))
        made.rows.load()
        return made

    left = picture(table, mirrored=False, size=(1200, 90))
    right = picture(table, mirrored=True, size=(1200, 90))
    assert right.width() == left.width() == 1200
    cells, ground = range(34, 56), left.pixel(1150, 80)
    lean = [
        [x for x in range(6, 1194) if any(image.pixel(x, y) != ground for y in cells)]
        for image in (left, right)
    ]
    assert abs(lean[0][0] + lean[1][-1] - 1199) <= 3
    assert abs(lean[0][-1] + lean[1][0] - 1199) <= 3


def test_margins_turn_too(picture):
    def button() -> QWidget:
        made, layout = QWidget(), QVBoxLayout()
        made.setLayout(layout)
        set_margins(layout, 50, 0, 0, 0)
        layout.addWidget(Button("Wide"))
        return made

    left = ink(picture(button, mirrored=False, size=(200, 30)))
    right = ink(picture(button, mirrored=True, size=(200, 30)))
    assert left[0] >= 50
    assert right[1] < 150


@pytest.mark.parametrize(
    ("text", "from_left"),
    [("This is it.", True), ("12 GBP", True), ("هذا 12", False), ("12", False), ("", False)],
)
def test_a_line_runs_as_its_first_letter_does(text, from_left):
    forced = int(Qt.TextFlag.TextForceLeftToRight)
    assert bool(line_flags(text, RIGHT_TO_LEFT) & forced) == from_left
    assert line_flags(text, RIGHT_TO_LEFT, as_is=True) & forced
    assert not line_flags(text, Qt.LayoutDirection.LeftToRight, as_is=True) & forced
