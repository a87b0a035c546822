"""The shell of the window: navigation on the left, pages made when first shown, the status strip at the foot.

It knows no page: it gets their names and how to make them. It must import nothing but Qt and this package, so
that it is painted before anything else is loaded.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QByteArray, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QColor,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QMainWindow,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from crowddesk.ui import theme
from crowddesk.ui.messages import Banner, ConfirmDialog, Toast
from crowddesk.ui.status_strip import StatusStrip
from crowddesk.ui.words import environment_words

_NARROW: Final = 900
_NAVIGATION: Final = 188
_ICONS_ONLY: Final = 52


@dataclass(frozen=True, slots=True)
class PageSpec:
    """One entry of the navigation; `make` makes the page when it is first shown."""

    key: str
    title: str
    icon: str
    make: Callable[[], QWidget]


class _NavigationButton(QAbstractButton):
    def __init__(self, spec: PageSpec, number: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._spec = spec
        self._number = number
        self._waiting = 0
        self.icons_only = False
        self._by_key = False
        self.setText(spec.title)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_waiting(0)

    def set_waiting(self, count: int) -> None:
        self._waiting = count
        self.setAccessibleName(self._spec.title + (f", {count:,} waiting" if count else ""))
        self.setToolTip(
            f"{self._spec.title}  (Ctrl+{self._number})" if self._number < 10 else self._spec.title
        )
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(_ICONS_ONLY if self.icons_only else _NAVIGATION) - 16, theme.px(30))

    def paintEvent(self, event: QPaintEvent) -> None:
        c = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        painter.setPen(Qt.PenStyle.NoPen)
        if chosen or self.underMouse():
            painter.setBrush(QColor(c.selection if chosen else c.line))
            painter.drawRoundedRect(self.rect(), 6, 6)
        if self.hasFocus() and self._by_key:
            painter.setPen(QColor(c.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 6, 6)
        ink = c.accent if chosen else c.text
        if self.icons_only:
            size = theme.px(18)
            box = QRect((self.width() - size) // 2, (self.height() - size) // 2, size, size)
            theme.icon(self._spec.icon, ink).paint(painter, box)
            if self._waiting:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(c.accent))
                painter.drawEllipse(box.right() - 1, box.top() - 2, 6, 6)
            return
        painter.setFont(theme.font("strong" if chosen else "text"))
        area = self.rect().adjusted(theme.px(12), 0, -theme.px(12), 0)
        count = f"{self._waiting:,}" if self._waiting else ""
        taken = QFontMetrics(painter.font()).horizontalAdvance(count) + 8 if count else 0
        title = QFontMetrics(painter.font()).elidedText(
            self._spec.title, Qt.TextElideMode.ElideRight, area.width() - taken
        )
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(ink))
        painter.drawText(area, int(Qt.AlignmentFlag.AlignLeft | middle), title)
        painter.setPen(QColor(ink if chosen else c.muted))
        painter.drawText(area, int(Qt.AlignmentFlag.AlignRight | middle), count)

    def focusInEvent(self, event: QFocusEvent) -> None:
        reason = Qt.FocusReason
        self._by_key = event.reason() in (reason.TabFocusReason, reason.BacktabFocusReason)
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._by_key = True
        super().keyPressEvent(event)


class Navigation(QWidget):
    """The list of pages with the counts of what waits; icons only when there is little room."""

    chosen = Signal(str)

    def __init__(self, pages: Sequence[PageSpec], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Pages"))
        self._buttons: dict[str, _NavigationButton] = {}
        self._group = QButtonGroup(self)  # exclusive: the arrow keys walk through it
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 12, 9, 8)
        column.setSpacing(2)
        for number, spec in enumerate(pages, 1):
            button = _NavigationButton(spec, number, self)
            button.clicked.connect(lambda _=False, key=spec.key: self.chosen.emit(key))
            self._group.addButton(button)
            self._buttons[spec.key] = button
            column.addWidget(button)
        column.addStretch(1)
        self.set_icons_only(False)

    def set_icons_only(self, on: bool) -> None:
        for button in self._buttons.values():
            button.icons_only = on
            button.updateGeometry()
            button.update()
        self.setFixedWidth(theme.px(_ICONS_ONLY if on else _NAVIGATION))

    def set_waiting(self, key: str, count: int) -> None:
        """How many things wait on a page; 0 shows nothing. KeyError for a page there is not."""
        self._buttons[key].set_waiting(count)

    def mark(self, key: str) -> None:
        self._buttons[key].setChecked(True)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.colours().navigation))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), QColor(theme.colours().line))


class MainWindow(QMainWindow):
    """The window. `load(key, default)` and `save(key, value)` keep plain values between sessions.

    Signals: `page_shown(key)`; `send_wanted`: Send or Ctrl+Enter with something staged; `commands_wanted`:
    Ctrl+K; `closing`: the window is about to close (a page saves its state then); `closed`: all is saved.
    """

    page_shown = Signal(str)
    send_wanted = Signal()
    commands_wanted = Signal()
    closing = Signal()
    closed = Signal()

    def __init__(
        self,
        pages: Sequence[PageSpec],
        *,
        load: Callable[[str, Any], Any],
        save: Callable[[str, Any], None],
    ) -> None:
        super().__init__()
        self._specs = {spec.key: spec for spec in pages}
        self._pages: dict[str, QWidget] = {}
        self._current = ""
        self._load, self._save = load, save
        self._folded_by_hand = load("window.navigation_folded", False) is True
        self._what = ""
        #: What closing now would cut off, as words for a person; empty: nothing.
        self.cut_off: Callable[[], str] = str
        self._surely = False
        self._question: ConfirmDialog | None = None
        self.navigation = Navigation(pages)
        self.stack = QStackedWidget()
        self.strip = StatusStrip()
        self.strip.send_wanted.connect(self.send_wanted)
        #: What is said of the whole workspace, above every page, until it is dismissed.
        self.banner = Banner()
        self.banner.setContentsMargins(20, 12, 20, 0)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.banner)
        right.addWidget(self.stack, 1)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.navigation)
        middle.addLayout(right, 1)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(middle, 1)
        column.addWidget(self.strip)
        self.setCentralWidget(whole)
        self.toast = Toast(whole)
        self.navigation.chosen.connect(self.show_page)
        self.setMinimumSize(640, 420)
        self._set_title()
        self._bind_keys(pages)
        self._restore()

    def _bind_keys(self, pages: Sequence[PageSpec]) -> None:
        def bind(keys: str, slot: Callable[[], object]) -> None:
            QShortcut(QKeySequence(keys), self).activated.connect(slot)

        for number, spec in enumerate(pages[:9], 1):
            bind(f"Ctrl+{number}", partial(self.show_page, spec.key))
        bind("Ctrl+B", self.fold_navigation)
        bind("Ctrl+Z", self.toast.undo)
        bind("Ctrl+K", self.commands_wanted.emit)
        bind("Ctrl+Return", self._send)
        bind("Ctrl+Enter", self._send)

    # ----------------------------------------------------------------------------------------------- pages

    def show_page(self, key: str) -> QWidget:
        """Shows a page, making it if this is the first time, and gives it back. KeyError if there is none."""
        page = self._pages.get(key)
        if page is None:
            page = self._specs[key].make()
            self._pages[key] = page
            self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)
        self.navigation.mark(key)
        self._current = key
        self._set_title()
        self.page_shown.emit(key)
        return page

    def made_pages(self) -> dict[str, QWidget]:
        """The pages that have been shown at least once."""
        return dict(self._pages)

    @property
    def current_page(self) -> str:
        return self._current

    def set_environment(self, environment: str | None, vendor: str = "") -> None:
        """Has the title say LIVE, SANDBOX or PRACTICE of what the page shows; None if it is of no account."""
        self._what = environment_words(environment or "", vendor)
        self._set_title()

    def _set_title(self) -> None:
        spec = self._specs.get(self._current)
        parts = [spec.title if spec else "", self._what, "CrowdDesk"]
        self.setWindowTitle(" – ".join(part for part in parts if part))

    # ---------------------------------------------------------------------------------- navigation, sending

    def fold_navigation(self) -> None:
        """Shows icons only, or words again, whatever the width; it is remembered."""
        self._folded_by_hand = not self._folded_by_hand
        self._save("window.navigation_folded", self._folded_by_hand)
        self._fold()

    def _fold(self) -> None:
        self.navigation.set_icons_only(self._folded_by_hand or self.width() < theme.px(_NARROW))

    def restyle(self) -> None:
        """Takes the theme's sizes anew."""
        self._fold()

    def _send(self) -> None:
        if self.strip.can_send:
            self.send_wanted.emit()

    # ------------------------------------------------------------------------------------------- Qt's calls

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _restore(self) -> None:
        self.resize(1280, 800)
        saved = self._load("window.geometry", "")
        if isinstance(saved, str) and saved:
            self.restoreGeometry(QByteArray.fromBase64(saved.encode("ascii", "ignore")))

    def close_surely(self) -> None:
        """Closes without a question: for who was told to end, not asked."""
        self._surely = True
        self.close()

    def _ask_to_close(self, cut_off: str) -> None:
        if self._question is not None:
            self._question.raise_()
            return
        self._question = dialog = ConfirmDialog(
            self.tr("Close CrowdDesk"), cut_off, self.tr("Close CrowdDesk"), self
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(self._answer_question)
        dialog.open()

    def _answer_question(self, answer: int) -> None:
        self._question = None
        if answer:
            self.close_surely()

    def closeEvent(self, event: QCloseEvent) -> None:
        cut_off = "" if self._surely else self.cut_off()
        if cut_off:
            event.ignore()
            self._ask_to_close(cut_off)
            return
        self.closing.emit()
        self._save("window.geometry", bytes(self.saveGeometry().toBase64().data()).decode("ascii"))
        self._save("window.page", self._current)
        super().closeEvent(event)
        self.closed.emit()
