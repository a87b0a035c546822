"""Agreement: published examples, independent packages' figures, and the definitions counted one by one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import replace
from itertools import permutations
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crowddesk.operations.quality import agreement
from crowddesk.operations.quality.aggregate import Votes
from crowddesk.operations.quality.agreement import (
    LEAST_SHARED,
    Kappa,
    alpha_interval,
    alpha_nominal,
    alpha_ordinal,
    cohen_kappa,
    fleiss_kappa,
    percent_agreement,
)

#: Krippendorff, "Computing Krippendorff's alpha-reliability" (2011), part C: four observers, twelve units, 0
#: for what is missing.
OBSERVERS = ("123321412000", "123322412503", "033323422510", "123324412510")
#: Fleiss (1971), "Measuring nominal scale agreement among many raters", table 1: 30 patients, how many of six
#: psychiatrists gave each of five diagnoses.
PSYCHIATRISTS = """
    00060 03003 01401 00006 03030 20400 00402 20310 20040 00006 10050 11040 03300 10050 02031
    00501 30012 51000 02040 10203 00006 01050 02013 20040 10041 05010 40002 02040 10500 00006
"""
#: The worked example of Fleiss' kappa that is passed on most: ten subjects, fourteen raters, kappa 0.210.
FOURTEEN = [
    [0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1],
    [7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7],
]  # fmt: skip
#: Cohen (1960), "A coefficient of agreement for nominal scales", table 2: two judges on 200 people.
JUDGES = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]
#: Dawid and Skene (1979), table 1: the second to fifth anaesthetist's grades of 45 patients.
ANAESTHETISTS = (
    "142333232243131211212232112111131234233112212",
    "131123142243121111232222112111121223224111212",
    "132222132244111111222222112112131234333111212",
    "142122133343121111122122112111131223232111212",
)


def of_counts(make_votes: Any, table: Any) -> Votes:
    """Votes of a table of how often each label was given to each item, by as many people as it takes."""
    rows = []
    for item, counts in enumerate(table):
        said = [label for label, times in enumerate(counts) for _ in range(int(times))]
        rows += [(item, person, label) for person, label in enumerate(said)]
    votes: Votes = make_votes(rows)
    return votes


def of_lines(make_votes: Any, lines: Any) -> Votes:
    """Votes of a line of digits a person, 0 for none."""
    votes: Votes = make_votes(
        (item, person, int(said) - 1)
        for person, line in enumerate(lines)
        for item, said in enumerate(line)
        if said != "0"
    )
    return votes


def test_krippendorff_s_own_example(make_votes: Any) -> None:
    votes = of_lines(make_votes, OBSERVERS)
    numbers = np.arange(1.0, 6.0)
    assert alpha_nominal(votes) == pytest.approx(0.743, abs=5e-4)
    assert alpha_ordinal(votes, numbers) == pytest.approx(0.815, abs=5e-4)
    assert alpha_interval(votes, numbers) == pytest.approx(0.849, abs=5e-4)


def test_fleiss_own_example(make_votes: Any) -> None:
    assert fleiss_kappa(of_counts(make_votes, PSYCHIATRISTS.split())) == pytest.approx(0.430, abs=5e-4)
    assert fleiss_kappa(of_counts(make_votes, FOURTEEN)) == pytest.approx(0.210, abs=5e-4)


def test_cohen_s_own_example(make_votes: Any) -> None:
    pairs = [(one, other) for one in range(3) for other in range(3) for _ in range(JUDGES[one][other])]
    votes = make_votes(
        (item, person, said) for item, pair in enumerate(pairs) for person, said in enumerate(pair)
    )
    assert cohen_kappa(votes) == Kappa(pytest.approx(0.492, abs=5e-4), 1)
    assert percent_agreement(votes) == pytest.approx(140 / 200)


def test_independent_packages_find_the_same(make_votes: Any) -> None:
    """Figures of krippendorff 0.9.0, scikit-learn 1.9.1 (the mean over pairs) and statsmodels 0.15.0."""
    votes = of_lines(make_votes, ANAESTHETISTS)
    numbers = np.arange(1.0, 5.0)
    assert alpha_nominal(votes) == pytest.approx(0.5371687136393017)
    assert alpha_ordinal(votes, numbers) == pytest.approx(0.7859389693522887)
    assert alpha_interval(votes, numbers) == pytest.approx(0.775322353657145)
    assert fleiss_kappa(votes) == pytest.approx(0.5345830639948286)
    assert cohen_kappa(votes) == Kappa(pytest.approx(0.5361758899413129), 6)


# ---------------------------------------------------------------------------- the definitions, one by one


def alpha_by_hand(votes: Votes, distance: Callable[[Counter[int], int, int], float]) -> float | None:
    """Krippendorff's alpha by its coincidence matrix, pair by pair."""
    units: dict[int, list[int]] = defaultdict(list)
    for item, label in zip(votes.items.tolist(), votes.labels.tolist(), strict=True):
        units[item].append(label)
    together: Counter[tuple[int, int]] = Counter()
    for said in units.values():
        for pair in permutations(said, 2):
            together[pair] += 1 / (len(said) - 1)  # type: ignore[assignment]
    used: Counter[int] = Counter()
    for (one, _), times in together.items():
        used[one] += times
    total = sum(used.values())
    expected = sum(used[a] * used[b] * distance(used, a, b) for a in used for b in used)
    if not expected:
        return None
    observed = sum(times * distance(used, *pair) for pair, times in together.items())
    return 1 - (total - 1) * observed / expected


