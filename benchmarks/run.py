"""Measures every budget of the design and prints it as a ratio against its floor: `python benchmarks/run.py`.

Nothing here passes or fails: a shared machine is too noisy. Trust the ratios, and repeat what is over.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from benchmarks import installed, launching, reads, workspace  # noqa: E402
from benchmarks.pauses import EVENTS_A_SECOND  # noqa: E402
from benchmarks.table import Comparison, Row, markdown, milliseconds  # noqa: E402

_FULL: Final = 1_000_000
_QUICK: Final = 100_000
_DECISIONS: Final = 300
_SMALL: Final = 1_000
_COMPARED: Final = 10_000
_STARTS: Final = 5
#: More, for the two differ by less than one start from the next.
_INSTALLED_STARTS: Final = 9

_OPEN_S: Final = 0.100
_ASK_S: Final = 0.050
_PAUSE_S: Final = 0.050
_PAUSE_P99_S: Final = 0.016
_KEY_S: Final = 0.016
_INSTALLER_MB: Final = 60.0
_MEMORY_MB: Final = 90.0
_START_PAINT, _START_USABLE, _LAUNCH, _PAGES = 2.0, 1.8, 6.0, 2.0
#: What was sent against what was stored: a batch may be late, none may be left behind.
_RATE: Final = 1.05

#: The web tool's figures, on two cores (issue 2), in seconds.
_WEB: Final = {
    "create": ("create 10,000 units (here: and launch them)", 51.0),
    "objects": ("find them, as whole objects", 0.324),
    "ids": ("find them, as a list does: ids in order", 0.324),
    "spend": ("their total spend", 1.68),
    "list": ("list all of them", 27.7),
    "export": ("export them", 25.9),
    "detail": ("open one unit", 0.361),
}


class Bench:
    """One run of the measurements over `units` units; `folder` is thrown away afterwards."""

    def __init__(self, units: int, launched: int, served: int, folder: Path) -> None:
        self.units = units
        self._launched = launched
        self._served = served
        self._folder = folder
        self._copies = 0
        self._launch: launching.Launched | None = None
        self.measures: dict[str, Callable[[], list[Row]]] = {
            "start": self.start,
            "lists": self.lists,
            "pauses": self.pauses,
            "launch": self.launch,
            "pages": self.pages,
            "memory": self.memory,
            "serving": self.serving,
            "vendor": self.vendor,
            "quality": self.quality,
            "review": self.review,
            "export": self.export,
            "installed": self.installed,
        }

    # ------------------------------------------------------------------------------------------- budgets

    def start(self) -> list[Row]:
        taken: dict[str, list[dict[str, float]]] = {"bare": [], "sqlmodel": [], "app": []}
        with self._copy(self.units) as place:
            for turn in range(_STARTS + 1):
                for what, found in taken.items():
                    times = _started(what, place)
                    if turn:  # the first one only warms the disk's cache
                        found.append(times)
        bare, usable, mine = (
            [times[key] for times in taken[what]]
            for what, key in (("bare", "painted"), ("sqlmodel", "usable"), ("app", "painted"))
        )
        ready = [times["usable"] for times in taken["app"]]
        return [
            _against("start", "cold start: first paint", mine, bare, "a bare window", _START_PAINT),
            _against(
                "start", "cold start: rows on the screen", ready, usable, "window + import sqlmodel",
                _START_USABLE,
            ),
        ]  # fmt: skip

    def installed(self) -> list[Row]:
        """What lies in dist/; nothing where nothing was built."""
        rows = [
            Row(
                "installed",
                name,
                f"{size / 1e6:.1f} MB",
                f"{_INSTALLER_MB:g} MB",
                size / 1e6 / _INSTALLER_MB,
                1,
            )
            for name, size in installed.sizes(ROOT / "dist").items()
        ]
        command = installed.unpack(ROOT / "dist", self._folder / "installed")
        if not command:
            return rows
        taken: dict[str, list[Mapping[str, float]]] = {"installed": [], "source": []}
        with self._copy(_SMALL) as place:
            for turn in range(_INSTALLED_STARTS + 1):
                for what, words in (("source", [sys.executable, "-m", "crowddesk"]), ("installed", command)):
                    times = installed.started(words, place)
                    if turn:
                        taken[what].append(times)
        for what, key in (("first paint", "painted"), ("everything usable", "usable")):
            mine, theirs = ([times[key] for times in taken[place]] for place in ("installed", "source"))
            rows.append(_against("installed", f"installed program: {what}", mine, theirs, "from source", 1))
        of_all = (
            "the archive's, which is the Debian package's too; only a Windows tells how soon its own starts"
        )
        return [*rows[:-1], dataclasses.replace(rows[-1], note=of_all)]

    def lists(self) -> list[Row]:
        with self._copy(self.units) as place:
            found = _window("lists", place)
        sort, sorts = _worst(found["sort"])
        word, words = _worst(found["filter"])
        ends = {key: found[key] for key in ("end", "end, ids on their way")}
        end, _ = _worst(ends)
        return [
            _within("lists", "open the run: first rows painted", found["open"], _OPEN_S),
            _within("lists", f"sort, slowest ({sort})", found["sort"][sort], _ASK_S, sorts),
            _within("lists", f"filter, slowest ({word})", found["filter"][word], _ASK_S, words),
            _within("lists", "jump to its end", ends[end], _ASK_S, _listed(ends)),
        ]

    def pauses(self) -> list[Row]:
        with self._copy(self.units) as place:
            found = _window("pauses", place)
        rate = found["events a second"]
        told = f"{found['changes a second']:,.0f} words of the vendor about units and agents a second"
        return [
            _within("pauses", "longest pause while events arrive", found["longest"], _PAUSE_S),
            _within("pauses", "99th percentile of pauses", found["p99"], _PAUSE_P99_S),
            Row(
                "pauses",
                "status events stored meanwhile",
                f"{rate:,.0f} a second",
                f"{EVENTS_A_SECOND:,} a second sent",
                EVENTS_A_SECOND / rate,
                _RATE,
                told,
            ),
        ]

    def launch(self) -> list[Row]:
        taken = []
        for turn in range(3):
            with self._place(f"launch-{turn}") as place:
                taken.append(launching.measure(place, self._launched))
        taken.sort(key=lambda launched: launched.launched / launched.floor)
        middle = self._launch = taken[len(taken) // 2]
        return [
            Row(
                "launch",
                f"launch {self._launched:,} units on mock",
                milliseconds(middle.launched),
                f"Core inserts of its {middle.rows:,} rows: {milliseconds(middle.floor)}",
                middle.launched / middle.floor,
                _LAUNCH,
                f"created after {milliseconds(middle.created)}",
            )
        ]

    def pages(self) -> list[Row]:
        with self._copy(self.units) as first, self._copy(_SMALL) as second:
            found = reads.measure_pages(first, second)
        ratios = {name: many / few for name, (many, few) in found.items()}
        worst, _ = _worst(ratios)
        many, few = found[worst]
        listed = ", ".join(f"{name} {ratio:.2f}" for name, ratio in ratios.items())
        return [
            Row(
                "pages",
                f"pages and totals, slowest ({worst})",
                milliseconds(many),
                f"the same at {_SMALL:,} units: {milliseconds(few)}",
                many / few,
                _PAGES,
                listed,
            )
        ]

    def review(self) -> list[Row]:
        units = min(self.units, _QUICK)
        with self._copy(units) as place:
            found = _asked("benchmarks.review", str(place), str(min(_DECISIONS, units // 10)))
        repaint, p99 = found["repaint"], found["p99"]
        told = f"median {milliseconds(found['median'])}; {p99 / repaint:.0f} times a bare repaint"
        what = f"key to next answer painted, 99th percentile, {units:,} units"
        worked = f"of that the GUI thread's own work: median {milliseconds(found['worked'])}"
        more = found["megabytes"]
        return [
            _within("review", what, p99, _KEY_S, told),
            _within("review", "the same without the machine's waits", found["worked p99"], _KEY_S, worked),
            Row(
                "review",
                "memory of the review page over that run",
                f"{more:,.0f} MB more",
                f"{_MEMORY_MB:.0f} MB",
                more / _MEMORY_MB,
                1.0,
                "numpy, rapidfuzz and the picture of the run among it",
            ),
        ]

    def export(self) -> list[Row]:
        rows = []
        with self._copy(self.units) as place:
            for words, ending in (("CSV", ".csv"), ("JSON lines", ".jsonl")):
                found = _asked("benchmarks.exporting", str(place), ending)
                size, taken, floor = (found[name] for name in ("bytes", "seconds", "floor"))
                rows.append(
                    Row("export", f"export of the run as {words}", milliseconds(taken),
                        f"writing its {size / 1e6:,.0f} MB: {milliseconds(floor)}", taken / floor, None,
                        f"{found['rows']:,} rows, {found['worked']:.1f} s of the processor, "
                        f"{found['megabytes']:,.0f} MB of memory more than before it")
                )  # fmt: skip
        return rows

    def memory(self) -> list[Row]:
        with self._copy(self.units) as full, self._place("empty") as empty:
            over, none = (_window("memory", place)["megabytes"] for place in (full, empty))
        more = over - none
        return [
            Row(
                "memory",
                "memory of the window over the run",
                f"{over:,.0f} MB",
                f"an empty one: {none:,.0f} MB; {_MEMORY_MB:.0f} MB more",
                more / _MEMORY_MB,
                1.0,
                f"{more:,.0f} MB more",
            )
        ]

    def serving(self) -> list[Row]:
        with self._place("serving") as place:
            found = _asked("benchmarks.serving", str(place), str(self._served))
        units, hello, inserts = (found[name] for name in ("units", "hello", "inserts"))
        did = f"{units:,.0f} units a second"
        sockets = found["sockets"]
        rows = [
            Row("serving", f"hand out and store units, {found['people']} at once", did,
                f"the server's hello: {hello:,.0f} a second", hello / units, None,
                "three requests a unit: ask, see, send"),
            Row("serving", f"hand out and store units, {found['people']} at once", did,
                f"raw inserts, one a transaction: {inserts:,.0f} a second", inserts / units, None),
            Row("serving", f"memory with {sockets:,} idle WebSockets", f"{found['megabytes']:.1f} MB more",
                "1 MB a hundred", found["megabytes"] / (sockets / 100), None),
        ]  # fmt: skip
        return [
            *rows,
            _within("serving", "longest pause of the window meanwhile", found["longest"], _PAUSE_S),
            _within("serving", "99th percentile of pauses meanwhile", found["p99"], _PAUSE_P99_S),
        ]

    def vendor(self) -> list[Row]:
        with self._place("vendor") as place:
            found = _asked("benchmarks.vendor", str(place), str(self._launched))
        places, parts = found["places"], found["parts"]
        away = f"{places:,} places at the sandbox, {milliseconds(found['round_trip'])} away"
        rows = [
            Row("vendor", f"{name} {away}", f"{part['calls']:,} calls, {part['seconds']:.1f} s",
                f"a call a place: {places:,}", part["calls"] / places, None)
            for name, part in parts.items()
        ]  # fmt: skip
        calls = sum(part["calls"] for part in parts.values())
        rows.append(
            Row("vendor", "all of it: calls a place", f"{calls / places:.4f}", "the web tool: several",
                calls / places, None, "following takes as long as the people do, by the vendor's own routes")
        )  # fmt: skip
        longest = max(part["longest"] for part in parts.values())
        return [*rows, _within("vendor", "longest pause of the window at a vendor", longest, _PAUSE_S)]

    def quality(self) -> list[Row]:
        units = min(self.units, _QUICK)
        with self._copy(units) as place:
            found = _asked("benchmarks.quality", str(place), str(self.units))
        rounds = found["rounds"] * found["count"]
        return [
            Row("quality", f"Dawid-Skene on {found['answers']:,} answers", milliseconds(found["dawid_skene"]),
                f"counting them as often, {found['rounds']} rounds: {milliseconds(rounds)}",
                found["dawid_skene"] / rounds, None, f"{found['megabytes']:,.0f} MB more at most"),
            Row("quality", f"the picture of a run of {units:,} units", milliseconds(found["picture"]),
                f"reading its {found['rows']:,} answers: {milliseconds(found['read'])}",
                found["picture"] / found["read"], None),
        ]  # fmt: skip

    # --------------------------------------------------------------------------------------- comparison

    def comparisons(self) -> list[Comparison]:
        with self._copy(_COMPARED) as place:
            ours = reads.measure_verbs(place)
        launched = self._launch
        if launched is None or self._launched != _COMPARED:
            with self._place("compared") as place:
                launched = launching.measure(place, _COMPARED)
        ours["create"] = launched.launched
        found = [Comparison(words, theirs, ours[key]) for key, (words, theirs) in _WEB.items()]
        with self._copy(self.units) as place:
            found.append(
                Comparison(
                    f"open one unit of {self.units:,} (the web tool's: of 100,000)",
                    3.8,
                    reads.measure_detail(place),
                )
            )
        return found

    # -------------------------------------------------------------------------------------------- places

    @contextmanager
    def _place(self, name: str) -> Iterator[Path]:
        place = self._folder / name
        try:
            yield place
        finally:
            shutil.rmtree(place, ignore_errors=True)

    @contextmanager
    def _copy(self, units: int) -> Iterator[Path]:
        self._copies += 1
        with self._place(f"copy-{self._copies}") as place:
            yield workspace.copy(workspace.ready_made(units), place)


def _window(what: str, place: Path) -> dict[str, Any]:
    found: dict[str, Any] = _asked("benchmarks.window", what, str(place))
    return found


def _started(what: str, place: Path) -> dict[str, float]:
    """Seconds from the birth of a process to what it says of itself."""
    began = time.monotonic()
    times = _asked("benchmarks.start", what, str(place))
    return {name: at - began for name, at in times.items()}


def _asked(module: str, *arguments: str) -> Any:
    """What a process of its own prints as JSON. It runs without a display."""
    ran = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        text=True,
        timeout=1_800,
        check=True,
    )
    return json.loads(ran.stdout.splitlines()[-1])


def _against(
    name: str, what: str, mine: Sequence[float], floor: Sequence[float], words: str, bound: float
) -> Row:
    """Medians of several runs, taken in turns."""
    measured, least = statistics.median(mine), statistics.median(floor)
    return Row(name, what, milliseconds(measured), f"{words}: {milliseconds(least)}", measured / least, bound)


def _within(name: str, what: str, measured: float, most: float, note: str = "") -> Row:
    return Row(name, what, milliseconds(measured), milliseconds(most), measured / most, 1.0, note)


def _worst(found: dict[str, float]) -> tuple[str, str]:
    """The name of the largest one, and all of them in words."""
    return max(found, key=lambda name: found[name]), _listed(found)


def _listed(found: dict[str, float]) -> str:
    return ", ".join(f"{name} {milliseconds(value)}" for name, value in found.items())


def machine() -> str:
    """What the numbers were measured on."""
    import PySide6

    cpu = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        lines = info.read_text(encoding="utf-8", errors="replace").splitlines()
        cpu = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), cpu)
    load = f", load {os.getloadavg()[0]:.1f} at the end" if hasattr(os, "getloadavg") else ""
    return (
        f"{cpu}, {os.cpu_count()} cores, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}, PySide6 {PySide6.__version__}{load}"
    )


_README: Final = """# Benchmarks

