"""The answer as its worker saw it: the task with the answer filled in, to be read and not to be changed."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QEvent, QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from crowddesk.language import say, say_count
from crowddesk.ui import theme
from crowddesk.ui.controls import Button, ElidedLabel, Label, set_margins
from crowddesk.ui.detail import Part, add_block, copy_button
from crowddesk.ui.form_view import FormView
from crowddesk.ui.page_preview import FittedPage
from crowddesk.ui.review.filled_page import LONGEST_VALUE, FilledPage
from crowddesk.ui.review.media import Medium, find_media, may_have_media
from crowddesk.ui.review.media_strip import MediaStrip
from crowddesk.ui.review.seen_source import (
    RunSource,
    Seen,
    SeenFields,
    SeenForm,
    SeenTalk,
    has_page,
    is_light,
    page_of,
    read_run,
    see,
)
from crowddesk.ui.review.seen_talk import TalkView
from crowddesk.ui.session import Session
from crowddesk.ui.tips import plain_tip
from crowddesk.ui.verbs import show_error

if TYPE_CHECKING:
    from crowddesk.lanes import Job
    from crowddesk.store.queries import UnitDetail
    from crowddesk.ui.review.web_view import WebView

logger = logging.getLogger(__name__)

#: Runs whose files are kept read.
_MOST_RUNS: Final = 8
_MOST_ROWS: Final = 60
_MOST_LINES: Final = 40
#: Whether pages are shown by Qt WebEngine, where there is one.
_IN_WEB: Final = "review.as_in_browser"


class SeenAnswer(QWidget):
    """Shows the unit that `show_unit` names. Nothing in it can be changed or sent, nothing is loaded."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._runs: dict[int, RunSource] = {}
        self._detail: UnitDetail | None = None
        self._job: Job | None = None
        self._note = ElidedLabel(role="caption", tone="muted", least=60)
        self._why = Label(role="caption", tone="muted", wrap=True, selectable=True)
        self.browser = Button(self.tr("Show as in the browser"), look="link")
        self.browser.clicked.connect(self.show_as_in_browser)
        self.outside = Button(self.tr("Open in the browser"), look="link")
        self.outside.clicked.connect(self.open_in_browser)
        self.web: WebView | None = None
        self.form = FormView()
        self.page = FittedPage()
        self.talk = TalkView()
        self.fields = Part()
        self.hidden = Part(self.tr("Hidden fields"))
        self.also = Part(self.tr("Also sent"))
        self.notes = Part(self.tr("The page cannot have sent this"))
        self.cut = Part(self.tr("Longer than is shown"))
        self.media = MediaStrip(session)
        self._looking: Job | None = None
        self._served: Job | None = None
        self._arrange()
        self.clear()

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._note, 1)
        head.addWidget(self.outside)
        head.addWidget(self.browser)
        content = QWidget()
        self._column = column = QVBoxLayout(content)
        set_margins(column, 0, 4, 8, 8)
        column.setSpacing(16)
        for view in (self.form, self.talk, self.talk.questions):
            layout = view.layout()
            assert layout is not None
            layout.setContentsMargins(0, 0, 0, 0)
        for part in (self.form, self.page, self.talk, self.fields):
            column.addWidget(part)
        for part in (self.cut, self.notes, self.hidden, self.also):
            column.addWidget(part)
        column.insertWidget(4, self.media)
        column.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.setAccessibleName(self.tr("The answer as the worker saw it"))
        content.setAutoFillBackground(False)
        self.area.viewport().setAutoFillBackground(False)
        self.area.setWidget(content)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.setSpacing(4)
        around.addLayout(head)
        around.addWidget(self._why)
        around.addWidget(self.area, 1)

    # ----------------------------------------------------------------------------------------- what is shown

    def show_unit(self, detail: UnitDetail, run: RunSource | None = None) -> None:
        """Shows a unit. What is small stands there when this returns; the rest comes from the reader.

        `run` is the unit's, for who has read it; else it is read once and kept.
        """
        self._stop()
        is_other = self._detail is None or self._detail.row.id != detail.row.id
        self._detail = detail
        if is_other:
            self.area.verticalScrollBar().setValue(0)
            self.media.clear()
            if self.web is not None:
                self.web.hide()
        run = run or self._runs.get(detail.row.task_run_id)
        if run is not None and is_light(run, detail):
            self._fill((run, see(run, detail)))
            return
        if is_other:  # an answer that is not this unit's must not stand over its verbs
            self._show_nothing()
            self._say(self.tr("Reading the answer…"), "")
        workspace, run_id = self._session.db.folder, detail.row.task_run_id

        def read(conn: Any) -> tuple[RunSource, Seen]:
            found = run or read_run(conn, workspace, run_id)
            return found, see(found, detail)

        self._job = self._session.ask(read, self._fill, self._fail)

    def clear(self) -> None:
        """Shows nothing."""
        self._stop()
        self._detail = None
        self._show_nothing()
        self._say("", "")
        self._leave_web()

    def _show_nothing(self) -> None:
        self.media.clear()
        self.form.clear()
        for shown in (self.form, self.page, self.talk):
            shown.hide()
        for part in (self.fields, self.cut, self.notes, self.hidden, self.also):
            part.show_data(None, _nothing)
        self.browser.hide()

    def _stop(self) -> None:
        """What was asked for is not wanted any more."""
        for job in (self._job, self._looking, self._served):
            if job is not None:
                job.cancel()
        self._job = self._looking = self._served = None
        self.browser.setEnabled(True)

    def show_as_in_browser(self) -> None:
        """Shows the page in the window, where Qt WebEngine is installed, or else in this computer's browser.

        In the window it stays so, for other units too, until it is asked for again.
        """
        if self.web is not None:
            self._session.save(_IN_WEB, False)
            self._leave_web()
        elif self._enter_web():
            self._session.save(_IN_WEB, True)
            self._ask_for(self._show_in_web)
        else:
            self.open_in_browser()

    def open_in_browser(self) -> None:
        """Shows the unit's page in this computer's browser, from where nothing can be sent."""
        self.browser.setEnabled(self.web is not None)  # one click opens one page
        self._ask_for(self._open)

    def _wants_web(self, run: RunSource | None) -> bool:
        return run is not None and has_page(run) and bool(self._session.load(_IN_WEB, False))

    def showEvent(self, event: QShowEvent) -> None:
        """It may have been chosen in another of these meanwhile."""
        super().showEvent(event)
        run = self._runs.get(self._detail.row.task_run_id) if self._detail is not None else None
        if not self._wants_web(run):
            self._leave_web()
        elif self.web is None and self._enter_web():
            self._ask_for(self._show_in_web)

    def _enter_web(self) -> bool:
        """Has a browser's view over the text, which keeps the keyboard; False if there can be none."""
        if self.web is None:
            self.web = _make_web_view(self)
            if self.web is None:
                return False
            self.web.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.web.setGeometry(self.area.geometry())
            self.web.loadFinished.connect(self._web_is_there)
            self.area.installEventFilter(self)
            self.outside.show()
            self.browser.setText(self.tr("Show as text"))
        return True

    def _show_in_web(self, url: str) -> None:
        self.browser.setEnabled(True)
        if self.web is not None:
            self.web.show_address(url)

    def _web_is_there(self, _ok: bool) -> None:
        """Before that, another unit's page may stand there."""
        if self.web is not None and self.web.is_wanted():
            self.web.show()
            self.web.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self.web is not None and event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self.web.setGeometry(self.area.geometry())
        return super().eventFilter(watched, event)

    def _leave_web(self) -> None:
        self.outside.hide()
        if self.web is None:
            return
        self.area.removeEventFilter(self)
        self.web.hide()
        self.web.shut()
        self.web.deleteLater()
        self.web = None
        self.browser.setText(self.tr("Show as in the browser"))

    def _ask_for(self, shown: Callable[[str], None]) -> None:
        """Has the page served, and its address given to `shown`."""
        detail = self._detail
        run = self._runs.get(detail.row.task_run_id) if detail is not None else None
        if detail is None or run is None or not has_page(run):
            self.browser.setEnabled(True)
            return
        self._served = self._session.threads.look(lambda: page_of(run, detail), shown, self._fail_to_open)

    def _open(self, url: str) -> None:
        self.browser.setEnabled(True)
        QDesktopServices.openUrl(QUrl(url))

    def _fail_to_open(self, error: Exception) -> None:
        self.browser.setEnabled(True)
        show_error(self.window(), self.tr("This page cannot be opened"), error)

    def _fail(self, error: Exception) -> None:
        self.clear()
        self._say("", str(error))

    def _fill(self, found: tuple[RunSource, Seen]) -> None:
        run, seen = found
        self._job = None
        if run.blueprint is not None:  # what could not be read may be there next time
            self._runs[run.run_id] = run
            while len(self._runs) > _MOST_RUNS:
                del self._runs[next(iter(self._runs))]
        page = seen.page
        words = self.tr("As the worker saw it") if seen.answered else self.tr("Nobody has answered yet.")
        self._say(words, page.why if isinstance(page, SeenFields) else "")
        self.browser.setVisible(has_page(run))
        if self._wants_web(run) and self._enter_web():
            self._ask_for(self._show_in_web)
        else:
            self._leave_web()
        for part, kind in ((self.form, SeenForm), (self.page, FilledPage), (self.talk, SeenTalk)):
            part.setVisible(isinstance(page, kind))
        rows = page.fields if isinstance(page, SeenFields) and page.fields else None
        self.fields.show_data((seen.unit_id, rows) if rows else None, lambda box: _add_rows(box, rows or ()))
        if isinstance(page, SeenForm):
            self.form.show_form(page.form, page.values, page.answer, read_only=True)
            _widen(self.form, page)
        elif isinstance(page, FilledPage):
            self.page.show_page(page.html)
        elif isinstance(page, SeenTalk):
            self.talk.show_talk(page)
        self.cut.show_data(seen.cut or None, lambda box: _add_cut(box, seen.cut))
        self.notes.show_data(seen.notes or None, lambda box: _add_notes(box, seen.notes))
        self.hidden.show_data(seen.hidden or None, lambda box: _add_rows(box, seen.hidden))
        self.also.show_data(seen.also or None, lambda box: _add_rows(box, seen.also))
        self._find_media(run)

    def _find_media(self, run: RunSource) -> None:
        detail = self._detail
        if detail is None or not may_have_media(run, detail):
            self.media.clear()
            return
        viewer = self._session.threads.viewer
        found = viewer.ask(
            lambda job: (run, detail, find_media(run, detail)), self._show_media, self._no_media
        )
        self._looking = found

    def _show_media(self, found: tuple[RunSource, UnitDetail, list[Medium]]) -> None:
        run, detail, media = found
        self._looking = None
        self.media.show_media(run.run_id, self.tr("unit {0}").format(detail.row.id), media)

    def _no_media(self, error: Exception) -> None:
        self._looking = None
        self.media.clear()
        logger.info("The pictures of a unit cannot be found: %s", error)

    def _say(self, words: str, why: str) -> None:
        self._note.setText("" if why else words)
        self._why.setText(why)
        self._why.setVisible(bool(why))