def ordinal(used: Counter[int], one: int, other: int) -> float:
    low, high = sorted((one, other))
    return float((sum(used[g] for g in range(low, high + 1)) - (used[low] + used[high]) / 2) ** 2)


#: One vote for each person and item.
tables = st.dictionaries(
    st.tuples(st.integers(0, 6), st.integers(0, 4)), st.integers(0, 3), min_size=1, max_size=30
)


@given(table=tables)
def test_alpha_is_what_its_definition_says(make_votes: Any, table: Any) -> None:
    votes = make_votes([(*where, said) for where, said in table.items()], labels=4)
    numbers = np.array([10.0, 11.5, 40.0, 41.0])

    def squared(_: Counter[int], a: int, b: int) -> float:
        return float((numbers[a] - numbers[b]) ** 2)

    for found, wanted in (
        (alpha_nominal(votes), alpha_by_hand(votes, lambda _, a, b: float(a != b))),
        (alpha_interval(votes, numbers), alpha_by_hand(votes, squared)),
        (alpha_ordinal(votes, numbers), alpha_by_hand(votes, ordinal)),
    ):
        assert found == (None if wanted is None else pytest.approx(wanted, abs=1e-9))


@given(
    table=st.dictionaries(
        st.tuples(st.integers(0, 6), st.integers(0, 4)), st.integers(0, 3), min_size=15, max_size=35
    )
)
def test_kappas_are_what_their_definitions_say(make_votes: Any, table: Any) -> None:
    votes = make_votes([(*where, said) for where, said in table.items()], items=7, people=5, labels=4)
    kappas, shared_items = [], []
    for one, other in permutations(range(5), 2):
        shared = [i for i in range(7) if (i, one) in table and (i, other) in table]
        if one > other or len(shared) < LEAST_SHARED:
            continue
        agreed = sum(table[i, one] == table[i, other] for i in shared) / len(shared)
        mine, theirs = (Counter(table[i, person] for i in shared) for person in (one, other))
        chance = sum(mine[label] * theirs[label] for label in range(4)) / len(shared) ** 2
        if chance < 1:
            kappas.append((agreed - chance) / (1 - chance))
            shared_items.append(len(shared))
    mean = float(np.average(kappas, weights=shared_items)) if kappas else None
    found = cohen_kappa(votes)
    assert found is not None
    assert found.pairs == len(kappas)
    assert found.mean == (None if mean is None else pytest.approx(mean))


