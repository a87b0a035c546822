"""What can be done on the page that is shown now: its verbs and buttons, each once, with its key."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtWidgets import (
    QAbstractButton,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
    QWidget,
)

from crowddesk.ui.keys import key_text

#: Widgets whose actions are their own business: what Qt gives an editor, and what is in a menu.
_CLOSED = (QMenu, QLineEdit, QPlainTextEdit, QTextEdit)


@dataclass(frozen=True, slots=True)
class PageAction:
    """A verb: its words, its key as this system writes it ("" without one), and what does it."""

    title: str
    key: str
    take: Callable[[], object]


def actions_of(page: QWidget, *, disabled_too: bool = False) -> list[PageAction]:
    """The verbs of a page and its parts that show, the page's own first; disabled ones only if asked for."""
    found: dict[str, PageAction] = {}
    for widget in _shown(page):
        for action in widget.actions():
            title = plain_title(action.text())
            if title and not action.isSeparator() and (action.isVisible() or not action.text()):
                key = key_text(action.shortcut())
                if (disabled_too or action.isEnabled()) and (
                    title not in found or (key and not found[title].key)
                ):
                    found[title] = PageAction(title, key, action.trigger)
        if isinstance(widget, QPushButton) and (disabled_too or widget.isEnabled()):
            title = plain_title(widget.text())
            if title and title not in found:
                found[title] = PageAction(title, _key_of(widget), widget.click)
    return list(found.values())


def _shown(page: QWidget) -> Iterator[QWidget]:
    yield page
    for widget in page.findChildren(QWidget):
        if widget.isVisibleTo(page) and not isinstance(widget, _CLOSED) and widget.window() is page.window():
            yield widget


def plain_title(text: str) -> str:
    """A button's words without the signs for its mnemonic and its menu."""
    plain = text.replace("&&", "\0").replace("&", "").replace("\0", "&").partition("\t")[0]
    return plain.strip(" ▾‹›")


def _key_of(button: QAbstractButton) -> str:
    key = getattr(button, "key", "")
    return key if isinstance(key, str) and key else key_text(button.shortcut())
