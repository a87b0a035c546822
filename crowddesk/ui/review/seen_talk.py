"""A conversation that is over, as one of its people had it: what they read, what was said, their answers."""

from __future__ import annotations

import html
from datetime import datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from crowddesk.language import say, say_count
from crowddesk.ui.controls import Label
from crowddesk.ui.form_view import FormView
from crowddesk.ui.page_preview import FittedPage
from crowddesk.ui.words import readable

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
        self.said = FittedPage()
        self.said.setAccessibleName(self.tr("What was said"))
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
        _say(
            self._left_out,
            self.tr("{0} before").format(say_count("%n messages", "%n message", left)) if left > 0 else "",
        )
        nobody = "<p class='quiet'>" + self.tr("Nobody wrote anything.") + "</p>"
        self.said.show_page("".join(_html(talk, one) for one in talk.said[-_MOST_SHOWN:]) or nobody)
        asked = talk.questions
        self.questions.setVisible(asked is not None)
        if asked is not None:
            self.questions.show_form(asked.form, asked.values, asked.answer, read_only=True)

    def clear(self) -> None:
        """Shows nothing."""
        self.said.show_page("")
        self.questions.clear()


def _html(talk: SeenTalk, one: Said) -> str:
    words = html.escape(readable(one.text[:_LONGEST])).replace("\n", "<br>")
    tone = "given" if one.who == talk.me else "quiet"
    by = f"<b class='{tone}'>{html.escape(readable(_name(talk, one.who)))}</b>"
    # A paragraph of its own, so that its first letter says which way it runs.
    return (
        f"<p style='margin: 0'>{by} <span class='quiet'>{_clock(one.at)}</span></p>"
        f"<p style='margin: 0 0 8px 0'>{words}</p>"
    )


def _clock(at: str) -> str:
    try:
        return f"{datetime.fromisoformat(at).astimezone():%H:%M:%S}"
    except (ValueError, OverflowError, OSError):
        return ""


def _role(talk: SeenTalk, number: int) -> str:
    return talk.roles[number - 1] if 0 < number <= len(talk.roles) else ""


def _name(talk: SeenTalk, number: int) -> str:
    role = _role(talk, number)
    name = say("Person {number}", number=number)
    name = f"{name} ({role})" if role else name
    return say("{name}, this worker", name=name) if number == talk.me else name


def _say(label: Label, text: str) -> None:
    text = text.strip()
    label.setText(text if len(text) <= _LONGEST else text[:_LONGEST] + "…")
    label.setVisible(bool(text))
