"""A run as one file, `.crowddesk`: made from a workspace, looked over, and opened elsewhere to be read.

It is a ZIP file: `manifest.json` with the SHA-256 of everything else, a workspace's database that holds this
run alone, and the run's own files under `files/`. It holds no tokens, no keys and no vendor's rows, and
workers stand in it under pseudonyms unless somebody asked for names. Hashes show damage and tampering with
parts; they do not say who made the file. Nothing here runs in the GUI thread.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from crowddesk import __version__
from crowddesk.data_model.database import CrowdDatabase
from crowddesk.domain import BadInput, WorkspaceError
from crowddesk.language import mark, say
from crowddesk.operations import archive
from crowddesk.operations.drafts import whole_or_nothing
from crowddesk.operations.export import texts
from crowddesk.operations.export.pseudonyms import BUNDLE_FILE, Hiding, Key, read_key
from crowddesk.paths import is_portable
from crowddesk.store import bundling, journal, records, schema
from crowddesk.store.queries.persons import Account, accounts_of_run

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

Progress = Callable[[int, int], None]

ENDING: Final = ".crowddesk"
READ_ONLY: Final = mark(
    "This is a read-only bundle: nothing in it can be changed, decided or sent. Do that in the workspace "
    "that it was made from."
)
#: What of a run's `provider` section goes along; the rest is the account's business and may name people.
_PROVIDER_KEPT: Final = ("_provider_type", "requester_name", "truth")
_LEFT_OUT: Final = ("assignments", "incoming")
_BUNDLE: Final = archive.Kind(
    key="bundle",
    version=1,
    is_none=lambda name: say("{name} is no bundle of a run", name=name),
    error=WorkspaceError,
    advice=lambda: say("Ask for it again."),
    may_hold=lambda name: name.startswith(f"{archive.FILES}runs/"),
    is_whole=lambda found: isinstance(found.get("names"), bool) and isinstance(found.get("run"), dict),
)


@dataclass(frozen=True, slots=True)
class Bundled:
    """What was written: units and files in the bundle, its size in bytes."""

    path: Path
    units: int
    files: int
    bytes: int
    manifest: Mapping[str, Any]


# ------------------------------------------------------------------------------------------- making


def make_bundle(
    db: CrowdDatabase,
    run_id: int,
    path: Path,
    *,
    names: bool = False,
    uploads: bool = False,
    progress: Progress = lambda done, total: None,
) -> Bundled:
    """Writes a run into one file that opens read-only elsewhere.

    `names`: workers' real names, vendors' refs and raw answers go along. `uploads`: the files that workers
    sent, too. `progress` gets (units copied, units) and ends it by raising; then nothing is left behind.
    Raises NotFound, BadInput for a path that cannot be, WorkspaceError when the disk does not take it.
    """
    if path.suffix.lower() != ENDING:
        raise BadInput(say("{name}: a bundle's name ends in {ending}.", name=path.name, ending=ENDING))
    if path.is_dir() or not path.absolute().parent.is_dir():
        raise BadInput(
            say("{path} is a folder: name a file in an existing folder.", path=path)
            if path.is_dir()
            else say(
                "{path} lies in a folder that does not exist: name a file in an existing folder.", path=path
            )
        )
    run = db.get_task_run(str(run_id))
    key = read_key(db, names=names)
    with whole_or_nothing(path) as part:
        here = part.with_name("run")
        here.mkdir()
        with db.read() as conn:
            hidden = None if names else _hidden(key, accounts_of_run(conn, run_id))
            total = _count(conn, run_id)
            args, left_out = _args_of(str(run["args"]), names)
            copied = bundling.copy_run(
                conn, here, run_id, args, hidden, lambda done: progress(min(done, total), total)
            )
            facts = {
                "workspace": records.workspace_uuid(conn),
                "journal": {"head": journal.head(conn)},
            }
        entries = {archive.DATABASE: here / archive.DATABASE}
        folder = str(run["folder"] or f"runs/{run_id}")
        entries |= _files_of(db.folder / folder, folder, left_out)
        if uploads:
            entries |= _uploads_of(db.folder / folder, folder, here, names)
        manifest = {
            _BUNDLE.key: _BUNDLE.version,
            "program": f"CrowdDesk {__version__}",
            "schema": schema.CURRENT,
            **facts,
            "run": {"id": run_id, **{k: run[k] for k in ("title", "task_type", "provider_type", "sandbox")}},
            "names": names,
            "uploads": uploads,
            "rows": copied,
        }
        archive.pack(part, manifest, entries, lambda more: progress(total, total))
        size = part.stat().st_size
    return Bundled(path, copied["unit"], len(entries) - 1, size, manifest)


def _count(conn: Connection, run_id: int) -> int:
    from crowddesk.store.queries import UNITS, Scope

    return UNITS.count(conn, scope=Scope(run_id=run_id))


def _hidden(key: Key, accounts: list[Account]) -> bundling.Hidden:
    stands_for = key.account_names(accounts)
    hiding = Hiding.of(accounts, stands_for)

    def expression(text: str) -> str:
        try:
            return json.dumps(hiding.expression(json.loads(text)), ensure_ascii=False)
        except ValueError:
            return "{}"

    # Most reasons and most answers are one of few; each is read once.
    answers: texts.Once[str, str] = texts.Once(texts.stored_without_names)
    words: texts.Once[str, str] = texts.Once(hiding.text)
    return bundling.Hidden(stands_for.__getitem__, answers.__getitem__, words.__getitem__, expression)


def _args_of(args: str, names: bool) -> tuple[str, set[str] | None]:
    """The run's arguments without what is the account's, and the files that only that named.

    None: the arguments are damaged, and nobody can tell whose the files are.
    """
    from omegaconf import OmegaConf

    try:
        found = OmegaConf.to_container(OmegaConf.create(args or "{}"))
    except Exception:  # damaged; the YAML reader's errors have no common class of their own here
        found = None
    if not isinstance(found, dict):
        return "{}", None
    provider = found.get("provider")
    if isinstance(provider, dict):
        found["provider"] = {name: value for name, value in provider.items() if name in _PROVIDER_KEPT}
    task = found.get("task")
    if isinstance(task, dict) and isinstance(task.get("exclude"), dict) and not names:
        task["exclude"].pop("workers", None)
    return OmegaConf.to_yaml(OmegaConf.create(found)), set(_leaves(provider)) - set(_leaves(found))


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for part in value.values():
            yield from _leaves(part)
    elif isinstance(value, list):
        for part in value:
            yield from _leaves(part)
    elif isinstance(value, str):
        yield value


def _files_of(place: Path, folder: str, left_out: set[str] | None) -> dict[str, Path]:
    """The run's own files (its template, its data), but for those that only the account needs."""
    found = {}
    for path in sorted(place.rglob("*")) if left_out is not None and place.is_dir() else ():
        inside = path.relative_to(place)
        if inside.parts[0] in _LEFT_OUT or any(part.startswith(".") for part in inside.parts):
            continue
        if path.is_file() and not path.is_symlink() and inside.as_posix() not in (left_out or ()):
            found[f"{archive.FILES}{folder}/{inside.as_posix()}"] = path
    return found


