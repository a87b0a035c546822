"""Masks: named rules that leave answers out of the data, checked, kept, and applied to a run's answers.

An expression is JSON: `{"and": [...]}`, `{"or": [...]}`, `{"not": x}`, or one condition such as
`{"seconds_below": 5}` or `{"mask": "another one"}`. What is not known of an answer (its time, how its person
did on gold units) fulfils neither a condition nor its opposite, so it never leaves anything out.
Not in the GUI thread, but for `check`.
"""

from __future__ import annotations

import difflib
import json
import reprlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from crowddesk.domain import DATASET_STATUSES, AssignmentState, BadInput, Conflict, NotFound, storable
from crowddesk.language import say
from crowddesk.store import masks as kept
from crowddesk.store.remarks import fold_word

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from crowddesk.data_model.database import CrowdDatabase
    from crowddesk.operations.quality.answers import Bools
    from crowddesk.operations.quality.picture import Picture

#: An expression, as JSON has it.
Expression = Mapping[str, Any]

#: Conditions that compare a number, and the numbers they may have.
NUMBERS: Final[dict[str, tuple[float, float]]] = {
    "seconds_below": (0, 1e9),
    "time_z_below": (-1e6, 1e6),
    "gold_below": (0, 1),
    "straight_above": (0, 1),
}
FLAGS: Final = ("duplicate_text", "pasted")
WORDS: Final = ("worker_tag", "unit_tag", "mask")
#: Conditions that name any of several, and what may be named (None: anything).
LISTS: Final[dict[str, tuple[str, ...] | None]] = {
    "worker": None,
    "status": AssignmentState.valid_unit(),
    "dataset": DATASET_STATUSES,
}
GROUPS: Final = ("and", "or")
KEYS: Final = (*GROUPS, "not", *NUMBERS, *FLAGS, *WORDS, *LISTS)
#: Stands in the place of a kept mask that cannot be read. Whatever asks for that one is refused.
DAMAGED: Final[Expression] = {"damaged": True}

_DEEPEST: Final = 20
_LONGEST_WAY: Final = 10
_MOST_PARTS: Final = 1_000
_MOST_NAMES: Final = 10_000
_LONGEST_WORD: Final = 300
_LONGEST_NAME: Final = 60
_LONGEST_TEXT: Final = 200_000


@dataclass(frozen=True, slots=True)
class Tags:
    """The words on a run's people and on its units: word -> ids of workers, ids of units."""

    workers: Mapping[str, Collection[int]] = field(default_factory=dict)
    units: Mapping[str, Collection[int]] = field(default_factory=dict)


# ------------------------------------------------------------------------------------------- checking


def check(expression: object, named: Mapping[str, Expression] | None = None) -> None:
    """Raises BadInput that names the place, such as `and[1].seconds_below`, where something is wrong.

    With `named`, also where it asks for a mask that there is not, or masks that lead back to themselves.
    """
    _check(expression, "", 1, [0])
    if named is not None:
        assert isinstance(expression, Mapping)
        _follow(expression, named)


def _check(expression: object, place: str, depth: int, parts: list[int]) -> None:
    parts[0] += 1
    if depth > _DEEPEST:
        raise _fault(place, say("is more than {deepest} levels deep", deepest=_DEEPEST))
    if parts[0] > _MOST_PARTS:
        raise BadInput(
            say(
                "A mask has at most {most_parts:,} parts. Keep some of them as a mask of their own.",
                most_parts=_MOST_PARTS,
            )
        )
    if not isinstance(expression, Mapping) or len(expression) != 1:
        raise _fault(place, say('must be one condition, such as {"seconds_below": 5}'))
    ((key, value),) = expression.items()
    if key not in KEYS:
        near = difflib.get_close_matches(str(key), KEYS, n=1)
        hint = (
            say("Did you mean {near}?", near=near[0])
            if near
            else say("There are {keys}.", keys=", ".join(KEYS))
        )
        raise BadInput(
            say("{at} {value} is no condition. {hint}", at=_at(place), value=_short(key), hint=hint)
        )
    here = f"{place}.{key}" if place else str(key)
    if key in GROUPS:
        if not isinstance(value, list) or not value:
            raise _fault(here, say("must be a list of at least one condition"))
        for number, part in enumerate(value):
            _check(part, f"{here}[{number}]", depth + 1, parts)
    elif key == "not":
        _check(value, here, depth + 1, parts)
    elif key in NUMBERS:
        _check_number(value, here, *NUMBERS[key])
    elif key in FLAGS:
        if not isinstance(value, bool):
            raise _fault(here, say("must be true or false, not {value}", value=_short(value)))
    elif key in WORDS:
        _check_word(value, here)
    else:
        _check_list(value, here, LISTS[key])


