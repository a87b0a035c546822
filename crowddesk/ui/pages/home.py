"""Home: what needs a person, what waits for review, what is running; each leads to where it is dealt with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from crowddesk.language import number_text, say, say_count
from crowddesk.ui import theme
from crowddesk.ui.action_verbs import ActionVerbs
from crowddesk.ui.controls import Badge, Button, ElidedLabel, Label
from crowddesk.ui.doubts import DoubtsCard
from crowddesk.ui.gauges import ProgressLine
from crowddesk.ui.home_items import HomeView, Item, read_home
from crowddesk.ui.launches import Launch, Launches
from crowddesk.ui.main_window import MainWindow
from crowddesk.ui.page import Page
from crowddesk.ui.session import Session
from crowddesk.ui.timers import make_one_shot
from crowddesk.ui.tokens import Tokens
from crowddesk.ui.verbs import show_error

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection


_LATER_MS = 1_000


class HomePage(Page):
    """What waits. It follows the database while it is shown."""

    def __init__(self, session: Session, window: MainWindow) -> None:
        super().__init__(say("Home"))
        self._session = session
        self._window = window
        self._stale = True
        self._watched: Launch | None = None
        self.launch = Button(self.tr("Launch a run…"), look="primary")
        self.launch.clicked.connect(self._launch)
        self.head.add_action(self.launch)
        self.first_steps = _FirstSteps()
        self.first_steps.launch.clicked.connect(self._launch)
        self.first_steps.watch.clicked.connect(self._watch)
        self.tokens = Tokens.of(session, window)
        self.tokens.changed.connect(self._hear_lacks)
        self.verbs = ActionVerbs(session, window, window.toast, lambda: ())
        self.doubts = DoubtsCard(session, self.verbs, self._list_doubts)
        self.needs = _Section(self.tr("Needs you"))
        self.review = _Section(self.tr("Waiting for review"))
        self.running = _Section(self.tr("Running"))
        self.compared = _Section(self.tr("Compared with the vendor"))
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(20)
        column.addWidget(self.doubts)
        for section in (self.needs, self.review, self.running, self.compared):
            section.wanted.connect(self._go)
            section.hide()
            column.addWidget(section)
        self.quiet = Label(self.tr("Nothing needs you, and nothing is running."), tone="muted")
        self.quiet.hide()
        column.addWidget(self.quiet)
        column.addStretch(1)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setWidget(content)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.first_steps.hide()
        self.body.addWidget(self.first_steps, 1)
        self.body.addWidget(self._area, 1)
        self._later = make_one_shot(self, _LATER_MS, lambda: self._hear(None))
        session.needs_changed.connect(self._hear)
        session.changed.connect(self._hear_changed)
        session.needs_changed.connect(self.doubts.show_needs)
        if session.needs is not None:
            self.doubts.show_needs(session.needs)

    def _list_doubts(self) -> None:
        self._session.wanted.emit("payments", "state:needs_you")

    def _hear(self, _needs: object) -> None:
        self._stale = True
        if self.isVisible():
            self._read()

    def _hear_lacks(self) -> None:
        self._hear(None)

    def _hear_changed(self, table: str, _ids: object) -> None:
        # The first is where comparisons are kept; the others are what fairness asks.
        if table in ("provider_row", "second_look", "appeal") and not self._later.isActive():
            self._later.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._read()

    def _read(self) -> None:
        self._stale = False
        db, lacks = self._session.db, list(self.tokens.lacks.values())

        def read(conn: Connection) -> HomeView:
            from crowddesk.operations.comparison import last_comparisons

            return read_home(conn, last_comparisons(db), lacks)

        self._session.ask(read, self._show, self._fail)

    def _fail(self, error: Exception) -> None:
        show_error(self._window, self.tr("Home could not be read"), error)

    def _show(self, view: HomeView) -> None:
        self.first_steps.setVisible(view.runs == 0)
        self.launch.setVisible(view.runs > 0)
        self._area.setVisible(view.runs > 0)
        for section, items in (
            (self.needs, view.needs),
            (self.review, view.review),
            (self.running, view.running),
            (self.compared, view.compared),
        ):
            section.show_items(items)
        self.needs.set_count(view.waiting - view.doubts)
        self.quiet.setVisible(not (view.doubts or view.needs or view.review or view.running))
        waiting = view.waiting
        facts = [say_count("%n things need you", "%n thing needs you", waiting) if waiting else ""]
        facts.append(
            say_count("%n runs going on", "%n run going on", len(view.running)) if view.running else ""
        )
        self.head.set_facts(facts)

    def _go(self, item: Item) -> None:
        if item.page == "compare":
            from crowddesk.ui.reconciling import open_comparison

            open_comparison(self._session, self._window, *item.what)
        elif item.page == "second_look":
            from crowddesk.ui.fairness import open_second_looks

            open_second_looks(self._session, self._window)
        elif item.page == "appeal":
            from crowddesk.ui.fairness import Appeals

            Appeals(self._session, self._window).answer(item.what)
        elif item.page == "unlock":
            self.tokens.unlock()
        elif item.page == "token":
            self.tokens.replace(item.what)
        else:
            self._session.wanted.emit(item.page, item.what)

    def _launch(self) -> None:
        from crowddesk.ui.launcher import open_launch

        open_launch(self._session, self._window)

    def _watch(self) -> None:
        self.first_steps.watch.setEnabled(False)
        launch = Launches.of(self._session).begin_demo()
        launch.created.connect(self._watch_run)
        launch.failed.connect(self._fail_to_watch)

    def _watch_run(self, run_id: int) -> None:
        self.first_steps.watch.setEnabled(True)
        self._session.wanted.emit("runs", run_id)

    def _fail_to_watch(self, error: Exception) -> None:
        self.first_steps.watch.setEnabled(True)
        show_error(self._window, self.tr("The practice run was not launched"), error)


class _FirstSteps(QWidget):
    """What an empty workspace says."""

    def __init__(self) -> None:
        super().__init__()
        title = Label(self.tr("No runs yet."), role="strong")
        words = Label(
            self.tr("Launch one from a CSV file, or watch the practice crowd do one."),
            tone="muted",
            wrap=True,
        )
        for label in (title, words):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.launch = Button(self.tr("Launch a run…"), look="primary")
        self.watch = Button(self.tr("Watch the practice crowd"))
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.watch)
        buttons.addWidget(self.launch)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addStretch(2)
        column.addWidget(title)
        column.addWidget(words)
        column.addSpacing(8)
        column.addLayout(buttons)
        column.addStretch(3)
        self.setAccessibleName(f"{title.text()} {words.text()}")


class _Section(QWidget):
    """A title and its lines; lines keep their place and their focus while their words change."""

    wanted = Signal(object)

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title
        self._head = Label(title, role="strong")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._head)
        self._column.addSpacing(4)
        self.lines: dict[str, _Line] = {}

    def show_items(self, items: Sequence[Item]) -> None:
        keys = {item.key for item in items}
        for key in [key for key in self.lines if key not in keys]:
            line = self.lines.pop(key)
            self._column.removeWidget(line)
            line.deleteLater()
        for place, item in enumerate(items, 2):
            known = self.lines.get(item.key)
            if known is None:
                self.lines[item.key] = known = _Line(item, self.wanted.emit)
                self._column.insertWidget(place, known)
            elif self._column.indexOf(known) != place:
                self._column.removeWidget(known)
                self._column.insertWidget(place, known)
            known.show_item(item)
        widest = max((line.mark_width for line in self.lines.values()), default=0)
        for line in self.lines.values():
            line.set_mark_width(widest)
        self.set_count(len(items))
        self.setVisible(bool(items))

    def set_count(self, count: int) -> None:
        """How many things there are, where that is more than its lines."""
        self._head.setText(f"{self._title}  {number_text(count)}" if count > 1 else self._title)
        self.setAccessibleName(f"{self._title}, {number_text(count)}")


class _Line(QWidget):
    """One thing, its note, and the button that leads to it; a click anywhere on it does the same."""

    def __init__(self, item: Item, take: Callable[[Item], None]) -> None:
        super().__init__()
        self._item = item
        self._take = take
        self._sign = Label(role="strong")
        self._words = ElidedLabel(least=80)
        self._note = ElidedLabel(role="caption", tone="muted", least=40)
        self._badge = Badge("practice")
        self._mark = QWidget()
        cell = QHBoxLayout(self._mark)
        cell.setContentsMargins(0, 0, 0, 0)
        cell.addStretch(1)
        cell.addWidget(self._badge)
        self._progress = ProgressLine()
        self._progress.setFixedWidth(theme.px(150))
        self.button = Button(item.verb)
        self.button.clicked.connect(self._go)
        text = QVBoxLayout()
        text.setSpacing(1)
        text.addWidget(self._words)
        text.addWidget(self._note)
        line = QHBoxLayout(self)
        line.setContentsMargins(8, 8, 0, 8)
        line.setSpacing(12)
        line.addWidget(self._sign)
        line.addLayout(text, 1)
        line.addWidget(self._progress)
        line.addWidget(self._mark)
        line.addWidget(self.button)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.restyle()
        self.show_item(item)

    def restyle(self) -> None:
        """Takes the theme's sizes anew."""
        self._sign.setFixedWidth(theme.px(18))
        self._progress.setFixedWidth(theme.px(150))
        self.button.setMinimumWidth(theme.px(76))

    def show_item(self, item: Item) -> None:
        self._item = item
        self._sign.setText(item.sign)
        self._sign.set_tone(item.tone)
        self._words.setText(item.words)
        self._note.setText(item.note)
        self._note.setVisible(bool(item.note))
        if item.environment:
            self._badge.set(item.environment, item.vendor)
        self._mark.setVisible(bool(item.environment))
        self._progress.setVisible(item.progress is not None)
        if item.progress is not None:
            self._progress.set(*item.progress)
        self.button.setText(item.verb)
        self.button.setAccessibleName(f"{item.verb}: {item.words}")
        self.setAccessibleName(f"{item.words}. {item.note}")

    @property
    def mark_width(self) -> int:
        """What the badge needs, in pixels."""
        return self._badge.sizeHint().width() if self._item.environment else 0

    def set_mark_width(self, width: int) -> None:
        """Gives the badge as much room as those of its neighbours have, so that bars stand in one column."""
        self._mark.setMinimumWidth(width)

    def _go(self) -> None:
        self._take(self._item)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self._go()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        c = theme.colours()
        painter = QPainter(self)
        if self.underMouse():
            painter.fillRect(self.rect(), QColor(c.alternate))
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(c.line))
