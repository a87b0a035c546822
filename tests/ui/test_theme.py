"""The look: every pair of colours readable, every state with sign and word, sizes and schemes that follow."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication

from crowddesk.domain import ActionState, AgentStatus, AssignmentState
from crowddesk.ui import theme as look


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: str, b: str) -> float:
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("status", AssignmentState.valid_unit())
def test_every_state_is_readable_on_every_background(theme, scheme, status):
    theme.set(scheme=scheme)
    c = look.colours()
    for background in (c.base, c.alternate, c.navigation):
        assert contrast(look.status_look(status).colour, background) >= 4.495, background
    assert contrast(look.status_look(status, selected=True).colour, c.selection) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("status", AgentStatus.ALL)
def test_what_a_worker_does_is_readable_on_every_background(theme, scheme, status):
    theme.set(scheme=scheme)
    c = look.colours()
    key = look.agent_key(status)
    for background in (c.base, c.alternate):
        assert contrast(look.status_look(key).colour, background) >= 4.5, background
    assert contrast(look.status_look(key, selected=True).colour, c.selection) >= 4.5


def test_what_workers_do_looks_different_without_colour(theme):
    looks = [look.status_look(look.agent_key(s)) for s in AgentStatus.ALL]
    assert len({x.sign for x in looks}) == len({x.word for x in looks}) == len(looks)
    assert look.status_look(look.agent_key("accepted")).word == "accepted"
    assert look.agent_key(None) == ""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_is_readable(theme, scheme):
    theme.set(scheme=scheme)
    c = look.colours()
    for background in (c.base, c.alternate, c.navigation, c.selection):
        for text in (c.text, c.muted, c.accent, c.warning, c.danger, c.good):
            assert contrast(text, background) >= 4.5, (text, background)
    for text, background in (
        (c.on_accent, c.accent),
        (c.on_accent, c.accent_strong),
        (c.on_danger, c.danger),
        (c.danger, c.danger_soft),
    ):
        assert contrast(text, background) >= 4.5, (text, background)


def test_every_stored_word_has_a_look(theme):
    for word in (*AssignmentState.ALL, *AgentStatus.ALL, *ActionState.ALL):
        sign, spoken, colour = look.status_look(word)
        assert sign != "·", word
        assert spoken
        assert colour.startswith("#")
    assert look.status_look("no such thing") == ("·", "no such thing", look.colours().muted)


def test_unit_states_look_different_without_colour(theme):
    assert len({look.status_look(s).sign for s in AssignmentState.valid_unit()}) == 8


def test_scheme_reaches_the_palette(theme):
    theme.set(scheme="dark")
    assert QApplication.palette().color(QPalette.ColorRole.Base).name() == look.DARK.base.lower()
    with_signal = []
    theme.changed.connect(lambda: with_signal.append(1))
    theme.set(scheme="light")
    assert QApplication.palette().color(QPalette.ColorRole.Text).name() == look.LIGHT.text.lower()
    assert with_signal == [1]


def test_system_scheme_is_followed(theme, qapp):
    hints = qapp.styleHints()
    theme.set(scheme="system")
    hints.setColorScheme(Qt.ColorScheme.Dark)
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert look.colours().dark is (hints.colorScheme() == Qt.ColorScheme.Dark)
    hints.unsetColorScheme()


def test_text_scale_and_row_heights(theme):
    assert [look.row_height(), look.px(188), look.font("title").pixelSize()] == [28, 188, 19]
    theme.set(scale=200, rows="compact")
    assert [look.row_height(), look.font().pixelSize()] == [48, 26]
    theme.set(rows="roomy", scale=100)
    assert look.row_height() == 36


def test_digits_have_one_width(theme):
    for role in ("text", "caption", "title"):
        assert look.font(role).featureValue(QFont.Tag("tnum")) == 1


@pytest.mark.parametrize("wrong", [{"scheme": "pink"}, {"rows": "tiny"}, {"scale": 99}, {"scale": 201}])
def test_wrong_settings_are_refused(theme, wrong):
    before = look.colours(), look.row_height()
    with pytest.raises(ValueError, match="is no"):
        theme.set(**wrong)
    assert (look.colours(), look.row_height()) == before


def test_icons_take_the_themes_colour(theme):
    for name in ("home", "requesters", "runs", "units", "review", "workers", "payments", "settings"):
        picture = look.icon(name, "#FF0000").pixmap(24, 24).toImage()
        inked = [
            picture.pixelColor(x, y)
            for x in range(picture.width())
            for y in range(picture.height())
            if picture.pixelColor(x, y).alpha() > 200
        ]
        assert inked, name
        assert all(p.red() > 200 and p.green() < 60 for p in inked), name
    assert look.icon("no such icon").isNull()


def test_a_lane_at_work_is_not_marked_as_done(theme):
    found = look.status_look("working")
    assert (found.sign, found.word) == ("●", "working")
    assert found.colour == look.status_look("assigned").colour
