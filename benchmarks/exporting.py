"""The export of a whole run against writing the same bytes, and the memory that it takes.

A process of its own, so that what it needs at most is what the export needs: `python -m benchmarks.exporting
FOLDER ENDING` prints JSON.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.workspace import RUN
from crowddesk.operations import export
from crowddesk.operations.workspace import open_workspace

_CHUNK = 1 << 20


def measure(folder: Path, ending: str) -> dict[str, Any]:
    """Seconds of the export, by the clock and of the processor, and of writing its bytes; megabytes."""
    db = open_workspace(folder)
    try:
        with tempfile.TemporaryDirectory() as place:
            path = Path(place) / f"units{ending}"
            # What is imported once for good is no part of it.
            export.export(db, export.Wanted(RUN, ending, where="unit:<2000"), path)
            before = _peak()
            began, worked = time.perf_counter(), time.process_time()
            done = export.export(db, export.Wanted(RUN, ending), path)
            taken, worked = time.perf_counter() - began, time.process_time() - worked
            more = _peak() - before
            return {
                "rows": done.rows,
                "bytes": path.stat().st_size,
                "seconds": taken,
                "worked": worked,
                "floor": _write_again(path, Path(place) / "again"),
                "megabytes": more,
            }
    finally:
        db.close()


def _write_again(path: Path, target: Path) -> float:
    """Seconds to write what a file holds, a piece at a time and down to the disk."""
    taken = 0.0
    with path.open("rb") as source, target.open("xb") as file:
        while chunk := source.read(_CHUNK):
            began = time.perf_counter()
            file.write(chunk)
            taken += time.perf_counter() - began
        began = time.perf_counter()
        file.flush()
        os.fsync(file.fileno())
        return taken + time.perf_counter() - began


def _peak() -> float:
    """The most memory that this process has held, in megabytes."""
    import resource

    scale = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * scale / 1e6


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]), sys.argv[2])))
