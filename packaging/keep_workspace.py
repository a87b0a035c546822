"""Makes the small workspace that a release leaves for those to come, which must open it: part of releasing.

    python packaging/keep_workspace.py 0.1.0

The version's own command line launches a run at the practice vendor, decides, pays and leaves work undone.
What it then says of runs, units, workers, actions and the journal is kept beside the workspace, under
`tests/data/workspaces/`. `--source` names another checkout, for a version that lies there.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

_HERE: Final = Path(__file__).resolve().parent.parent
_ITEMS: Final = 12
_TEMPLATE: Final = """<p>${text}</p>
<label><input type="radio" name="answer" value="yes"> yes</label>
<label><input type="radio" name="answer" value="no"> no</label>
"""
_RUN: Final = """
task: {{name: {name}, title: Is it a fruit?, description: Say yes or no., reward: 0.10, currency: USD}}
blueprint: {{_blueprint_type: static_html, template: task.html, data: items.csv, item_key: id,
            units_per_assignment: 2}}
provider: {{_provider_type: mock, requester_name: practice, seed: 3, speed: 5000, arrivals_per_second: 5}}
"""
#: What the version is asked to say of the workspace.
_LISTS: Final = ("runs", "units", "workers", "actions")
#: What is of one process, or only tells of what happened.
_LEFT_OUT: Final = frozenset({"locks", "logs", "backups"})


class Version:
    """The program as it lies in a checkout, on a workspace, by its command line."""

    def __init__(self, source: Path, workspace: Path) -> None:
        self._source = source
        self._workspace = workspace

    def __call__(self, *words: str) -> str:
        """What a command prints. Raises RuntimeError with its last words where it fails."""
        known = {"PYTHONPATH": str(self._source), "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"}
        command = [sys.executable, "-m", "crowddesk", *words]
        if words[0] not in ("--version", "--help"):
            command += ["--workspace", str(self._workspace)]
        done = subprocess.run(
            command,
            cwd=self._source,
            env={**os.environ, **known},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{' '.join(words)} ended with {done.returncode}: {done.stderr.strip()}")
        return done.stdout

    def rows(self, *words: str) -> list[dict[str, Any]]:
        """A list of the program's, as records."""
        text = self(*words, "--json").strip()
        if text.startswith("["):
            found: list[dict[str, Any]] = json.loads(text)
            return found
        return [json.loads(line) for line in text.splitlines()]


def keep(source: Path, name: str, to: Path) -> tuple[Path, Path]:
    """Makes `<name>.tar.xz` and `<name>.json` with the version that lies in `source`; returns both."""
    with tempfile.TemporaryDirectory(prefix="crowddesk-keep-") as place:
        folder = Path(place)
        workspace = folder / "workspace"
        version = Version(source, workspace)
        _use(version, folder)
        said = {
            "version": version("--version").strip(),
            **{listing: version.rows(listing) for listing in _LISTS},
            "journal_head": version("journal", "verify").strip(),
        }
        to.mkdir(parents=True, exist_ok=True)
        packed, beside = to / f"{name}.tar.xz", to / f"{name}.json"
        _pack(workspace, packed, folder)
        beside.write_text(json.dumps(said, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return packed, beside


def _use(version: Version, folder: Path) -> None:
    """A run that is answered, decided in every way and paid in part; a second one that has only begun."""
    run = version("launch", str(_run_file(folder, "fruit")), "--wait").split()[0]
    done = [
        str(unit["unit_id"]) for unit in version.rows("units", "--run", run, "--where", "status:completed")
    ]
    if len(done) < _ITEMS:
        raise RuntimeError(f"Only {len(done)} units were completed; the workspace would show too little.")

    def decide(verb: str, units: Sequence[str], *words: str) -> None:
        for unit in units:
            version("decide", verb, "--run", run, "--where", f"unit:{unit}", *words, "--yes")

    decide("approve", done[:4])
    decide("soft-reject", done[4:6], "--reason", "Thank you. This one did not fit.")
    decide("reject", done[6:7], "--reason", "Every answer of this one is the same word.")
    _look_twice(version)
    version("send", "--wait")
    decide("approve", done[7:9])  # staged, to be sent by whoever opens it
    version("launch", str(_run_file(folder, "begun")))


def _look_twice(version: Version) -> None:
    """Lets the rejection go, where the version asks for a second look at it."""
    if "second-look" in version("--help"):
        waiting = [str(action["action_id"]) for action in version.rows("second-look", "list")]
        version("second-look", "agree", *waiting)


def _run_file(folder: Path, name: str) -> Path:
    words = (
        "apple",
        "table",
        "pear",
        "river",
        "plum",
        "Straße",
        "fig",
        "007",
        "no",
        "quince, ripe",
        "1.0",
        "kiwi",
    )
    rows = [f'k{number},"A {word}."' for number, word in enumerate(words[:_ITEMS])]
    (folder / "items.csv").write_text("\n".join(["id,text", *rows, ""]), encoding="utf-8")
    (folder / "task.html").write_text(_TEMPLATE, encoding="utf-8")
    path = folder / f"{name}.yaml"
    path.write_text(_RUN.format(name=name), encoding="utf-8")
    return path


def _pack(workspace: Path, packed: Path, folder: Path) -> None:
    with tarfile.open(packed, "w:xz") as archive:
        for path in sorted(p for p in workspace.rglob("*") if p.is_file()):
            inside = path.relative_to(workspace)
            if inside.parts[0] in _LEFT_OUT or path.name.endswith(("-wal", "-shm")):
                continue
            if path.suffix == ".sqlite":
                path = _whole(path, folder / "whole.sqlite")
            archive.add(path, inside.as_posix(), filter=_nobodys)


def _whole(path: Path, copy: Path) -> Path:
    """A database with what lies in its log."""
    copy.unlink(missing_ok=True)
    with contextlib.closing(sqlite3.connect(path)) as old, contextlib.closing(sqlite3.connect(copy)) as new:
        old.backup(new)
    return copy


def _nobodys(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    return entry


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("name", help="What it is called: the version.")
    parser.add_argument("--source", type=Path, default=_HERE, help="The checkout of that version.")
    parser.add_argument("--to", type=Path, default=_HERE / "tests" / "data" / "workspaces")
    asked = parser.parse_args()
    for path in keep(asked.source.resolve(), asked.name, asked.to):
        print(f"{path}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
