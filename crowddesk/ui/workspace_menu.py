"""The menu at the top of the navigation: this workspace, others, the last ones."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from crowddesk.ui.tips import plain_tip
from crowddesk.ui.words import short_name
from crowddesk.ui.workspace_verbs import WorkspaceVerbs


class WorkspaceMenu(QMenu):
    """Made once for a window; it reads the last workspaces anew each time it is shown."""

    def __init__(self, verbs: WorkspaceVerbs, parent: QWidget) -> None:
        super().__init__(parent)
        self._verbs = verbs
        self.setToolTipsVisible(True)
        self.setAccessibleName(self.tr("Workspace"))
        self.recent = QMenu(self.tr("Recent"), self)
        self.recent.setToolTipsVisible(True)
        for verb in verbs.verbs():
            if not verb.name:
                self.addSeparator()
                continue
            action = self.addAction(verb.title)
            if verb.key:
                action.setText(f"{verb.title}\t{verb.key}")  # shown; the window has it bound
            action.triggered.connect(partial(self._take, verb.take))
            if verb.name == "open":
                self.addMenu(self.recent)
        verbs.recents_changed.connect(self._show_recents)
        self._show_recents()

    def open_below(self, widget: QWidget) -> None:
        """Shows it under the button that it belongs to."""
        self._verbs.read_recents()
        left = 0 if widget.isLeftToRight() else widget.width() - self.sizeHint().width()
        self.popup(widget.mapToGlobal(QPoint(left, widget.height() + 2)))

    def _take(self, take: object, _checked: bool = False) -> None:
        if callable(take):
            take()

    def _show_recents(self) -> None:
        """Those that are gone stay, muted, until somebody takes them off: their disk may come back."""
        self.recent.clear()
        names = [place.folder.name for place in self._verbs.recents]
        removals = []
        for place in self._verbs.recents:
            folder = place.folder
            alike = names.count(folder.name) > 1
            name = _on_menu(f"{folder.name} · {folder.parent.name}" if alike else folder.name)
            action = self.recent.addAction(name)
            action.setToolTip(plain_tip(str(folder)))
            action.triggered.connect(partial(self._take, partial(self._verbs.open_path, folder)))
            if not place.there:
                action.setText(self.tr("{0} (not there)").format(name))
                action.setEnabled(False)
                removals.append((name, folder))
        if removals:
            self.recent.addSeparator()
        for name, folder in removals:
            remove = self.recent.addAction(self.tr("Remove “{0}” from this list").format(name))
            remove.setToolTip(plain_tip(str(folder)))
            remove.triggered.connect(partial(self._take, partial(self._verbs.forget, folder)))
        if not self._verbs.recents:
            self.recent.addAction(self.tr("No other workspace was opened yet")).setEnabled(False)


def _on_menu(name: str) -> str:
    """A name as it is, however long and whatever its signs: & would make a key of the next letter."""
    return short_name(name).replace("&", "&&")
