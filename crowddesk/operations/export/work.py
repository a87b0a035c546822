"""The export itself: chooses, writes, hashes, and gives the file and its manifest their names at the end."""

from __future__ import annotations

import contextlib
import dataclasses
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

from crowddesk.domain import BadInput
from crowddesk.language import say
from crowddesk.operations import masks as masks_of
from crowddesk.operations import xlsx
from crowddesk.operations.drafts import whole_or_nothing
from crowddesk.operations.export import manifest as manifests
from crowddesk.operations.export.columns import Column, unit_columns
from crowddesk.operations.export.pseudonyms import Hiding, Key, read_key
from crowddesk.operations.export.selection import Selection, select
from crowddesk.operations.export.units import NewField, Source
from crowddesk.operations.export.wanted import ITEM, Wanted, check, format_of, with_masks
from crowddesk.store import journal, records, schema
from crowddesk.store.queries.exporting import count_by, last_change
from crowddesk.store.queries.persons import accounts_of_run

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from crowddesk.data_model.database import CrowdDatabase

Progress = Callable[[int, int], None]

#: The longest name of a file that file systems take, in bytes.
_LONGEST_NAME: Final = 255
#: So many answers are asked for the columns before the first row is written.
_ASKED: Final = 10_000


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written. `damaged` are units whose item or answer could not be read: exported as stored.

    After `export_like`: `same` says whether the bytes are those of the manifest that was given, `differences`
    what is not as it was then.
    """

    path: Path
    rows: int
    damaged: tuple[int, ...]
    manifest: Mapping[str, Any]
    same: bool | None = None
    differences: tuple[str, ...] = ()

    @property
    def manifest_path(self) -> Path:
        return manifests.path_of(self.path)


@dataclass(frozen=True, slots=True)
class Waiting:
    """What an export would take now: rows of the file, units behind them, and what each mask leaves out."""

    rows: int
    units: int
    of_units: int
    excluded: Mapping[str, int]


def count_waiting(db: CrowdDatabase, wanted: Wanted) -> Waiting:
    """Counts what an export would take. A second for 100,000 answers where masks or items are asked for."""
    check(wanted)
    with db.read() as conn:
        selection = select(conn, _completed(conn, wanted))
    rows = selection.units
    if selection.answers is not None and selection.kept is not None:
        import numpy as np

        rows = len(np.unique(selection.answers.items[selection.kept]))
    return Waiting(rows, selection.units, selection.total, selection.excluded)


def export(
    db: CrowdDatabase, wanted: Wanted, path: Path, progress: Progress = lambda done, total: None
) -> Exported:
    """Writes a run's units or items to `path`, in the format that its ending names, and a manifest beside it.

    Workers stand under pseudonyms unless `wanted.names`. `progress` gets (rows written, rows), and ends the
    export by raising; then nothing is left behind. Raises NotFound, BadInput for a path or a value that
    cannot be, WorkspaceError when the disk does not take it.
    """
    if format_of(path) != wanted.format:
        raise BadInput(
            say(
                "{name} does not end in {format}, the format that was asked for.",
                name=path.name,
                format=wanted.format,
            )
        )
    check(wanted)
    _check_place(path)
    db.get_task_run(str(wanted.run_id))
    if wanted.format == ".parquet":
        from crowddesk.operations.export.parquet_file import load_pyarrow

        load_pyarrow()
    key = read_key(db, names=wanted.names)
    with db.read() as conn:
        wanted = _completed(conn, wanted)
        return _Export(conn, db, wanted, path, key, progress).run()


def read_like(db: CrowdDatabase, manifest: Mapping[str, Any]) -> Wanted:
    """What a manifest's export was asked for. Raises BadInput for a damaged one or another workspace's."""
    key = None if manifest.get("names") is True or manifest.get("sealed") is None else read_key(db)
    with db.read() as conn:
        return manifests.wanted_of(manifest, records.workspace_uuid(conn), key)


def export_like(
    db: CrowdDatabase,
    manifest: Mapping[str, Any],
    path: Path,
    progress: Progress = lambda done, total: None,
) -> Exported:
    """Makes the export of a manifest again: the same bytes where nothing has changed, else what has.

    Raises as `export`, and BadInput for a manifest that is damaged or of another workspace.
    """
    made = export(db, read_like(db, manifest), path, progress)
    same = made.manifest["file"]["sha256"] == manifest["file"]["sha256"]
    told = tuple(manifests.differences(manifest, made.manifest))
    return dataclasses.replace(made, same=same, differences=told)


# ------------------------------------------------------------------------------------------- inside


def _completed(conn: Connection, wanted: Wanted) -> Wanted:
    """With the expressions of its masks: those of a manifest stay, others are the workspace's own now."""
    return wanted if wanted.expressions else with_masks(wanted, masks_of.load_masks(conn))


def _check_place(path: Path) -> None:
    beside = manifests.path_of(path)
    if len(os.fsencode(beside.name)) > _LONGEST_NAME:
        raise BadInput(
            say("The name {name}… is too long for a file with a manifest beside it.", name=path.name[:40])
        )
    if path.is_dir() or not path.absolute().parent.is_dir():
        raise BadInput(
            say("{path} is a folder: name a file in an existing folder.", path=path)
            if path.is_dir()
            else say(
                "{path} lies in a folder that does not exist: name a file in an existing folder.", path=path
            )
        )
    if beside.is_dir():
        raise BadInput(say("{beside} is a folder, and the manifest must have that name.", beside=beside))


