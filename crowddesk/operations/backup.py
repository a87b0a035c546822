"""A workspace as one file, `.crowddesk-backup`, and back; and the copies that it keeps of its own database.

A backup is made while the program runs and writes. It holds the database as it was at one moment, the runs'
files with what workers sent, the practice vendor's and the rehearsals' books, the settings and the window's
sizes. It holds no token: those lie in the keychain or in a file under a passphrase beside the settings of all
workspaces, and stay on this computer. Nothing here runs in the GUI thread.
"""

from __future__ import annotations

import contextlib
import itertools
import logging
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from crowddesk import __version__, paths
from crowddesk.data_model.database import CrowdDatabase
from crowddesk.domain import BadInput, Cancelled, WorkspaceError, now
from crowddesk.language import say
from crowddesk.operations import archive, restored
from crowddesk.operations.drafts import draft_folder, whole_or_nothing
from crowddesk.store import bundling, salvage
from crowddesk.store.database import clear_errors
from crowddesk.store.locks import alone, bury_dead
from crowddesk.store.sqlite_file import copy_sqlite, faults, is_sqlite

logger = logging.getLogger(__name__)

Progress = Callable[[int, int], None]
Cancel = Callable[[], bool]

ENDING: Final = ".crowddesk-backup"
#: What lies in a workspace and goes along: folders with all that is in them, and files.
_RUNS: Final = "runs"
_FOLDERS: Final = (_RUNS, "providers", "exports")
_FILES: Final = ("settings.yaml", "window.json")
#: Of these folders' files what is of one moment or of one process only, and other backups: with those in it,
#: each would be as large as all before it.
_PASSING: Final = (".lock", ".new", ".partial", "-wal", "-shm", "-journal", ".log", ENDING)
_PASSING_NAMES: Final = ("incoming", "sandbox.json")
#: Where copies of the database lie, how those of a day are called, how many of them are kept.
_COPIES: Final = "backups"
_DAILY: Final = "daily-"
_KEPT: Final = 3
#: A copy of a day is made where the disk has so many times its size.
_ROOM: Final = 3


def _nothing(done: int, total: int) -> None:
    """Nobody wants to know how far it is."""


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class BackupFacts:
    """What a backup says of itself. `workspace` is its folder's name, `size` the file's, in bytes."""

    made_at: datetime
    version: str
    schema: str
    workspace: str
    runs: int
    units: int
    size: int


# --------------------------------------------------------------------------------------------- making


