"""The checks that need no window: what the program carries, reads, writes, and which processes it starts."""

from __future__ import annotations

import importlib
import inspect
import json
import platform
import sqlite3
import ssl
import sys
import zipfile
from contextlib import closing
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from crowddesk import __version__, paths
from crowddesk.self_test.report import Absent, Report, Wrong, expect, size_of

#: What comes with the program; others may be there too.
_PROVIDERS: Final = ("inhouse", "mock", "prolific", "prolific_sandbox")
_BLUEPRINTS: Final = ("chat", "elsewhere", "form", "static_html")
#: Files beside the modules, which a page in a browser needs.
_PAGES: Final = {
    "taskserver/page": ("index.html", "page.js", "frame.js", "crowd.js", "page.css", "palette.css"),
    "taskserver/seen_page": ("seen.html", "seen.js", "seen.css", "seen_frame.js"),
    "blueprints/page": ("chat.js", "chat.css", "form.js", "form.css"),
}
#: A plug-in may use any of the standard library, which nothing of ours may ask for.
_SOUND: Final = """
import cmd, colorsys, ftplib, imaplib, mailbox, plistlib, shelve, smtplib, wave, xmlrpc.client
from crowddesk.blueprints.static_html import StaticHtmlBlueprint

class Plugged(StaticHtmlBlueprint):
    BLUEPRINT_TYPE = "self_test_sound"
"""
_BROKEN: Final = "raise RuntimeError('It is broken on purpose.')"
_ROWS: Final = (("007", "Grüße, “Łódź” 漢字"), ("no", "two\nlines, and a comma"), ("1e5", ""))
_LEAST_CERTIFICATES: Final = 50


def check(report: Report, folder: Path) -> None:
    """All of them; `folder` is an empty place to work in."""
    _check_program(report)
    _check_own_folders(report, folder)
    _check_files(report)
    with report.part("registry"):
        _check_registry(report)
    with report.check("plug-ins") as found:
        found(_try_plugins(paths.plugins_dir()))
    with report.part("sample tasks"):
        _check_samples(report)
    with report.part("read files"):
        _check_formats(report, folder)
    with report.check("sqlite") as found:
        found(_try_sqlite(folder / "try.sqlite"))
    with report.check("migration") as found:
        found(_migrate(folder / "older"))
    with report.check("postgresql driver") as found:
        found(_load_postgres(folder / "team"))
    with report.check("certificates") as found:
        found(_load_certificates())
    with report.check("keychain") as found:
        found(_load_keychain())
    with report.check("vault") as found:
        found(_try_vault())
    with report.check("sandbox server") as found:
        found(_ask_sandbox(folder / "sandbox"))


def _check_program(report: Report) -> None:
    with report.check("program") as found:
        installed = metadata.version("crowddesk")
        expect(installed == __version__, f"it says {__version__}, and its metadata {installed}")
        found(f"CrowdDesk {__version__}")
        found(f"Python {platform.python_version()}")
        found(f"{platform.system()} {platform.machine()}")
        found(" ".join(paths.own_command()))


def _check_own_folders(report: Report, folder: Path) -> None:
    with report.check("own folders") as found:
        for place in (paths.user_config_dir(), paths.default_workspace()):
            expect(place.resolve().is_relative_to(folder), f"{place} is not in the temporary folder {folder}")
        found("settings, workspace and temporary files lie in the temporary folder")


def _check_files(report: Report) -> None:
    package = paths.migrations_dir().parent.parent
    with report.check("pages for browsers") as found:
        for place, names in _PAGES.items():
            for name in names:
                path = package / place / name
                expect(path.is_file() and path.stat().st_size > 0, f"{path} is missing or empty")
        found(f"{sum(map(len, _PAGES.values()))} files")


def _check_registry(report: Report) -> None:
    from crowddesk import registry

    for name in sorted({*_PROVIDERS, *registry.provider_types()}):
        with report.check(f"provider {name}") as found:
            provider = registry.get_crowd_provider_from_type(name)
            expect(name == provider.PROVIDER_TYPE, f"it calls itself {provider.PROVIDER_TYPE!r}")
            nouns = (provider.UnitClass, provider.RequesterClass, provider.WorkerClass, provider.AgentClass)
            _expect_complete(provider, *nouns)
            script = Path(provider.get_wrapper_js_path())
            expect(script.is_file() and script.stat().st_size > 0, f"{script} is missing or empty")
            found(f"{provider.__module__}, {script.name} {size_of(script)}")
    for name in sorted({*_BLUEPRINTS, *registry.blueprint_types()}):
        with report.check(f"blueprint {name}") as found:
            blueprint = registry.get_blueprint_from_type(name)
            _expect_complete(blueprint, blueprint.AgentStateClass)
            found(blueprint.__module__)


