"""`--self-test`: passes on what is whole, without network, home or screen; each sort of fault fails it."""

from __future__ import annotations

import importlib.metadata
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import crowddesk
from crowddesk import paths, registry, self_test
from crowddesk.self_test import parts
from crowddesk.self_test.report import Absent, Report, Wrong

ROOT = Path(__file__).resolve().parent.parent
#: A place that nobody can write, root included.
NO_HOME = "/proc/nobody"
LIMIT_S = 170


@pytest.fixture
def report(tmp_path: Path) -> Report:
    return Report(tmp_path / "running.txt")


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Callable[[], list[str]]:
    return lambda: capsys.readouterr().out.splitlines()


@pytest.fixture
def resources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the program's resources to break, which the program takes for its own; no build was there."""
    copy = tmp_path / "resources"
    shutil.copytree(paths.resources_dir(), copy, ignore=shutil.ignore_patterns("*.qm"))
    monkeypatch.setattr(paths, "resources_dir", lambda: copy)
    return copy


def _start(place: Path, *arguments: str, command: tuple[str, ...] = (), **env: str) -> Any:
    """Runs the self-test as somebody with no home, no screen and no session."""
    temporary = place / "tmp"
    temporary.mkdir()
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "SYSTEMROOT") if name in os.environ}
    return subprocess.run(
        [*command, sys.executable, "-m", "crowddesk", "--self-test", *arguments],
        cwd=place, capture_output=True, text=True, encoding="utf-8", check=False, timeout=LIMIT_S,
        env=kept | {"HOME": NO_HOME, "TMPDIR": str(temporary), "PYTHONPATH": str(ROOT)} | env,
    )  # fmt: skip


def _without_network() -> tuple[str, ...]:
    """The words that start a command where only this computer can be reached; none where that cannot be."""
    words = ("unshare", "--map-root-user", "--net", "sh", "-c", 'ip link set lo up && exec "$@"', "sh")
    try:
        can = subprocess.run([*words, "true"], capture_output=True, check=False, timeout=20).returncode == 0
    except OSError:
        return ()
    return words if can else ()


def _processes_in(place: Path) -> list[str]:
    found = []
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = process.read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
        except OSError:
            continue
        if str(place) in words:
            found.append(words)
    return found


@pytest.mark.timeout(LIMIT_S)
def test_a_whole_program_passes_and_leaves_nothing(tmp_path: Path) -> None:
    done = _start(tmp_path, "160", command=_without_network())
    lines = done.stdout.splitlines()
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    assert lines[-1].startswith("ok  self-test: all is well")
    assert not [line for line in lines if not line.startswith(("ok  ", "--  "))]
    names = {line.partition(":")[0][4:] for line in lines}
    assert {"provider prolific", "export xlsx", "task server", "page review, dark", "plot"} <= names
    assert done.stderr == ""
    assert list((tmp_path / "tmp").iterdir()) == []
    assert list(tmp_path.iterdir()) == [tmp_path / "tmp"]
    assert _processes_in(tmp_path) == []


@pytest.mark.long
@pytest.mark.timeout(LIMIT_S)
def test_every_fault_of_an_installation_is_told_of(tmp_path: Path) -> None:
    tree = tmp_path / "installed"
    for name in ("crowddesk", "resources"):
        shutil.copytree(ROOT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
    (tree / "resources/icons/undo.svg").write_text("no picture", encoding="utf-8")
    (tree / "resources/icons/home.svg").unlink()
    (tree / "resources/tasks/stalls/run.yaml").write_text("task: {", encoding="utf-8")
    (tree / "crowddesk/taskserver/page/page.js").unlink()
    (tree / "crowddesk/providers/prolific/wrap_crowd_source.js").unlink()
    (tree / "crowddesk/blueprints/chat.py").write_text("raise ImportError('half copied')", encoding="utf-8")
    done = _start(tmp_path, "160", PYTHONPATH=str(tree))
    failed = [line for line in done.stdout.splitlines() if line.startswith("FAILED ")]
    assert done.returncode == 1
    assert [line.partition(":")[0][7:] for line in failed] == [
        "pages for browsers", "provider prolific", "provider prolific_sandbox", "blueprint chat",
        "sample tasks", "icons", "task server", "self-test",
    ]  # fmt: skip
    assert failed[-1].startswith("FAILED self-test: 7 failed")
    assert "half copied" in done.stderr


# ------------------------------------------------------------------------------ the process that waits


@pytest.fixture
def child(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], int]]:
    """Runs the self-test over another program in place of the checks."""

    def run(code: str) -> int:
        monkeypatch.setattr(self_test, "own_command", lambda: [sys.executable, "-c", code])
        return self_test.main(["3"])

    import signal

    before = signal.getsignal(signal.SIGTERM)
    yield run
    signal.signal(signal.SIGTERM, before)


