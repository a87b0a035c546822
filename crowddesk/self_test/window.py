"""The checks in the program's real window, offscreen: look, every page, a run from its launch to files."""

from __future__ import annotations

import importlib.util
import logging
import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar
from urllib.parse import urljoin
from urllib.request import ProxyHandler, build_opener

from PySide6 import __version__ as _pyside_version
from PySide6.QtCore import (
    QEventLoop,
    QMessageLogContext,
    QObject,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    QtMsgType,
    QTranslator,
    qInstallMessageHandler,
)
from PySide6.QtGui import (
    QFont,
    QFontDatabase,
    QFontInfo,
    QFontMetricsF,
    QIcon,
    QImage,
    QImageReader,
    QPainter,
)
from PySide6.QtWidgets import QApplication

from crowddesk import __version__, app, paths
from crowddesk.domain import DATASET_STATUSES, RUN_STATES, ActionState, AgentStatus, AssignmentState
from crowddesk.self_test.report import Absent, Report, expect, size_of
from crowddesk.ui import theme
from crowddesk.ui.messages import CrashReporter

if TYPE_CHECKING:
    from crowddesk.data_model.database import CrowdDatabase
    from crowddesk.lanes import Job

_T = TypeVar("_T")

#: What a person must be able to read: names in Latin letters, numbers, money.
_LETTERS: Final = "ABCXYZabcxyz0123456789ÄÖÜßéèñçåøłőşžĞ€£$@%…–“"
#: Signs that no font has: one that nobody has defined, one that nobody ever will.
_NO_SIGNS: Final = "\u0378\U000e0fff"
_PICTURES: Final = ("png", "jpg", "jpeg", "gif", "svg", "webp", "ico")
#: A page is more than its background: anti-aliased letters alone have more shades than this.
_LEAST_SHADES: Final = 12
_ROLES: Final = ("text", "strong", "caption", "figure", "title", "mono")
#: What the offscreen platform says of whatever is shown.
_EXPECTED: Final = "This plugin does not support "
#: The crowd's waits are divided by this.
_SPEED: Final = 2_000.0
#: Nothing that is waited for takes so long, wherever it is.
_SOON_S: Final = 60.0
_LOOK_MS: Final = 20
_SAMPLE_OF_OUR_PEOPLE: Final = "photos"


def library() -> str:
    """Which Qt there is."""
    return f"PySide6 {_pyside_version}"


def check(report: Report, folder: Path) -> None:
    """All of them; the workspace is made where the program's own would be."""
    gui = app.make_application(["crowddesk"])
    crashes: list[str] = []
    log = _Log()
    reporter = CrashReporter(gui, facts=f"CrowdDesk {__version__}")
    reporter.crashed.connect(lambda title, details: crashes.append(f"{title} {details}"))
    reporter.install()
    log.begin()
    qInstallMessageHandler(_pass_on)
    try:
        with report.part("look"):
            theme.Theme(gui, paths.resources_dir() / "icons")
            _check_look(report)
        with report.part("desk"):
            _check_desk(report, gui, folder)
    finally:
        log.end()
        reporter.uninstall()
        qInstallMessageHandler(None)
    with report.check("nothing else went wrong") as found:
        wrong = [*crashes, *log.errors]
        expect(not wrong, "; ".join(wrong))
        found("no error that nobody caught, none in the log")


