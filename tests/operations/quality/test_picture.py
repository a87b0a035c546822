"""The picture of a run and its chips: evidence in plain words, against nobody who answers like others."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crowddesk.operations.quality.answers import Column
from crowddesk.operations.quality.chips import KINDS, chips_of, chips_of_person, length, quote
from crowddesk.operations.quality.fields import CHOICE, NUMBER, TEXT, kind_of, numbers_of
from crowddesk.operations.quality.picture import (
    Picture,
    compare,
    look_at,
    make_picture,
    name_people,
    order_people,
)

LONG = "The photo shows two children who play with a red ball near the old stone bridge."


def no_marks(count: int) -> Any:
    return np.full(count, -1, dtype=np.int8)


def words(picture: Picture, unit_id: int) -> list[str]:
    return [chip.words for chip in chips_of(picture, unit_id)]


@pytest.fixture
def crowded(make_answers: Any) -> Any:
    """Ten people on forty items: nine agree, in about a minute; the last always says yes, in six seconds."""
    rows, labels, seconds = [], [], []
    for item in range(40):
        for person in range(10):
            rows.append((item, person))
            labels.append("yes" if person == 9 or item % 2 else "no")
            seconds.append(6.0 if person == 9 else 60.0 + 7 * ((item * person) % 5))
    return make_answers(rows, {"answer": labels}, seconds=seconds)


def test_who_always_says_the_same_in_no_time_comes_first(crowded: Any) -> None:
    picture = look_at(crowded, "answer", no_marks(400))
    assert order_people(picture)[0] == 9
    assert picture.straight.tolist() == [0.0] * 9 + [1.0]
    assert picture.against[9] > 20 > 0 > picture.against[:9].max()
    assert (picture.risk[crowded.people == 9].min() > picture.risk[crowded.people != 9]).all()
    said = {chip.kind: chip for chip in chips_of(picture, 10)}
    assert said["time"].words == "6 s against a median of 67 s"
    assert said["others"].words == "all 9 others say “no”"
    assert said["straight"].words == "always chose “yes” (40 of 40)"
    assert {chip.tone for chip in said.values()} == {"against"}
    assert words(picture, 9) == ["8 of 9 others also say “no”"]
    about = [chip.words for chip in chips_of_person(picture, 9)]
    assert about == [
        "usually 6 s against a median of 67 s",
        "agrees with most others on 20 of 40 answers",
        "always chose “yes” (40 of 40)",
    ]
    assert [c.tone for c in chips_of_person(picture, 3)] == ["beside"]


def test_nobody_is_named_for_a_few_answers(crowded: Any, make_answers: Any) -> None:
    assert name_people(look_at(crowded, "answer", no_marks(400))).tolist() == [9]
    rows = [(item, person) for item in range(30) for person in range(4)] + [(30, 4), (31, 4)]
    picture = look_at(
        make_answers(rows, {"a": ["x"] * 122}, seconds=[60.0] * 120 + [1.0, 1.0]), "a", no_marks(122)
    )
    assert order_people(picture)[0] == 4
    assert name_people(picture).tolist() == []
    assert [c.words for c in chips_of_person(picture, 4)] == ["usually 1 s against a median of 60 s"]


def test_others_are_other_people(make_answers: Any) -> None:
    """Nobody is a witness for themselves, and a merged person is one person."""
    rows = [(0, 0), (0, 0), (0, 1), (0, 2), (1, 0), (1, 3)]
    answers = make_answers(rows, {"a": ["x", "x", "x", "y", "x", None]})
    picture = look_at(answers, "a", no_marks(6))
    assert picture.agreeing.tolist() == [1, 1, 2, 0, 0, 0]
    assert picture.others.tolist() == [2, 2, 3, 3, 0, 1]
    assert picture.disagreement[:4] == pytest.approx([0.5] * 4)
    assert words(picture, 6) == []
    assert words(picture, 4) == ["all 3 others say “x”"]


def test_what_others_say_in_words(make_answers: Any) -> None:
    answers = make_answers(
        [(0, 0), (0, 1), (1, 0), (1, 1), (1, 2), (2, 0), (2, 1), (2, 2), (2, 3)],
        {"a": ["x", "y", "x", "y", "z", "x", "y", "y", "x"]},
    )
    picture = look_at(answers, "a", no_marks(9))
    assert words(picture, 1) == ["the other says “y”"]
    assert words(picture, 3) == ["none of 2 others says “x”"]
    assert words(picture, 6) == ["2 of 3 others say “y”"]


def test_gold_is_told_of_the_unit_and_of_the_person(make_answers: Any) -> None:
    rows = [(0, 0), (1, 0), (2, 0), (3, 0), (0, 1)]
    answers = make_answers(
        rows, {"a": list("xyxyx")}, unit_index=np.array([-2, -2, -1, 0, -2], dtype=np.int32)
    )
    picture = look_at(answers, "a", np.array([0, 1, 0, -1, 1], dtype=np.int8))
    assert (picture.gold_right.tolist(), picture.gold_total.tolist()) == ([1, 1], [3, 1])
    assert words(picture, 1)[:2] == ["wrong on this gold unit", "failed 2 of 3 gold units"]
    assert words(picture, 3)[0] == "wrong on this screening unit"
    assert words(picture, 4) == ["failed 2 of 3 gold units"]
    assert words(picture, 5)[:2] == ["right on this gold unit", "passed the one gold unit"]
    assert picture.against[0] > 0 > picture.against[1]


def test_copied_and_pasted_texts_are_told(make_answers: Any) -> None:
    answers = make_answers(
        [(0, 0), (1, 1), (2, 2)],
        {"comment": [LONG, "Something else entirely, which nobody else would have written down.", LONG]},
        pasted=np.array([False, True, False]),
    )
    picture = look_at(answers, "comment", no_marks(3))
    assert picture.texts == ("comment",)
    assert picture.duplicate_of.tolist() == [-1, -1, 1]
    assert words(picture, 3) == ["same text as unit 1"]
    assert words(picture, 2) == ["pasted into comment"]
    assert [c.words for c in chips_of_person(picture, 2)] == ["one text is the same as others or elsewhere"]
    assert [c.words for c in chips_of_person(picture, 1)] == ["pasted in 1 of 1 answer"]


def test_texts_and_numbers_are_not_held_against_each_other(make_answers: Any) -> None:
    rows = [(n // 3, n % 3) for n in range(90)]
    for values in ([f"{LONG} {n}{n}" for n in range(90)], [str(n * 1.7) for n in range(90)]):
        picture = look_at(make_answers(rows, {"said": values}), "said", no_marks(90))
        assert picture.others.tolist() == [0] * 90
        assert [chip for chip in chips_of(picture, 5) if chip.kind != "text"] == []


def test_answers_of_nobody_known_do_no_harm(make_answers: Any) -> None:
    nobody = np.array([0, -1, 1, -1], dtype=np.int32)
    answers = make_answers(
        [(0, 0), (0, 1), (0, 1), (1, 0)], {"a": list("xxyx")}, people=nobody, workers=nobody
    )
    picture = look_at(answers, "a", np.array([-1, 0, -1, 1], dtype=np.int8))
    assert order_people(picture).tolist() in ([0, 1], [1, 0])
    assert "gold" in {chip.kind for chip in chips_of(picture, 2)}
    assert picture.gold_total.tolist() == [0, 0]


@pytest.mark.parametrize("fields", [{}, {"a": []}])
def test_a_run_without_answers(make_answers: Any, fields: Any) -> None:
    picture = look_at(make_answers([], fields), "a" if fields else "", no_marks(0))
    assert (len(picture.risk), len(picture.against), order_people(picture).tolist()) == (0, 0, [])
    assert chips_of(picture, 1) == []
    assert chips_of_person(picture, 0) == []


def test_one_answer_says_nothing(make_answers: Any) -> None:
    picture = look_at(make_answers([(0, 0)], {"a": ["x"]}, seconds=[3.0]), "a", no_marks(1))
    assert chips_of(picture, 1) == chips_of_person(picture, 0) == []
    assert chips_of(picture, 2) == []


rows_of_answers = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 3), st.sampled_from(["x", "y", "z", None])), max_size=25
)


@given(rows=rows_of_answers, seed=st.integers(0, 99))
def test_any_answers_make_a_picture(make_answers: Any, rows: Any, seed: int) -> None:
    rng = np.random.default_rng(seed)
    places = [(item, person) for item, person, _ in rows]
    answers = make_answers(
        places, {"a": [said for *_, said in rows]},
        seconds=rng.choice([np.nan, 0.0, 5.0, 60.0, 61.0], len(rows)).tolist(),
    )  # fmt: skip
    picture = look_at(answers, "a", rng.integers(-1, 2, len(rows)).astype(np.int8))
    assert np.isfinite(picture.against).all()
    assert ((picture.risk >= 0) & (picture.risk <= 1)).all()
    assert ((picture.disagreement >= 0) & (picture.disagreement <= 1)).all()
    for row, (item, person, said) in enumerate(rows):
        others = [o for i, p, o in rows if (i, o is not None) == (item, True) and p != person]
        assert picture.others[row] == len(others)
        assert picture.agreeing[row] == (0 if said is None else others.count(said))
        for chip in chips_of(picture, row + 1):
            assert chip.kind in KINDS
            assert chip.words
            assert chip.detail.endswith(".")
    assert sorted(order_people(picture).tolist()) == sorted({person for _, person in places})


@given(rows=rows_of_answers)
def test_agreement_does_not_depend_on_the_order_of_answers(rows: Any) -> None:
    labels = {None: -1, "x": 0, "y": 1, "z": 2}
    table = np.array([(i, p, labels[said]) for i, p, said in rows], dtype=np.int32).reshape(-1, 3)
    forwards = compare(table[:, 2], table[:, 0], table[:, 1])
    backwards = compare(table[::-1, 2], table[::-1, 0], table[::-1, 1])
    for one, other in zip(forwards, backwards, strict=True):
        assert one.tolist() == other[::-1].tolist()


# ------------------------------------------------------------------------------------------- real runs


def test_a_run_with_gold(bench: Any, tmp_path: Any) -> None:
    (tmp_path / "gold.csv").write_text("id,text,truth\ng1,One.,yes\ng2,Two.,no\n", encoding="utf-8")
    run = bench.completed(
        6, "task.gold={data: gold.csv, field: answer, truth: truth, units_per_item: 3}", "provider.sloppy=2"
    )
    with bench.db.read() as conn:
        picture = make_picture(conn, run)
    truths = {"g1": "yes", "g2": "no"}
    units = {unit.id: unit for unit in bench.units(run)}
    for unit_id, mark in zip(picture.answers.unit_ids.tolist(), picture.marks.tolist(), strict=True):
        unit = units[unit_id]
        if unit.kind == "gold":
            assert mark == ((unit.output or {})["answer"] == truths[unit.item_key])
        else:
            assert mark == -1
    assert picture.label == "answer"
    assert picture.gold_total.sum() == 6


def test_a_run_that_nobody_has_answered(bench: Any) -> None:
    with bench.db.read() as conn:
        picture = make_picture(conn, bench.launch(3))
    assert (len(picture.answers), picture.label) == (0, "")


# --------------------------------------------------------------------------------------------- fields


@pytest.mark.parametrize(
    ("values", "times", "kind"),
    [
        (["yes", "no"], 1, CHOICE),
        (["1", "2", "3", "4", "5"], 9, CHOICE),
        ([str(n / 7) for n in range(60)], 1, NUMBER),
        ([f"country {n}" for n in range(80)], 6, CHOICE),
        ([f"{LONG} {n}" for n in range(30)], 1, TEXT),
        ([f"name{n}" for n in range(50)], 1, TEXT),
        ([LONG, LONG + " Yes.", LONG + " No."], 2, TEXT),
        (
            ["Yes, the second follows from the first one for sure", "No, it does not follow at all"],
            40,
            CHOICE,
        ),
        (['["a", "b"]', '["a"]', '["b", "c"]'], 1, CHOICE),
        ([], 1, CHOICE),
    ],
)
def test_kinds_of_fields(values: list[str], times: int, kind: str) -> None:
    codes = np.tile(np.arange(len(values), dtype=np.int32), times)
    assert kind_of(Column("f", values, codes)) == kind


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.04, "0 s"), (6.23, "6.2 s"), (9.96, "10 s"), (74.4, "74 s"), (119.4, "119 s"), (185, "3 min 5 s"),
     (180, "3 min"), (7_800, "2 h 10 min"), (7_200, "2 h"), (1e7, "2,777 h 46 min")],
)  # fmt: skip
def test_times_in_words(seconds: float, text: str) -> None:
    assert length(seconds) == text


def test_labels_in_words() -> None:
    assert quote("a\nb  c") == "“a b c”"
    assert len(quote("x" * 5_000)) == 42


@pytest.mark.parametrize(
    ("values", "numbers"),
    [(["1", "2.50", "-3e2"], [1.0, 2.5, -300.0]), (["1", "x"], None), (["nan", "1"], None), ([], None),
     (["9" * 16], None), (["1e400"], None), (["1_000"], None), (["١"], None)],
)  # fmt: skip
def test_numbers_are_those_that_can_be_reckoned_with(values: list[str], numbers: Any) -> None:
    found = numbers_of(Column("f", values, np.arange(len(values), dtype=np.int32)))
    assert (found if found is None else found.tolist()) == numbers
