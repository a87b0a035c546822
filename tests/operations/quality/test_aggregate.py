"""One label out of many: the published example, an independent package's figures, and nothing by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crowddesk.domain import BadInput
from crowddesk.operations.quality import aggregate
from crowddesk.operations.quality.aggregate import Aggregate, Votes, accuracy, dawid_skene, mace, majority

METHODS = [majority, dawid_skene, mace]
Method = Callable[[Votes], Aggregate]

#: Dawid and Skene (1979), "Maximum likelihood estimation of observer error-rates using the EM algorithm",
#: Applied Statistics 28, table 1: 45 patients, graded 1 to 4 three times by the first of five anaesthetists
#: and once by each other one.
ANAESTHETISTS = """
    111 1 1 1 1  333 4 3 3 4  112 2 1 2 2  222 3 1 2 1  222 3 2 2 2  222 3 3 2 2  122 2 1 1 1  333 3 4 3 3
    222 2 2 2 3  232 2 2 2 3  444 4 4 4 4  222 3 3 4 3  111 1 1 1 1  222 3 2 1 2  121 1 1 1 1  111 2 1 1 1
    111 1 1 1 1  111 1 1 1 1  222 2 2 2 1  222 1 3 2 2  222 2 2 2 2  222 2 2 2 1  222 3 2 2 2  221 2 2 2 2
    111 1 1 1 1  111 1 1 1 1  232 2 2 2 2  111 1 1 1 1  111 1 1 1 1  112 1 1 2 1  111 1 1 1 1  333 3 2 3 3
    111 1 1 1 1  222 2 2 2 2  222 3 2 3 2  433 4 3 4 3  221 2 2 3 2  232 3 2 3 3  333 3 4 3 2  111 1 1 1 1
    111 1 1 1 1  121 2 1 1 1  232 2 2 2 2  121 1 1 1 1  222 2 2 2 2
