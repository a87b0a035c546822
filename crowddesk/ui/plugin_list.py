"""The plug-ins in Settings: what the folder holds, what cannot be used and why, the folder itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crowddesk import paths
from crowddesk.domain import CrowdDeskError
from crowddesk.ui.controls import Button, ElidedLabel, Label
from crowddesk.ui.flow import FlowLayout
from crowddesk.ui.session import Session
from crowddesk.ui.states import BusyLine

if TYPE_CHECKING:
    from crowddesk.data_model.database import CrowdDatabase
    from crowddesk.lanes import Job
    from crowddesk.plugins import Plugin


@dataclass(frozen=True, slots=True)
class Found:
    """The plug-ins, and the files of those in use that were changed or taken away meanwhile."""

    plugins: Sequence[Plugin]
    stale: frozenset[str]


def _look(_db: CrowdDatabase, _job: Job) -> Found:
    """In the jobs thread, because it imports plug-ins."""
    from crowddesk import registry

    stale = registry.look_again()
    return Found(registry.check_plugins(), frozenset(plugin.file for plugin in stale))


def _make_folder(_job: Job) -> Path:
    """In another thread than the GUI's: the disk may be far away. Raises OSError."""
    folder = paths.plugins_dir()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


class PluginList(QWidget):
    """Looks at the folder whenever it is shown, and when it is asked to."""

    #: Something to be said at the window's edge.
    said = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._found: Found | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        folder = str(paths.plugins_dir())
        where = ElidedLabel(folder, role="caption", tone="muted", least=120, middle=True)
        where.setAccessibleName(self.tr("Plug-in folder: {0}").format(folder))
        column.addWidget(where)
        rows = QWidget()
        self._rows = QVBoxLayout(rows)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(12)
        column.addWidget(rows)
        words = self.tr("None yet. Put the wheel of one (a .whl file) into the folder, then look again.")
        self.empty = Label(words, wrap=True)
        self.empty.hide()
        column.addWidget(self.empty)
        self.open_folder = Button(self.tr("Open the plug-in folder"))
        self.open_folder.clicked.connect(self._open_folder)
        self.again = Button(self.tr("Look again"))
        self.again.setToolTip(
            self.tr("Finds what is new in the folder, and tries again what could not be used")
        )
        self.again.clicked.connect(self._look)
        line = FlowLayout(spacing=8)
        for button in (self.open_folder, self.again):
            line.addWidget(button)
        column.addLayout(line)
        self._busy = BusyLine()
        self._busy.setFixedHeight(3)
        self._busy.hide()
        column.addWidget(self._busy)
        self.problem = Label(tone="danger", wrap=True, selectable=True)
        self.problem.hide()
        column.addWidget(self.problem)

    def text(self) -> str:
        """For "copy details": a line for each that is known."""
        if self._found is None:
            return ""
        return "\n".join(_line(plugin) for plugin in self._found.plugins)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look()

    def _look(self) -> None:
        if self.again.isEnabled():
            self.again.setEnabled(False)
            self._busy.show()
            self._session.run_job(_look, self._take, self._fail)

    def _take(self, found: Found) -> None:
        self._end()
        if found == self._found:
            return
        self._found = found
        while (item := self._rows.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for plugin in found.plugins:
            self._rows.addWidget(_Row(plugin, plugin.file in found.stale, self))
        self.empty.setVisible(not found.plugins)
        self._session.threads.wake_lanes()  # an account may have waited for one of them

    def _fail(self, error: Exception) -> None:
        self._end()
        if not isinstance(error, CrowdDeskError):
            raise error
        self._tell(f"✕ {error}")

    def _end(self) -> None:
        self._busy.hide()
        self.again.setEnabled(True)
        self.problem.hide()

    def _tell(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.show()

    def _open_folder(self) -> None:
        self._session.threads.viewer.ask(_make_folder, self._show_folder, self._fail_to_make)

    def _show_folder(self, folder: Path) -> None:
        self.problem.hide()
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def _fail_to_make(self, error: Exception) -> None:
        if not isinstance(error, OSError):
            raise error
        why = error.strerror or str(error)
        self._tell(self.tr("✕ {0} cannot be made: {1}.").format(paths.plugins_dir(), why))

    def copy(self, plugin: Plugin) -> None:
        """Puts everything about one on the clipboard."""
        parts = [_line(plugin), str(plugin.path), plugin.details]
        QGuiApplication.clipboard().setText("\n".join(part for part in parts if part))
        self.said.emit(self.tr("The details are on the clipboard."))


class _Row(QWidget):
    """One plug-in: its name with what it is, where it lies, and what is wrong with it."""

    def __init__(self, plugin: Plugin, stale: bool, owner: PluginList) -> None:
        super().__init__()
        kinds = {"provider": self.tr("provider"), "blueprint": self.tr("blueprint")}
        name = plugin.name or plugin.package or plugin.file
        sign = "✕" if plugin.sentence else "✓"
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(8)
        mark = Label(sign, tone="danger" if plugin.sentence else "good")
        mark.setAccessibleName(self.tr("cannot be used") if plugin.sentence else self.tr("can be used"))
        head.addWidget(mark)
        head.addWidget(ElidedLabel(name, role="strong", least=50))
        facts = " · ".join(part for part in (kinds.get(plugin.kind, ""), plugin.version) if part)
        head.addWidget(ElidedLabel(facts, tone="muted", least=40))
        head.addStretch(1)
        column.addLayout(head)
        if plugin.file != name:
            where = ElidedLabel(plugin.file, role="caption", tone="muted", least=120, middle=True)
            where.setAccessibleName(self.tr("Where it lies: {0}").format(plugin.path))
            column.addWidget(where)
        if plugin.sentence:
            column.addWidget(Label(plugin.sentence, tone="danger", wrap=True, selectable=True))
            copy = Button(self.tr("Copy details"), look="link")
            copy.setAccessibleDescription(name)
            copy.clicked.connect(partial(owner.copy, plugin))
            head.addWidget(copy)
        if stale:
            words = self.tr("● Changed or taken away since it was loaded. That holds from the next start.")
            column.addWidget(Label(words, tone="warning", wrap=True))


def _line(plugin: Plugin) -> str:
    what: list[Any] = [plugin.kind, plugin.name, plugin.package, plugin.version]
    state = plugin.sentence or "usable"
    return f"plug-in {plugin.file}: {' '.join(part for part in what if part)}: {state}"