def test_a_process_that_dies_is_told_of_with_its_check(
    child: Callable[[str], int], told: Callable[[], list[str]]
) -> None:
    code = (
        "import os; open('running.txt', 'w').write('window'); print('ok  fonts: 3', flush=True); os.abort()"
    )
    assert child(code) == 1
    first, last = told()
    assert first == "ok  fonts: 3"
    assert last.startswith("FAILED self-test: the program ended with -6 at: window (")


def test_one_that_hangs_is_ended_with_all_it_started(
    child: Callable[[str], int], told: Callable[[], list[str]], tmp_path: Path
) -> None:
    code = (
        "import subprocess, sys, time\n"
        f"subprocess.Popen([sys.executable, '-c', 'input()', {str(tmp_path)!r}], stdin=subprocess.PIPE)\n"
        "time.sleep(60)"
    )
    assert child(code) == 1
    assert told()[-1].startswith("FAILED self-test: not done after 3 s, at: its start (")
    assert _processes_in(tmp_path) == []


def test_a_quiet_failure_is_one(child: Callable[[str], int], told: Callable[[], list[str]]) -> None:
    assert child("raise SystemExit(1)") == 1
    assert told()[-1].startswith("FAILED self-test: the program ended with 1 at: its start (")


def test_failed_lines_fail_whatever_the_process_says(
    child: Callable[[str], int], told: Callable[[], list[str]]
) -> None:
    assert child("print('FAILED icons: none')") == 1
    assert told()[-1].startswith("FAILED self-test: 1 failed (")


@pytest.mark.parametrize("arguments", [["x"], ["0"], ["-1"], ["nan"], ["1", "2"], ["5000"]])
def test_other_arguments_are_wrong_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert self_test.main(arguments) == 2
    assert "Usage" in capsys.readouterr().err


# ------------------------------------------------------------------------------------------ the report


def test_a_line_a_check(report: Report, capsys: pytest.CaptureFixture[str]) -> None:
    with report.check("a") as found:
        found("1")
        found("2")
    with report.check("b"):
        raise Absent("not\nbundled")
    with report.check("c"):
        raise Wrong("too small")
    with report.check("d"):
        raise KeyError("x")
    out, err = capsys.readouterr()
    assert out.splitlines() == [
        "ok  a: 1, 2", "--  b: not bundled", "FAILED c: too small", "FAILED d: KeyError: 'x'",
    ]  # fmt: skip
    assert "Traceback" in err
    assert err.startswith("d:")
    assert (report.checks, report.failures) == (4, 2)


def test_what_goes_wrong_between_checks_is_a_failure_too(
    report: Report, capsys: pytest.CaptureFixture[str]
) -> None:
    with report.part("registry"):
        raise ImportError("no module")
    with report.part("files"), report.check("a") as found:
        found("1")
    out, err = capsys.readouterr()
    assert out.splitlines() == ["FAILED registry: ImportError: no module", "ok  a: 1"]
    assert err.startswith("registry:\nTraceback")
    assert report.failures == 1


# ------------------------------------------------------------------------------------- faults of parts


def test_a_provider_that_cannot_load_or_is_not_there(
    report: Report, told: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def point(name: str, value: str, group: str = "g") -> importlib.metadata.EntryPoint:
        return importlib.metadata.EntryPoint(name, value, group)

    parts._check_registry(report)  # whatever else they import knows the real registry then
    assert [line[:4] for line in told()] == ["ok  "] * 8
    there = {
        registry.PROVIDER_GROUP: {
            "broken": point("broken", "no_such_module:Provider"),
            "mock": point("mock", "crowddesk.providers.base:CrowdProvider"),
            "inhouse": point("inhouse", "crowddesk.providers.inhouse:InhouseProvider"),
        },
        registry.BLUEPRINT_GROUP: {},
    }
    monkeypatch.setattr(registry, "provider_types", lambda: sorted(there[registry.PROVIDER_GROUP]))
    monkeypatch.setattr(registry, "blueprint_types", list)

    def load(name: str) -> Any:
        if name not in there[registry.PROVIDER_GROUP]:
            raise LookupError(f"there is no {name}")
        return there[registry.PROVIDER_GROUP][name].load()

    monkeypatch.setattr(registry, "get_crowd_provider_from_type", load)
    monkeypatch.setattr(registry, "get_blueprint_from_type", load)
    parts._check_registry(report)
    lines = told()
    assert lines[0].startswith("FAILED provider broken: ModuleNotFoundError")
    assert lines[1].startswith("ok  provider inhouse: ")
    assert lines[2].startswith("FAILED provider mock: it calls itself")
    assert [line.split(": ")[0] for line in lines[3:]] == [
        "FAILED provider prolific", "FAILED provider prolific_sandbox", "FAILED blueprint chat",
        "FAILED blueprint elsewhere", "FAILED blueprint form", "FAILED blueprint static_html",
    ]  # fmt: skip


def test_a_plug_in_that_is_not_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, report: Report) -> None:
    monkeypatch.setenv("CROWDDESK_PLUGINS", str(tmp_path / "plugins"))
    monkeypatch.setattr(registry, "_read", registry._read)  # as it was, afterwards
    assert "self_test_sound is used" in parts._try_plugins(tmp_path / "plugins")
    assert list((tmp_path / "plugins").iterdir()) == []
    monkeypatch.setattr(registry, "check_plugins", list)
    with pytest.raises(Wrong, match="it finds none"):
        parts._try_plugins(tmp_path / "elsewhere")
    monkeypatch.undo()
    registry.look_again()