def make_backup(
    db: CrowdDatabase, target: Path, *, progress: Progress = _nothing, cancelled: Cancel = _never
) -> BackupFacts:
    """Writes a workspace into one file while it is in use; an older file of that name is replaced at the end.

    `progress` gets (bytes done, bytes). Raises BadInput for a path that cannot be, WorkspaceError when the
    disk does not take it or the database is PostgreSQL's, Cancelled; then the older file is as it was.
    """
    _check_target(db, target)
    if db.path is None:
        raise WorkspaceError(
            say(
                "This workspace keeps its database on a PostgreSQL server: back it up there with pg_dump, "
                "and copy the folder {folder} for its files.",
                folder=db.folder,
            )
        )
    with whole_or_nothing(target) as part, clear_errors(target.absolute().parent):
        here = part.with_name("workspace")
        here.mkdir()
        # First the database: what it points to was written before it, and is never taken away.
        size = _size(db.path)
        copy = here / archive.DATABASE
        _copy(db.path, copy, lambda done, pages: _tell(progress, cancelled, size * done // pages, size))
        entries = {archive.DATABASE: copy, **_files_of(db.folder, here, cancelled)}
        manifest = {
            "backup": _BACKUP.version,
            "program": f"CrowdDesk {__version__}",
            **_facts(copy, db.folder),
        }
        _pack(part, manifest, entries, size, progress, cancelled)
        size = part.stat().st_size
    return _read_facts(manifest, size)


def _check_target(db: CrowdDatabase, target: Path) -> None:
    if db.read_only:
        raise BadInput(say("A bundle is a file already: copy that one."))
    if not target.name.lower().endswith(ENDING):
        raise BadInput(say("{name}: a backup's name ends in {ending}.", name=target.name, ending=ENDING))
    if target.is_dir():
        raise BadInput(say("{path} is a folder: name a file in it.", path=target))
    if not target.absolute().parent.is_dir():
        raise BadInput(
            say("{path} lies in a folder that does not exist: name a file in an existing one.", path=target)
        )


def _copy(source: Path, copy: Path, look: Progress) -> None:
    try:
        copy_sqlite(source, copy, look)
    except sqlite3.DatabaseError as error:
        if "full" in str(error):  # where the backup goes; told of with that place
            raise
        raise WorkspaceError(
            say("{path} cannot be copied, so no backup was made: {error}.", path=source, error=error),
            str(error),
        ) from error


def _size(path: Path) -> int:
    return sum(part.stat().st_size for part in (path, path.with_name(f"{path.name}-wal")) if part.exists())


def _tell(progress: Progress, cancelled: Cancel, done: int, total: int) -> None:
    if cancelled():
        raise Cancelled(say("The backup was cancelled. Nothing was written."))
    progress(min(done, total), total)


def _files_of(folder: Path, here: Path, cancelled: Cancel) -> dict[str, Path]:
    """A workspace's files by their names in the archive; vendors' databases are copied into `here` first."""
    found: dict[str, Path] = {}
    for path in _walk(folder):
        inside = path.relative_to(folder).as_posix()
        if not _is_text(inside):
            raise WorkspaceError(
                say("{path} has a name that is no text. Rename it, then back up again.", path=path)
            )
        with contextlib.suppress(FileNotFoundError):  # it went meanwhile: a draft, or a log
            if is_sqlite(path):
                copy = here / f"{len(found)}.sqlite"
                _copy(path, copy, lambda done, total: _tell(_nothing, cancelled, done, total))
                path = copy
            found[f"{archive.FILES}{inside}"] = path
    return found


def _is_text(name: str) -> bool:
    """Whether a name can be written anywhere else: on Linux it may be any bytes."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _walk(folder: Path) -> Iterator[Path]:
    for name in _FILES:
        if (folder / name).is_file():
            yield folder / name
    for name in _FOLDERS:
        for place, folders, files in os.walk(folder / name):
            folders[:] = sorted(
                f for f in folders if not _passes(f, name) and not (Path(place) / f).is_symlink()
            )
            for file in sorted(f for f in files if not _passes(f, name)):
                path = Path(place) / file
                if path.is_file() and not path.is_symlink():
                    yield path


def _passes(name: str, folder: str) -> bool:
    """Whether a file or folder of that name is of one moment; a run's own files may be called anything."""
    ending = name.endswith(_PASSING) and folder != _RUNS
    return ending or name.startswith(".") or name in _PASSING_NAMES


def _facts(copy: Path, folder: Path) -> dict[str, Any]:
    with contextlib.closing(sqlite3.connect(copy)) as connection:
        (version,) = connection.execute("SELECT schema_version FROM workspace").fetchone()
        (runs,) = connection.execute("SELECT count(*) FROM task_run").fetchone()
        (units,) = connection.execute("SELECT count(*) FROM unit").fetchone()
    return {
        "version": __version__,
        "schema": version,
        "made_at": _time_of(copy).isoformat(),
        "workspace": folder.absolute().name,
        "runs": runs,
        "units": units,
    }


def _pack(
    part: Path,
    manifest: dict[str, Any],
    entries: Mapping[str, Path],
    before: int,
    progress: Progress,
    cancelled: Cancel,
) -> None:
    done, total = before, before + sum(path.stat().st_size for path in entries.values() if path.exists())

    def step(more: int) -> None:
        nonlocal done
        done += more
        _tell(progress, cancelled, done, total)

    archive.pack(part, manifest, entries, step)


# -------------------------------------------------------------------------------------------- opening


def _is_whole(found: Mapping[str, Any]) -> bool:
    try:
        _read_facts(found, 0)
    except (KeyError, TypeError, ValueError, OverflowError):  # the last: a day before the first one
        return False
    return True


def _read_facts(found: Mapping[str, Any], size: int) -> BackupFacts:
    numbers = [found["runs"], found["units"]]
    words = [found["version"], found["schema"], found["workspace"]]
    made_at = datetime.fromisoformat(found["made_at"])
    if not all(type(n) is int and n >= 0 for n in numbers) or not all(isinstance(w, str) for w in words):
        raise ValueError("no facts")
    return BackupFacts(
        made_at.astimezone(UTC), words[0][:40], words[1], words[2][:200], numbers[0], numbers[1], size
    )


def _is_name(part: str) -> bool:
    """Older versions kept files under names that not every system takes; here they may be restored."""
    if os.name == "nt":
        return paths.is_portable(part)
    return part not in ("", ".", "..") and len(part.encode()) <= 255 and "\\" not in part and min(part) >= " "


_BACKUP: Final = archive.Kind(
    key="backup",
    version=1,
    is_none=lambda name: say("{name} is no backup of a workspace", name=name),
    error=BadInput,
    advice=lambda: say("Take another one."),
    may_hold=lambda name: name.startswith(
        (
            *(f"{archive.FILES}{folder}/" for folder in _FOLDERS),
            *(f"{archive.FILES}{file}" for file in _FILES),
        )
    ),
    is_whole=_is_whole,
    is_name=_is_name,
)


def read_backup(path: Path) -> BackupFacts:
    """What a backup says of itself; its files are there in their sizes, their hashes are not computed.

    Raises BadInput where it is no backup, damaged, hostile, or of a newer program.
    """
    with archive.opened(path, _BACKUP) as found:
        return _read_facts(found.manifest, path.stat().st_size)


def restore_backup(
    path: Path, folder: Path, *, progress: Progress = _nothing, cancelled: Cancel = _never
) -> None:
    """Makes a workspace of a backup, in a folder that is new or empty; all of it or nothing.

    Raises BadInput as `read_backup` does and for a folder that holds something, WorkspaceError when the disk
    does not take it, Cancelled.
    """
    folder = folder.absolute()
    _check_folder(folder)
    if folder.is_dir():
        folder = folder.resolve()  # a link's folder is what is replaced, not the link
    facts = read_backup(path)
    done = 0

    def step(more: int) -> None:
        nonlocal done
        done += more
        if cancelled():
            raise Cancelled(say("Restoring was cancelled. Nothing was made."))
        progress(done, total)

    with _making(folder) as draft:
        with archive.opened(path, _BACKUP) as found:
            total = sum(entry.size for entry in found.wanted)
            found.unpack(draft, step, folder)
        try:
            bundling.check_file(draft / archive.DATABASE)
        except WorkspaceError as error:
            raise _BACKUP.damaged(path, str(error)) from error
        restored.begin_anew(draft, str(path.absolute()), facts.made_at)


def _check_folder(folder: Path) -> None:
    if folder.is_dir() and all(paths.is_unseen(e.name) and e.is_file() for e in folder.iterdir()):
        if not os.path.ismount(folder):
            return
        # What is restored is made beside it and takes its place, which the disk's own folder cannot give.
        raise BadInput(say("{folder} is a whole disk. Name a new folder on it.", folder=folder))
    if folder.exists() or folder.is_symlink():
        raise BadInput(
            say("{folder} is not empty. Choose a new folder: nothing is overwritten.", folder=folder)
        )


@contextlib.contextmanager
def _making(folder: Path) -> Iterator[Path]:
    """A draft of a workspace that gets its name at the end, and goes when anything went wrong."""
    with clear_errors(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        with draft_folder(folder.parent) as here:
            draft = here / "workspace"
            draft.mkdir()
            yield draft
            _check_folder(folder)  # once more: somebody may have made something of it meanwhile
            if folder.exists():  # not every system renames over one that is empty
                for unseen in folder.iterdir():
                    os.replace(unseen, draft / unseen.name)
                folder.rmdir()
            os.rename(draft, folder)


# --------------------------------------------------------------------------------------------- copies


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of the database in the workspace's `backups/`; `why` is "daily" or "upgrade"."""

    path: Path
    made_at: datetime
    why: str
    size: int


@dataclass(frozen=True, slots=True)
class Saved:
    """What was read out of a damaged database: rows saved by table, and sentences about what is lost."""

    path: Path
    rows: Mapping[str, int]
    lost: tuple[str, ...]


def copies_of(folder: Path) -> list[Copy]:
    """The copies of a workspace's database, newest first. The files are not looked into."""
    found = []
    for path in (folder / _COPIES).glob("*.sqlite"):
        with contextlib.suppress(OSError):
            why = "daily" if path.name.startswith(_DAILY) else "upgrade"
            found.append(Copy(path, _time_of(path), why, path.stat().st_size))
    return sorted(found, key=lambda copy: copy.made_at, reverse=True)


def _time_of(copy: Path) -> datetime:
    """As of when a copy of a database is: `copy_sqlite` gives it that time."""
    return datetime.fromtimestamp(copy.stat().st_mtime, UTC)


def check_file(folder: Path, cancelled: Cancel = _never) -> list[str]:
    """What is damaged in a workspace's database file, as sentences; empty when it is sound.

    It may be open and in use. Seconds for a million units; ends early, with nothing found, when cancelled.
    """
    path = folder / archive.DATABASE
    try:
        if path.with_name(f"{path.name}-wal").exists():  # who closes the file last puts its log into it
            bury_dead(folder)
        found = faults(path, cancelled)
    except (sqlite3.DatabaseError, OSError) as error:
        return [say("The database file cannot be read: {error}.", error=error)]
    return [say("The database file is damaged: {fault}.", fault=fault) for fault in found]


def keep_daily_copy(db: CrowdDatabase, cancelled: Cancel = _never) -> Path | None:
    """Keeps today's copy of the database in `backups/`, and of the daily ones the three newest.

    For a database that was found sound. None where there is one of today, the disk has too little room (then
    the older ones stay), the database is no file here, or it was cancelled.
    """
    if db.path is None or db.read_only:
        return None
    folder = db.folder / _COPIES
    path = folder / f"{_DAILY}{now():%Y-%m-%d}.sqlite"
    if path.exists() or shutil.disk_usage(db.folder).free < _ROOM * _size(db.path):
        return None
    try:
        copy_sqlite(db.path, path, lambda done, total: _tell(_nothing, cancelled, done, total))
    except Cancelled:
        return None
    except (sqlite3.DatabaseError, OSError):
        logger.info("Today's copy of %s could not be kept", db.path, exc_info=True)
        return None
    for old in sorted(folder.glob(f"{_DAILY}*.sqlite"), reverse=True)[_KEPT:]:
        with contextlib.suppress(OSError):  # another process does the same
            old.unlink()
    return path


def put_back(folder: Path, copy: Path) -> Path:
    """Makes a copy the workspace's database. Returns the new folder in which the old one lies, with its log.

    Nothing that was open in the copy leaves by itself. Raises BadInput for a copy that is damaged, and
    WorkspaceError while the workspace is open anywhere, or when the disk does not take it.
    """
    if not copy.is_file() or not _is_sound(copy):
        raise BadInput(say("{name} is no sound copy of a database. Choose another one.", name=copy.name))
    with clear_errors(folder), alone(folder), draft_folder(folder) as here:
        copy_sqlite(copy, here / archive.DATABASE)
        restored.begin_anew(here, str(copy), _time_of(copy))
        aside = _new_folder(folder, f"set-aside-{now():%Y-%m-%d-%H%M%S}")
        old = folder / archive.DATABASE
        logs = [old.with_name(old.name + ending) for ending in ("-wal", "-shm")]
        # The name is never without a file: who found none would begin an empty workspace.
        for path in (old, *logs):
            if path.exists():
                _keep(path, aside / path.name)
        for log in logs:
            log.unlink(missing_ok=True)
        os.replace(here / archive.DATABASE, old)
    return aside


def _is_sound(copy: Path) -> bool:
    try:
        return not faults(copy)
    except (sqlite3.DatabaseError, OSError):
        return False


def _new_folder(place: Path, name: str) -> Path:
    for number in itertools.count(1):
        made = place / (name if number == 1 else f"{name}-{number}")
        with contextlib.suppress(FileExistsError):
            made.mkdir()
            break
    return made


def _keep(path: Path, aside: Path) -> None:
    try:
        os.link(path, aside)
    except OSError:  # not every disk has links
        shutil.copy2(path, aside)


def save_readable(
    folder: Path, target: Path, *, progress: Progress = _nothing, cancelled: Cancel = _never
) -> Saved:
    """Reads what can still be read of a damaged database into a new file, which `put_back` takes.

    `progress` gets (tables read, tables). Raises WorkspaceError where nothing can be read, Cancelled.
    """

    def look(done: int, total: int) -> None:
        if cancelled():
            raise Cancelled(say("Reading the damaged database was cancelled. Nothing was changed."))
        progress(done, total)

    with whole_or_nothing(target) as part, clear_errors(target.absolute().parent):
        rows, lost = salvage.read_rows(folder / archive.DATABASE, part, look)
    return Saved(target, rows, lost)