def _check_number(value: object, place: str, least: float, most: float) -> None:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not least <= value <= most:
        raise _fault(
            place,
            say(
                "must be a number from {least:,.0f} to {most:,.0f}, not {value}",
                least=least,
                most=most,
                value=_short(value),
            ),
        )


def _check_word(value: object, place: str) -> None:
    if not isinstance(value, str) or not value.strip() or len(value) > _LONGEST_WORD:
        raise _fault(place, say("must be a word or a name, not {value}", value=_short(value)))
    if storable(value) != value:  # half a character could stand in no file
        raise _fault(place, say("must be a word or a name, not {value}", value=_short(value)))


def _check_list(value: object, place: str, known: tuple[str, ...] | None) -> None:
    if not isinstance(value, list) or not 1 <= len(value) <= _MOST_NAMES:
        raise _fault(place, say("must be a list of at least one name"))
    for number, name in enumerate(value):
        _check_word(name, f"{place}[{number}]")
        if known is not None and name not in known:
            raise _fault(
                f"{place}[{number}]",
                say("is {value}; there are {known}", value=_short(name), known=", ".join(known)),
            )


def _follow(
    expression: Expression,
    named: Mapping[str, Expression],
    way: tuple[str, ...] = (),
    heights: dict[str, int] | None = None,
) -> int:
    """How many masks an expression leads on to, one after another; each is looked into once."""
    heights = {} if heights is None else heights
    highest = 0
    for name in names_in(expression):
        if name in way:
            circle = " → ".join((*way[way.index(name) :], name))
            raise BadInput(say("These masks lead back to themselves: {circle}.", circle=circle))
        if name not in named:
            near = difflib.get_close_matches(name, named, n=1)
            hint = " " + say("Did you mean {near}?", near=near[0]) if near else ""
            raise BadInput(say("There is no mask {value}.{hint}", value=_short(name), hint=hint))
        if named[name] is DAMAGED:
            raise _is_damaged(name)
        if name not in heights and len(way) < _LONGEST_WAY:
            heights[name] = 1 + _follow(named[name], named, (*way, name), heights)
        highest = max(highest, heights.get(name, 1))
    if len(way) + highest > _LONGEST_WAY:
        raise BadInput(
            say(
                "Masks may lead on to others, but not more than {longest_way} times.",
                longest_way=_LONGEST_WAY,
            )
        )
    return highest


def names_in(expression: Expression) -> list[str]:
    """The masks that an expression names itself, each once."""
    ((key, value),) = expression.items()
    if key == "mask":
        return [value]
    parts = value if key in GROUPS else [value] if key == "not" else []
    return list(dict.fromkeys(name for part in parts for name in names_in(part)))


def count_parts(expression: Expression) -> int:
    """How many conditions, groups and nots an expression (one that `check` lets pass) is made of."""
    ((key, value),) = expression.items()
    parts = value if key in GROUPS else [value] if key == "not" else []
    return 1 + sum(map(count_parts, parts))


def _is_damaged(name: str) -> BadInput:
    return BadInput(say("The mask {name!r} is damaged: change what it says, or remove it.", name=name))


def _fault(place: str, what: str) -> BadInput:
    return BadInput(f"{_at(place)} {'this' if not place else 'it'} {what}.")


def _at(place: str) -> str:
    return say("In the mask, at {place}:", place=place) if place else say("In the mask:")


