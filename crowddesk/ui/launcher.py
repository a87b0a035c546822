"""From the launch dialog to a run: what there is to choose, what is wrong with the files, the launch itself.

The functions without a widget run in the reader's or the jobs thread.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication

from crowddesk.domain import BadInput, Cancelled, CrowdDeskError
from crowddesk.ui.dialogs.launch import LaunchDialog
from crowddesk.ui.dialogs.launch_values import (
    AccountChoice,
    FormPage,
    LaunchCheck,
    LaunchChoices,
    LaunchProblem,
    LaunchValue,
)
from crowddesk.ui.launches import Launch, Launches
from crowddesk.ui.main_window import MainWindow
from crowddesk.ui.session import Session
from crowddesk.ui.verbs import environment_of, show_error

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from crowddesk.blueprints.base import Blueprint
    from crowddesk.data_model.database import CrowdDatabase
    from crowddesk.lanes import Job

_READING: Final = ("format", "encoding", "delimiter", "sheet", "quotes")
_ELSEWHERE: Final = ("item_key", "units_per_assignment", "columns")
#: The kinds of pages that most people want stand before the others, which are sorted.
_FIRST_KINDS: Final = ("static_html", "form")
_RUN_FILE_LIMIT: Final = 256 * 1024
_PREVIEW_NAME: Final = "preview.html"
#: A file that is being written is not read at once.
_PAUSE_MS: Final = 250


def read_choices(conn: Connection) -> LaunchChoices:
    """In the reader: accounts that are registered, and flat forms for vendors and blueprints."""
    from crowddesk import registry
    from crowddesk.blueprints.base import BlueprintArgs
    from crowddesk.store.queries import REQUESTERS
    from crowddesk.ui.flat_args import flat

    accounts = [
        AccountChoice(
            r.requester_name, r.provider_type, environment_of(r.provider_type, r.sandbox), r.currency
        )
        for r in REQUESTERS.iterate(conn)
        if r.registered
    ]
    providers: dict[str, type] = {}
    served = set()
    for name in dict.fromkeys(account.provider_type for account in accounts):
        vendor = registry.get_crowd_provider_from_type(name)
        providers[name] = flat(vendor.ArgsClass, f"{name}_args", ("requester_name",))
        if vendor.SERVES_TASKS:
            served.add(name)
    files: dict[str, type] = {}
    mapped = set()
    names = registry.blueprint_types()
    for name in sorted(names, key=lambda name: (name not in _FIRST_KINDS, name != _FIRST_KINDS[0], name)):
        try:
            args_class = registry.get_blueprint_from_type(name).ArgsClass
        except CrowdDeskError:
            continue  # one that cannot be loaded is not offered
        files[name] = flat(args_class, f"{name}_args", (*_READING, *_ELSEWHERE))
        if "columns" in args_class.__dataclass_fields__:
            mapped.add(name)
    base = set(BlueprintArgs.__dataclass_fields__) - set(_READING)
    reading = flat(BlueprintArgs, "reading", base)
    return LaunchChoices(accounts, providers, files, reading, frozenset(mapped), frozenset(served))


def look_over(db: CrowdDatabase, job: Job, value: LaunchValue, row: int) -> LaunchCheck:
    """In the jobs thread: reads all files of a run; its faults, its cost, and the page of one row."""
    from crowddesk.operations import launch
    from crowddesk.operations.run_file import run_from_dict

    problems: list[LaunchProblem] = []
    more = 0
    cost = None
    try:
        config = run_from_dict(value.sections, value.folder)
        cost = launch.estimate(db, config, progress=lambda rows: job.report(rows, rows + 1))
        problems += [LaunchProblem(p.place, p.message, p.severity == "error") for p in cost.problems]
        more = cost.problems.errors + cost.problems.warnings - len(cost.problems.listed)
        if cost.units == 0 and not cost.problems.errors:
            problems.append(LaunchProblem("", "The data file has no rows, so there is nothing to launch."))
    except BadInput as error:
        problems += [LaunchProblem("", line) for line in str(error).splitlines()]
    seen = _see(value, problems)
    rows = cost.items if cost is not None else 0
    row = min(max(1, row), rows) if rows else max(1, row)
    if cost is None:
        _check_page(seen, problems)
    page = _page_of(seen, row, [] if problems else problems)
    return LaunchCheck(
        seen.columns,
        seen.placeholders,
        tuple(dict.fromkeys(problems)),
        more,
        cost=cost,
        page=page,
        row=row if page else 0,
        rows=rows,
        files=seen.files,
    )


def page_of_row(value: LaunchValue, row: int) -> tuple[int, str | FormPage]:
    """In the jobs thread: another row's number and its page; "" when it cannot be made."""
    return row, _page_of(_see(value, []), row, [])


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a half-filled form lets be read: no blueprint without its page's file, no columns without data."""

    columns: tuple[str, ...] = ()
    placeholders: tuple[str, ...] = ()
    blueprint: Blueprint | None = None
    files: tuple[Path, ...] = ()