@given(table=tables, seed=st.integers(0, 999))
def test_nothing_depends_on_names_or_order(make_votes: Any, table: Any, seed: int) -> None:
    rng = np.random.default_rng(seed)
    votes = make_votes([(*where, said) for where, said in table.items()], items=7, people=5, labels=4)
    items, people, labels = (rng.permutation(n).astype(np.int32) for n in (7, 5, 4))
    order = rng.permutation(len(votes))
    other = replace(
        votes,
        items=items[votes.items][order],
        people=people[votes.people][order],
        labels=labels[votes.labels][order],
    )
    for figure in (percent_agreement, fleiss_kappa, alpha_nominal, _cohen):
        assert figure(other) == (None if figure(votes) is None else pytest.approx(figure(votes), abs=1e-9))
    numbers, others = np.arange(4.0), np.empty(4)
    others[labels] = numbers
    for with_numbers in (alpha_ordinal, alpha_interval):
        wanted = with_numbers(votes, numbers)
        assert with_numbers(other, others) == (None if wanted is None else pytest.approx(wanted, abs=1e-9))


def _cohen(votes: Votes) -> float | None:
    found = cohen_kappa(votes)
    assert found is not None
    return found.mean


# ----------------------------------------------------------------------------------------------- edges


def every_figure(votes: Votes) -> list[float | None]:
    numbers = np.arange(float(votes.of_labels))
    return [
        percent_agreement(votes), fleiss_kappa(votes), _cohen(votes), alpha_nominal(votes),
        alpha_ordinal(votes, numbers), alpha_interval(votes, numbers),
    ]  # fmt: skip


def test_what_cannot_be_said_is_none(make_votes: Any) -> None:
    assert every_figure(make_votes([])) == [None] * 6
    assert every_figure(make_votes([(0, 0, 0)])) == [None] * 6
    alone = [(item, 0, item % 2) for item in range(8)]
    assert every_figure(make_votes(alone)) == [None] * 6
    # All say the same: they agree, and nothing says that they could have differed.
    assert every_figure(make_votes([(i, p, 0) for i in range(4) for p in range(3)])) == [1.0, *[None] * 5]


def test_perfect_agreement_is_one(make_votes: Any) -> None:
    votes = make_votes([(i, p, i % 3) for i in range(9) for p in range(4)])
    assert every_figure(votes) == [pytest.approx(1.0)] * 6


def test_a_person_speaks_once_about_an_item(make_votes: Any) -> None:
    rows = [(0, 0, 0), (0, 1, 0), (1, 0, 0), (1, 1, 1), (2, 0, 1), (2, 1, 1)]
    once = every_figure(make_votes(rows, labels=2))
    assert every_figure(make_votes([*rows, (0, 0, 0), (2, 1, 1)], labels=2)) == once
    # Somebody who contradicts themselves says nothing about the item.
    assert every_figure(make_votes([*rows[:5], (2, 1, 0), (2, 1, 1)], labels=2)) == every_figure(
        make_votes(rows[:5], labels=2)
    )


def test_too_many_pairs_are_not_counted(make_votes: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agreement, "_MOST_PAIRS", 5)
    assert cohen_kappa(make_votes([(0, p, p % 2) for p in range(4)])) is None


def test_large_numbers_that_differ_little_keep_their_digits(make_votes: Any) -> None:
    votes = of_lines(make_votes, OBSERVERS)
    far = np.arange(1.0, 6.0) + 1e9
    assert alpha_interval(votes, far) == pytest.approx(0.849, abs=5e-4)


def test_a_million_answers() -> None:
    rng = np.random.default_rng(2)
    count = 1_000_000
    items = np.repeat(np.arange(100_000, dtype=np.int32), 10)
    people = rng.integers(0, 5_000, count).astype(np.int32)
    labels = ((items + (rng.random(count) < 0.3)) % 4).astype(np.int32)
    figures = every_figure(Votes(items, people, labels, 100_000, 5_000, 4))
    assert all(figure is not None and 0.1 < figure < 0.8 for figure in figures)