def _uploads_of(place: Path, folder: str, here: Path, names: bool) -> dict[str, Path]:
    """The files that workers sent, by their SHA-256, each with a list that says what they are."""
    found: dict[str, Path] = {}
    for index in sorted(place.glob("assignments/*/*/uploads/index.json")):
        inside = f"{archive.FILES}{folder}/{index.parent.relative_to(place).as_posix()}"
        try:
            entries = json.loads(index.read_text(encoding="utf-8"))
            kept = [entry if names else texts.nameless(entry) for entry in entries]
            files = [(entry["sha256"], index.parent / entry["sha256"]) for entry in kept]
        except (OSError, ValueError, TypeError, KeyError):
            continue  # a damaged list; the doctor of the workspace tells of it
        draft = here / f"{len(found)}.index"
        draft.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
        found[f"{inside}/index.json"] = draft
        found |= {f"{inside}/{name}": path for name, path in files if path.is_file()}
    return found


# ------------------------------------------------------------------------------------------ opening


def open_bundle(path: Path, folder: Path) -> CrowdDatabase:
    """Looks a bundle over, unpacks it into an empty folder and opens it read-only.

    The folder is the caller's to remove. Raises WorkspaceError where the file is damaged, hostile, newer than
    this program, or does not fit the disk; the folder may hold something then.
    """
    manifest = unpack(path, folder)
    bundling.check_file(folder / archive.DATABASE)
    if manifest["schema"] != schema.CURRENT:
        CrowdDatabase(folder).close()  # the copy is ours: it is brought to this program's schema
    db = CrowdDatabase(folder, read_only=say(READ_ONLY))
    try:
        with db.read() as conn:
            for run in records.find(conn, "task_run"):
                _check_args(run)
    except BaseException:
        db.close()
        raise
    return db