def _see(value: LaunchValue, problems: list[LaunchProblem]) -> _Seen:
    from crowddesk import registry
    from crowddesk.blueprints.data_files import Table
    from crowddesk.operations.typed_args import fill

    section = value.sections.get("blueprint", {})
    if not isinstance(section, Mapping):
        return _Seen()
    columns: tuple[str, ...] = ()
    files: tuple[Path, ...] = ()
    try:
        blueprint_class = registry.get_blueprint_from_type(str(section.get("_blueprint_type")))
        names = _page_files(blueprint_class.ArgsClass)
        empty = dict.fromkeys(("data", *names), "")
        args = fill(blueprint_class.ArgsClass, {**empty, **section}, "blueprint", value.folder, [])
        if args is None:
            return _Seen()
        blueprint = blueprint_class(args, value.folder)
        has_page = all(section.get(name) for name in names)
        if has_page:
            files = tuple(value.folder / getattr(args, name) for name in names)
        if section.get("data"):
            columns = Table(blueprint.data_path, blueprint.reading).columns
        if not has_page:
            return _Seen(columns)
        template = getattr(blueprint, "template", None)
    except BadInput as error:
        _add(problems, "", str(error))
        return _Seen(columns, files=files)
    placeholders = (
        (p.name for p in template.placeholders() if not p.in_script) if template is not None else ()
    )
    return _Seen(columns, tuple(dict.fromkeys(placeholders)), blueprint, files)


def _page_files(args_class: type) -> list[str]:
    """The arguments that name the files a page is made of: a template, a form."""
    import dataclasses

    from crowddesk.blueprints.base import BlueprintArgs
    from crowddesk.operations.typed_args import is_path, is_required

    shared = BlueprintArgs.__dataclass_fields__
    return [
        f.name
        for f in dataclasses.fields(args_class)
        if f.name not in shared and is_path(f) and is_required(f)
    ]


def _check_page(seen: _Seen, problems: list[LaunchProblem]) -> None:
    """Adds what is wrong with the page while the rest of the run is not there yet."""
    from crowddesk.blueprints.data_files import Problems

    if seen.blueprint is None:
        return
    found = Problems()
    seen.blueprint.check_own(found)
    if seen.columns and not found.errors:
        seen.blueprint.check_columns(seen.columns, seen.blueprint.data_path.name, found)
    problems += [LaunchProblem(p.place, p.message, p.severity == "error") for p in found]


def _page_of(seen: _Seen, row: int, problems: list[LaunchProblem]) -> str | FormPage:
    """The page of a row; a form without data shows its columns' names."""
    from crowddesk.blueprints.form import FormBlueprint
    from crowddesk.ui.page_preview import readable

    blueprint = seen.blueprint
    if blueprint is None:
        return ""
    try:
        if isinstance(blueprint, FormBlueprint) and not seen.columns:
            return FormPage(blueprint.form, {})
        if not seen.columns:
            return ""
        item = next(islice(blueprint.read_items(), row - 1, None), None)
        if item is None:
            return ""
        if isinstance(blueprint, FormBlueprint):
            return FormPage(blueprint.form, item.values)
        return readable(blueprint.render(item.values))
    except BadInput as error:
        _add(problems, "", str(error))
        return ""


def _add(problems: list[LaunchProblem], place: str, words: str) -> None:
    if not any(words in str(problem) for problem in problems):
        problems.append(LaunchProblem(place, words))


def read_sections(path: Path) -> tuple[Path, dict[str, Any]]:
    """In the jobs thread: a run file's sections (or a form's), all text. Raises BadInput with the line."""
    from crowddesk.blueprints.text_files import read_text
    from crowddesk.operations import run_yaml

    return path, run_yaml.parse(read_text(path, _RUN_FILE_LIMIT), path.name)


def write_run_file(value: LaunchValue, path: Path) -> Path:
    """In the jobs thread: writes a run file; paths under its folder are relative. Raises BadInput."""
    from crowddesk.operations.run_file import run_from_dict, to_yaml

    config = run_from_dict(value.sections, value.folder)
    try:
        path.write_text(to_yaml(config, relative_to=path.absolute().parent, full=False), encoding="utf-8")
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror}.") from None
    return path


