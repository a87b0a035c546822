"""A conversation as one of its people finds it: what all read, their own part, who is here, questions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from crowddesk.language import say_count
from crowddesk.ui import theme
from crowddesk.ui.controls import Button, Choice, Label
from crowddesk.ui.form_view import FormView

if TYPE_CHECKING:
    from crowddesk.ui.dialogs.launch_values import ChatPage

#: Longer texts are cut: a cell of 10 MB would stop the window.
_LONGEST: Final = 4_000


class ChatView(QWidget):
    """Shows a conversation before anybody has written. Nothing in it sends anything."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("A worker's conversation"))
        self._page: ChatPage | None = None
        self.person = Choice()
        self.person.setAccessibleName(self.tr("Seen by"))
        self.person.currentIndexChanged.connect(self._show_person)
        self._intro = Label(wrap=True)
        self._role = Label(role="strong", wrap=True)
        self._role_text = Label(wrap=True)
        self._here = Label(role="caption", tone="muted", wrap=True)
        self._least = Label(role="caption", tone="muted", wrap=True)
        self.questions = FormView()
        self._finish = Button(self.tr("Finish"), look="primary")
        self._finish.setEnabled(False)
        self._finish.setToolTip(self.tr("This is a preview: nothing is sent."))
        seen = QHBoxLayout()
        seen.setSpacing(8)
        seen.addWidget(Label(self.tr("Seen by"), tone="muted"))
        seen.addWidget(self.person)
        seen.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(12)
        column.addLayout(seen)
        column.addWidget(self._intro)
        column.addWidget(self._role)
        column.addWidget(self._role_text)
        column.addWidget(self._here)
        column.addWidget(self._make_talk())
        column.addWidget(self._least)
        column.addWidget(self.questions)
        column.addWidget(self._finish)
        column.addStretch(1)

    def _make_talk(self) -> QWidget:
        talk = QFrame()
        talk.setProperty("card", True)
        nobody = Label(self.tr("Messages stand here as people write them."), tone="muted", wrap=True)
        nobody.setMinimumHeight(theme.px(64))
        line = QPlainTextEdit()
        line.setPlaceholderText(self.tr("Your message"))
        line.setAccessibleName(self.tr("Your message"))
        line.setTabChangesFocus(True)
        line.setFixedHeight(theme.px(48))
        send = Button(self.tr("Send"))
        send.setEnabled(False)
        send.setToolTip(self.tr("This is a preview: nothing is sent."))
        write = QHBoxLayout()
        write.setSpacing(8)
        write.addWidget(line, 1)
        write.addWidget(send)
        column = QVBoxLayout(talk)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(nobody)
        column.addLayout(write)
        return talk

    def show_chat(self, page: ChatPage, answer: Mapping[str, Any] | None = None) -> None:
        """Shows a conversation, as seen by the same person as before where there is one."""
        self._page = page
        before = max(0, self.person.currentIndex())
        self.person.blockSignals(True)
        self.person.clear()
        for number in range(1, max(1, page.people) + 1):
            self.person.addItem(self._name(number), number)
        self.person.setCurrentIndex(min(before, self.person.count() - 1))
        self.person.blockSignals(False)
        _say(self._intro, page.intro)
        least = say_count("%n messages", "%n message", page.least_messages)
        _say(self._least, self.tr("Each sends at least {0} before they may finish.").format(least))
        self._least.setVisible(page.least_messages > 0)
        asked = page.questions
        self.questions.setVisible(asked is not None)
        self._finish.setVisible(asked is None)
        if asked is not None:
            self.questions.show_form(asked.form, asked.values, answer)
        self._show_person()

    def _show_person(self) -> None:
        page, number = self._page, self.person.currentData()
        if page is None or number is None:
            return
        role = page.roles[number - 1] if number <= len(page.roles) else ""
        text = page.role_texts[number - 1] if number <= len(page.role_texts) else ""
        _say(self._role, self.tr("You are {0}.").format(role) if role else "")
        _say(self._role_text, text)
        others = [self._name(n) for n in range(1, page.people + 1) if n != number]
        self._here.setText(self.tr("Here: you, {0}").format(", ".join(others)))

    def _name(self, number: int) -> str:
        roles = self._page.roles if self._page is not None else ()
        name = self.tr("Person {0}").format(number)
        return f"{name} ({roles[number - 1]})" if number <= len(roles) else name


def _say(label: Label, text: str) -> None:
    text = text.strip()
    label.setText(text if len(text) <= _LONGEST else text[:_LONGEST] + "…")
    label.setVisible(bool(text))