class _Log(logging.Handler):
    """Keeps what the program logs as an error, of any thread."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.errors: list[str] = []

    def begin(self) -> None:
        logging.getLogger("crowddesk").addHandler(self)

    def end(self) -> None:
        logging.getLogger("crowddesk").removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        self.errors.append(f"{record.name}: {record.getMessage()}")


def _pass_on(_kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    if not message.startswith(_EXPECTED):
        sys.stderr.write(f"Qt: {message}\n")


# ------------------------------------------------------------------------------------------------- look


def _check_look(report: Report) -> None:
    with report.check("fonts") as found:
        text, mono = QFontInfo(theme.font()).family(), QFontInfo(theme.font("mono")).family()
        expect(text and mono, "the system has no font")  # Qt names families even where there is none
        found(f"{len(QFontDatabase.families())} families, text in {text}, code in {mono}")
    for role in _ROLES:
        with report.check(f"font {role}") as found:
            found(_try_font(theme.font(role)))
    with report.check("signs") as found:
        found(_try_signs())
    with report.check("pictures") as found:
        can = {bytes(name.data()).decode() for name in QImageReader.supportedImageFormats()}
        lacking = [name for name in _PICTURES if name not in can]
        expect(not lacking, f"Qt cannot read {', '.join(lacking)}")
        found(f"Qt reads {', '.join(sorted(can))}")
    _check_icons(report)
    _check_translations(report)
    with report.check("plot") as found:
        found(_try_plot())


def _try_signs() -> str:
    """Every sign that stands beside a status is drawn by some font, and not as the box of a missing one."""
    statuses = {*AgentStatus.ALL, *AssignmentState.ALL, *ActionState.ALL, *RUN_STATES, *DATASET_STATUSES}
    signs = sorted({theme.status_look(status).sign for status in statuses})
    missing = {_bytes_of(_draw(sign, theme.font())) for sign in (" ", *_NO_SIGNS)}
    lacking = [sign for sign in signs if _bytes_of(_draw(sign, theme.font())) in missing]
    expect(not lacking, f"no font has {' '.join(f'U+{ord(sign):04X}' for sign in lacking)}")
    return f"{' '.join(signs)} for {len(statuses)} statuses"


def _try_font(font: QFont) -> str:
    """Every sign has a picture of its own, so none is the box that stands for a missing one."""
    drawn: dict[bytes, str] = {}
    for sign in _LETTERS:
        picture = _draw(sign, font)
        expect(_shades(picture) > 1, f"{sign!r} is drawn as nothing")
        bits = _bytes_of(picture)
        expect(bits not in drawn, f"{sign!r} looks like {drawn.get(bits)!r}: it has no glyph")
        drawn[bits] = sign
    widths = {QFontMetricsF(font).horizontalAdvance(digit) for digit in "0123456789"}
    expect(len(widths) == 1, f"digits have different widths: {sorted(widths)}")
    return f"{len(drawn)} signs drawn, digits {widths.pop():g} px wide"


def _draw(sign: str, font: QFont) -> QImage:
    picture = QImage(QSize(48, 48), QImage.Format.Format_Grayscale8)
    picture.fill(Qt.GlobalColor.white)
    painter = QPainter(picture)
    painter.setFont(font)
    painter.drawText(QRect(QPoint(0, 0), picture.size()), Qt.AlignmentFlag.AlignCenter, sign)
    painter.end()
    return picture


def _shades(picture: QImage) -> int:
    return len(set(_bytes_of(picture.convertToFormat(QImage.Format.Format_Grayscale8))))


def _bytes_of(picture: QImage) -> bytes:
    return bytes(picture.constBits())  # a picture that nobody holds any more has none


def _check_icons(report: Report) -> None:
    folder = paths.resources_dir() / "icons"
    there = sorted(path.stem for path in folder.glob("*.svg"))
    with report.check("icons") as found:
        lacking = sorted({icon for _, _, icon, _ in app._PAGES} - set(there))
        expect(not lacking, f"{folder} lacks {', '.join(lacking)}")
        broken = [
            name
            for name in there
            if not _is_drawn(theme.icon(name)) or not _is_drawn(QIcon(str(folder / f"{name}.svg")))
        ]
        expect(not broken, f"nothing is drawn for {', '.join(broken)}")
        found(f"{len(there)} are drawn")


def _is_drawn(icon: QIcon) -> bool:
    picture = icon.pixmap(32, 32).toImage()
    return not picture.isNull() and any(_bytes_of(picture.convertToFormat(QImage.Format.Format_Alpha8)))


def _try_plot() -> str:
    """A line in one of the program's plots, whose library loads much of itself with the first."""
    from crowddesk.ui.quiet_plot import dress_plot, make_plot

    view = make_plot(dates=True)
    view.resize(320, 200)
    dress_plot(view, left=48)
    view.setXRange(0, 2)
    view.setYRange(0, 2)
    before = _bytes_of(view.grab().toImage())
    view.plot([0, 1, 2], [0, 2, 1], pen=theme.colours().text)
    picture = view.grab().toImage()
    expect(_bytes_of(picture) != before, "its line is not drawn")
    return f"{picture.width()} x {picture.height()}, {_shades(picture)} shades"