def write_preview(folder: Path, value: LaunchValue, row: int) -> Path:
    """In the jobs thread: the whole page of a row as a file in the workspace, for a browser."""
    blueprint = _see(value, []).blueprint
    item = None if blueprint is None else next(islice(blueprint.read_items(), row - 1, None), None)
    if blueprint is None or item is None:
        raise BadInput(f"There is no page for row {row}.")
    target = folder / _PREVIEW_NAME
    target.write_text(blueprint.render(item.values), encoding="utf-8")
    return target


def command_line(value: LaunchValue, path: Path, stored: Mapping[str, Any]) -> str:
    """`crowddesk launch` with the run file and what was changed since it was read or saved."""
    before, now = dict(_leaves(stored)), dict(_leaves(value.sections))
    changed = [
        f"{key}={text}"
        for key, text in now.items()
        if text != before.get(key) and not _same(key, text, before, path)
    ]
    gone = [f"{key}=null" for key in before if key not in now and not key.endswith((".columns", "_type"))]
    return shlex.join(["crowddesk", "launch", str(path), *changed, *gone])


def _same(key: str, text: str, before: Mapping[str, str], path: Path) -> bool:
    """A path that became absolute, or a number written another way, is no change."""
    old = before.get(key, "")
    if old and str(path.absolute().parent / Path(old).expanduser()) == text:
        return True
    try:
        return float(old) == float(text)
    except ValueError:
        return False


