"""A worker's answer put into the readable page: each control, repeated names, and what has no place."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crowddesk.blueprints.template import Template
from crowddesk.ui.page_preview import LONGEST
from crowddesk.ui.review.filled_page import LONGEST_VALUE, FilledPage, fill_page


def fill(page: str, **answer: Any) -> FilledPage:
    return fill_page(page, answer, Template(page).form.fields)


def words(page: str, **answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", fill(page, **answer).html).split())


@pytest.mark.parametrize(
    ("page", "answer", "shown"),
    [
        ("<input type=radio name=a value=1>One<input type=radio name=a value=2>Two", {"a": "2"},
         "○ One ◉ Two"),
        ("<input type=checkbox name=a value=1>One<input type=checkbox name=a value=2>Two", {"a": ["1", "2"]},
         "☑ One ☑ Two"),
        ("<input type=checkbox name=a>One", {"a": "on"}, "☑ One"),
        ("<input type=checkbox name=a>One", {"b": "on"}, "☐ One"),
        ("<input name=a><input name=a>", {"a": ["first", "second"]}, "first second"),
        ("<input name=a><input name=a>", {"a": ["", "second"]}, "[________] second"),
        ("<textarea name=a>old words</textarea> after", {"a": "new & <b>"}, "new &amp; &lt;b&gt; after"),
        ("<textarea name=b>old</textarea> after", {"a": "x"}, "[______________] after"),
        ("<select name=a><option value=1>One<option value=2>Two</select>", {"a": "2"}, "▾ Two"),
        ("<select name=a><option>One<option>Two</select>", {"a": "Two"}, "▾ Two"),
        ("<select name=a><option value=''>Choose<option>Two</select>", {"a": ""}, "▾ Choose"),
        ("<select name=a multiple><option>One<option>Two<option>Three</select>", {"a": ["One", "Three"]},
         "▾ One ▾ Three"),
        ("<select name=a><option>One</select><select name=a><option>Two</select>", {"a": ["One", "Two"]},
         "▾ One ▾ Two"),
        ("<select name=a><option>One</select>", {"a": "Else"}, "▾ Else (not offered)"),
        ("<button name=v value=good>Good</button><button name=v value=bad>Bad</button>", {"v": "bad"},
         "[ Good ] ◉ [ Bad ]"),
        ("<input type=submit name=v value=Yes><input type=submit name=v value=No>", {"v": "Yes"},
         "◉ [ Yes ] [ No ]"),
        ("<crowd-button name=v value=y form-action=submit>Yes</crowd-button>", {"v": "y"}, "◉ [ Yes ]"),
        ("<button name=v value=y>Yes</button>", {"a": "x"}, "[ Yes ]"),
        ("<p>A</p><button type=button>Show more</button> B", {"a": "x"}, "A [ Show more ] B"),
        ("A <input type=submit> B", {"a": "x"}, "A B"),
        ("A <input type=image alt=Send> B", {"a": "x"}, "A B"),
        ("A <button><b>Send</b> it</button> B", {"a": "x"}, "A B"),
        ("A <button type=reset>Begin again</button> B", {"a": "x"}, "A B"),
        ("A <crowd-button form-action=submit>Send</crowd-button> B", {"a": "x"}, "A B"),
        ("<button>Never closed <input name=a> after", {"a": "x"}, "x after"),
        ("<input type=file name=f>", {"f": {"file": "a.png", "sha256": "0", "size": 1, "type": "image/png"}},
         "a.png"),
        ("<input type=range name=r>", {"r": "7"}, "7"),
        ("<crowd-input name=a></crowd-input>", {"a": "typed"}, "typed"),
        ("<crowd-text-area name=a></crowd-text-area>", {"a": "typed"}, "typed"),
        ("<crowd-slider name=a></crowd-slider>", {"a": "4"}, "4"),
        ("<crowd-checkbox name=a value=x>X</crowd-checkbox>", {"a": "x"}, "☑ X"),
        ("<crowd-radio-group name=g><crowd-radio-button value=1>A</crowd-radio-button>"
         "<crowd-radio-button value=2>B</crowd-radio-button></crowd-radio-group>", {"g": "2"}, "○ A ◉ B"),
        ("<crowd-classifier name=c categories=\"['Happy', 'Sad']\"></crowd-classifier>", {"c": "Sad"},
         "○ Happy ◉ Sad"),
        ("<crowd-classifier-multi-select name=c categories=\"['A', 'B']\"></crowd-classifier-multi-select>",
         {"c": ["A", "None"]}, "☑ A ☐ B ☑ None (not offered)"),
        ("<crowd-checkbox name=a value=x>X</crowd-checkbox>", {"a": {"x": True, "y": False}}, "☑ X"),
    ],
)  # fmt: skip
def test_each_control_shows_its_answer(page: str, answer: dict[str, Any], shown: str) -> None:
    assert words(page, **answer) == shown


def test_hidden_fields_and_others_stand_apart() -> None:
    found = fill(
        "<p>x</p><input type=hidden name=counted><input name=shown>",
        counted="12", shown="s", made="by a <script>", more=["a", "b"], odd={"deep": [1]},
    )  # fmt: skip
    assert found.hidden == (("counted", "12"),)
    assert found.also == (("made", "by a <script>"), ("more", "a, b"), ("odd", '{"deep": [1]}'))


def test_a_name_that_is_shown_and_hidden_is_no_leftover() -> None:
    found = fill("<input type=hidden name=a><input name=a>", a=["0", "1"])
    assert found.also == ()


def test_a_long_text_is_cut_and_kept_whole() -> None:
    text = "line\n" * 3_000
    found = fill("<textarea name=a></textarea>", a=text)
    assert len(found.html) < 2 * LONGEST_VALUE
    assert found.cut == (("a", text),)


def test_what_lies_beyond_the_end_of_a_huge_page_is_listed() -> None:
    found = fill_page("<p>" + "word " * 100_000 + "<input name=a>", {"a": "late"})
    assert found.also == (("a", "late"),)
    assert len(found.html) < LONGEST + 200


def test_turned_letters_do_not_turn_the_page() -> None:
    assert "\u202e" not in fill("<input name=a>", a="abc\u202edef").html


ANSWERS = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)
PAGES = st.lists(
    st.sampled_from([
        "<input name=a>", "<input type=radio name=a value=x>", "<select name=a>", "<option value=x>",
        "</select>", "<textarea name=a>", "</textarea>", "<button name=a>", "</button>",
        "<input type=hidden name=a>",
        "<crowd-classifier name=a>", "<crowd-radio-group name=a>", "<crowd-radio-button>", "<",
        "'", '"', "&", "-", "<!--", "-->", "<script>", "</script>", "<p>", "</div>", "words",
    ]), max_size=12,
)  # fmt: skip


@given(PAGES, ANSWERS)
def test_whatever_comes_only_our_tags_go_out(pages: list[str], value: Any) -> None:
    found = fill_page("".join(pages), {"a": value, "<img src=x>": "<img src=y onerror=z>"})
    tags = set(re.findall(r"<(/?[^>]*)>", found.html))
    ours = r"/?[a-z0-9]+|(?:b|span) class=\"given\"|table class=\"box\" width=\"100%\""
    assert all(re.fullmatch(ours, tag) for tag in tags)
    assert not {"script", "img", "a"} & {tag.strip("/").split(" ")[0] for tag in tags}