def _check_translations(report: Report) -> None:
    """A language is a source that translators write, `.ts`, and what the program reads, `.qm`, made of it."""
    folder = paths.resources_dir() / "translations"
    files = {path.stem.partition("_")[2]: path for path in sorted(folder.glob("crowddesk_*.[tq][sm]"))}
    with report.check("languages") as found:
        found(", ".join(["en", *files]))
    for code, path in files.items():
        with report.check(f"language {code}") as found:
            compiled = path.with_suffix(".qm")
            if not compiled.exists() and folder.parent.name == "resources":
                raise Absent(
                    "not compiled, as in every checkout: packaging/translations.py does it for a build"
                )
            expect(compiled.is_file(), f"{compiled} is missing")
            texts = QTranslator()
            expect(texts.load(str(compiled)) and not texts.isEmpty(), f"{compiled} cannot be loaded")
            found(f"{compiled.name} {size_of(compiled)}")


# --------------------------------------------------------------------------------------------- the desk


def _check_desk(report: Report, gui: QApplication, folder: Path) -> None:
    place = paths.default_workspace()
    packed = folder / "run.crowddesk"
    with _desk(report, "window", app.Desk(gui, place)) as window:
        for scheme in ("light", "dark"):
            _check_pages(report, window, scheme)
        with report.check("practice run") as found:
            found(_practise(window))
        _check_exports(report, window, folder)
        with report.check("figures in a process") as found:
            found(_compute(window))
        with report.check("task server") as found:
            found(_serve(window))
        with report.check("pack a run") as found:
            found(_pack(window, packed))
        with report.check("back up and restore") as found:
            found(_back_up(window, folder))
        with report.check("workspace is sound") as found:
            found(_look_over(window))
    opened = folder / "opened"
    opened.mkdir()
    with (
        _desk(report, "packed run", app.Desk(gui, opened, bundle=packed)) as window,
        report.check("open a packed run") as found,
    ):
        units = window.read(partial(_count, where=""))
        expect(units > 0 and window.desk.window.current_page == "runs", "it shows no run")
        found(f"{units} units, read-only")


class _Window(QObject):
    """A desk whose work can be waited for, from the main thread."""

    def __init__(self, desk: app.Desk) -> None:
        super().__init__()
        self.desk = desk
        self.run_id = 0
        self._answers: list[tuple[bool, Any]] = []

    def do(self, work: Callable[[CrowdDatabase, Job], _T], seconds: float = _SOON_S) -> _T:
        """Does something in the desk's thread of jobs and gives what it gives. Raises what it raises."""
        expect(self.desk.session is not None, "the window is not open")
        assert self.desk.session is not None
        self._answers.clear()
        self.desk.session.run_job(work, self._take, self._fail)
        wait_until(lambda: bool(self._answers), seconds, "the answer")
        well, answer = self._answers.pop()
        if not well:
            raise answer
        found: _T = answer
        return found

    def read(self, work: Callable[[Any], _T]) -> _T:
        """Reads: `work(connection)`."""

        def reading(db: CrowdDatabase, _job: Job) -> _T:
            with db.read() as conn:
                return work(conn)

        return self.do(reading)

    def wait(self, reached: Callable[[], bool], seconds: float, what: str) -> None:
        """Asks again and again, in the thread of jobs; the window and its lanes work meanwhile."""
        until = time.monotonic() + seconds
        while not self.do(lambda _db, _job: reached()):
            expect(time.monotonic() < until, f"{what}: not within {seconds:g} s")
            wait_a_moment()

    def _take(self, answer: object) -> None:
        self._answers.append((True, answer))

    def _fail(self, error: Exception) -> None:
        self._answers.append((False, error))