def test_missing_sample_tasks(report: Report, told: Callable[[], list[str]], resources: Path) -> None:
    (resources / "tasks/follows/data.csv").unlink()
    parts._check_samples(report)
    shutil.rmtree(resources / "tasks")
    parts._check_samples(report)
    wrong, none = told()
    assert wrong.startswith("FAILED sample tasks: ")
    assert "data.csv" in wrong
    assert none.startswith("FAILED sample tasks: there are none in ")


def test_a_missing_page_of_the_task_server(
    report: Report, told: Callable[[], list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "migrations_dir", lambda: tmp_path / "crowddesk" / "store" / "migrations")
    parts._check_files(report)
    (line,) = told()
    assert line.startswith("FAILED pages for browsers: ")


def test_other_metadata_than_the_program(
    report: Report, told: Callable[[], list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crowddesk, "__version__", "9.9")
    monkeypatch.setattr(parts, "__version__", "9.9")
    parts._check_program(report)
    assert told()[0].startswith("FAILED program: it says 9.9, and its metadata ")


def test_a_server_that_does_not_start(
    report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: Callable[[], list[str]]
) -> None:
    from crowddesk.providers.prolific_sandbox import process

    monkeypatch.setattr(process, "own_command", lambda: ["/no/such/program"])
    with report.check("sandbox server") as found:
        found(parts._ask_sandbox(tmp_path / "sandbox"))
    (line,) = told()
    assert line.startswith("FAILED sandbox server: VendorError: The sandbox could not be started")


def test_a_keychain_that_is_not_bundled(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.metadata, "entry_points", lambda group: [])
    with pytest.raises(Wrong, match="keyring knows none, and not "):
        parts._load_keychain()


def test_certificates_that_are_not_bundled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("certifi.where", lambda: str(tmp_path / "gone.pem"))
    with pytest.raises(OSError, match="No such file"):
        parts._load_certificates()


def test_a_driver_that_is_not_bundled_is_told_and_a_broken_one_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as without:
        without.setattr(parts, "find_spec", lambda name: None)
        with pytest.raises(Absent, match="not bundled"):
            parts._load_postgres(tmp_path)
    broken = tmp_path / "site" / "psycopg"
    broken.mkdir(parents=True)
    (broken / "__init__.py").write_text("raise ImportError('no pq wrapper')", encoding="utf-8")
    monkeypatch.delitem(sys.modules, "psycopg", raising=False)
    monkeypatch.syspath_prepend(str(broken.parent))
    with pytest.raises(ImportError, match="no pq wrapper"):
        parts._load_postgres(tmp_path)


def test_an_older_workspace_that_cannot_be_brought_forward(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from crowddesk.store import schema

    monkeypatch.setattr(schema, "_migrate", lambda engine, found: None)
    with pytest.raises(Exception, match=r"no such (column|table)"):
        parts._migrate(tmp_path / "older")


def test_settings_outside_of_the_temporary_folder(
    report: Report, told: Callable[[], list[str]], tmp_path: Path
) -> None:
    parts._check_own_folders(report, tmp_path / "elsewhere")
    assert told()[0].startswith("FAILED own folders: ")


# ------------------------------------------------------------------------------------ faults of the look


@pytest.fixture
def look(qapp: object, resources: Path) -> Any:
    """The module of the window's checks, with the copy's icons in force."""
    from crowddesk.self_test import window
    from crowddesk.ui.theme import Theme

    Theme(qapp, resources / "icons")  # type: ignore[arg-type]
    return window


def test_an_icon_that_shows_nothing_and_one_that_is_missing(
    report: Report, told: Callable[[], list[str]], resources: Path, look: Any
) -> None:
    look._check_icons(report)
    (resources / "icons/undo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    look.theme._icon.cache_clear()
    look._check_icons(report)
    (resources / "icons/home.svg").unlink()
    look._check_icons(report)
    look.theme._icon.cache_clear()
    whole, empty, missing = told()
    assert whole.startswith("ok  icons: ")
    assert empty == "FAILED icons: nothing is drawn for undo"
    assert missing.startswith("FAILED icons: ")
    assert missing.endswith("lacks home")


def test_a_language_without_what_the_program_reads_of_it(
    report: Report,
    told: Callable[[], list[str]],
    resources: Path,
    look: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = resources / "translations"
    folder.mkdir(exist_ok=True)
    for name in ("crowddesk.ts", "crowddesk_fr.ts", "crowddesk_pt_BR.ts"):
        (folder / name).write_text("<TS/>", encoding="utf-8")
    (folder / "crowddesk_de.qm").write_bytes(b"no translation")
    look._check_translations(report)
    installed = tmp_path / "_resources"
    resources.rename(installed)
    monkeypatch.setattr(paths, "resources_dir", lambda: installed)
    look._check_translations(report)
    lines = [line.replace(str(tmp_path), "") for line in told()]
    broken = "FAILED language de: {}/translations/crowddesk_de.qm cannot be loaded"
    assert lines[0] == "ok  languages: en, de, fr, pt_BR"
    assert lines[1] == broken.format("/resources")
    assert [line[:25] for line in lines[2:4]] == ["--  language fr: not comp", "--  language pt_BR: not c"]
    assert lines[5:] == [
        broken.format("/_resources"),
        "FAILED language fr: /_resources/translations/crowddesk_fr.qm is missing",
        "FAILED language pt_BR: /_resources/translations/crowddesk_pt_BR.qm is missing",
    ]


def test_a_language_that_loads(
    report: Report, told: Callable[[], list[str]], resources: Path, look: Any
) -> None:
    compiled = Path(importlib.import_module("PySide6").__file__ or "").parent / "Qt/translations/qtbase_de.qm"
    folder = resources / "translations"
    folder.mkdir(exist_ok=True)
    shutil.copyfile(compiled, folder / "crowddesk_de.qm")
    look._check_translations(report)
    assert told()[1].startswith("ok  language de: crowddesk_de.qm ")


def test_a_system_without_fonts(tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    (tmp_path / "fonts.conf").write_text(
        f"<fontconfig><dir>{tmp_path / 'none'}</dir><cachedir>{tmp_path}</cachedir></fontconfig>",
        encoding="utf-8",
    )
    code = (
        "from pathlib import Path; from crowddesk import app; from crowddesk.self_test import window\n"
        "from crowddesk.self_test.report import Report\n"
        "gui = app.make_application(['crowddesk']); window._check_look(Report(Path('running.txt')))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60,
        env=os.environ | {"FONTCONFIG_FILE": str(tmp_path / "fonts.conf"), "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    failed = [line for line in done.stdout.splitlines() if line.startswith("FAILED ")]
    assert failed[:2] == [
        "FAILED fonts: the system has no font", "FAILED font text: 'B' looks like 'A': it has no glyph",
    ], done.stderr  # fmt: skip
    assert any(line.startswith("FAILED signs: no font has ") for line in failed)


def test_a_page_that_shows_nothing(report: Report, told: Callable[[], list[str]], look: Any) -> None:
    from PySide6.QtGui import QImage, QPixmap
    from PySide6.QtWidgets import QLabel

    class Empty:
        """A window whose pages are white."""

        session = True
        theme = look.theme.Theme

        def __init__(self) -> None:
            self.desk = self.window = self
            self.theme = self
            self.page = QLabel()
            self.page.show()

        def set(self, scheme: str) -> None:
            return

        def read(self, _work: object) -> None:
            return

        def show_page(self, _key: str) -> QLabel:
            return self.page

        def grab(self) -> QPixmap:
            picture = QImage(40, 40, QImage.Format.Format_RGB32)
            picture.fill(0xFFFFFF)
            return QPixmap.fromImage(picture)

    look._check_pages(report, Empty(), "light")
    lines = told()
    assert len(lines) == 8
    assert lines[0] == "FAILED page home, light: its picture has 1 shades only"