class _Writer(Protocol):
    def add_units(self, rows: Any) -> None: ...
    def add(self, rows: Any) -> None: ...
    def finish(self) -> None: ...
    def close(self) -> None: ...


class _Export:
    """One export, in one read transaction."""

    def __init__(
        self,
        conn: Connection,
        db: CrowdDatabase,
        wanted: Wanted,
        path: Path,
        key: Key,
        progress: Progress,
    ) -> None:
        self._conn = conn
        self._wanted = wanted
        self._path = path
        self._key = key
        self._progress = progress
        self._run = db.get_task_run(str(wanted.run_id))
        self._selection: Selection = select(conn, wanted)
        accounts = accounts_of_run(conn, wanted.run_id)
        stands_for = key.names(accounts)
        workers = {a.id: (stands_for[a.id], a.worker_name) for a in accounts}
        self._hiding = None if wanted.names else Hiding.of(accounts, key.account_names(accounts))
        self._source = Source(
            conn, self._run, self._selection.ids, self._selection.total, workers, wanted.names
        )

    def run(self) -> Exported:
        beside = manifests.path_of(self._path)
        with whole_or_nothing(beside) as manifest_part, whole_or_nothing(self._path) as part:
            columns, rows = self._write(part)
            made = self._manifest(part, columns, rows)
            with manifest_part.open("x", encoding="utf-8", newline="\n") as file:
                file.write(manifests.text_of(made))
                file.flush()
                os.fsync(file.fileno())
        return Exported(self._path, rows, tuple(self._source.damaged), made)

    def _write(self, part: Path) -> tuple[list[Column], int]:
        if self._wanted.rows == ITEM:
            return self._write_items(part)
        total = self._selection.units
        self._check_size(total)
        if self._wanted.format == ".jsonl":  # whose lines name their fields themselves
            columns = unit_columns(self._wanted.names)
            return columns, self._write_units(part, columns, total)
        few = self._wanted.format != ".parquet" and self._selection.ids is None
        try:
            self._source.find_columns(lambda: self._progress(0, total), most=_ASKED if few else None)
            done = self._write_units(part, self._source.columns(), total)
        except NewField:
            part.unlink()
            self._source.damaged.clear()
            self._source.find_columns(lambda: self._progress(0, total))
            done = self._write_units(part, self._source.columns(), total)
        return self._source.columns(), done

    def _write_units(self, part: Path, columns: list[Column], total: int) -> int:
        done = 0
        with contextlib.closing(self._writer(part, columns, self._source)) as writer:
            for rows in self._source.batches():
                writer.add_units(rows)
                done += len(rows)
                self._progress(done, total)
            writer.finish()
        self._progress(done, total)
        return done

    def _write_items(self, part: Path) -> tuple[list[Column], int]:
        from crowddesk.operations.export.items import Items

        items = Items(self._source, self._selection, self._wanted.method)
        total, done = len(items), 0
        self._check_size(total)
        with contextlib.closing(self._writer(part, items.columns, None)) as writer:
            for rows in items.batches():
                writer.add(rows)
                done += len(rows)
                self._progress(done, total)
            writer.finish()
        return items.columns, done

    def _check_size(self, rows: int) -> None:
        if self._wanted.format == ".xlsx" and rows >= xlsx.MOST_ROWS:
            raise BadInput(
                say(
                    "{rows:,} rows are more than a sheet of XLSX holds. Export CSV, JSONL or Parquet.",
                    rows=rows,
                )
            )

    def _writer(self, part: Path, columns: list[Column], source: Source | None) -> _Writer:
        if self._wanted.format == ".xlsx":
            from crowddesk.operations.export.sheet_file import SheetFile

            return SheetFile(part, columns, source)
        if self._wanted.format == ".parquet":
            from crowddesk.operations.export.parquet_file import ParquetFile

            return ParquetFile(part, columns, source, self._run["currency"])
        from crowddesk.operations.export.text_files import CsvFile, JsonFile

        return (CsvFile if self._wanted.format == ".csv" else JsonFile)(part, columns, source)

    def _manifest(self, part: Path, columns: list[Column], rows: int) -> dict[str, Any]:
        options: Mapping[str, Any] = {}
        if self._wanted.format == ".parquet":
            from crowddesk.operations.export.parquet_file import OPTIONS

            options = OPTIONS
        uuid, head, at = records.workspace_uuid(self._conn), journal.head(self._conn), last_change(self._conn)
        state = manifests.State(uuid, schema.CURRENT, head, at, self._run)
        written = {
            "name": self._path.name,
            "sha256": manifests.digest_of(part),
            "bytes": part.stat().st_size,
        }
        counts = count_by(self._conn, self._wanted.run_id, self._selection.ids)
        return manifests.make(
            self._wanted, state, self._selection, counts, columns, rows, written, options, self._hiding,
            self._key,
        )  # fmt: skip
