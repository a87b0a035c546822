"""The search language: what it reads, what it refuses, and in which words."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crowddesk.domain import BadInput
from crowddesk.store.search import FIELDS, OVERDUE, BadSearch, Search, Span, Term, parse


def one(text: str, noun: str = "units") -> Term:
    (term,) = parse(text, noun).terms
    return term


def test_reads_the_example_of_the_design() -> None:
    found = parse('worker:A1 -status:accepted time:<20s "exact words" free', "units")
    assert found.terms == (
        Term("worker", "=", ("A1",)),
        Term("status", "=", ("accepted",), negated=True),
        Term("time", "<", (20.0,)),
        Term("", "=", ("exact words",)),
        Term("", "=", ("free",)),
    )


def test_nothing_to_look_for() -> None:
    assert not parse("", "units")
    assert not parse("   \t ", "runs")
    assert not parse('""', "runs")


@pytest.mark.parametrize(
    "text", ["status:soft_rejected", 'status:"soft rejected"', "status:soft-rejected", "status:SOFT_REJECTED"]
)
def test_a_status_may_be_written_as_people_do(text: str) -> None:
    assert one(text).values == ("soft_rejected",)


def test_an_agents_status_has_spaces() -> None:
    assert one("agent:in_task").values == ("in task",)
    assert one('agent:"partner disconnect"').values == ("partner disconnect",)


def test_a_comma_is_or() -> None:
    assert one('status:completed,"soft rejected",accepted').values == (
        "completed",
        "soft_rejected",
        "accepted",
    )
    assert one("run:3,#4").values == (3, 4)


@pytest.mark.parametrize(
    ("text", "op", "seconds"),
    [
        ("time:20s", "=", 20.0),
        ("time:<20", "<", 20.0),
        ("time:>=1.5min", ">=", 90.0),
        ("time:<=2h", "<=", 7200.0),
        ("time:>300ms", ">", 0.3),
        ("time:=5S", "=", 5.0),
    ],
)
def test_lengths_of_time(text: str, op: str, seconds: float) -> None:
    term = one(text)
    assert (term.op, term.values) == (op, (seconds,))


def test_days_minutes_money_and_yes() -> None:
    day = Span(datetime(2026, 11, 2, tzinfo=UTC), datetime(2026, 11, 3, tzinfo=UTC))
    minute = Span(datetime(2026, 11, 2, 9, 30, tzinfo=UTC), datetime(2026, 11, 2, 9, 31, tzinfo=UTC))
    assert one("submitted:>2026-11-02").values == (day,)
    assert one("submitted:2026-11-02T09:30").values == (minute,)
    assert one("reward:>=0.10").values == (Decimal("0.10"),)
    assert one("blocked:yes", "workers").values == (True,)


def test_quotes_and_colons_inside_words() -> None:
    assert one('"a ""quoted"" word"').values == ('a "quoted" word',)
    assert one('"worker:A1"') == Term("", "=", ("worker:A1",))
    assert one("12:30") == Term("", "=", ("12:30",))
    assert one("-").values == ("-",)
    assert one('worker:"A 1"').values == ("A 1",)


def test_a_term_knows_its_place() -> None:
    text = '  word -status:"soft rejected" x'
    places = [text[term.start : term.end] for term in parse(text, "units").terms]
    assert places == ["word", '-status:"soft rejected"', "x"]


@pytest.mark.parametrize(
    ("text", "noun", "sentence"),
    [
        ("statu:completed", "units", "Did you mean status:?"),
        ("wroker:A1", "units", "Did you mean worker:?"),
        ("zzzzz:1", "requesters", "There are requester:, provider:."),
        ("status:complete", "units", "Did you mean completed?"),
        ("agent:intask", "units", "Did you mean"),
        ("time:<20parsecs", "units", "time: '20parsecs' is no length of time. Write it like 20s"),
        ("time:<", "units", "time: needs a value"),
        ("status:", "units", "status: needs a value, one of created, launched"),
        ("status:completed,", "units", "status: needs a value"),
        ("status:<completed", "units", "cannot be compared with <"),
        ("time:<1s,2s", "units", "takes one value, not 2"),
        ("run:three", "units", "run: needs a whole number, not 'three'"),
        ("run:-3", "units", "run: needs a whole number"),
        ("run:²", "units", "run: needs a whole number"),
        ("run:99999999999999999999", "units", "run: needs a whole number"),
        ("reward:free", "units", "no amount of money"),
        ("reward:1e99", "units", "no amount of money"),
        ("submitted:yesterday", "units", "no date"),
        ("submitted:2026-02-30", "units", "no date"),
        ("blocked:maybe", "workers", "yes or no"),
        ('worker:"A1', "units", "Close the quote that opens at character 8."),
        ("state:live", "units", "There is no field state: here."),
    ],
)
def test_what_is_wrong_is_named(text: str, noun: str, sentence: str) -> None:
    with pytest.raises(BadInput) as error:
        parse(text, noun)
    assert sentence in str(error.value)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("worker:A1 statu:completed x", "statu:"),
        ("x -status:complete y", "-status:complete"),
        ("run:3 time:<20parsecs", "time:<20parsecs"),
        ('a worker:"A1', 'worker:"A1'),
    ],
)
def test_what_is_wrong_has_its_place(text: str, wrong: str) -> None:
    with pytest.raises(BadSearch) as error:
        parse(text, "units")
    assert text[error.value.start : error.value.end] == wrong
    marked = error.value.details.splitlines()
    assert marked[0] == text
    assert marked[1].strip() == "^" * len(wrong)
    assert marked[1].index("^") == text.index(wrong)


def test_each_noun_has_its_own_fields() -> None:
    assert one("state:live", "runs").values == ("live",)
    assert one("state:needs_you", "actions").values == ("needs_you",)
    assert one("units:>10", "workers") == Term("units", ">", (10,))


_WORDS = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=12)


def _value(kind: str, choices: tuple[str, ...]) -> st.SearchStrategy[str]:
    def quoted(text: str) -> str:
        return '"' + text.replace('"', '""') + '"'

    lengths = st.tuples(
        st.floats(0, 1e6, allow_nan=False).map(lambda f: f"{f:.4f}"),
        st.sampled_from(["", "s", "ms", "min", "h", "d"] if kind == "due" else ["", "s", "ms", "min", "h"]),
    ).map("".join)
    return {
        "choice": st.sampled_from(choices or ("",)).map(quoted),
        "text": _WORDS.map(quoted),
        "id": st.integers(0, 10**17).map(str),
        "number": st.integers(0, 10**17).map(str),
        "duration": lengths,
        "due": lengths,
        "money": st.decimals(0, 10**9, places=3).map(lambda d: f"{d:f}"),
        "time": st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1)).map(  # noqa: DTZ001
            lambda d: d.strftime("%Y-%m-%dT%H:%M").zfill(16)
        ),
        "yes_no": st.sampled_from(["yes", "no"]),
    }[kind]


@st.composite
def searches(draw: st.DrawFn) -> tuple[str, str]:
    noun = draw(st.sampled_from(sorted(FIELDS)))
    parts = []
    for _ in range(draw(st.integers(0, 4))):
        sign = draw(st.sampled_from(["", "-"]))
        if draw(st.booleans()):
            parts.append(sign + '"' + draw(_WORDS).replace('"', '""') + '"')
            continue
        name = draw(st.sampled_from(sorted(FIELDS[noun])))
        spec = FIELDS[noun][name]
        op = draw(st.sampled_from(["", "<", "<=", ">", ">=", "="])) if spec.ordered else ""
        count = 1 if op not in ("", "=") else draw(st.integers(1, 3))
        values = [draw(_value(spec.kind, spec.choices)) for _ in range(count)]
        if spec.kind == "due" and op in ("", "=") and draw(st.booleans()):
            values = [OVERDUE]
        parts.append(f"{sign}{name}:{op}" + ",".join(values))
    return noun, " ".join(parts)


@given(searches())
def test_a_search_written_out_reads_back_the_same(case: tuple[str, str]) -> None:
    noun, text = case
    found = parse(text, noun)
    assert parse(str(found), noun) == found


@given(st.text(max_size=60), st.sampled_from(sorted(FIELDS)))
def test_any_text_is_read_or_refused(text: str, noun: str) -> None:
    try:
        found = parse(text, noun)
    except BadInput:
        return
    assert isinstance(found, Search)
    assert parse(str(found), noun) == found


def test_reading_a_search_needs_no_database() -> None:
    code = "import crowddesk.store.search, sys; sys.exit('sqlalchemy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
