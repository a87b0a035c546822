"""A conversation that is over, as one of its people had it: what they read, what was said, their answers."""

from __future__ import annotations

import html
from datetime import datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QTextBrowser, QVBoxLayout, QWidget

from crowddesk.ui import theme
from crowddesk.ui.controls import Label
from crowddesk.ui.form_view import FormView
from crowddesk.ui.words import count_text, readable

if TYPE_CHECKING:
    from crowddesk.ui.review.seen_source import Said, SeenTalk

_LONGEST: Final = 4_000
#: A conversation may have a thousand messages; laying out more than this would be felt.
_MOST_SHOWN: Final = 300


class TalkView(QWidget):
    """Shows what `show_talk` is given. It loads nothing and sends nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("A worker's conversation"))
        self._intro = Label(wrap=True, selectable=True)
        self._role = Label(role="strong", wrap=True)
        self._role_text = Label(wrap=True, selectable=True)
        self._left_out = Label(role="caption", tone="muted", wrap=True)
        self.said = _Lines()
        self.questions = FormView()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(12)
        for part in (self._intro, self._role, self._role_text, self._left_out, self.said, self.questions):
            column.addWidget(part)

    def show_talk(self, talk: SeenTalk) -> None:
        """Shows a conversation from its beginning; of a very long one the last messages."""
        _say(self._intro, talk.intro)
        role = _role(talk, talk.me)
        _say(self._role, self.tr("The worker was {0}.").format(role) if role else "")
        _say(self._role_text, talk.role_text)
        left = len(talk.said) - _MOST_SHOWN
        _say(self._left_out, self.tr("{0} before").format(count_text(left, "message")) if left > 0 else "")
        self.said.show_lines(
            [(_name(talk, one.who), one, one.who == talk.me) for one in talk.said[-_MOST_SHOWN:]]
        )
        asked = talk.questions
        self.questions.setVisible(asked is not None)
        if asked is not None:
            self.questions.show_form(asked.form, asked.values, asked.answer, read_only=True)

    def clear(self) -> None:
        """Shows nothing."""
        self.said.show_lines([])
        self.questions.clear()


class _Lines(QTextBrowser):
    """The messages, as high as they need to be."""

    def __init__(self) -> None:
        super().__init__()
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUndoRedoEnabled(False)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setStyleSheet("QTextBrowser { border: none; background: transparent; padding: 0; }")
        self.document().setDocumentMargin(0)
        self.setAccessibleName(self.tr("What was said"))
        self._lines: list[tuple[str, Said, bool]] = []
        self.restyle()

    def show_lines(self, lines: list[tuple[str, Said, bool]]) -> None:
        self._lines = lines
        self._draw()

    def restyle(self) -> None:
        """Takes the theme's colours and font anew."""
        c = theme.colours()
        self.setFont(theme.font())
        self.document().setDefaultStyleSheet(
            f"p {{ color: {c.text}; margin: 0 0 8px 0; }} p.head {{ margin: 0; }}"
            f".by {{ color: {c.muted}; }} .me {{ color: {c.accent}; }}"
        )
        self._draw()

    def loadResource(self, _kind: int, _name: object) -> None:
        """Nothing, from nowhere."""

    def _draw(self) -> None:
        if not self._lines:
            self.setHtml(f"<p><span class='by'>{self.tr('Nobody wrote anything.')}</span></p>")
        else:
            self.setHtml("".join(_html(*line) for line in self._lines))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def wheelEvent(self, event: object) -> None:
        event.ignore()  # type: ignore[attr-defined]  # what is around it scrolls

    def _fit(self) -> None:
        self.document().setTextWidth(max(1, self.viewport().width()))
        self.setFixedHeight(max(theme.px(20), round(self.document().size().height()) + 2))


def _html(name: str, one: Said, is_me: bool) -> str:
    words = html.escape(readable(one.text[:_LONGEST])).replace("\n", "<br>")
    by = f"<span class='{'me' if is_me else 'by'}'><b>{html.escape(readable(name))}</b></span>"
    at = _clock(one.at)
    # A paragraph of its own, so that its first letter says which way it runs.
    return f"<p class='head'>{by} <span class='by'>{at}</span></p><p>{words}</p>"


def _clock(at: str) -> str:
    try:
        return f"{datetime.fromisoformat(at).astimezone():%H:%M:%S}"
    except (ValueError, OverflowError, OSError):
        return ""


def _role(talk: SeenTalk, number: int) -> str:
    return talk.roles[number - 1] if 0 < number <= len(talk.roles) else ""


def _name(talk: SeenTalk, number: int) -> str:
    role = _role(talk, number)
    name = f"Person {number}" + (f" ({role})" if role else "")
    return f"{name}, this worker" if number == talk.me else name


def _say(label: Label, text: str) -> None:
    text = text.strip()
    label.setText(text if len(text) <= _LONGEST else text[:_LONGEST] + "…")
    label.setVisible(bool(text))