def _leaves(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for name, part in value.items():
            yield from _leaves(part, f"{place}.{name}" if place else str(name))
    elif isinstance(value, list):
        yield place, "[" + ", ".join(str(part) for part in value) + "]"
    elif value is not None:
        yield place, str(value)


class Launcher(QObject):
    """One open launch dialog and its work."""

    def __init__(self, session: Session, window: MainWindow, path: Path | None) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._path = path
        self._stored: Mapping[str, Any] = {}
        self._check: Job | None = None
        self._looked_over: LaunchValue | None = None
        self._row: Job | None = None
        self._launch: Launch | None = None
        self.dialog: LaunchDialog | None = None
        self._files: tuple[Path, ...] = ()
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(self._note_file)
        self._watcher.directoryChanged.connect(self._note_folder)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._look)
        session.ask(read_choices, self._open, self._fail_to_open)

    def _open(self, choices: LaunchChoices) -> None:
        self.dialog = dialog = LaunchDialog(choices, self._window)
        dialog.reach.set_reach(self._session.settings.task_server.reach)
        dialog.changed.connect(self._look)
        dialog.row_wanted.connect(self._show_row)
        dialog.file_wanted.connect(self._read_file)
        dialog.launch_wanted.connect(self._begin)
        dialog.save_wanted.connect(self._save)
        dialog.browser_wanted.connect(self._browse)
        dialog.command_wanted.connect(self._copy_command)
        dialog.stopped.connect(self._stop)
        dialog.finished.connect(self._end)
        dialog.open()
        if self._path is not None:
            self._read_file(self._path)

    def _fail_to_open(self, error: Exception) -> None:
        show_error(self._window, self.tr("A run cannot be launched now"), error)
        self.deleteLater()

    # ------------------------------------------------------------------------------------------- looking

    def _look(self) -> None:
        if self.dialog is None:
            return
        if self._check is not None:
            self._check.cancel()
        value, row = self.dialog.value(), self.dialog.view.row.number
        self.dialog.show_checking(0)
        self._looked_over = value
        self._check = self._session.run_job(
            lambda db, job: look_over(db, job, value, row), self._show, self._fail_to_look, self._progress
        )

    def _progress(self, rows: int, _total: int) -> None:
        if self.dialog is not None:
            self.dialog.show_checking(rows)

    def _show(self, check: LaunchCheck) -> None:
        self._check = None
        self._watch(check.files)
        if self.dialog is not None:
            self.dialog.show_check(check)

    def _fail_to_look(self, error: Exception) -> None:
        if isinstance(error, Cancelled) or self.dialog is None:
            return
        if not isinstance(error, CrowdDeskError):
            raise error
        self._check = None
        self.dialog.show_check(LaunchCheck(problems=(LaunchProblem("", str(error)),)))

    def _show_row(self, row: int) -> None:
        if self._row is not None:
            self._row.cancel()
        assert self.dialog is not None
        value = self.dialog.value()
        self._row = self._session.run_job(
            lambda db, job: page_of_row(value, row), self._show_page, self._fail_to_show
        )

    def _show_page(self, found: tuple[int, str | FormPage]) -> None:
        if self.dialog is not None:
            row, page = found
            self.dialog.view.show_row(row, self.dialog.view.row.rows, page)

    def _fail_to_show(self, error: Exception) -> None:
        self._say_problem(error)

    # ------------------------------------------------------------------------------------ changes on disk

    def _watch(self, files: tuple[Path, ...]) -> None:
        """Looks again when one of these changes; their folders tell when one is there again."""
        wanted = {str(path) for path in files} | {str(path.parent) for path in files}
        watched = {*self._watcher.files(), *self._watcher.directories()}
        if gone := watched - wanted:
            self._watcher.removePaths(sorted(gone))
        if new := wanted - watched:
            self._watcher.addPaths(sorted(new))
        self._files = files

    def _note_file(self, _path: str) -> None:
        self._pause.start()

    def _note_folder(self, _path: str) -> None:
        """Most editors put a new file in the place of the old one, which ends its watch."""
        missing = {str(path) for path in self._files} - {*self._watcher.files()}
        if missing and len(self._watcher.addPaths(sorted(missing))) < len(missing):
            self._pause.start()

    # --------------------------------------------------------------------------------------------- files

    def _read_file(self, path: Path) -> None:
        self._session.run_job(lambda db, job: read_sections(path), self._fill, self._fail_to_read)

    def _fill(self, found: tuple[Path, dict[str, Any]]) -> None:
        path, sections = found
        if self.dialog is None:
            return
        if "fields" in sections and "blueprint" not in sections:
            self.dialog.take_page_file("form", path)
            return
        self._stored = sections
        self.dialog.load(sections, path)

    def _fail_to_read(self, error: Exception) -> None:
        self._say_problem(error)

    def _save(self, path: Path) -> None:
        assert self.dialog is not None
        value = self.dialog.value()
        self._session.run_job(lambda db, job: write_run_file(value, path), self._saved, self._fail_to_save)

    def _saved(self, path: Path) -> None:
        if self.dialog is not None:
            self._stored = self.dialog.value().sections
            self.dialog.run_file = path
            self.dialog.say(str(path))

    def _fail_to_save(self, error: Exception) -> None:
        self._say_problem(error)

    def _browse(self) -> None:
        assert self.dialog is not None
        value, row, folder = self.dialog.value(), self.dialog.view.row.number, Path(self._session.db.folder)
        self._session.run_job(
            lambda db, job: write_preview(folder, value, row), self._show_in_browser, self._fail_to_browse
        )

    def _show_in_browser(self, path: Path) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def _fail_to_browse(self, error: Exception) -> None:
        self._say_problem(error)

    def _copy_command(self) -> None:
        assert self.dialog is not None
        path = self.dialog.run_file
        if path is None:
            self.dialog.set_problem(self.tr("Save it as a run file first: the command names that file."))
            return
        QGuiApplication.clipboard().setText(command_line(self.dialog.value(), path, self._stored))
        self.dialog.say(self.tr("The command is on the clipboard."))

    def _say_problem(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            return
        if not isinstance(error, CrowdDeskError):
            raise error
        if self.dialog is not None:
            self.dialog.set_problem(str(error))

    # -------------------------------------------------------------------------------------------- launch

    def _begin(self) -> None:
        value = self._looked_over  # what was shown with its cost, whatever became of its files since
        assert value is not None
        self._launch = launch = Launches.of(self._session).begin(value.sections, value.folder)
        launch.created.connect(self._created)
        launch.failed.connect(self._failed)

    def _created(self, run_id: int) -> None:
        self._launch = None
        if self.dialog is not None:
            self.dialog.accept()
        self._session.wanted.emit("runs", run_id)

    def _failed(self, error: Exception) -> None:
        if self.dialog is None or self._launch is None:
            return
        self._launch = None
        if isinstance(error, Cancelled):
            self.dialog.show_failure(self.tr("Cancelled: nothing was launched."))
        elif isinstance(error, CrowdDeskError):
            self.dialog.show_failure(str(error))
        else:
            self.dialog.show_failure(self.tr("It was not launched."))
            raise error

    def _stop(self) -> None:
        if self._launch is not None:
            self._launch.cancel()

    def _end(self) -> None:
        if self._check is not None:
            self._check.cancel()
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None
        self.deleteLater()


def open_launch(session: Session, window: MainWindow, path: Path | None = None) -> Launcher:
    """Opens the launch dialog, filled with a run file if there is one. Returns at once."""
    return Launcher(session, window, path)