def wait_until(reached: Callable[[], bool], seconds: float, what: str) -> None:
    """Lets the window work until something is so. Raises Wrong when it takes longer."""
    until = time.monotonic() + seconds
    while not reached():
        expect(time.monotonic() < until, f"{what} did not come within {seconds:g} s")
        wait_a_moment()


def wait_a_moment() -> None:
    loop = QEventLoop()
    QTimer.singleShot(_LOOK_MS, loop, loop.quit)
    loop.exec()


@contextmanager
def _desk(report: Report, name: str, desk: app.Desk) -> Iterator[_Window]:
    """An open desk, closed at the end; what is tried in one that does not open fails by itself."""
    failures: list[Exception] = []
    desk.failed.connect(failures.append)
    with report.check(name) as found:
        began = time.monotonic()
        desk.start()
        wait_until(lambda: desk.session is not None or bool(failures), _SOON_S, "the workspace")
        if failures:
            raise failures[0]
        found(f"{desk.window.windowTitle()}, open in {time.monotonic() - began:.1f} s")
    try:
        yield _Window(desk)
    finally:
        with report.check(f"close the {name}") as found:
            desk.window.close_surely()
            desk.stop()
            expect(desk.session is None or not desk.window.isVisible(), "it is still there")
            found("every thread has ended")


def _check_pages(report: Report, window: _Window, scheme: str) -> None:
    desk = window.desk
    desk.theme.set(scheme=scheme)
    for key, *_ in app._PAGES:
        with report.check(f"page {key}, {scheme}") as found:
            expect(desk.session is not None, "the window is not open")
            shown = desk.window.show_page(key)
            window.read(lambda _conn: None)
            wait_a_moment()
            expect(shown.isVisible(), "it is not shown")
            picture = desk.window.grab().toImage()
            shades = _shades(picture)
            expect(shades > _LEAST_SHADES, f"its picture has {shades} shades only")
            corner = picture.pixelColor(picture.width() - 3, 3).lightness()
            expect((corner < 128) == (scheme == "dark"), f"its corner's lightness is {corner}")
            found(f"{picture.width()} x {picture.height()}, {shades} shades")


# ------------------------------------------------------------------------------------------------- work


def _practise(window: _Window) -> str:
    """The demo as anybody sees it: two runs, decisions, a bonus, sending, a file; its last two sentences."""
    from crowddesk.operations import demo

    steps: Any = window.do(lambda db, _job: demo.play(db, speed=_SPEED))
    said: list[str] = []
    while (moment := window.do(lambda _db, _job: next(steps, None))) is not None:
        said.append(moment.says)
        window.run_id = window.run_id or moment.run_id
        window.wait(moment.reached, _SOON_S, moment.says)
    accepted = window.read(partial(_count, where="status:accepted"))
    expect(accepted > 0, "no unit was accepted")
    return " ".join(said[-2:])


def _count(conn: Any, where: str) -> int:
    from crowddesk.store.queries import UNITS

    return UNITS.count(conn, UNITS.parse(where))


def _check_exports(report: Report, window: _Window, folder: Path) -> None:
    from crowddesk.operations.export import FORMATS

    for ending in FORMATS:
        with report.check(f"export {ending[1:]}") as found:
            if ending == ".parquet" and importlib.util.find_spec("pyarrow") is None:
                raise Absent("not bundled: install CrowdDesk with pip to have it")
            found(window.do(partial(_export, window.run_id, folder / f"run{ending}")))