def _short(value: object) -> str:
    if not isinstance(value, str):
        return reprlib.repr(value)
    return repr(value) if len(value) <= _LONGEST_NAME else f"{value[:_LONGEST_NAME]!r}…"


# ------------------------------------------------------------------------------------------- applying


def excluded(expression: Expression, picture: Picture, tags: Tags, named: Mapping[str, Expression]) -> Bools:
    """Which answers of a run a mask leaves out, one each in the order of `picture.answers`.

    `named` are all masks that it may ask for. Raises BadInput as `check`.
    """
    check(expression, named)
    return _Reading(picture, tags, named).sides(expression)[0]


def any_of(names: Sequence[str]) -> Expression:
    """What leaves out whatever one of these masks leaves out."""
    return {"or": [{"mask": name} for name in names]}


class _Reading:
    """Reads expressions over one run: for each answer, whether it surely is so, and surely is not."""

    def __init__(self, picture: Picture, tags: Tags, named: Mapping[str, Expression]) -> None:
        self._picture = picture
        self._answers = picture.answers
        self._tags = tags
        self._named = named
        self._read: dict[str, tuple[Bools, Bools]] = {}

    def sides(self, expression: Expression) -> tuple[Bools, Bools]:
        import numpy as np

        ((key, value),) = expression.items()
        if key in GROUPS:
            parts = [self.sides(part) for part in value]
            yes, no = [part[0] for part in parts], [part[1] for part in parts]
            if key == "and":
                return np.logical_and.reduce(yes), np.logical_or.reduce(no)
            return np.logical_or.reduce(yes), np.logical_and.reduce(no)
        if key == "not":
            yes_side, no_side = self.sides(value)
            return no_side, yes_side
        if key == "mask":
            if value not in self._read:
                self._read[value] = self.sides(self._named[value])
            return self._read[value]
        return self._condition(key, value)

    def _condition(self, key: str, value: Any) -> tuple[Bools, Bools]:
        import numpy as np

        picture, answers = self._picture, self._answers
        if key == "seconds_below":
            return answers.seconds < value, answers.seconds >= value
        if key == "time_z_below":
            return picture.time_z < value, picture.time_z >= value
        if key == "gold_below":
            seen = self._of_people(picture.gold_total, 0)
            short = self._of_people(picture.gold_right, 0) < value * seen
            return short & (seen > 0), ~short & (seen > 0)
        if key == "straight_above":
            straight = self._of_people(picture.straight, np.nan)
            return straight > value, straight <= value
        if key == "duplicate_text":
            found = picture.duplicate_of >= 0
        elif key == "pasted":
            found = answers.pasted
        elif key == "worker_tag":
            return self._of_workers(
                np.isin(answers.worker_ids, list(self._tags.workers.get(fold_word(value), ())))
            )
        elif key == "unit_tag":
            found = np.isin(answers.unit_ids, list(self._tags.units.get(fold_word(value), ())))
        elif key == "worker":
            wanted = set(value)
            names = np.array([name in wanted for name in answers.worker_names], dtype=np.bool_)
            return self._of_workers(names)
        elif key == "status":
            codes = AssignmentState.valid_unit()
            found = np.isin(answers.statuses, [codes.index(name) for name in value])
        else:
            found = np.isin(answers.datasets, [DATASET_STATUSES.index(name) for name in value])
        return (~found, found) if value is False else (found, ~found)

    def _of_people(self, values: Any, unknown: Any) -> Any:
        """A value of each person as one of each answer; where nobody is known to have given it, `unknown`."""
        import numpy as np

        people = self._answers.people
        if not len(values):
            return np.full(len(people), unknown)
        return np.where(people >= 0, np.asarray(values)[people], unknown)

    def _of_workers(self, found: Bools) -> tuple[Bools, Bools]:
        """A fact of each worker as both sides of each answer."""
        import numpy as np

        workers = self._answers.workers
        known = workers >= 0
        if not len(found):
            nothing = np.zeros(len(workers), dtype=np.bool_)
            return nothing, nothing
        return known & found[workers], known & ~found[workers]


