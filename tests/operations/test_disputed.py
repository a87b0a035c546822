"""The items that people disagree on most come first, by the answers that count."""

from __future__ import annotations

from typing import Any

import numpy as np

from crowddesk.operations.disputed import most_disputed
from tests.operations.pictures import MadePicture, column, make_answers


def picture(answers: list[list[str | None]], **more: Any) -> Any:
    """Items with these answers, the k-th of each by the k-th worker."""
    rows = [(item, worker, said) for item, each in enumerate(answers) for worker, said in enumerate(each)]
    made = make_answers(
        len(rows),
        worker_names=["a", "b", "c", "d"],
        items=np.array([item for item, _, _ in rows], dtype=np.int32),
        workers=np.array([worker for _, worker, _ in rows], dtype=np.int32),
        item_ids=[10 * (n + 1) for n in range(len(answers))],
        item_keys=[f"k{n}" for n in range(len(answers))],
        fields={"answer": column("answer", [said for _, _, said in rows])},
        **more,
    )
    return MadePicture(made, "answer")


def test_the_most_disputed_come_first() -> None:
    found = most_disputed(
        picture(
            [
                ["yes", "yes", "yes"],
                ["yes", "no", "yes"],
                ["yes", "no"],
                ["no", "yes", "perhaps"],
                ["no", None, None],
            ]
        )
    )
    assert [(item.key, item.answers) for item in found] == [("k3", 3), ("k2", 2), ("k1", 3)]
    assert found[2].labels == (("yes", 2), ("no", 1))
    assert found[0].id == 40
    assert len(most_disputed(picture([["yes", "no"]] * 9), most=4)) == 4


def test_what_is_out_gold_or_text_does_not_count() -> None:
    both: list[list[str | None]] = [["yes", "no"], ["yes", "no"]]
    out = picture(both, datasets=np.array([0, 2, 0, 0], dtype=np.int32))
    assert [item.key for item in most_disputed(out)] == ["k1"]
    gold = picture(both, unit_index=np.array([0, 1, -2, -2], dtype=np.int32))
    assert [item.key for item in most_disputed(gold)] == ["k0"]
    words: list[list[str | None]] = [
        [f"A whole sentence about number {n} {m}." for m in "ab"] for n in range(2)
    ]
    assert most_disputed(picture(words)) == []
    assert most_disputed(MadePicture(make_answers(0))) == []  # type: ignore[arg-type]
