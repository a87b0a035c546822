"""Settings: looks, when decisions leave, caps on rejections, the task server, the workspace, the rest."""

from __future__ import annotations

import dataclasses
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, QTimer, QUrl, qVersion
from PySide6.QtGui import QDesktopServices, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from crowddesk import __version__
from crowddesk.domain import BadInput, Cancelled, CrowdDeskError
from crowddesk.language import number_text, say
from crowddesk.ui import theme
from crowddesk.ui.controls import Button, ElidedLabel, Label
from crowddesk.ui.flow import FlowLayout
from crowddesk.ui.forms import Form
from crowddesk.ui.key_editor import KeyEditor
from crowddesk.ui.main_window import MainWindow
from crowddesk.ui.page import Page
from crowddesk.ui.plugin_list import PluginList
from crowddesk.ui.session import Session
from crowddesk.ui.states import BusyLine
from crowddesk.ui.timers import make_one_shot

if TYPE_CHECKING:
    from crowddesk.data_model.database import CrowdDatabase
    from crowddesk.lanes import Job
    from crowddesk.registry import Installed

_WRITE_AFTER_MS: Final = 500
_FINDINGS_SHOWN: Final = 20
_TWO_COLUMNS: Final = 820
_LEFT_SECTIONS: Final = 5


@dataclass(frozen=True, slots=True)
class About:
    """What this installation is made of, without plug-ins."""

    installed: tuple[Installed, ...]
    versions: tuple[tuple[str, str], ...]

    def text(self) -> str:
        """For "copy details"."""
        lines = [f"{name} {version}" for name, version in self.versions]
        lines += [f"{i.kind} {i.name}: {i.package} {i.version}" for i in self.installed]
        return "\n".join(lines)


def read_about(_conn: Any) -> About:
    """In the reader: it reads the metadata of installed packages."""
    from importlib import metadata

    from crowddesk import registry

    versions = [("CrowdDesk", __version__), ("Python", platform.python_version()), ("Qt", qVersion())]
    for package in ("PySide6-Essentials", "SQLAlchemy", "SQLModel", "pyqtgraph", "omegaconf"):
        try:
            versions.append((package, metadata.version(package)))
        except metadata.PackageNotFoundError:
            continue
    versions.append(("System", platform.platform()))
    return About(tuple(registry.installed()), tuple(versions))


def problem_of(section: str, values: dict[str, Any]) -> tuple[str, str] | None:
    """The field of a section that is out of its range, and what is wrong; None if all is right."""
    if section == "appearance" and not 100 <= values["text_percent"] <= 200:
        return "text_percent", say("Use 100 to 200.")
    if section == "sending" and not 0 <= values["grace_seconds"] <= 3600:
        return "grace_seconds", say("Use 0 to 3600 seconds.")
    if section == "rejections":
        for name, value in values.items():
            if value < 0:
                return name, say("This cannot be below 0. 0 is no cap.")
        if values["appeal_days"] > 365:
            return "appeal_days", say("Use 0 (no deadline) to 365 days.")
    if section == "task_server":
        return _serving_problem(values)
    if section == "fair_pay":
        return _target_problem(values["hourly_targets"])
    return None


def _target_problem(text: str) -> tuple[str, str] | None:
    from crowddesk.settings import read_targets

    try:
        read_targets(text)
    except BadInput as error:
        return "hourly_targets", str(error)
    return None


def _serving_problem(values: dict[str, Any]) -> tuple[str, str] | None:
    """The task server's own check says "name is ...; do ...", which stands beside that field here."""
    from crowddesk.settings import TaskServing, fault_of_serving

    fault = fault_of_serving(TaskServing(**values))
    if not fault:
        return None
    todo = fault.partition("; ")[2]
    return fault.split()[0], todo[:1].upper() + todo[1:]


