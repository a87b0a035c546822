"""All figures of a run as one JSON object: the answer of `crowddesk quality --run N --json`.

This is the only place that puts them together; the window reads them from the same command.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from crowddesk.domain import BadInput
from crowddesk.language import say
from crowddesk.operations.disputed import most_disputed
from crowddesk.operations.quality import aggregate, agreement
from crowddesk.operations.quality.aggregate import Aggregate, Votes, votes_of
from crowddesk.operations.quality.chips import chips_of_person
from crowddesk.operations.quality.fields import TEXT, kind_of, numbers_of, run_args
from crowddesk.operations.quality.picture import Picture, make_picture, name_people, order_people
from crowddesk.operations.quality.truth import Truth, find_truth, read_columns

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from crowddesk.operations.quality.answers import Answers, Bools, Column, Floats

METHODS: Final[dict[str, Callable[[Votes], Aggregate]]] = {
    "majority": aggregate.majority,
    "dawid_skene": aggregate.dawid_skene,
    "mace": aggregate.mace,
}
_TITLES: Final = {"majority": "Majority", "dawid_skene": "Dawid-Skene", "mace": "MACE"}
#: Labels of a field are listed up to so many.
_LISTED: Final = 50
#: With fewer answers a person, Dawid-Skene has next to nothing to learn from.
_FEW_ANSWERS: Final = 5


def figures_of(
    conn: Connection, run_id: int, field: str | None = None, truth: str | None = None
) -> dict[str, Any]:
    """The figures of a run over its answers to standard units that are not out of the data set.

    `majority`, `dawid_skene` and `mace` are accuracies against the truth (ties count for their part), None
    where no truth is known; `alpha` is Krippendorff's, nominal. `field` is the one they are about, else the
    one that is judged; `truth` is the items' column of right answers. `people` come in the order in which to
    look at them, `named` are those whom the evidence is clearly against; `disputed` are the items whose
    answers differ most. Not in the GUI thread: seconds for a million answers.

    Raises NotFound, BadInput.
    """
    args = run_args(conn, run_id)
    picture = make_picture(conn, run_id)
    answers = picture.answers
    field = field or picture.label
    if field not in answers.fields and (field or truth):
        known = ", ".join(map(repr, answers.fields)) or say("none yet")
        raise BadInput(
            say("No answer has a field {field!r}. Answered fields: {known}.", field=field, known=known)
        )
    kept = answers.counted
    found: dict[str, Any] = {
        "run": run_id,
        "field": field or None,
        "answers": int(kept.sum()),
        "items": len(np.unique(answers.items[kept])),
        "workers": len(np.unique(answers.people[kept & (answers.people >= 0)])),
        "left_out": int((answers.standard & ~kept).sum()),
        "gold": {"right": int(picture.gold_right.sum()), "answers": int(picture.gold_total.sum())},
        "median_seconds": _number(picture.median_seconds),
    }
    fields = []
    of_field: dict[str, Aggregate] = {}
    right = Truth(None, say("there are no answers"), np.zeros(0, dtype=np.int32))
    columns = read_columns(conn, answers)
    for column in answers.fields.values():
        # A truth that was named is the chosen field's.
        here = find_truth(columns, column, args, truth if column.name == field else None)
        told, made = _of_field(answers, column, kept, here)
        fields.append(told)
        if column.name == field:
            of_field, right = made, here
            found |= {name: told[name] for name in METHODS}
            found |= {"alpha": told["alpha_nominal"], "truth": told["truth"]}
    if field not in answers.fields:
        found |= {**dict.fromkeys(METHODS), "alpha": None}
        found["truth"] = {"column": None, "how": right.how, "items": 0}
    found["fields"] = fields
    found["people"] = _people(picture, answers.fields.get(field), of_field, right, kept)
    found["disputed"] = [
        {
            "item_id": str(item.id),
            "item_key": item.key,
            "answers": item.answers,
            "labels": dict(item.labels),
            "differing": item.differing,
        }
        for item in most_disputed(picture, field)
    ]
    return found


def _of_field(
    answers: Answers, column: Column, kept: Bools, truth: Truth
) -> tuple[dict[str, Any], dict[str, Aggregate]]:
    votes = votes_of(answers, column, kept)
    kind = kind_of(column)
    numbers = numbers_of(column)
    cohen = agreement.cohen_kappa(votes)
    given = np.bincount(votes.labels, minlength=votes.of_labels)
    notes = []
    if cohen is None:
        notes.append(say("Cohen's kappa: too many pairs of answers to the same item."))
    told: dict[str, Any] = {
        "name": column.name,
        "kind": kind,
        "answers": len(votes),
        "items": len(np.unique(votes.items)),
        "workers": len(np.unique(votes.people)),
        "labels": dict(zip(column.values, given.tolist(), strict=True)) if len(given) <= _LISTED else None,
        "different": int((given > 0).sum()),
        "percent_agreement": agreement.percent_agreement(votes),
        "cohen_kappa": cohen.mean if cohen else None,
        "cohen_pairs": cohen.pairs if cohen else None,
        "fleiss_kappa": agreement.fleiss_kappa(votes),
        "alpha_nominal": agreement.alpha_nominal(votes),
        "alpha_ordinal": None if numbers is None else agreement.alpha_ordinal(votes, numbers),
        "alpha_interval": None if numbers is None else agreement.alpha_interval(votes, numbers),
    }
    made: dict[str, Aggregate] = {}
    for name, method in METHODS.items():
        told[name] = None
        if kind == TEXT:
            continue
        try:
            made[name] = method(votes)
        except BadInput as error:
            notes.append(f"{_TITLES[name]}: {error}")
            continue
        if truth.column is not None:
            told[name] = aggregate.accuracy(made[name], truth.codes)
        if not made[name].settled:
            notes.append(
                say(
                    "{method}: it had not settled after {rounds:,} rounds.",
                    method=_TITLES[name],
                    rounds=made[name].rounds,
                )
            )
    each = np.bincount(votes.people, minlength=votes.of_people)
    usual = float(np.median(each[each > 0])) if len(votes) else 0.0
    if "dawid_skene" in made and 0 < usual < _FEW_ANSWERS:
        if usual == 1:
            few = say("half of the people gave 1 answer or fewer, too few to tell how they err.")
        else:
            few = say(
                "half of the people gave {usual:g} answers or fewer, too few to tell how they err.",
                usual=usual,
            )
        notes.append(f"{_TITLES['dawid_skene']}: {few}")
    told["ties"] = int(made["majority"].tied.sum()) if "majority" in made else None
    told["truth"] = {
        "column": truth.column,
        "how": truth.how,
        "items": int((truth.codes[np.unique(votes.items)] >= 0).sum()) if truth.column else 0,
    }
    told["notes"] = notes
    return told, made


def _people(
    picture: Picture,
    column: Column | None,
    made: Mapping[str, Aggregate],
    truth: Truth,
    kept: Bools,
) -> list[dict[str, Any]]:
    """Everybody who answered, those first whom the evidence is most against."""
    answers = picture.answers
    order = np.argsort(answers.people, kind="stable")
    positions, starts = np.unique(answers.people[order], return_index=True)
    rows_of = dict(zip(positions.tolist(), np.split(order, starts[1:]), strict=False))
    names: dict[int, set[int]] = {}
    for person, worker in set(zip(answers.people.tolist(), answers.workers.tolist(), strict=True)):
        names.setdefault(person, set()).add(worker)
    known = kept & (truth.codes[answers.items] >= 0) if len(truth.codes) else np.zeros_like(kept)
    if column is not None:
        known &= column.codes >= 0
    named = set(name_people(picture).tolist())
    found = []
    for person in order_people(picture).tolist():
        rows = rows_of[person]
        seconds = answers.seconds[rows]
        mine = rows[known[rows]]
        right = None
        if column is not None and len(mine):
            right = float((column.codes[mine] == truth.codes[answers.items[mine]]).mean())
        found.append(
            {
                "worker_id": str(answers.worker_ids[person]),
                "worker_name": answers.worker_names[person],
                "also": sorted(answers.worker_names[one] for one in names[person] if one != person),
                "named": person in named,
                "answers": len(rows),
                "accuracy": right,
                **{name: _number(float(each.competence[person])) for name, each in made.items()},
                "gold_right": int(picture.gold_right[person]),
                "gold_answers": int(picture.gold_total[person]),
                "median_seconds": _number(_median(seconds)),
                "evidence": [
                    {"kind": chip.kind, "words": chip.words, "tone": chip.tone}
                    for chip in chips_of_person(picture, person, rows)
                ],
            }
        )
    return found


def _median(values: Floats) -> float:
    known = values[np.isfinite(values)]
    return float(np.median(known)) if len(known) else float("nan")


def _number(value: float) -> float | None:
    """A number as JSON has it: none for NaN."""
    return value if np.isfinite(value) else None
