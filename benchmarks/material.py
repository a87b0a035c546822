"""A task to measure with: its template, items and run file, as a user would bring them."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Final

from crowddesk.operations.run_file import RunConfig, load_run

UNITS_PER_ITEM: Final = 10
REWARD_MINOR: Final = 2
FEE_MINOR: Final = 1
CURRENCY: Final = "USD"

_TEMPLATE: Final = """<h1>Does it follow?</h1>
<p>${text}</p><p>${claim}</p>
<label><input type="radio" name="answer" value="yes"> yes</label>
<label><input type="radio" name="answer" value="no"> no</label>
"""
#: Nobody comes for days, so that a launch is measured and not a crowd.
_RUN: Final = """\
task: {{name: measured, title: Does it follow?, description: Two sentences., reward: 0.02, currency: USD,
        estimated_minutes: 1}}
blueprint: {{_blueprint_type: static_html, template: task.html, data: items.csv, item_key: key,
             units_per_assignment: {units}}}
provider: {{{provider}}}
"""
_MOCK: Final = (
    "_provider_type: mock, requester_name: practice, seed: 7, speed: 1, arrivals_per_second: 0.00001"
)
_VENDORS: Final = {
    "mock": _MOCK,
    "inhouse": "_provider_type: inhouse, requester_name: lab",
    "sandbox": "_provider_type: prolific_sandbox, requester_name: lab, hosting: here, people: 0",
}
_PLACES: Final = ("harbour", "station", "market", "library", "bridge", "garden", "theatre", "school")


def item_values(number: int) -> dict[str, str]:
    """One row of data, about as long as a sentence pair is."""
    place, other = _PLACES[number % 8], _PLACES[number // 8 % 8]
    return {
        "key": f"k{number:06d}",
        "text": f"On day {number} the {place} was closed, and everybody who came had to walk to the {other}.",
        "claim": f"The {other} was open on day {number}.",
    }


def write_task(folder: Path, items: int, *, vendor: str = "mock") -> RunConfig:
    """Writes a task of so many items into a folder and reads its run file.

    `vendor`: `mock` (the practice crowd), `inhouse` (one's own people) or `sandbox` (Prolific's).
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "task.html").write_text(_TEMPLATE, encoding="utf-8")
    with (folder / "items.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(item_values(0)))
        writer.writeheader()
        writer.writerows(item_values(number) for number in range(items))
    path = folder / "run.yaml"
    path.write_text(_RUN.format(units=UNITS_PER_ITEM, provider=_VENDORS[vendor]), encoding="utf-8")
    return load_run(path)