def _export(run_id: int, path: Path, db: CrowdDatabase, _job: Job) -> str:
    from crowddesk.blueprints.data_files import read_table
    from crowddesk.operations import export

    done = export.export(db, export.Wanted(run_id, path.suffix), path)
    expect(done.rows > 0 and not done.damaged, f"{done.rows} rows, damaged: {done.damaged}")
    if path.suffix == ".parquet":
        import pyarrow.parquet

        rows = pyarrow.parquet.read_table(path).num_rows
    else:
        rows = sum(1 for _ in read_table(path))
    expect(rows == done.rows, f"{done.rows} rows were written, and {rows} are read")
    return f"{rows} rows, {size_of(path)}"


def _compute(window: _Window) -> str:
    from crowddesk.operations.quality.apart import figures_apart

    figures = window.do(lambda db, job: figures_apart(db.folder, window.run_id, job))
    expect(figures, "there are none")
    return f"{', '.join(sorted(figures)[:6])}"


def _serve(window: _Window) -> str:
    """A run for one's own people, opened the way a browser does: the page, and all that it loads."""
    run_id = window.do(_launch_for_our_people)
    session = window.desk.session
    assert session is not None
    server = session.threads.server

    def listens() -> bool:
        run = server.state.of(run_id)
        return run is not None and run.listening

    wait_until(listens, _SOON_S, "its link")
    url = server.url_of(run_id)
    assert url is not None
    page = window.do(lambda _db, _job: _get(url)).decode()
    parts = re.findall(r'(?:href|src)="([^":]+)"', page)
    expect(parts, "the page loads nothing")
    size = sum(window.do(partial(_size_at, urljoin(url, part))) for part in parts)
    return f"{url.split('/')[2]}: page of {len(page)} bytes, {len(parts)} files of {size} bytes"


def _size_at(url: str, _db: CrowdDatabase, _job: Job) -> int:
    return len(_get(url))


def _launch_for_our_people(db: CrowdDatabase, _job: Job) -> int:
    from crowddesk.operations.accounts import add_requester
    from crowddesk.operations.launch import create_run
    from crowddesk.operations.run_file import load_run

    config = load_run(paths.resources_dir() / "tasks" / _SAMPLE_OF_OUR_PEOPLE / "run.yaml")
    add_requester(db, "inhouse", config.provider.requester_name, {"currency": config.task.currency})
    return create_run(db, config)


def _get(url: str) -> bytes:
    """Past every proxy; an answer other than 200 raises."""
    with build_opener(ProxyHandler({})).open(url, timeout=_SOON_S) as answer:
        body: bytes = answer.read()
    expect(body, f"{url} is empty")
    return body


def _pack(window: _Window, path: Path) -> str:
    from crowddesk.operations.bundle import make_bundle

    done = window.do(lambda db, _job: make_bundle(db, window.run_id, path))
    return f"{done.units} units, {done.files} files, {size_of(path)}"


def _back_up(window: _Window, folder: Path) -> str:
    """A copy of the workspace while it is open, and a second workspace made of it."""
    from crowddesk.operations import backup
    from crowddesk.operations.workspace import open_workspace

    path = folder / f"workspace{backup.ENDING}"
    made = window.do(lambda db, _job: backup.make_backup(db, path))

    def restore(_db: CrowdDatabase, _job: Job) -> int:
        backup.restore_backup(path, folder / "restored")
        again = open_workspace(folder / "restored")
        try:
            with again.read() as conn:
                return _count(conn, "")
        finally:
            again.close()

    units = window.do(restore)
    expect(units == made.units > 0, f"{made.units} units were backed up, and {units} restored")
    return f"{made.runs} runs, {units} units, {size_of(path)}"


def _look_over(window: _Window) -> str:
    from crowddesk.store import doctor

    faults = window.do(lambda db, _job: [finding.sentence for finding in doctor.check(db)])
    expect(not faults, "; ".join(faults))
    return "its totals, rows and files agree"
