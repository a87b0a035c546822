"""What stands out: quick answers, one label for everything, copied texts; and what does not stand out."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crowddesk.operations.quality.anomalies import (
    FEW_TIMES,
    count_as,
    count_same,
    find_copies,
    measure_sameness,
    measure_times,
)

# ----------------------------------------------------------------------------------------------- times


def test_a_quick_answer_stands_out() -> None:
    seconds = np.array([60, 45, 74, 99, 66, 75, 120, 51, 73, 88, 102, 6.0])
    found = measure_times(seconds)
    assert found.median == 73.5
    assert found.z[-1] < -3.5
    assert (np.abs(found.z[:-1]) < 3.5).all()
    # Modified z of a logarithm: 0.6745 times the distance from the median over the MAD.
    logs = np.log(seconds)
    mad = np.median(np.abs(logs - np.median(logs)))
    assert found.z == pytest.approx(0.6745 * (logs - np.median(logs)) / mad)


def test_few_times_tell_nothing() -> None:
    few = measure_times(np.arange(1.0, FEW_TIMES))
    assert np.isnan(few.z).all()
    assert few.median == 5.0
    none = measure_times(np.full(30, np.nan))
    assert np.isnan(none.z).all()
    assert np.isnan(none.median)
    assert len(measure_times(np.zeros(0)).z) == 0


def test_times_that_are_all_the_same_have_a_floor() -> None:
    seconds = np.array([30.0] * 20 + [29.0, 31.0, 10.0])
    found = measure_times(seconds)
    assert np.abs(found.z[:22]).max() < 1
    assert -8 < found.z[22] < -3.5


def test_odd_times_do_no_harm() -> None:
    seconds = np.array([40.0, 50.0] * 10 + [0.0, -3.0, np.nan, np.inf, 1e12])
    found = measure_times(seconds)
    assert found.z[20] < -3.5
    assert np.isnan(found.z[21:24]).all()
    assert found.z[24] > 3.5


def test_what_is_usual_is_told_by_the_usual_answers() -> None:
    seconds = np.array([100.0, 110.0, 90.0, 95.0] * 5 + [10.0] * 40)
    usual = np.arange(60) < 20
    assert (measure_times(seconds, usual).z[20:] < -3.5).all()
    assert measure_times(seconds, np.arange(60) < 3).median == 10.0


# ----------------------------------------------------------------------------------------------- labels


def crowd(truths: Any, people: int, wrong: float, seed: int = 1) -> tuple[Any, Any, Any]:
    """Everybody answers every item; (labels, items, people)."""
    rng = np.random.default_rng(seed)
    items = np.repeat(np.arange(len(truths), dtype=np.int32), people)
    persons = np.tile(np.arange(people, dtype=np.int32), len(truths))
    slips = rng.random(len(items)) < wrong
    labels = np.where(slips, 1 - truths[items], truths[items]).astype(np.int32)
    return labels, items, persons


def test_one_label_for_everything_stands_out() -> None:
    labels, items, people = crowd(np.arange(40) % 2, 6, 0.05)
    labels[people == 5] = 1
    found = measure_sameness(labels, items, people, 7)
    assert (found.label[5], found.count[5], found.total[5], found.share[5]) == (1, 40, 40, 1.0)
    assert found.log_p[5] < -np.log(1e9)
    assert (found.log_p[:5] > -5).all()
    assert (found.label[6], found.total[6], found.share[6], found.log_p[6]) == (-1, 0, 0.0, 0.0)


@given(st.integers(0, 10_000))
def test_nobody_stands_out_where_nearly_all_items_are_alike(seed: int) -> None:
    truths = np.zeros(60, dtype=np.int64)
    truths[0] = 1
    labels, items, people = crowd(truths, 5, 0.03, seed)
    found = measure_sameness(labels, items, people, 5)
    assert (found.share > 0.8).all()
    assert (found.log_p > -np.log(100_000)).all()


def test_nearly_one_label_for_everything_stands_out_too() -> None:
    labels, items, people = crowd(np.arange(60) % 2, 5, 0.05)
    labels[people == 2] = 0
    labels[(people == 2) & (items == 7)] = 1
    found = measure_sameness(labels, items, people, 5)
    assert found.share[2] == pytest.approx(59 / 60)
    assert found.log_p[2] < -np.log(1e6)


def test_one_label_where_nobody_else_answered_the_items() -> None:
    """Then what everybody else says on the whole is the measure."""
    rng = np.random.default_rng(4)
    people = np.repeat(np.arange(6, dtype=np.int32), 30)
    items = np.arange(180, dtype=np.int32)
    labels = rng.integers(0, 2, 180).astype(np.int32)
    labels[people == 0] = 1
    found = measure_sameness(labels, items, people, 6)
    assert found.log_p[0] < -np.log(100_000)
    assert (found.log_p[1:] > -5).all()


@given(st.lists(st.tuples(st.integers(-1, 2), st.integers(0, 3), st.integers(-1, 3)), max_size=30))
def test_the_bound_is_a_chance(rows: Any) -> None:
    labels, items, people = (np.array([r[n] for r in rows], dtype=np.int32) for n in range(3))
    found = measure_sameness(labels, items, people, 4)
    assert (found.log_p <= 1e-12).all()
    assert np.isfinite(found.log_p).all()
    assert (found.count <= found.total).all()
    assert found.total.sum() == ((labels >= 0) & (people >= 0)).sum()


@given(st.lists(st.integers(0, 5)), st.lists(st.integers(0, 5)))
def test_counting(keys: list[int], wanted: list[int]) -> None:
    array = np.array(keys, dtype=np.int64)
    assert count_same(array).tolist() == [keys.count(key) for key in keys]
    assert count_as(array, np.array(wanted, dtype=np.int64)).tolist() == [keys.count(key) for key in wanted]


# ------------------------------------------------------------------------------------------------ texts

FIRST = "The photo shows two children who play with a red ball near the old stone bridge."
SECOND = "An empty street at night with one lamp, and the rain makes the ground look like glass."


def copies(
    texts: list[str], items: list[int], people: list[int], order: list[int] | None = None
) -> list[int]:
    values = list(dict.fromkeys(texts))
    codes = np.array([values.index(text) for text in texts], dtype=np.int32)
    found = find_copies(
        values,
        codes,
        np.array(items, dtype=np.int32),
        np.array(people, dtype=np.int32),
        np.array(order if order is not None else range(len(texts))),
    )
    return found.tolist()


def test_a_copied_text_is_found() -> None:
    texts = [FIRST, SECOND, FIRST.replace("red ", "blue "), FIRST.upper() + "!!", FIRST]
    assert copies(texts, [0, 1, 2, 3, 4], [0, 1, 2, 3, 4]) == [-1, -1, 0, 0, 0]


def test_the_order_of_words_does_not_matter() -> None:
    shuffled = FIRST.split()
    random.Random(1).shuffle(shuffled)
    assert copies([FIRST, " ".join(shuffled)], [0, 1], [0, 1]) == [-1, 0]


def test_who_was_first_is_told_by_time() -> None:
    assert copies([FIRST, FIRST], [0, 1], [0, 1], [5, 3]) == [1, -1]


def test_the_same_person_on_another_item_repeats_themselves() -> None:
    assert copies([FIRST, FIRST, SECOND], [0, 1, 2], [0, 0, 0]) == [-1, 0, -1]
    # On the same item it is the same answer, sent again.
    assert copies([FIRST, FIRST], [0, 0], [0, 0]) == [-1, -1]
    assert copies([FIRST, FIRST, FIRST], [0, 0, 1], [0, 0, 0]) == [-1, -1, 0]


def test_short_texts_are_alike_by_chance() -> None:
    assert copies(["a red ball", "a red ball", "good", "good"], [0, 1, 2, 3], [0, 1, 2, 3]) == [-1] * 4


def test_a_transcription_is_meant_to_be_the_same() -> None:
    texts, items, people = [], [], []
    for item in range(6):
        for person in range(3):
            texts.append(f"{FIRST} This is recording number {item} of many, {'x' * item}.")
            items.append(item)
            people.append(person)
    texts[-1] = texts[0]  # but this one is another recording's
    found = copies(texts, items, people)
    assert found[-1] == 0
    assert copies([FIRST, FIRST, SECOND, SECOND], [0, 0, 1, 1], [0, 1, 0, 1]) == [-1] * 4


def test_texts_without_spaces_count_by_their_signs() -> None:
    one = "今天天气很好我们一起去公园看花然后在湖边吃了午饭又拍了很多照片最后坐车回家"
    other = "昨夜大雨街上空无一人只有一盏路灯亮着地面像镜子一样反射着光让人觉得十分安静孤单"
    assert copies([one, other, one + "了"], [0, 1, 2], [0, 1, 2]) == [-1, -1, 0]


def test_hostile_texts_do_no_harm() -> None:
    huge = "word " * 200_000
    odd = "\x00 " * 50 + "\ud800".encode("utf-16", "surrogatepass").decode("utf-16", "replace") * 40
    assert copies([huge, huge + "!", odd, ""], [0, 1, 2, 3], [0, 1, 2, 3]) == [-1, 0, -1, -1]


def test_a_hundred_thousand_texts() -> None:
    rng = np.random.default_rng(6)
    words = [f"{a}{b}{c}" for a in "bdfgklmnprst" for b in "aeiou" for c in "bdfgklmnprst"]
    picked = rng.integers(0, len(words), (100_000, 14))
    texts = [" ".join(words[place] for place in row) + f" {n}" for n, row in enumerate(picked)]
    planted = {50_000 + n: n for n in range(0, 400, 2)}
    for copy, original in planted.items():
        texts[copy] = texts[original].replace(" ", "  ", 3).title()
    people = rng.integers(0, 900, 100_000).astype(np.int32)
    found = find_copies(
        texts,
        np.arange(100_000, dtype=np.int32),
        np.arange(100_000, dtype=np.int32),
        people,
        np.arange(100_000),
    )
    assert {int(copy): int(found[copy]) for copy in np.flatnonzero(found >= 0)} == planted


def test_a_thousand_people_who_all_sent_the_same() -> None:
    rng = np.random.default_rng(7)
    texts = [f"{FIRST} {n}" for n in range(20_000)]
    people = rng.integers(0, 1_000, 20_000).astype(np.int32)
    codes = np.arange(20_000, dtype=np.int32)
    found = find_copies(texts, codes, codes, people, np.arange(20_000))
    assert (found[1:] >= 0).mean() > 0.99
