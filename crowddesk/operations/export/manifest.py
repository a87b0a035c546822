"""The manifest beside an exported file: what it is, of what, how it was made; and how to make it again.

The same manifest on the same workspace gives the same bytes. Where names were hidden from its filters, they
are sealed under the workspace's key beside them, so that the workspace, and nobody else, can read them back.
"""

from __future__ import annotations

import hashlib
import json
import platform
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from crowddesk import __version__
from crowddesk.domain import BadInput
from crowddesk.language import say
from crowddesk.operations import masks as masks_of
from crowddesk.operations.export.columns import Column
from crowddesk.operations.export.pseudonyms import Hiding, Key
from crowddesk.operations.export.wanted import FORMATS, ITEM, METHODS, ROWS, Wanted, check

if TYPE_CHECKING:
    from crowddesk.operations.export.selection import Selection

#: The shape of the manifest itself.
VERSION: Final = 1
ENDING: Final = ".manifest.json"
_LARGEST: Final = 64 * 1024 * 1024

_HIDDEN_NOTE: Final = (
    "Workers stand under pseudonyms that are the same in every export of this workspace. Accounts that were "
    "merged into one person stand under that of the first; a filter that names a later one has another. What "
    "people wrote in free text was not searched for names."
)
_NAMED_NOTE: Final = "Workers' real names and ids are in this file."
#: What stands for text that a spreadsheet would run; see operations.transfer.
_FORMULAS: Final = {
    ".csv": (
        "Text that a spreadsheet would run as a formula has one ' in front. To get the text back, take one ' "
        "from every cell that begins with one or more of them and then = + - @, a wide form of these, a tab "
        "or a line end. Open the file with the comma as the only separator: another one cuts cells apart."
    ),
    ".xlsx": "Text that a spreadsheet would run as a formula is marked as text, and is unchanged.",
}


def path_of(path: Path) -> Path:
    """Where the manifest of a file lies."""
    return path.with_name(path.name + ENDING)


@dataclass(frozen=True, slots=True)
class State:
    """What of the workspace an export rests on. `head_at` is when the journal's head was written, UTC."""

    workspace: str
    schema: str
    head: str
    head_at: datetime | None
    run: Mapping[str, Any]


def make(
    wanted: Wanted,
    state: State,
    selection: Selection,
    counts: Mapping[tuple[str, str], int],
    columns: Sequence[Column],
    rows: int,
    written: Mapping[str, Any],
    options: Mapping[str, Any],
    hiding: Hiding | None,
    key: Key,
) -> dict[str, Any]:
    """The manifest of a file; `written` is its name, sha256 and bytes. `hiding`: names are hidden."""
    shown = _asked(wanted)
    made: dict[str, Any] = {
        "manifest": VERSION,
        "program": f"CrowdDesk {__version__}",
        "libraries": _libraries(wanted),
        "schema": state.schema,
        "workspace": state.workspace,
        "journal": {"head": state.head, "at": state.head_at.isoformat() if state.head_at else None},
        "run": {
            "id": wanted.run_id,
            **{name: state.run[name] for name in ("title", "task_type", "provider_type", "sandbox", "state")},
        },
        "file": {**written, "rows": rows},
        "format": {"name": FORMATS[wanted.format], "ending": wanted.format, **options},
        "formulas": _FORMULAS.get(wanted.format),
        "rows": wanted.rows,
        "method": wanted.method if wanted.rows == ITEM else None,
        "names": wanted.names,
        "note": _NAMED_NOTE if wanted.names else _HIDDEN_NOTE,
    }
    asked = shown
    if hiding is not None:
        shown = {
            "where": hiding.search(wanted.where),
            "masks": [hiding.text(name) for name in wanted.masks],
            "expressions": {
                hiding.text(name): hiding.expression(expression)
                for name, expression in wanted.expressions.items()
            },
        }
    excluded = dict(zip(shown["masks"], selection.excluded.values(), strict=True))
    made |= {
        "filters": {"where": shown["where"], "only": wanted.only},
        "masks": [{"name": name, "excluded": excluded[name]} for name in shown["masks"]],
        "expressions": shown["expressions"],
        "sealed": key.seal(json.dumps(asked, sort_keys=True)) if shown != asked else None,
        "counts": {
            "units": selection.total,
            "taken": selection.units,
            "status": _summed(counts, 0),
            "dataset_status": _summed(counts, 1),
        },
        "columns": [{"name": column.name, "type": column.kind} for column in columns],
    }
    return made


def _asked(wanted: Wanted) -> dict[str, Any]:
    return {
        "where": wanted.where,
        "masks": list(wanted.masks),
        "expressions": {name: dict(expression) for name, expression in wanted.expressions.items()},
    }


def _summed(counts: Mapping[tuple[str, str], int], place: int) -> dict[str, int]:
    sums: dict[str, int] = {}
    for key, number in counts.items():
        sums[key[place]] = sums.get(key[place], 0) + number
    return dict(sorted(sums.items()))


def _libraries(wanted: Wanted) -> dict[str, str]:
    """What else decides the bytes."""
    found = {"python": platform.python_version()}
    if wanted.rows == ITEM or wanted.masks:
        import numpy as np

        found["numpy"] = np.__version__
    if wanted.masks:
        import rapidfuzz

        found["rapidfuzz"] = rapidfuzz.__version__
    if wanted.format == ".xlsx":
        found["zlib"] = zlib.ZLIB_RUNTIME_VERSION
    elif wanted.format == ".parquet":
        import pyarrow

        found["pyarrow"] = pyarrow.__version__
    return found