def _check_args(run: Mapping[str, Any]) -> None:
    """Raises WorkspaceError where a run's arguments lead out of the bundle: to a file of this computer, which
    its page would show, or to what a `${...}` stands for, such as a variable of the environment."""
    import yaml  # type: ignore[import-untyped]
    from omegaconf import MISSING, OmegaConf

    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(run["args"], yaml.SafeLoader)):
            raise ValueError("aliases, with which a short text could be endless")
        found = OmegaConf.to_container(OmegaConf.create(run["args"]))
        if not isinstance(found, dict):
            raise ValueError("no sections")
    except Exception as error:  # the YAML reader's errors have no common class of their own here
        raise WorkspaceError(
            say("The bundle's run has damaged arguments. It was not opened."), str(error)
        ) from None
    for text in _texts(found):
        if "${" in text:
            raise WorkspaceError(
                say(
                    "The bundle's run asks this computer what {text!r} stands for. It was not opened.",
                    text=text[:80],
                )
            )
    for name, hint in _sections(run):
        for text in _paths(hint, found.get(name)):
            parts = PurePosixPath(text.replace("\\", "/")).parts
            if text != MISSING and not all(map(is_portable, parts)):
                raise WorkspaceError(
                    say(
                        "The bundle's run names the file {text!r}, which is outside of the bundle. It "
                        "was not opened.",
                        text=text[:80],
                    )
                )


def _sections(run: Mapping[str, Any]) -> Iterator[tuple[str, type]]:
    """The sections of a run's arguments, and the class that says which of each are files."""
    from crowddesk.operations.run_file import TaskArgs
    from crowddesk.registry import get_blueprint_from_type, get_crowd_provider_from_type

    yield "task", TaskArgs
    with contextlib.suppress(BadInput):  # what is not installed reads no file
        yield "blueprint", get_blueprint_from_type(run["task_type"]).ArgsClass
    with contextlib.suppress(BadInput):
        yield "provider", get_crowd_provider_from_type(run["provider_type"]).ArgsClass


def _paths(hint: Any, value: Any) -> Iterator[str]:
    """The files that a value of this type names."""
    from crowddesk.operations.typed_args import is_path

    if isinstance(value, list):
        for part in value:
            yield from _paths(hint, part)
    elif dataclasses.is_dataclass(hint) and isinstance(value, dict):
        hints = typing.get_type_hints(hint)
        for field in dataclasses.fields(hint):
            inner = value.get(field.name)
            yield from _texts(inner) if is_path(field) else _paths(hints[field.name], inner)
    else:
        for part in typing.get_args(hint):
            yield from _paths(part, value)


def _texts(value: Any) -> Iterator[str]:
    """Every text in arguments, their names too."""
    if isinstance(value, dict):
        value = [*map(str, value), *value.values()]
    if isinstance(value, list):
        for part in value:
            yield from _texts(part)
    elif isinstance(value, str):
        yield value


def unpack(path: Path, folder: Path) -> dict[str, Any]:
    """Unpacks a bundle into an empty folder after looking it over; returns its manifest."""
    with archive.opened(path, _BUNDLE) as found:
        found.unpack(folder)
    (folder / BUNDLE_FILE).write_text(json.dumps(found.manifest, ensure_ascii=False), encoding="utf-8")
    return found.manifest


def look_over(path: Path) -> dict[str, Any]:
    """The manifest of a bundle whose files are all there, in their sizes; their hashes are not computed.

    Raises WorkspaceError as `open_bundle` does.
    """
    with archive.opened(path, _BUNDLE) as found:
        return found.manifest