def _make_web_view(parent: QWidget) -> WebView | None:
    """A view of Qt WebEngine; None where the extra `web` is not installed or cannot run."""
    if getattr(os, "geteuid", lambda: 1)() == 0 and "QTWEBENGINE_DISABLE_SANDBOX" not in os.environ:
        return None  # it would end the program: its sandbox does not work for root
    try:
        from crowddesk.ui.review.web_view import WebView
    except ImportError:
        return None
    return WebView(parent)


def _widen(view: FormView, page: SeenForm) -> None:
    """Long texts stand there whole, and a line shows its beginning."""
    for field in page.form.fields:
        if not field.asks:
            continue
        editor = view.editor(field.name)
        if editor.line is not None:
            editor.line.setCursorPosition(0)
            editor.line.setToolTip(plain_tip(editor.line.text()[:LONGEST_VALUE]))
        if editor.area is not None:
            lines = min(_MOST_LINES, max(field.rows, 1 + editor.area.toPlainText().count("\n")))
            editor.area.setFixedHeight(editor.area.fontMetrics().lineSpacing() * lines + theme.px(18))


def _nothing(layout: QVBoxLayout) -> None:
    return


def _add_rows(layout: QVBoxLayout, rows: tuple[tuple[str, str], ...]) -> None:
    for name, text in rows[:_MOST_ROWS]:
        add_block(layout, name or say("answer"), text)
    if len(rows) > _MOST_ROWS:
        more = say("and {number:,} more fields", number=len(rows) - _MOST_ROWS)
        layout.addWidget(Label(more, role="caption", tone="muted"))


def _add_notes(layout: QVBoxLayout, notes: tuple[str, ...]) -> None:
    for note in notes:
        layout.addWidget(Label(note, tone="warning", wrap=True, selectable=True))


def _add_cut(layout: QVBoxLayout, cut: tuple[tuple[str, str], ...]) -> None:
    for name, text in cut[:_MOST_ROWS]:
        line = QHBoxLayout()
        line.setSpacing(8)
        length = say_count("%n characters", "%n character", len(text))
        line.addWidget(Label(f"{name[:80]}: {length}", tone="muted"))
        line.addWidget(copy_button(say("Copy all"), text))
        line.addStretch(1)
        layout.addLayout(line)