def _try_plugins(folder: Path) -> str:
    """Two wheels as people drop them there: one is used, the other named with what is wrong, and skipped."""
    from crowddesk import registry

    folder.mkdir(parents=True)
    sound, broken = (
        _write_plugin(folder, name, code)
        for name, code in (("self_test_sound", _SOUND), ("self_test_broken", _BROKEN))
    )
    registry.look_again()
    told = {plugin.name: plugin.sentence for plugin in registry.check_plugins()}
    expect(set(told) == {"self_test_sound", "self_test_broken"}, f"it finds {', '.join(told) or 'none'}")
    expect(not told["self_test_sound"], told["self_test_sound"])
    expect(told["self_test_broken"], "nothing is said of the one that is broken")
    module = registry.get_blueprint_from_type("self_test_sound").__module__
    sound.unlink()
    broken.unlink()
    registry.look_again()
    return f"{module} is used, a broken one is named: {told['self_test_broken']}"


def _write_plugin(folder: Path, name: str, code: str) -> Path:
    info = f"{name}-1.0.dist-info"
    path = folder / f"{name}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr(f"{name}.py", code)
        wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{info}/entry_points.txt", f"[crowddesk.blueprints]\n{name} = {name}:Plugged\n")
        wheel.writestr(f"{info}/RECORD", "")
    return path


def _expect_complete(*classes: type) -> None:
    for cls in classes:
        lacks = sorted(getattr(cls, "__abstractmethods__", ()))
        expect(not inspect.isabstract(cls), f"{cls.__name__} lacks {', '.join(lacks)}")


def _check_samples(report: Report) -> None:
    from crowddesk.operations.run_file import check_files, load_run

    files = sorted((paths.resources_dir() / "tasks").glob("*/run.yaml"))
    with report.check("sample tasks") as found:
        expect(files, f"there are none in {paths.resources_dir() / 'tasks'}")
        items = 0
        for file in files:
            checked = check_files(load_run(file))
            expect(not checked.problems.errors, f"{file}: {checked.problems.text()}")
            items += checked.items
        found(f"{', '.join(file.parent.name for file in files)}; {items} items")


def _check_formats(report: Report, folder: Path) -> None:
    from crowddesk.blueprints.data_files import FORMATS, read_table

    for name in FORMATS:
        with report.check(f"read {name}") as found:
            path = folder / f"items.{name}"
            _write_items(path)
            table = read_table(path, need=("id", "text"))
            items = [(item.values["id"], item.values["text"]) for item in table]
            expect(tuple(items) == _ROWS, f"it was read as {items!r}")
            found(f"{len(items)} rows, {size_of(path)}")


def _write_items(path: Path) -> None:
    """A file of the format of its ending, by means other than those that read it."""
    import csv

    head = ("id", "text")
    if path.suffix == ".xlsx":
        import openpyxl

        book = openpyxl.Workbook()
        for row in (head, *_ROWS):
            book.active.append(row)
        book.save(path)
        return
    with path.open("w", encoding="utf-8", newline="") as file:
        if path.suffix in (".csv", ".tsv"):
            csv.writer(file, delimiter="\t" if path.suffix == ".tsv" else ",").writerows((head, *_ROWS))
            return
        rows = [dict(zip(head, row, strict=True)) for row in _ROWS]
        file.write(json.dumps(rows) if path.suffix == ".json" else "\n".join(map(json.dumps, rows)))


# -------------------------------------------------------------------------------------------- databases


def _try_sqlite(path: Path) -> str:
    with closing(sqlite3.connect(path)) as db:
        (mode,) = db.execute("PRAGMA journal_mode=WAL").fetchone()
        expect(mode == "wal", f"its log is {mode!r}, where the workspace needs WAL")
        db.execute("CREATE TABLE kept (id INTEGER PRIMARY KEY AUTOINCREMENT, text TEXT)")
        db.execute("CREATE UNIQUE INDEX ux_kept ON kept (text) WHERE text IS NOT NULL")
        db.execute("INSERT INTO kept (text) SELECT value FROM json_each(?)", ('["a", "b"]',))
        db.commit()
        with closing(sqlite3.connect(path.with_suffix(".copy"))) as copy:
            db.backup(copy)
            (rows,) = copy.execute("SELECT count(*) FROM kept").fetchone()
        expect(rows == 2, f"its copy has {rows} of 2 rows")
    return f"SQLite {sqlite3.sqlite_version}, WAL, JSON, partial indexes, online backup"


