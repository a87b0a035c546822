"""What nobody can look up: one action at a time, its evidence in words, and the three things to say of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QEvent, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from crowddesk.domain import ActionKind
from crowddesk.language import number_text, say_count
from crowddesk.ui.action_verbs import ActionVerbs
from crowddesk.ui.action_words import AGAIN, HAPPENED, LEAVE, action_words, choice_words
from crowddesk.ui.controls import Badge, Button, Check, ElidedLabel, Label
from crowddesk.ui.detail import Facts, Link, Part
from crowddesk.ui.evidence import batch_of, differs, money_of, names_of, page_of, told, told_of_batch
from crowddesk.ui.flow import FlowLayout
from crowddesk.ui.session import Session
from crowddesk.ui.verbs import environment_of

if TYPE_CHECKING:
    from crowddesk.store.queries import ActionRow

_MOST: Final = 1_000
_KEYS: Final = {Qt.Key.Key_J: 1, Qt.Key.Key_K: -1}


def read_doubts(conn: Any) -> list[ActionRow]:
    """In the reader: what waits for a person's word, the newest batch first, each batch from its first."""
    from crowddesk.store.queries import ACTIONS

    found = ACTIONS.first(conn, ACTIONS.parse("state:needs_you"), limit=_MOST)
    batches: dict[object, list[ActionRow]] = {}
    for row in found:
        batches.setdefault(batch_of(row), []).append(row)
    return [row for batch in batches.values() for row in reversed(batch)]


class DoubtView(QWidget):
    """The evidence on one action, whether the rest of its batch is meant too, and the three choices.

    `decided(choice, rows)` is emitted for one of them; nothing is asked or stored here.
    """

    decided = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self._row: ActionRow | None = None
        self._batch: list[ActionRow] = []
        self._facts = Part()
        self._page = Link(self.tr("Look at the vendor’s page"), self._open_page)
        self._people = Label(tone="muted", wrap=True, selectable=True)
        self._warning = Label(tone="warning", wrap=True)
        self.whole = Check("")
        self.whole.toggled.connect(self._show)
        self.choices = {choice: Button("") for choice in (HAPPENED, AGAIN, LEAVE)}
        buttons = FlowLayout(spacing=8)
        for choice, button in self.choices.items():
            button.clicked.connect(lambda _=False, c=choice: self.decided.emit(c, self.meant))
            buttons.addWidget(button)
        page = QHBoxLayout()
        page.addWidget(self._page)
        page.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._facts)
        column.addLayout(page)
        column.addWidget(self.whole)
        column.addWidget(self._people)
        column.addWidget(self._warning)
        column.addSpacing(2)
        column.addLayout(buttons)

    @property
    def meant(self) -> list[ActionRow]:
        """What a choice is for: the whole batch or the one that is shown."""
        return list(self._batch) if self.whole.isChecked() else [self._row] if self._row else []

    def show_doubt(self, row: ActionRow, batch: Sequence[ActionRow]) -> None:
        """Shows an action that waits; `batch` are all that wait of those sent with it."""
        if self._row is None or batch_of(row) != batch_of(self._row):
            self.whole.setChecked(False)
        self._row, self._batch = row, list(batch)
        for choice, button in self.choices.items():
            button.setText(f"{choice_words(choice, row.kind)}…")
            button.setAccessibleDescription(action_words(row))
            button.updateGeometry()
        count = len(self._batch)
        self.whole.setVisible(count > 1)
        money = money_of(self._batch)
        words = self.tr("The same for all {0} of this batch").format(number_text(count))
        self.whole.setText(f"{words}, {money}" if money else words)
        self.whole.updateGeometry()
        self._show()

    def _show(self) -> None:
        rows, row = self.meant, self._row
        if row is None:
            return
        whole = self.whole.isChecked()
        lines = told_of_batch(rows) if whole else told(row)
        self._facts.show_data((row.id, lines), lambda layout: layout.addLayout(_facts_of(lines)))
        self._page.setVisible(bool(page_of(row)))
        self._page.setToolTip(page_of(row))
        self._people.setVisible(whole)
        self._people.setText(names_of(rows) if whole else "")
        self._warning.setVisible(whole and differs(rows))
        self._warning.setText(
            self.tr("● Some of them show a new payment and some do not. Decide on these one by one.")
        )

    def _open_page(self) -> None:
        if self._row is not None and page_of(self._row):
            QDesktopServices.openUrl(QUrl(page_of(self._row)))