# -------------------------------------------------------------------------------------------- keeping


def load_masks(conn: Connection) -> dict[str, Expression]:
    """The masks of the workspace by name; DAMAGED for one that cannot be read."""
    return {row.name: _read(row) for row in kept.mask_rows(conn)}


def _read(row: kept.MaskRow) -> Expression:
    try:
        found = json.loads(row.expression)
        check(found)
    except (ValueError, RecursionError):
        return DAMAGED
    assert isinstance(found, dict)
    return found


def tags_of(conn: Connection, run_id: int) -> Tags:
    """The tags of a run's people, under whichever account they have them, and of its units."""
    return Tags(kept.worker_tags(conn, run_id), kept.unit_tags(conn, run_id))


def add_mask(db: CrowdDatabase, name: str, expression: object) -> None:
    """Keeps a mask under a new name. Raises BadInput, and Conflict where the name is taken."""
    name = _checked_name(name)
    with db.write() as w:
        named = load_masks(w.conn)
        if name in named:
            raise Conflict(
                say("There is a mask {name!r} already. Change that one, or take another name.", name=name)
            )
        kept.insert_mask(w, name, _checked_text(expression, {**named, name: expression}))


def change_mask(
    db: CrowdDatabase, name: str, expression: object | None = None, *, new_name: str = ""
) -> None:
    """Gives a mask another expression, another name, or both; masks that name it follow.

    Raises NotFound, Conflict where the new name is taken, and BadInput.
    """
    new_name = _checked_name(new_name) if new_name else name
    with db.write() as w:
        rows = {row.name: row for row in kept.mask_rows(w.conn)}
        if name not in rows:
            raise NotFound(say("There is no mask {name!r}.", name=name))
        if new_name != name and new_name in rows:
            raise Conflict(say("There is a mask {new_name!r} already. Take another name.", new_name=new_name))
        named = {row.name: _read(row) for row in rows.values()}
        kept_so_far = named.pop(name)
        mine = kept_so_far if expression is None else expression
        if mine is DAMAGED:
            raise _is_damaged(name)
        check(mine)
        named = {other: _renamed(found, name, new_name) for other, found in named.items()}
        if isinstance(mine, Mapping):
            mine = _renamed(mine, name, new_name)
        text = _checked_text(mine, {**named, new_name: mine})
        kept.update_mask(w, rows[name].id, new_name, text)
        for other, found in named.items():
            if new_name != name and new_name in names_in(found):
                kept.update_mask(w, rows[other].id, other, json.dumps(found))


def remove_mask(db: CrowdDatabase, name: str) -> None:
    """Takes a mask away. Raises NotFound, and Conflict where another one names it."""
    with db.write() as w:
        rows = {row.name: row for row in kept.mask_rows(w.conn)}
        if name not in rows:
            raise NotFound(say("There is no mask {name!r}.", name=name))
        users = [row.name for row in rows.values() if row.name != name and name in names_in(_read(row))]
        if users:
            raise Conflict(
                say(
                    "The mask {name!r} is part of {masks}. Change that first.",
                    name=name,
                    masks=", ".join(map(repr, users)),
                )
            )
        kept.delete_mask(w, rows[name].id)


def _renamed(expression: Expression, old: str, new: str) -> Expression:
    ((key, value),) = expression.items()
    if key == "mask":
        return {"mask": new if value == old else value}
    if key in GROUPS:
        return {key: [_renamed(part, old, new) for part in value]}
    return {key: _renamed(value, old, new)} if key == "not" else expression


def _checked_name(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > _LONGEST_NAME or not name.isprintable():
        raise BadInput(
            say(
                "{value} is no name for a mask: use 1 to {longest_name} letters.",
                value=_short(name),
                longest_name=_LONGEST_NAME,
            )
        )
    return name


def _checked_text(expression: object, named: Mapping[str, Any]) -> str:
    check(expression, named)
    text = json.dumps(expression)
    if len(text) > _LONGEST_TEXT:
        raise BadInput(say("This mask is too long. Tag the workers or units it names, and mask by the tag."))
    return text
