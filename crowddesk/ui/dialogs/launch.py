"""Launches a run: files, task, pay, account and checks; beside them a real row, its faults and the cost.

The dialog knows no file and no database: it says `changed`, `row_wanted`, ... and is told what was found.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QScrollArea,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from crowddesk.domain import money_text
from crowddesk.language import mark, say, say_count
from crowddesk.ui import theme
from crowddesk.ui.controls import Button, Choice, Label
from crowddesk.ui.dialogs.frame import VerbDialog
from crowddesk.ui.dialogs.launch_account import AccountPart
from crowddesk.ui.dialogs.launch_columns import ColumnMapping
from crowddesk.ui.dialogs.launch_values import (
    AskedFields,
    CheckFields,
    LaunchCheck,
    LaunchChoices,
    LaunchProblem,
    LaunchValue,
    LimitFields,
    OnboardingFields,
    PayFields,
    answers_of_lines,
    line_of_qualification,
    lines_of_answers,
    mapping_of,
    merge,
    part_of,
    qualification_of_line,
)
from crowddesk.ui.dialogs.launch_view import LaunchView
from crowddesk.ui.dialogs.study_fields import STUDY_VENDORS
from crowddesk.ui.flat_args import flattened, nested
from crowddesk.ui.forms import Form, TitledForm
from crowddesk.ui.timers import make_one_shot

_PAUSE_MS: Final = 350
_NARROW: Final = 860
_RUN_FILES: Final = (".yaml", ".yml")
_TEMPLATES: Final = (".html", ".htm")
#: What our own blueprints are called; another one goes by its type.
_PAGES: Final = {"static_html": mark("static html"), "form": mark("form"), "chat": mark("chat")}
_NUMBERED: Final = mark("(the row's number)")


class LaunchDialog(VerbDialog):
    """Asks for a run.

    Signals: `changed`: the value is another one, a moment ago; `row_wanted(number)`: another row's page;
    `file_wanted(path)`: a run file should be read; `launch_wanted`, `rehearse_wanted`, `save_wanted(path)`,
    `browser_wanted`; `stopped`: Cancel while a launch is on its way.
    """

    changed = Signal()
    row_wanted = Signal(int)
    file_wanted = Signal(object)
    launch_wanted = Signal()
    rehearse_wanted = Signal()
    save_wanted = Signal(object)
    browser_wanted = Signal()
    stopped = Signal()

    def __init__(self, choices: LaunchChoices, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Launch a run"), self.tr("Launch"), parent, careful=True, width=560)
        self.setAcceptDrops(True)
        self._choices = choices
        self._rest: dict[str, Any] = {}
        self._launching = False
        self._check = LaunchCheck()
        self.run_file: Path | None = None
        self._folder = Path.home()
        self._pause = make_one_shot(self, _PAUSE_MS, self.changed)
        self.rehearse = Button(self.tr("Rehearse…"))
        self.rehearse.setAutoDefault(False)
        self.rehearse.setToolTip(
            self.tr("The very same run first against simulated people, in minutes and without money")
        )
        self.rehearse.clicked.connect(self.rehearse_wanted)
        self.rehearse.hide()
        self.add_button_before_verb(self.rehearse)
        self._asks = left = QWidget()
        self._form = QVBoxLayout(left)
        self._form.setContentsMargins(0, 0, 16, 8)
        self._form.setSpacing(12)
        self._make_files()
        self._make_forms()
        self._form.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(left)
        area.setMinimumWidth(theme.px(300))
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(area)
        self.view = LaunchView()
        self.view.row_wanted.connect(self.row_wanted)
        self.view.browser_wanted.connect(self.browser_wanted)
        self._split.addWidget(self.view)
        self._split.setStretchFactor(0, 5)
        self._split.setStretchFactor(1, 6)
        self._split.setSizes([theme.px(450), theme.px(560)])
        self._live = Label(
            self.tr("LIVE: real people will see this, and real money will be paid."),
            tone="danger", wrap=True,
        )  # fmt: skip
        self._live.hide()
        self.body.addWidget(self._live)
        self.body.addWidget(self._split, 1)
        self.more = QToolButton()
        self.more.setText(self.tr("More ▾"))
        self.more.setProperty("chrome", "button")
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.more)
        self.save_file = menu.addAction(self.tr("Save as run file…"), self._ask_where)
        self.more.setMenu(menu)
        self.add_left_button(self.more)
        room = self.screen().availableGeometry()
        self.resize(min(theme.px(1080), room.width() - 40), min(theme.px(760), room.height() - 40))
        self._leave_drops_to_me()
        self.account.begin()
        self.show_check(LaunchCheck())

    # ------------------------------------------------------------------------------------------ left side

    def _make_files(self) -> None:
        self.open_file = Button(self.tr("Open a run file…"))
        self.open_file.setAutoDefault(False)
        self.open_file.clicked.connect(self._ask_which)
        self._source = Label(
            self.tr("Drop a run file, a template, a form or a data file anywhere here."),
            role="caption", tone="muted", wrap=True,
        )  # fmt: skip
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self.open_file)
        line.addWidget(self._source, 1)
        self._form.addLayout(line)
        self.blueprint = Choice()
        self.blueprint.setAccessibleName(self.tr("Kind of page"))
        for name in self._choices.files:
            self.blueprint.addItem(say(_PAGES.get(name, name.replace("_", " "))), name)
        self.blueprint.setVisible(self.blueprint.count() > 1)
        self.blueprint.currentIndexChanged.connect(self._take_blueprint)
        self._form.addWidget(self.blueprint)
        self._files_place = QVBoxLayout()
        self._form.addLayout(self._files_place)
        self.item_key = Choice()
        self.item_key.addItem(say(_NUMBERED), None)
        self.item_key.currentIndexChanged.connect(self._touch)
        label = Label(self.tr("Items are named by"))
        label.setBuddy(self.item_key)
        self.item_key.setAccessibleName(label.text())
        key = QVBoxLayout()
        key.setSpacing(4)
        key.addWidget(label)
        key.addWidget(self.item_key)
        self._form.addLayout(key)
        self.columns = ColumnMapping()
        self.columns.changed.connect(self._touch)
        self._form.addWidget(self.columns)
        self.reading = self._add_form(
            Form(self._choices.reading), self.tr("How the data file is read"), folded=True
        )
        self.files: Form | None = None
        self._take_blueprint()

    def _make_forms(self) -> None:
        self.asked = self._add_form(Form(AskedFields), self.tr("What is asked"))
        self.pay = self._add_form(Form(PayFields), self.tr("Pay and size"))
        self.account = AccountPart(self._choices)
        self.account.changed.connect(self._touch)
        self.account.chosen.connect(self._take_account)
        self._form.addSpacing(4)
        self._form.addWidget(self.account)
        self.limits = self._add_form(Form(LimitFields), self.tr("Limits and who may work"), folded=True)
        self.checks = self._add_form(Form(CheckFields), self.tr("Gold and screening"), folded=True)
        self.onboarding = self._add_form(
            Form(OnboardingFields), self.tr("A page before the task"), folded=True
        )

    def _add_form(self, form: Form, title: str, *, folded: bool = False) -> Form:
        self._form.addSpacing(4)
        self._form.addWidget(TitledForm(title, form, folds=folded))
        form.changed.connect(self._touch)
        return form

    def _take_blueprint(self) -> None:
        name = self.blueprint.currentData()
        if name is None:
            return
        given: dict[str, Any] = {}
        if self.files is not None:
            given = self.files.right_values()
            self._files_place.removeWidget(self.files)
            self.files.deleteLater()
        self.files = Form(self._choices.files[name], values=given)
        self.files.changed.connect(self._touch)
        self._files_place.addWidget(self.files)
        self._leave_drops_to_me()
        self._touch()

    def _take_account(self) -> None:
        choice = self.account.choice
        live = choice is not None and choice.environment == "live"
        if choice is not None:
            editor = self.pay.editor("currency")
            if isinstance(editor, QLineEdit) and not editor.text().strip():
                editor.setText(choice.currency)
        studies = choice is not None and choice.provider_type in STUDY_VENDORS
        self.pay.set_required("estimated_minutes", studies)
        self._live.setVisible(live)
        self.verb.set_look("danger" if live else "primary")
        self.rehearse.setVisible(choice is not None and choice.provider_type in self._choices.rehearsed)

    def _touch(self) -> None:
        self.verb.setEnabled(False)
        self.rehearse.setEnabled(False)
        self._pause.start()

    # ------------------------------------------------------------------------------------ what was found

    def show_checking(self, rows: int) -> None:
        """Says that the files are being read."""
        if not self._launching:
            self.view.show_working(self.view.reading_words(rows))

    def show_check(self, check: LaunchCheck) -> None:
        """Shows what was found, and lets the run be launched if nothing stops it."""
        check = self._with_forms(check)
        self._check = check
        self._show_columns(check)
        self.account.show_check(check)
        if self._launching:
            return
        self.view.show_check(check)
        cost, can = check.cost, check.can_launch
        self.rehearse.setEnabled(check.can_rehearse)
        if cost is None:
            self.set_verb(self.tr("Launch"), False)
        else:
            total = money_text(cost.needed, cost.currency)
            words = say_count("Launch %n units · {0}", "Launch %n unit · {0}", cost.units)
            self.set_verb(words.format(total), can)
        self.verb.setToolTip("" if can else self.tr("Something above keeps it from being launched."))

    def _with_forms(self, check: LaunchCheck) -> LaunchCheck:
        """What the forms know better: an empty field is needed, not wrong, and a wrong one is not missing."""
        needed: list[str] = []
        known: list[str] = []
        wrong: list[LaunchProblem] = []
        for form in self._forms():
            empty = form.missing()
            needed += [form.title(name).lower() for name in empty]
            known += [f"task.{name}: " for name in empty]
            wrong += [
                LaunchProblem(form.title(name), sentence)
                for name, sentence in form.problems().items()
                if name not in empty
            ]
        told = list(check.problems)
        if needed or wrong:
            told = [p for p in told if not _says_missing(p.words) and p not in wrong] + wrong
            told = [p for p in told if not str(p).startswith(tuple(known))]
        return replace(check, problems=tuple(told), needed=tuple(needed))

    def _forms(self) -> list[Form]:
        """The forms whose values count now."""
        forms = (
            self.files, self.reading, self.asked, self.pay, self.account.form, self.limits, self.checks,
            self.onboarding,
        )  # fmt: skip
        return [form for form in forms if form is not None]

    def _show_columns(self, check: LaunchCheck) -> None:
        if check.columns:
            chosen = self.item_key.currentData() if self.item_key.count() > 1 else self._wanted_key()
            self.item_key.blockSignals(True)
            self.item_key.clear()
            self.item_key.addItem(say(_NUMBERED), None)
            for column in check.columns:
                self.item_key.addItem(column, column)
            if chosen is not None and chosen not in check.columns:
                self.item_key.addItem(chosen, chosen)
            self.item_key.setCurrentIndex(max(0, self.item_key.findData(chosen)))
            self.item_key.blockSignals(False)
        mapped = self.blueprint.currentData() in self._choices.mapped
        self.columns.show_columns(check.placeholders if mapped and check.columns else (), check.columns)

    def _wanted_key(self) -> str | None:
        return self.item_key.currentData() or self._key_of_file

    _key_of_file: str | None = None

    # ---------------------------------------------------------------------------------------- value, load

    def value(self) -> LaunchValue:
        """The run as it stands; what is wrong or missing is left out, and named when it is checked."""
        sections = copy.deepcopy(self._rest)
        task = sections.setdefault("task", {})
        blueprint = sections.setdefault("blueprint", {})
        merge(sections.setdefault("provider", {}), self.account.section())
        pay = self.pay.right_values()
        units = pay.pop("units_per_assignment", 1)
        limits = self.limits.right_values()
        task.update({k: v for k, v in self.asked.right_values().items() if v not in (None, "", [])})
        task.update({k: v for k, v in pay.items() if v not in (None, "")})
        qualifications = [qualification_of_line(line) for line in limits.pop("qualifications", [])]
        if qualifications:
            task["qualifications"] = qualifications
        merge(task, nested(limits, LimitFields))
        checks = nested(self.checks.right_values(), CheckFields)
        for name in ("gold", "screening"):
            if "data" not in checks.get(name, {}):
                checks.pop(name, None)
        merge(task, checks)
        onboarding = nested(self.onboarding.right_values(), OnboardingFields).get("onboarding", {})
        if onboarding.get("page"):
            onboarding["answers"] = answers_of_lines(onboarding.get("answers", ()))
            merge(task, {"onboarding": onboarding})
        name = self.blueprint.currentData()
        blueprint["_blueprint_type"] = name
        if self.files is not None and name is not None:
            merge(blueprint, nested(self.files.right_values(), self._choices.files[name]))
        merge(blueprint, nested(self.reading.right_values(), self._choices.reading))
        if self.item_key.currentData():
            blueprint["item_key"] = self.item_key.currentData()
        elif self.item_key.count() == 1 and self._key_of_file:
            blueprint["item_key"] = self._key_of_file
        blueprint["units_per_assignment"] = units
        if columns := self.columns.value():
            blueprint["columns"] = columns
        return LaunchValue(sections, self._folder)

    @property
    def run_title(self) -> str:
        """What workers see first, as it stands."""
        return str(self.asked.right_values().get("title") or "")

    @property
    def units(self) -> int:
        """How many units the run has, as far as that is known."""
        return self._check.units

    def load(self, sections: Mapping[str, Any], folder: Path) -> None:
        """Fills the dialog with a run file's sections; what it has no field for is kept as it is.

        Relative paths are in `folder`.
        """
        self._folder = folder
        rest = copy.deepcopy(dict(sections))
        task = part_of(rest, "task")
        blueprint = part_of(rest, "blueprint")
        provider = part_of(rest, "provider")
        task.setdefault("units_per_assignment", blueprint.pop("units_per_assignment", None) or 1)
        _set_choice(self.blueprint, blueprint.pop("_blueprint_type", None))
        columns = mapping_of(blueprint.pop("columns", None))
        self.columns.set_value({str(name): str(column) for name, column in columns.items()})
        self._key_of_file = blueprint.pop("item_key", None)
        self.item_key.clear()
        self.item_key.addItem(say(_NUMBERED), None)
        if isinstance(task.get("onboarding"), Mapping):
            onboarding = dict(task["onboarding"])
            onboarding["answers"] = lines_of_answers(onboarding.get("answers", []))
            task["onboarding"] = onboarding
        if isinstance(task.get("qualifications"), list):
            task["qualifications"] = [line_of_qualification(q) for q in task["qualifications"]]
        forms: tuple[tuple[Form, type], ...] = (
            (self.asked, AskedFields),
            (self.pay, PayFields),
            (self.limits, LimitFields),
            (self.checks, CheckFields),
            (self.onboarding, OnboardingFields),
        )
        for form, form_class in forms:
            task = self._fill(form, form_class, task, folder)
        name = self.blueprint.currentData()
        if self.files is not None and name is not None:
            blueprint = self._fill(self.files, self._choices.files[name], blueprint, folder)
        blueprint = self._fill(self.reading, self._choices.reading, blueprint, folder)
        provider = self.account.load(provider, folder)
        self._rest = {**rest, "task": task, "blueprint": blueprint, "provider": provider}
        self._touch()

    def _fill(self, form: Form, form_class: type, section: dict[str, Any], folder: Path) -> dict[str, Any]:
        values, rest = flattened(section, form_class)
        form.fill(values, folder)
        return rest

    # ---------------------------------------------------------------------------------------------- verbs

    def _take(self) -> None:
        self.show_launching(self.tr("Launching…"))
        self.launch_wanted.emit()

    def show_launching(self, words: str) -> None:
        """Says that the run is on its way; nothing can be changed until `show_failure`."""
        self._launching = True
        self.set_problem("")
        self._enable(False)
        self.view.show_working(self.tr("Checking the files and copying them into the workspace"))
        self.set_verb(words, False)

    def show_failure(self, sentence: str) -> None:
        """Says why it was not launched; all stays as entered."""
        self._launching = False
        self._enable(True)
        self.show_check(self._check)
        self.set_problem(sentence)

    def say(self, sentence: str) -> None:
        """A short word under the form, such as where a file was saved."""
        self._source.setText(sentence)

    def reject(self) -> None:
        if self._launching:
            self.stopped.emit()
        else:
            super().reject()

    def _enable(self, on: bool) -> None:
        self._asks.setEnabled(on)
        self.more.setEnabled(on)
        self.rehearse.setEnabled(on)

    def _ask_which(self) -> None:
        dialog = QFileDialog(self, self.tr("Open a run file"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.tr("Run files (*.yaml *.yml)"), self.tr("All files (*)")])
        dialog.fileSelected.connect(self._take_file)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _ask_where(self) -> None:
        dialog = QFileDialog(self, self.tr("Save as run file"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("yaml")
        dialog.setNameFilter(self.tr("Run files (*.yaml)"))
        dialog.fileSelected.connect(lambda text: self.save_wanted.emit(Path(text)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _take_file(self, text: str) -> None:
        """A file that was chosen or dropped: a run file fills the dialog, the others one field."""
        path = Path(text)
        ending = path.suffix.lower()
        if ending in _RUN_FILES:
            self.file_wanted.emit(path)
        else:
            self.take_page_file("template" if ending in _TEMPLATES else "data", path)

    def take_page_file(self, name: str, path: Path) -> None:
        """Puts a file where it belongs: into the field `name` of the page, of another kind if need be."""
        if self.files is not None and not self.files.asks(name):
            kinds = (kind for kind, form in self._choices.files.items() if name in _names(form))
            _set_choice(self.blueprint, next(kinds, None))
        if self.files is not None and self.files.asks(name):
            editor = self.files.editor(name)
            if isinstance(editor, QLineEdit):
                editor.setText(str(path))

    def _leave_drops_to_me(self) -> None:
        """A line that took a dropped file would show its address, not read it."""
        for child in self.findChildren(QWidget):
            child.setAcceptDrops(False)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _files_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        for path in _files_in(event.mimeData()):
            self._take_file(path)
        event.acceptProposedAction()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < theme.px(_NARROW)
        self._split.setOrientation(Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal)
        self.view.set_beside(not narrow)

    def _fit(self) -> None:
        """It is as large as the user makes it."""


def _says_missing(words: str) -> bool:
    """Whether this is what reading a run says of what is not given at all."""
    for said in (
        say("{name}.{key} is missing.{hint}", name="\0", key="\0", hint=""),
        say("The section {name} is missing.", name="\0"),
    ):
        if re.fullmatch(".+".join(map(re.escape, said.split("\0"))), words):
            return True
    return False


def _set_choice(choice: Choice, name: Any) -> None:
    place = choice.findData(name)
    if place >= 0:
        choice.setCurrentIndex(place)


def _names(form: type) -> set[str]:
    return {field.name for field in fields(form)}


def _files_in(data: QMimeData) -> list[str]:
    return [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