def text_of(manifest: Mapping[str, Any]) -> str:
    """The manifest as its file says it."""
    return json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"


def digest_of(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


# ------------------------------------------------------------------------------------------ and again


def read(path: Path) -> dict[str, Any]:
    """A manifest from its file. Raises BadInput for anything else."""
    try:
        if path.stat().st_size > _LARGEST:
            raise BadInput(say("{name} is too large to be a manifest.", name=path.name))
        found = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadInput(
            say("{path} cannot be read: {strerror}.", path=path, strerror=error.strerror or error)
        ) from None
    except (ValueError, RecursionError) as error:
        raise BadInput(say("{name} is no manifest of an export.", name=path.name), str(error)) from None
    if not isinstance(found, dict) or not isinstance(found.get("manifest"), int):
        raise BadInput(say("{name} is no manifest of an export.", name=path.name))
    if found["manifest"] > VERSION:
        raise BadInput(say("{name} was written by a newer CrowdDesk. Update this one.", name=path.name))
    return found


def wanted_of(manifest: Mapping[str, Any], workspace: str, key: Key | None) -> Wanted:
    """What a manifest's export was asked for. Raises BadInput for a damaged one or another workspace's."""
    try:
        if manifest["workspace"] != workspace:
            raise BadInput(
                say(
                    "The manifest is of another workspace, where run {id} is another run. Open that one.",
                    id=manifest["run"]["id"],
                )
            )
        asked: Any = {
            "where": manifest["filters"]["where"],
            "masks": [mask["name"] for mask in manifest["masks"]],
            "expressions": manifest["expressions"],
        }
        if manifest["sealed"] is not None:
            if key is None:
                raise BadInput(say("The manifest hides names in its filters: export it without names again."))
            asked = json.loads(key.unseal(manifest["sealed"]))
        wanted = Wanted(
            run_id=_of(manifest["run"]["id"], int),
            format=_of(manifest["format"]["ending"], str),
            rows=manifest["rows"],
            where=_of(asked["where"], str),
            only=manifest["filters"]["only"],
            masks=tuple(_of(name, str) for name in asked["masks"]),
            names=_of(manifest["names"], bool),
            method=manifest["method"] or METHODS[0],
            expressions=dict(asked["expressions"]),
        )
        _of(manifest["file"]["sha256"], str), _of(manifest["journal"]["head"], str)
    except (KeyError, TypeError, ValueError) as error:
        if isinstance(error, BadInput):
            raise
        raise BadInput(say("The manifest is damaged: something is missing from it."), repr(error)) from None
    if wanted.rows not in ROWS or wanted.only not in (None, "in", "out", "undecided"):
        raise BadInput(say("The manifest is damaged: it asks for what there is not."))
    check(wanted)
    for expression in wanted.expressions.values():
        masks_of.check(expression)
    if wanted.masks:  # those of the manifest, not what the workspace calls the same now
        masks_of.check(masks_of.any_of(wanted.masks), wanted.expressions)
    return wanted


def _of(value: Any, kind: type) -> Any:
    if type(value) is not kind:
        raise TypeError(f"{value!r} is no {kind.__name__}")
    return value


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """What is not as it was when the old manifest was written, each as a sentence; the file's bytes too."""
    return list(_differences(old, new))


def _differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    was, is_now = old["journal"]["head"], new["journal"]["head"]
    if was != is_now:
        rows = [head.partition(":")[0] for head in (was, is_now)]
        yield say(
            "The workspace has changed: its journal was at row {was} and is at row {now}.",
            was=rows[0],
            now=rows[1],
        )
    if old.get("program") != new["program"]:
        yield say("It was written by {old}; this is {new}.", old=old.get("program"), new=new["program"])
    if old.get("schema") != new["schema"]:
        yield say("The schema was {old} and is {new}.", old=old.get("schema"), new=new["schema"])
    for name, version in new["libraries"].items():
        before = (old.get("libraries") or {}).get(name)
        if before != version:
            yield say("{name} was {before} and is {version}.", name=name, before=before, version=version)
    counts = old.get("counts") or {}
    for name, number in new["counts"].items():
        if not isinstance(number, dict):
            if counts.get(name) != number:
                then = counts.get(name)
                if name == "units":
                    yield say("Units of the run: {then} then, {now} now.", then=then, now=number)
                else:
                    yield say("Units {name}: {then} then, {now} now.", name=name, then=then, now=number)
            continue
        before = counts.get(name) or {}
        for status in sorted({*before, *number}):
            then, now = before.get(status, 0), number.get(status, 0)
            if then != now:
                word = "status" if name == "status" else "data"
                which = f"{word}:{status}"
                yield say("Units with {which}: {then} then, {now} now.", which=which, then=then, now=now)
    excluded = {mask.get("name"): mask.get("excluded") for mask in old.get("masks") or []}
    for mask in new["masks"]:
        then, now = excluded.get(mask["name"]), mask["excluded"]
        if then != now:
            yield say(
                "The mask {name!r} left out {then} then, {now} now.", name=mask["name"], then=then, now=now
            )
    if old.get("columns") != new["columns"]:
        yield say("The columns are not the same.")
    if old["file"].get("rows") != new["file"]["rows"]:
        then, now = old["file"].get("rows"), new["file"]["rows"]
        yield say("Rows: {then} then, {now} now.", then=then, now=now)