"""


@pytest.fixture(scope="module")
def patients(make_votes: Any) -> Votes:
    votes: Votes = make_votes(
        (place // 5, place % 5, int(grade) - 1)
        for place, grades in enumerate(ANAESTHETISTS.split())
        for grade in grades
    )
    return votes


def test_dawid_and_skene_s_own_example(patients: Votes) -> None:
    """The classes' shares and the first anaesthetist's error rates, as they published them."""
    found = dawid_skene(patients)
    assert found.settled
    assert found.marginals is not None
    assert found.confusion is not None
    assert found.marginals.round(2).tolist() == [0.40, 0.42, 0.11, 0.07]
    assert found.confusion[0].round(2).tolist() == [
        [0.89, 0.11, 0.00, 0.00],
        [0.07, 0.88, 0.05, 0.00],
        [0.00, 0.34, 0.66, 0.00],
        [0.00, 0.00, 0.56, 0.44],
    ]
    # Two patients stay a little in doubt; nobody else does by more than a tenth.
    assert found.probabilities[[6, 37]].round(2).tolist() == [[0.98, 0.02, 0, 0], [0, 0.02, 0.98, 0]]
    assert (np.delete(found.probabilities, [6, 37], axis=0).max(axis=1) > 0.9).all()


def test_an_independent_package_finds_the_same(patients: Votes) -> None:
    """Figures of crowd-kit 1.4.2: DawidSkene(n_iter=1000, tol=1e-12), MACE(method="vb", n_iter=500)."""
    for method, theirs in (
        (dawid_skene, "142222132243121111222222112111131224233111212"),
        (mace, "132222132242121111222222112111131223233111212"),
    ):
        assert "".join(str(label + 1) for label in method(patients).labels) == theirs
    # Theirs stops a little earlier.
    shares = dawid_skene(patients).marginals
    assert shares == pytest.approx([0.399732, 0.422382, 0.111219, 0.066667], abs=1e-3)


def test_ties_are_split(make_votes: Any) -> None:
    votes = make_votes([(0, 0, 0), (0, 1, 1), (1, 0, 1), (1, 1, 1), (2, 0, 0), (2, 1, 2)])
    found = majority(votes)
    assert found.labels.tolist() == [0, 1, 0]
    assert found.tied.tolist() == [True, False, True]
    assert found.probabilities.tolist() == [[0.5, 0.5, 0], [0, 1, 0], [0.5, 0, 0.5]]
    assert accuracy(found, np.array([1, 1, 1], dtype=np.int32)) == pytest.approx((0.5 + 1 + 0) / 3)


def test_accuracy_counts_items_with_votes_and_a_truth(make_votes: Any) -> None:
    found = majority(make_votes([(0, 0, 0), (2, 0, 1)], items=4))
    assert found.labels.tolist() == [0, -1, 1, -1]
    truth = np.array([0, 0, -1, 1], dtype=np.int32)
    assert accuracy(found, truth) == 1.0
    assert accuracy(found, np.array([-1, 0, -1, 0], dtype=np.int32)) is None
    # An answer that nobody gave is beyond the labels, and never right.
    assert accuracy(found, np.array([2, 0, 1, 0], dtype=np.int32)) == 0.5


def test_who_is_worse_has_less_competence(make_votes: Any) -> None:
    rng = np.random.default_rng(3)
    right = rng.integers(0, 3, 200)
    chances = (0.98, 0.9, 0.8, 0.65, 0.45, 0.1)
    rows = [
        (item, person, truth if rng.random() < chance else int(rng.integers(0, 3)))
        for item, truth in enumerate(right)
        for person, chance in enumerate(chances)
    ]
    votes = make_votes(rows, people=7)
    for method in METHODS:
        found = method(votes)
        assert np.argsort(-found.competence[:6]).tolist() == sorted(range(6), key=lambda p: -chances[p])
        assert np.isnan(found.competence[6])
        assert accuracy(found, right.astype(np.int32)) > 0.9
    assert accuracy(dawid_skene(votes), right) >= accuracy(majority(votes), right)


rows_of_votes = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 4), st.integers(0, 3)), min_size=1, max_size=60
)


@pytest.mark.parametrize("method", METHODS)
@given(rows=rows_of_votes, seed=st.integers(0, 999))
@settings(max_examples=60)
def test_nothing_depends_on_names_or_order(method: Method, make_votes: Any, rows: Any, seed: int) -> None:
    rng = np.random.default_rng(seed)
    votes = make_votes(rows, items=6, people=5, labels=4)
    items, people, labels = (rng.permutation(n) for n in (6, 5, 4))
    order = rng.permutation(len(votes))
    other = replace(
        votes,
        items=items[votes.items][order].astype(np.int32),
        people=people[votes.people][order].astype(np.int32),
        labels=labels[votes.labels][order].astype(np.int32),
    )
    found, again = method(votes), method(other)
    # EM may go either way from where two labels are exactly as likely; then rounding decides.
    if found.rounds == again.rounds:
        assert np.allclose(again.probabilities[items][:, labels], found.probabilities, atol=1e-3)
        assert np.allclose(again.competence[people], found.competence, atol=1e-3, equal_nan=True)


@pytest.mark.parametrize("method", METHODS)
@given(rows=rows_of_votes)
@settings(max_examples=60)
def test_probabilities_are_probabilities(method: Method, make_votes: Any, rows: Any) -> None:
    votes = make_votes(rows, items=7, people=6, labels=5)
    found = method(votes)
    voted = np.isin(np.arange(7), votes.items)
    assert np.allclose(found.probabilities.sum(axis=1), voted)
    assert (found.probabilities >= 0).all()
    assert ((found.labels >= 0) == voted).all()
    known = np.isin(np.arange(6), votes.people)
    assert (np.isfinite(found.competence) == known).all()
    assert ((found.competence[known] >= 0) & (found.competence[known] <= 1 + 1e-9)).all()


@pytest.mark.parametrize("method", METHODS)
def test_edges(method: Method, make_votes: Any) -> None:
    assert method(make_votes([])).labels.tolist() == []
    assert method(make_votes([], items=2, people=1, labels=2)).labels.tolist() == [-1, -1]
    one = method(make_votes([(0, 0, 0)]))
    assert (one.labels.tolist(), one.tied.tolist(), one.settled) == ([0], [False], True)
    assert method(make_votes([(i, 0, i % 2) for i in range(9)])).labels.tolist() == [i % 2 for i in range(9)]
    same = method(make_votes([(i, p, 0) for i in range(5) for p in range(3)]))
    assert same.labels.tolist() == [0] * 5
    assert same.competence == pytest.approx([1, 1, 1], abs=0.2)


@pytest.mark.parametrize("method", METHODS)
def test_too_many_labels_are_refused_in_words(
    method: Method, make_votes: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aggregate, "_LARGEST_TABLE", 10)
    with pytest.raises(BadInput, match="4 different labels over 4 items and 4 people"):
        method(make_votes([(n, n, n) for n in range(4)]))


@pytest.mark.parametrize("method", METHODS)
def test_a_million_answers(method: Method) -> None:
    rng = np.random.default_rng(1)
    count, items, people = 1_000_000, 100_000, 5_000
    who = rng.integers(0, people, count).astype(np.int32)
    about = np.repeat(np.arange(items, dtype=np.int32), 10)
    right = rng.integers(0, 2, items)
    skill = rng.uniform(0.6, 1.0, people)
    said = np.where(rng.random(count) < skill[who], right[about], 1 - right[about]).astype(np.int32)
    found = method(Votes(about, who, said, items, people, 2))
    assert found.settled
    assert accuracy(found, right.astype(np.int32)) > 0.95