class DoubtsCard(QFrame):
    """Everything that waits for a person's word, one action at a time: J and K, or the arrows, go on.

    It reads again when `show_needs` says that something has changed, and is hidden while nothing waits.
    """

    def __init__(self, session: Session, verbs: ActionVerbs, show_all: Callable[[], None]) -> None:
        super().__init__()
        self.setProperty("card", True)
        self._session = session
        self._needs: Any = None
        self._rows: list[ActionRow] = []
        self._at = 0
        self._head = Label(role="strong", tone="warning")
        self._place = Label(tone="muted")
        self.before, self.after = Button("‹"), Button("›")
        self.before.setAccessibleName(self.tr("The one before"))
        self.after.setAccessibleName(self.tr("The next one"))
        self.before.setToolTip(self.tr("The one before (K)"))
        self.after.setToolTip(self.tr("The next one (J)"))
        self.before.clicked.connect(lambda: self.step(-1))
        self.after.clicked.connect(lambda: self.step(1))
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._head, 1)
        for widget in (self._place, self.before, self.after):
            top.addWidget(widget)
        intro = Label(
            self.tr(
                "The vendor’s answer was lost, and nothing here is sent again by itself. Look at the "
                "evidence and at the vendor’s pages, then say what you found."
            ),
            tone="muted",
            wrap=True,
        )
        self._title = ElidedLabel(role="strong", least=80)
        self._badge = Badge("practice")
        title = QHBoxLayout()
        title.setSpacing(10)
        title.addWidget(self._title, 1)
        title.addWidget(self._badge)
        self._where = ElidedLabel(role="caption", tone="muted", least=80)
        self._outcome = Label(role="caption", tone="muted", wrap=True, selectable=True)
        self.view = DoubtView()
        self.view.decided.connect(verbs.ask_what_became)
        self._all = Link(self.tr("Show them in the list"), show_all)
        foot = QHBoxLayout()
        foot.addWidget(self._all)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 12)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(intro)
        column.addSpacing(4)
        column.addLayout(title)
        column.addWidget(self._where)
        column.addWidget(self._outcome)
        column.addWidget(self.view)
        column.addLayout(foot)
        self.hide()

    def show_needs(self, needs: Any) -> None:
        """Reads what waits if it is not what was read, of a `Needs` of the store."""
        now = ([row.id for row in needs.needs_you], needs.needs_you_count)
        if now == self._needs:
            return
        self._needs = now
        if not needs.needs_you_count:
            self.hide()
            self._rows = []
        else:
            self._session.ask(read_doubts, self.show_rows)

    def show_rows(self, rows: Sequence[ActionRow]) -> None:
        """Shows these; the one that was shown stays, or gives way to the one after it."""
        shown = self._rows[self._at].id if self._rows else 0
        places = {row.id: place for place, row in enumerate(rows)}
        self._rows = list(rows)
        self._at = places.get(shown, min(self._at, max(0, len(rows) - 1)))
        self.setVisible(bool(rows))
        if rows:
            self._show()

    def step(self, by: int) -> None:
        """Shows the next one or the one before, and begins anew at the ends."""
        if self._rows:
            self._at = (self._at + by) % len(self._rows)
            self._show()

    def _show(self) -> None:
        row, count = self._rows[self._at], len(self._rows)
        payments = all(r.kind == ActionKind.BONUS for r in self._rows)
        if payments:
            head = say_count("● %n payments wait for your word", "● %n payment waits for your word", count)
        else:
            head = say_count("● %n actions wait for your word", "● %n action waits for your word", count)
        self._head.setText(head)
        self._place.setText(self.tr("{0} of {1}").format(number_text(self._at + 1), number_text(count)))
        for widget in (self._place, self.before, self.after, self._all):
            widget.setVisible(count > 1)
        self._title.setText(action_words(row))
        environment = environment_of(row.provider_type, row.sandbox)
        self._badge.set(environment, "" if environment == "practice" else row.provider_type)
        number = self.tr("action {0}").format(row.id)
        self._where.setText(" · ".join(filter(None, (row.requester_name, row.run_title, number))))
        self._outcome.setText(row.outcome)
        self._outcome.setVisible(bool(row.outcome))
        mine = batch_of(row)
        self.view.show_doubt(row, [r for r in self._rows if batch_of(r) == mine])
        self.setAccessibleName(f"{self._head.text()} {self._place.text()} {action_words(row)}")

    def event(self, event: QEvent) -> bool:
        # A page's own J and K move in its list; inside the card they are the card's.
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.key() in _KEYS
            and not event.modifiers()
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = _KEYS.get(Qt.Key(event.key()))
        if by is None or event.modifiers():
            super().keyPressEvent(event)
        else:
            self.step(by)


def _facts_of(lines: Sequence[Any]) -> Facts:
    facts = Facts()
    for line in lines:
        facts.add(line.caption, line.words, line.tip)
    return facts