def _migrate(folder: Path) -> str:
    from crowddesk.operations.workspace import open_workspace
    from crowddesk.store import doctor, first_schema, schema
    from crowddesk.store.queries import RUNS

    folder.mkdir()
    first_schema.make(folder / "crowddesk.sqlite")
    db = open_workspace(folder)
    try:
        with db.read() as conn:
            titles = [run.title for run in RUNS.iterate(conn)]
        expect(titles == [first_schema.TITLE], f"its runs are {titles!r}")
        faults = [finding.sentence for finding in doctor.check(db)]
        expect(not faults, "; ".join(faults))
    finally:
        db.close()
    copies = [path.name for path in (folder / "backups").glob("*.sqlite")]
    expect(len(copies) == 1, f"there must be one copy from before, and there are {copies!r}")
    return f"schema {schema.REVISIONS[0]} became {schema.CURRENT}, copy {copies[0]}"


def _load_postgres(folder: Path) -> str:
    """Asks where nobody listens: the driver's own refusal shows that all of it is there."""
    if find_spec("psycopg") is None:
        raise Absent("not bundled, so that a workspace on PostgreSQL cannot be opened")
    import psycopg

    from crowddesk.domain import WorkspaceError
    from crowddesk.operations.workspace import open_workspace

    try:
        open_workspace(folder, "postgresql://nobody@127.0.0.1:9/none?connect_timeout=5").close()
    except WorkspaceError as error:
        expect("psycopg.OperationalError" in error.details, f"it failed in another way: {error.details}")
    else:
        raise Wrong("it opened a database that there is not")
    return f"psycopg {psycopg.__version__} ({psycopg.pq.__impl__}), libpq {psycopg.pq.version()}"


# ------------------------------------------------------------------------------------ secrets, network


def _load_certificates() -> str:
    """Those that come with the program, and those that it would trust here: a system may name others."""
    import certifi
    import httpx

    bundled = len(ssl.create_default_context(cafile=certifi.where()).get_ca_certs())
    expect(bundled >= _LEAST_CERTIFICATES, f"{certifi.where()} names {bundled} authorities only")
    used = httpx.create_ssl_context()
    expect(used.verify_mode == ssl.CERT_REQUIRED, "certificates of servers would not be looked at")
    return f"{bundled} authorities, {ssl.OPENSSL_VERSION}"


def _load_keychain() -> str:
    """Loads what speaks to this system's keychain, and asks it nothing."""
    name, needs = {
        "win32": ("Windows", ("win32ctypes.pywin32.win32cred",)),
        "darwin": ("macOS", ("keyring.backends.macOS.api",)),
    }.get(sys.platform, ("SecretService", ("secretstorage", "jeepney")))
    known = {point.name: point for point in metadata.entry_points(group="keyring.backends")}
    expect(name in known, f"keyring knows {', '.join(sorted(known)) or 'none'}, and not {name}")
    backend = known[name].load()
    for module in needs:
        importlib.import_module(module)
    return f"{backend.__name__} can be loaded; no keychain was asked"


def _try_vault() -> str:
    from crowddesk import vault

    key, secret, passphrase = "self-test", "a secret ✓", "a passphrase"
    vault.keep(key, secret, vault.FILE, passphrase)
    vault.lock()
    try:
        vault.read(key, vault.FILE)
    except vault.Locked:
        vault.unlock(passphrase)
    else:
        raise Wrong("it gives its secret away without a passphrase")
    expect(vault.read(key, vault.FILE) == secret, "it does not give back what it was given")
    vault.forget(key, vault.FILE)
    vault.lock()
    return "a secret was kept under a passphrase, read and forgotten"


# -------------------------------------------------------------------------------------------- processes


def _ask_sandbox(folder: Path) -> str:
    from crowddesk.operations.workspace import open_workspace
    from crowddesk.registry import get_crowd_provider_from_type

    db = open_workspace(folder)
    try:
        provider: Any = get_crowd_provider_from_type("prolific_sandbox")(db)
        try:
            provider.sandbox.ask("GET", "/sandbox/state")
            address = provider.sandbox.address()
        finally:
            provider.sandbox.stop()
        expect(not provider.sandbox.find(), "it did not end when it was told to")
    finally:
        db.close()
    return f"answered at {address} and ended"