`make bench` measures the budgets of the design, each against a floor that is measured in the same run, and
prints them; `python benchmarks/run.py --write` puts the result here. `--quick` takes a tenth of the units,
`--only NAME` one row's measurement, `--json` prints JSON. The workspaces are kept in the temporary folder.

Measured on {day} with {units:,} units: {machine}. The window is drawn offscreen. Another
machine, or a busy one, gives other times; trust the ratios.

{tables}
"""


def main(arguments: Sequence[str] | None = None) -> None:
    """Measures, prints, and with `--write` keeps the result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help=f"{_QUICK:,} units in place of {_FULL:,}")
    parser.add_argument("--units", type=int, help="so many units, for a test")
    parser.add_argument("--launched", type=int, default=10_000, help="units to launch")
    parser.add_argument("--served", type=int, default=4_000, help="units to put before people")
    parser.add_argument(
        "--only",
        metavar="NAME",
        action="append",
        help="start, lists, pauses, launch, pages, memory, serving, vendor, quality, review, export, "
        "installed, web",
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--write", action="store_true", help="write benchmarks/README.md")
    chosen = parser.parse_args(arguments)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    # An installed program has its bytecode; without it each start would measure the compiler.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    units = chosen.units or (_QUICK if chosen.quick else _FULL)
    rows: list[Row] = []
    comparisons: list[Comparison] = []
    with tempfile.TemporaryDirectory(prefix="crowddesk-bench-") as folder:
        bench = Bench(units, chosen.launched, chosen.served, Path(folder))
        wanted = chosen.only or [*bench.measures, "web"]
        if unknown := set(wanted) - {*bench.measures, "web"}:
            parser.error(f"there is no measurement {min(unknown)!r}")
        for name, measure in bench.measures.items():
            if name in wanted:
                print(f"{name} ...", file=sys.stderr, flush=True)
                rows += measure()
        if "web" in wanted:
            print("web ...", file=sys.stderr, flush=True)
            comparisons = bench.comparisons()
    tables = markdown(rows, comparisons)
    if chosen.json:
        found = [dataclasses.asdict(row) | {"ok": row.ok} for row in rows]
        beside = [dataclasses.asdict(c) | {"factor": c.factor} for c in comparisons]
        print(json.dumps({"units": units, "rows": found, "comparisons": beside}, indent=1))
    else:
        print(tables)
    if chosen.write:
        text = _README.format(day=datetime.now(UTC).date(), units=units, machine=machine(), tables=tables)
        (ROOT / "benchmarks" / "README.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
