"""What participants fill into forms: every kind of control, what is required, how long a text may be."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crowddesk.providers.prolific_sandbox.answers import fill_in, messages_wanted, text_of
from crowddesk.providers.prolific_sandbox.persons import DEFAULT_MIX, Kind, Person, pid_of

FORM = """<html><head><title>no</title><style>p { color: red }</style></head><body><form>
<p>A short sentence about nothing &amp; everything.</p>
<label><input type="radio" name="mood" value="good" required> good</label>
<label><input type="radio" name="mood" value="bad"> bad</label>
<label><input type="checkbox" name="consent" value="yes" required> I agree</label>
<select name="colour" required><option value="">choose</option><option>red</option>
<option>blue</option></select>
<input type="number" name="age" min="18" max="99">
<textarea name="why" minlength="60" maxlength="90" required></textarea>
<input type="hidden" name="key" value="k7">
<button type="submit" name="sure" value="very">Sure</button>
<button type="submit" name="sure" value="hardly">Unsure</button>
</form><script>var x = '<input name="no">';</script></body></html>"""


def _person(number: int, kind: str = Kind.SKILLED) -> Person:
    return Person(number, pid_of(number), kind)


@given(st.integers(0, 500), st.sampled_from(sorted(DEFAULT_MIX)), st.integers(-5, 5))
def test_every_required_field_is_filled_within_its_limits(number: int, kind: str, seed: int) -> None:
    given_answer = fill_in(FORM, _person(number, kind).answerer, seed, "item-1")
    assert given_answer["mood"] in ("good", "bad")
    assert given_answer["consent"] == "yes"
    assert given_answer["colour"] in ("red", "blue")
    assert 18 <= int(given_answer["age"]) <= 99
    assert 60 <= len(given_answer["why"]) <= 90
    assert given_answer["sure"] in ("very", "hardly")
    assert set(given_answer) == {"mood", "consent", "colour", "age", "why", "key", "sure"}


def test_people_mostly_agree_and_are_the_same_each_time() -> None:
    moods = [fill_in(FORM, _person(n).answerer, 1, "item-1")["mood"] for n in range(60)]
    assert max(moods.count("good"), moods.count("bad")) > 45
    assert fill_in(FORM, _person(4).answerer, 1, "a") == fill_in(FORM, _person(4).answerer, 1, "a")


def test_fast_people_take_the_first_option() -> None:
    assert {fill_in(FORM, _person(n, Kind.FAST).answerer, 1, f"i{n}")["mood"] for n in range(20)} == {"good"}


def test_known_right_answers_are_mostly_given() -> None:
    right = [
        fill_in(FORM, _person(n).answerer, 1, f"i{n}", {"mood": "bad"})["mood"] == "bad" for n in range(60)
    ]
    assert sum(right) > 50


@given(st.text(max_size=300))
def test_any_page_can_be_read(document: str) -> None:
    assert isinstance(fill_in(document, _person(1).answerer, 1, "x"), dict)
    assert isinstance(text_of(document), str)
    messages_wanted(document)


def test_what_one_reads_is_the_text_alone() -> None:
    assert text_of(FORM).startswith("A short sentence about nothing & everything.")
    assert "color" not in text_of(FORM)


def test_a_conversation_says_how_many_messages_it_wants() -> None:
    page = (
        '<section id="chat" aria-labelledby="t" data-rules="{&quot;roles&quot;: [], &quot;least&quot;: 3}">'
    )
    assert messages_wanted(page) == 3
    assert messages_wanted(FORM) is None
