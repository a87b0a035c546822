"""Planted spammers of the practice crowd are found, and nobody who works well is named in their place.

The README states these figures; the vendor knows who is who, and the evidence does not.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from typing import Any

import pytest

from crowddesk.operations.quality.chips import chips_of_person
from crowddesk.operations.quality.picture import make_picture, name_people, order_people
from crowddesk.providers.mock import crowd
from crowddesk.providers.mock.batch import read_spec

pytestmark = [pytest.mark.timeout(300)]


def profiles(bench: Any) -> dict[str, str]:
    """Everybody's name and kind, by the vendor's own file."""
    path = bench.db.folder / "providers" / "mock" / "market.sqlite"
    with sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True) as books:
        ((text,),) = books.execute("SELECT spec FROM batch")
    books.close()
    spec = read_spec(text)
    return {person.name: person.profile for person in crowd.people(spec.people, spec.mix)}


@pytest.mark.parametrize("seed", [11, 12, 13])
def test_planted_spammers_are_found(bench: Any, seed: int) -> None:
    run = bench.completed(
        300,
        "blueprint.units_per_assignment=5",
        f"provider.seed={seed}",
        "provider.speed=100000",
        "provider.leaver=0.08",
        "provider.arrivals_per_second=20",
    )
    with bench.db.read() as conn:
        picture = make_picture(conn, run)
    kinds = profiles(bench)
    order = [kinds[picture.answers.worker_names[person]] for person in order_people(picture).tolist()]
    named = [kinds[picture.answers.worker_names[person]] for person in name_people(picture).tolist()]
    planted = Counter(order)["spammer"]
    assert planted == 7
    # All of them come first, and all are named.
    assert order[:planted] == named[:planted] == ["spammer"] * planted
    # Careless people are named too; nobody who works well is, leavers included.
    assert set(named) <= {"spammer", "sloppy"}
    assert all(chips_of_person(picture, person) for person in name_people(picture).tolist())
