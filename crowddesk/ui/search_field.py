"""The search field of every list: waits for a pause in typing, offers what fits, says what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QColor,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QPaintEvent,
    QTextCharFormat,
)
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from crowddesk.domain import BadInput
from crowddesk.store import search as s
from crowddesk.store.search_help import Offer, complete, insert, place_of
from crowddesk.ui import theme
from crowddesk.ui.controls import Label, paint_key, set_state
from crowddesk.ui.timers import make_one_shot

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from crowddesk.ui.keys import Keys
    from crowddesk.ui.search_popup import OfferList
    from crowddesk.ui.session import Session

_PAUSE_MS: Final = 180
_KEY: Final = "/"

_HELD: Final = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)


class _Line(QLineEdit):
    key = _KEY

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and not event.modifiers() & _HELD
        ):
            event.accept()  # what is pressed in here is for here, whatever key a verb was given
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.key and not self.text() and not self.hasFocus():
            paint_key(self, self.key, self.rect().adjusted(0, 0, -theme.px(8), 0))


class SearchField(QWidget):
    """A line to search by; `searched(text)` comes a moment after the last key, at once on Enter.

    With a `noun` (a key of `store.search.FIELDS`) it offers that list's fields and values, marks what cannot
    be read and keeps it to itself; `names_wanted(field, typed)` asks for names, `show_names` answers it.
    `/` puts the cursor in it, Ctrl+Space offers everything, F1 explains it, Escape clears it and then leaves
    it, Down goes to the list (`left_down`).
    """

    searched = Signal(str)
    left_down = Signal()
    names_wanted = Signal(str, str)

    def __init__(self, hint: str, parent: QWidget | None = None, *, noun: str = "") -> None:
        super().__init__(parent)
        self._noun = noun
        self.line = _Line()
        self.line.setPlaceholderText(hint)
        self.line.setAccessibleName(hint)
        self.line.setClearButtonEnabled(True)
        for clear in self.line.findChildren(QToolButton):
            clear.setAccessibleName(self.tr("Clear the search"))
        self.line.setMaxLength(2000)
        room = theme.px(24)  # for the key
        mirrored = self.line.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self.line.setTextMargins(room if mirrored else 0, 0, 0 if mirrored else room, 0)
        self.line.installEventFilter(self)
        self.help = QToolButton()
        self.help.setText("?")
        self.help.setProperty("chrome", "button")
        self.help.setToolTip(self.tr("What can be searched for (F1 in the field)"))
        self.help.setAccessibleName(self.tr("What can be searched for"))
        self.help.clicked.connect(self.explain)
        self.help.setVisible(bool(noun))
        self._message = Label(role="caption", tone="danger", wrap=True)
        self._message.hide()
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.line, 1)
        row.addWidget(self.help)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(row)
        layout.addWidget(self._message)
        self._told = ""
        self._names: tuple[str, str, Sequence[str]] = ("", "", ())
        self._wrong: tuple[int, int] | None = None
        self.offers: OfferList | None = None
        self._pause = make_one_shot(self, _PAUSE_MS, self._tell_after_pause)
        self.line.textChanged.connect(self._typed)
        self.line.textEdited.connect(self._offer)
        self.line.returnPressed.connect(self._enter)
        self.go = QAction(self.tr("Search"), self)
        self.go.setShortcut(QKeySequence(_KEY))
        self.go.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        self.go.triggered.connect(self.take_focus)
        self.addAction(self.go)
        self._keys: Keys | None = None
        self.setFocusProxy(self.line)

    def follow(self, keys: Keys) -> None:
        """Has the field's key be the one that was chosen for it."""
        keys.bind(self.go, "lists.search")
        self._keys = keys
        keys.changed.connect(self._show_key)
        self._show_key()

    def _show_key(self) -> None:
        if self._keys is not None:
            self.line.key = self._keys.of("lists.search")
            self.line.update()

    def text(self) -> str:
        return self.line.text()

    def set_text(self, text: str) -> None:
        """Searches for this at once, as if it had been typed."""
        self._hide_offers()
        self.line.setText(text)
        self._tell()

    def take_focus(self) -> None:
        """Puts the cursor in and selects what is there."""
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()

    def show_error(self, sentence: str, place: tuple[int, int] | None = None) -> None:
        """Says under the field what cannot be read in it, at which place; an empty sentence takes it back."""
        self._message.setText(sentence)
        self._message.setVisible(bool(sentence))
        self.line.setToolTip(sentence)
        self.line.setAccessibleDescription(sentence)
        set_state(self.line, "wrong", bool(sentence))
        if place != self._wrong:
            self._wrong = place
            self._mark(place)

    def explain(self) -> None:
        """Shows all that may be written here."""
        if self._noun:
            from crowddesk.ui.search_popup import SearchHelp

            self._hide_offers()
            shown = SearchHelp(self._noun, self)
            shown.taken.connect(self._write)
            shown.show_under(self)

    def set_help_shown(self, on: bool) -> None:
        """Whether there is room for the button that explains; its key works anyway."""
        self.help.setVisible(on and bool(self._noun))

    # ------------------------------------------------------------------------------------------- searching

    def _typed(self) -> None:
        self.show_error("")
        self._pause.start()

    def _tell_after_pause(self) -> None:
        """What is still being written is not wrong yet."""
        offering = self.offers is not None and self.offers.isVisible()
        if not (offering and self._fault() is not None):
            self._tell()

    def _fault(self) -> BadInput | None:
        if not self._noun:
            return None
        try:
            s.parse(self.line.text(), self._noun)
        except BadInput as error:
            return error
        return None

    def _enter(self) -> None:
        self._hide_offers()
        self._tell()
        if self._wrong is not None:  # typing on puts it right
            self.line.setSelection(self._wrong[0], self._wrong[1] - self._wrong[0])

    def _tell(self) -> None:
        self._pause.stop()
        fault = self._fault()
        if fault is not None:
            place = (fault.start, fault.end) if isinstance(fault, s.BadSearch) else None
            self.show_error(str(fault), place)
            return
        text = self.line.text().strip()
        if text != self._told:
            self._told = text
            self.searched.emit(text)

    def _mark(self, place: tuple[int, int] | None) -> None:
        """Underlines what is wrong; an input method's format is the one way to it that a line has."""
        formats = []
        if place is not None:
            wave = QTextCharFormat()
            wave.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            wave.setUnderlineColor(QColor(theme.colours().danger))
            start, end = place
            kind = QInputMethodEvent.AttributeType.TextFormat
            formats.append(
                QInputMethodEvent.Attribute(kind, start - self.line.cursorPosition(), end - start, wave)
            )
        QCoreApplication.sendEvent(self.line, QInputMethodEvent("", formats))

    # ------------------------------------------------------------------------------------------- offering

    def show_names(self, field: str, typed: str, names: Sequence[str]) -> None:
        """Offers these names, if they are still what is being typed."""
        place = place_of(self.line.text(), self.line.cursorPosition(), self._noun)
        if (place.field, place.typed) == (field, typed) and self.line.hasFocus():
            self._names = (field, typed, names)
            self._offer()

    def _offer(self, _text: str = "", *, everything: bool = False) -> None:
        if not self._noun:
            return
        text, cursor = self.line.text(), self.line.cursorPosition()
        place = place_of(text, cursor, self._noun)
        if not place.field and not place.typed and not everything:
            self._hide_offers()
            return
        field, typed, names = self._names
        known = names if (field, typed) == (place.field, place.typed) else ()
        if self.offers is None:
            from crowddesk.ui.search_popup import OfferList

            self.offers = OfferList(self.line)
            self.offers.taken.connect(self._take_offer)
            self.destroyed.connect(partial(_forget, self.offers))
        self.offers.show_offers(complete(text, cursor, self._noun, known))
        if place.field and (place.field, place.typed) != (field, typed):
            self._names = (place.field, place.typed, ())
            self.names_wanted.emit(place.field, place.typed)

    def _take_offer(self, offer: Offer) -> None:
        text, cursor = self.line.text(), self.line.cursorPosition()
        made, at = insert(text, place_of(text, cursor, self._noun), offer.text)
        self.line.setText(made)
        self.line.setCursorPosition(at)
        self._offer()
        if not offer.text.endswith(":"):
            self._hide_offers()
            self._tell()

    def _write(self, text: str) -> None:
        """Puts a field's name at the end, and what it can be under it."""
        before = self.line.text().rstrip()
        self.line.setText(f"{before} {text}" if before else text)
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._offer()

    def _hide_offers(self) -> None:
        if self.offers is not None and self.offers.isVisible():
            self.offers.hide()
            self.line.setAccessibleDescription(self._message.text())

    # ------------------------------------------------------------------------------------------- keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line:
            if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self._press(event)
            if event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide):
                self._hide_offers()
        return super().eventFilter(watched, event)

    def _press(self, event: QKeyEvent) -> bool:
        key, offers = event.key(), self.offers
        keys: dict[int, Callable[[], object]] = {}
        if offers is not None and offers.isVisible():
            keys = {
                Qt.Key.Key_Down: partial(offers.step, 1),
                Qt.Key.Key_Up: partial(offers.step, -1),
                Qt.Key.Key_Tab: offers.take,
                Qt.Key.Key_Escape: self._hide_offers,
            }
            if offers.chosen >= 0:
                keys |= {Qt.Key.Key_Return: offers.take, Qt.Key.Key_Enter: offers.take}
        else:
            keys = {Qt.Key.Key_Escape: self._escape, Qt.Key.Key_Down: self._go_down}
        if key == Qt.Key.Key_Space and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self._offer(everything=True)
            return True
        if key == Qt.Key.Key_F1:
            self.explain()
            return True
        take = keys.get(key)
        if take is None or event.modifiers() & _HELD:
            return False
        take()
        return True

    def _escape(self) -> None:
        if self.line.text():
            self.line.clear()
            self._tell()
        else:
            self.left_down.emit()

    def _go_down(self) -> None:
        self._tell()
        self.left_down.emit()


def _forget(offers: OfferList) -> None:
    """The offers belong to the window, not to the field."""
    from shiboken6 import isValid

    if isValid(offers):
        offers.deleteLater()


class KnownNames(QObject):
    """Looks up the names that a search field could offer, in the reader."""

    def __init__(self, session: Session, field: SearchField, noun: str) -> None:
        super().__init__(field)
        self._session, self._field, self._noun = session, field, noun
        field.names_wanted.connect(self._ask)

    def _ask(self, name: str, typed: str) -> None:
        noun = self._noun

        def read(conn: Connection) -> tuple[str, str, list[str]]:
            from crowddesk.store.queries.suggestions import names_beginning

            return name, typed, names_beginning(conn, noun, name, typed)

        self._session.ask(read, self._show)

    def _show(self, found: tuple[str, str, list[str]]) -> None:
        self._field.show_names(*found)