class SettingsPage(Page):
    """Every change holds at once and is written a moment later."""

    def __init__(self, session: Session, window: MainWindow) -> None:
        super().__init__(say("Settings"))
        from crowddesk.settings import Appearance, FairPay, Notifications, Rejections, Sending, TaskServing

        self._session = session
        self._window = window
        self._job: Job | None = None
        self._about: About | None = None
        self._wanted: QWidget | None = None
        settings = session.settings
        self.forms = {
            "appearance": Form(Appearance, values=dataclasses.asdict(settings.appearance)),
            "sending": Form(Sending, values=dataclasses.asdict(settings.sending)),
            "rejections": Form(Rejections, values=dataclasses.asdict(settings.rejections)),
            "fair_pay": Form(FairPay, values=dataclasses.asdict(settings.fair_pay)),
            "notifications": Form(Notifications, values=dataclasses.asdict(settings.notifications)),
            "task_server": Form(TaskServing, values=dataclasses.asdict(settings.task_server)),
        }
        self._applying = False
        for form in self.forms.values():
            form.changed.connect(self._take)
        self._timer = make_one_shot(self, _WRITE_AFTER_MS, self._apply)
        content = QWidget()
        self._columns: list[QVBoxLayout] = []
        self._halves: list[QWidget] = []
        both = QHBoxLayout(content)
        both.setContentsMargins(0, 0, 8, 0)
        both.setSpacing(40)
        for _ in range(2):
            half = QWidget()
            column = QVBoxLayout(half)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(28)
            column.addStretch(1)
            both.addWidget(half, 1)
            self._columns.append(column)
            self._halves.append(half)
        self.keys = KeyEditor(session.keys)
        self.keys.chosen.connect(self._take_keys)
        #: By the name that `show_wanted` takes.
        self._parts: dict[str, QWidget] = {
            "appearance": _Section(self.tr("Appearance"), "", self.forms["appearance"]),
            "sending": _Section(
                self.tr("Sending"),
                self.tr("When decisions leave. A live account's always wait for Send."),
                self.forms["sending"],
            ),
            "rejections": _Section(
                self.tr("Rejections"),
                self.tr("Rejecting by mistake is hard to mend. 0 is no cap."),
                self._make_rejections(),
            ),
            "fair_pay": _Section(
                self.tr("Fair pay"),
                self.tr("What an hour should come to. A run’s wages are shown against it."),
                self.forms["fair_pay"],
            ),
            "notifications": _Section(
                self.tr("Notifications"),
                self.tr("What the system tells you while you look elsewhere, gathered, never in a flood."),
                self.forms["notifications"],
            ),
            "task_server": _Section(
                self.tr("Pages for your own people"),
                self.tr(
                    "How they reach a run that you serve yourself. Nothing listens when no run needs it."
                ),
                self.forms["task_server"],
            ),
            "workspace": self._make_workspace(),
            "plugins": self._make_plugins(),
            "about": self._make_about(),
            "keys": _Section(
                self.tr("Keys"),
                self.tr(
                    "Click a key and press another one; Backspace takes it away. In text fields they are off."
                ),
                self.keys,
            ),
        }
        self._sections = list(self._parts.values())
        self._wide: bool | None = None
        self._area = area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(content)
        self.body.addWidget(area, 1)
        self._arrange()
        self.restyle()
        window.closing.connect(self._apply_now)
        session.settings_changed.connect(self._follow)
        session.ask(read_about, self._show_about)

    # -------------------------------------------------------------------------------------------- changes

    def _take(self) -> None:
        """Shows what is wrong at once; what is right holds at once where it is looks, else in a moment."""
        self._timer.start()
        if self.sender() is self.forms["appearance"]:
            self._apply()

    def _apply_now(self) -> None:
        if self._timer.isActive():
            self._apply()

    def _apply(self) -> None:
        settings = self._session.settings
        parts: dict[str, Any] = {}
        for name, form in self.forms.items():
            old = getattr(settings, name)
            if form.problems():
                parts[name] = old
                continue
            values = {k: (old_value if v is None else v) for (k, v), old_value in
                      zip(form.value().items(), dataclasses.asdict(old).values(), strict=True)}  # fmt: skip
            problem = problem_of(name, values)
            if problem is not None:
                form.show_problem(*problem)
            parts[name] = old if problem is not None else type(old)(**values)
        made = dataclasses.replace(settings, **parts)
        if made != settings:
            self._applying = True
            self._session.set_settings(made)
            self._applying = False

    def _take_keys(self, chosen: dict[str, str]) -> None:
        self._session.set_settings(dataclasses.replace(self._session.settings, keys=chosen))

    def show_wanted(self, what: Any) -> None:
        """Shows a section by its name, at its beginning."""
        section = self._parts.get(str(what))
        if section is not None:
            self._wanted = section
            QTimer.singleShot(0, self, self._go_to_wanted)

    def _go_to_wanted(self) -> None:
        """Once the page is laid out, so that the section is where it will be."""
        section, content = self._wanted, self._area.widget()
        if section is not None and content is not None:
            bar = self._area.verticalScrollBar()
            bar.setValue(section.mapTo(content, section.rect().topLeft()).y())
            fields = [w for w in section.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus]
            if fields:
                fields[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self._wanted = None

    def _follow(self) -> None:
        """Shows what was set elsewhere (a run's page opens to the network), so that it is not set back."""
        if self._applying:
            return
        for name, form in self.forms.items():
            values = dataclasses.asdict(getattr(self._session.settings, name))
            if form.right_values() != values:
                form.fill(values)

    # ------------------------------------------------------------------------------------------ workspace

    def _make_rejections(self) -> QWidget:
        """The caps, and the library of the reasons that people read."""
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.forms["rejections"])
        self.reasons = Button(self.tr("Reasons…"))
        self.reasons.setToolTip(self.tr("The sentences that you use again, with their keys."))
        self.reasons.clicked.connect(self._open_reasons)
        column.addWidget(self.reasons, 0, Qt.AlignmentFlag.AlignLeft)
        return part

    def _open_reasons(self) -> None:
        from crowddesk.ui.reason_library import open_reasons

        open_reasons(self._session, self._window)

    def _make_workspace(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._folder = Path(self._session.db.folder)
        path = ElidedLabel(str(self._folder), least=120)
        path.setAccessibleName(self.tr("Workspace folder"))
        column.addWidget(path)
        column.addWidget(
            Label(
                self.tr("Everything lies there: the database, the files of runs, answers and logs."),
                role="caption", tone="muted", wrap=True,
            )
        )  # fmt: skip
        self.open_folder = Button(self.tr("Open folder"))
        self.open_folder.clicked.connect(self._open_folder)
        self.verify = Button(self.tr("Verify the journal"))
        self.verify.clicked.connect(self._verify)
        self.look_over = Button(self.tr("Look it over"))
        self.look_over.setToolTip(self.tr("Checks the database, the totals and the files (the doctor)"))
        self.look_over.clicked.connect(self._look_over)
        self.cancel = Button(self.tr("Cancel"), look="link")
        self.cancel.clicked.connect(self._cancel)
        self.cancel.hide()
        line = FlowLayout(spacing=8)
        for button in (self.open_folder, self.verify, self.look_over, self.cancel):
            line.addWidget(button)
        column.addLayout(line)
        self._busy = BusyLine()
        self._busy.setFixedHeight(3)
        self._busy.hide()
        column.addWidget(self._busy)
        self.findings = Label(wrap=True, selectable=True)
        self.findings.hide()
        column.addWidget(self.findings)
        self.copy_findings = Button(self.tr("Copy"), look="link")
        self.copy_findings.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.findings.text()))
        self.copy_findings.hide()
        column.addWidget(self.copy_findings, 0, Qt.AlignmentFlag.AlignLeft)
        return _Section(self.tr("Workspace"), "", box)

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))

    def _verify(self) -> None:
        self._begin(_verify)

    def _look_over(self) -> None:
        self._begin(_look_over)

    def _begin(self, work: Any) -> None:
        self._wait(True)
        self._say(self.tr("Looking…"), "muted")
        self._job = self._session.run_job(work, self._tell, self._fail)

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self._wait(False)
        self._say(self.tr("Cancelled."), "muted")

    def _tell(self, found: tuple[str, Sequence[str]]) -> None:
        self._wait(False)
        tone, lines = found
        sign = {"danger": "✕ ", "warning": "● ", "good": "✓ "}.get(tone, "")
        shown = [sign + line for line in lines[:_FINDINGS_SHOWN]]
        if len(lines) > _FINDINGS_SHOWN:
            shown.append(self.tr("and {0} more").format(number_text(len(lines) - _FINDINGS_SHOWN)))
        self._say("\n".join(shown), tone)
        self.copy_findings.show()

    def _fail(self, error: Exception) -> None:
        self._wait(False)
        if isinstance(error, Cancelled):
            return
        if not isinstance(error, CrowdDeskError):
            raise error
        self._say(f"✕ {error}", "danger")

    def _wait(self, on: bool) -> None:
        self._busy.setVisible(on)
        self.cancel.setVisible(on)
        for button in (self.verify, self.look_over):
            button.setEnabled(not on)

    def _say(self, words: str, tone: str) -> None:
        self.findings.setText(words)
        self.findings.set_tone(tone)
        self.findings.show()
        self.copy_findings.hide()

    # ----------------------------------------------------------------------------------- plug-ins, about

    def _make_plugins(self) -> QWidget:
        self.plugins = PluginList(self._session)
        self.plugins.said.connect(self._window.toast.say)
        words = self.tr(
            "Vendors and blueprints that others wrote. They run with all rights of this program: take them "
            "only from people you trust."
        )
        return _Section(self.tr("Plug-ins"), words, self.plugins)

    def _make_about(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._installed = QGridLayout()
        self._installed.setHorizontalSpacing(16)
        self._installed.setVerticalSpacing(4)
        self._installed.setColumnStretch(2, 1)
        column.addLayout(self._installed)
        words = self.tr(
            "CrowdDesk is free software under the MIT licence. Qt and PySide6 come under the LGPL 3, "
            "pyqtgraph, SQLAlchemy and SQLModel under the MIT licence, omegaconf under the BSD licence."
        )
        column.addWidget(Label(words, role="caption", tone="muted", wrap=True))
        self.copy_about = Button(self.tr("Copy details"))
        self.copy_about.clicked.connect(self._copy_about)
        self.copy_about.setEnabled(False)
        column.addWidget(self.copy_about, 0, Qt.AlignmentFlag.AlignLeft)
        return _Section(self.tr("About"), "", box)

    def _show_about(self, about: About) -> None:
        self._about = about
        self.copy_about.setEnabled(True)
        kinds = {"provider": self.tr("provider"), "blueprint": self.tr("blueprint")}
        rows = [(name, "", version) for name, version in about.versions[:3]]
        rows += [(i.name, kinds[i.kind], i.version) for i in about.installed]
        for place, (name, kind, version) in enumerate(rows):
            self._installed.addWidget(Label(name), place, 0)
            self._installed.addWidget(Label(kind, tone="muted"), place, 1)
            self._installed.addWidget(Label(version, tone="muted"), place, 2)

    def _copy_about(self) -> None:
        if self._about is not None:
            parts = (self._about.text(), self.plugins.text())
            QGuiApplication.clipboard().setText("\n".join(part for part in parts if part))
            self._window.toast.say(self.tr("The details are on the clipboard."))

    # ---------------------------------------------------------------------------------------------- frame

    def _arrange(self) -> None:
        wide = self.width() >= theme.px(_TWO_COLUMNS)
        if wide == self._wide:
            return
        self._wide = wide
        # removeWidget, not takeAt: an item that lives on would keep Qt from measuring the section anew.
        for section in self._sections:
            for column in self._columns:
                column.removeWidget(section)
        for number, section in enumerate(self._sections):
            column = self._columns[1 if wide and number >= _LEFT_SECTIONS else 0]
            column.insertWidget(column.count() - 1, section)  # before the stretch
        self._halves[1].setVisible(wide)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def restyle(self) -> None:
        """Takes the theme's sizes anew. Lines no wider than they read well.

        The halves are held, not the sections: a column asks a section for its height at the column's width.
        """
        for half in self._halves:
            half.setMaximumWidth(theme.px(560))


class _Section(QWidget):
    """A title, a sentence, and what belongs to it."""

    def __init__(self, title: str, words: str, content: QWidget) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(Label(title, role="strong"))
        if words:
            column.addWidget(Label(words, tone="muted", wrap=True))
        column.addWidget(content)


def _verify(db: CrowdDatabase, job: Job) -> tuple[str, Sequence[str]]:
    """In the jobs thread."""
    from crowddesk.store import journal
    from crowddesk.store.database import CancelToken

    token = CancelToken()
    job.on_cancel(token.cancel)
    try:
        with db.read(token) as conn:
            found = journal.verify(conn)
    finally:
        job.on_cancel(None)
    if not found.ok:
        return "danger", [found.sentence]
    return "good", [found.sentence, say("The head to keep elsewhere: {head}", head=found.head)]


def _look_over(db: CrowdDatabase, _job: Job) -> tuple[str, Sequence[str]]:
    """In the jobs thread."""
    from crowddesk.store import doctor

    found = doctor.check(db)
    if not found:
        return "good", [say("All is well: the database, the totals, the journal and the files.")]
    tone = "danger" if any(f.severity == "error" for f in found) else "warning"
    return tone, [f"{f.place}: {f.sentence}" for f in found]
