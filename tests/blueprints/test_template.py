"""Templates: one pass, raw values, exact names; forms kept or made; fields as a browser would send them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crowddesk.blueprints.base import Field, Option
from crowddesk.blueprints.template import Template

FORM = '<form id="mturk_form" name="mturk_form">'
INPUT = "<input name=a>"


def fields(html: str) -> dict[str, Field]:
    return {field.name: field for field in Template(html).form.fields}


# --------------------------------------------------------------------------------------------- placeholders


def test_values_are_raw_anywhere_and_are_not_looked_at_again() -> None:
    template = Template(
        '<form><p title="${a}">${a}</p><script>let x = `${b}`;</script><!-- ${a} --><input name=q>'
    )
    page = template.render({"a": "<b>${b}</b> & \\1 $&", "b": "${a}"})
    value = "<b>${b}</b> & \\1 $&"
    start = f'<form><p title="{value}">{value}</p>'
    assert page == start + f"<script>let x = `${{a}}`;</script><!-- {value} --><input name=q>"


def test_names_are_exact_in_case_and_spaces_and_unknown_ones_stay() -> None:
    text = "<form>${text} ${Text} ${ text} ${text } ${my text} ${} ${no ${text}} $text {text} $${text}"
    page = Template(text).render({"text": "X", "my text": "Y"})
    assert page == "<form>X ${Text} ${ text} ${text } Y ${} ${no X} $text {text} $X"


def test_any_column_name_can_be_a_placeholder() -> None:
    names = ["!amt_worker_ids", "a.b", "a|b", "(x)", "ü", "a b  c", "$", "[0]", "{"]
    page = Template("<form>" + "".join(f"${{{n}}};" for n in names)).render(
        {n: str(i) for i, n in enumerate(names)}
    )
    assert page == "<form>" + "".join(f"{i};" for i in range(len(names)))


def test_escape_makes_text_of_values_only() -> None:
    page = Template('<form><p title="${a}">&amp;').render({"a": "<\"&'>"}, escape=True)
    assert page == '<form><p title="&lt;&quot;&amp;&#x27;&gt;">&amp;'


def test_placeholders_know_their_line_and_whether_a_script_holds_them() -> None:
    text = "${a}\n<script>\n${b}</script>${c}\n<!-- ${d}\n --><SCRIPT type=x>${e}</SCRIPT >\n${f}<!-- ${g}"
    found = [(p.name, p.line, p.in_script) for p in Template(text).placeholders()]
    assert found == [
        ("a", 1, False),
        ("b", 3, True),
        ("c", 3, False),
        ("d", 4, True),
        ("e", 5, True),
        ("f", 6, False),
        ("g", 6, True),
    ]


NAMES = st.sampled_from(["a", "b", "a b", "A"])
PIECES = st.one_of(
    NAMES.map(lambda name: ("name", name)),
    st.text(alphabet="ab <>&$\n", max_size=8).map(lambda text: ("text", text)),
)


@given(
    pieces=st.lists(PIECES, max_size=12),
    values=st.dictionaries(NAMES, st.text(alphabet="${}ab<", max_size=12)),
)
def test_substitution_is_one_pass(pieces: list[tuple[str, str]], values: dict[str, str]) -> None:
    # A "$" at the end of a text would belong to what follows.
    pieces = [(kind, text.rstrip("$") if kind == "text" else text) for kind, text in pieces]
    written = "".join(text if kind == "text" else f"${{{text}}}" for kind, text in pieces)
    meant = "".join(text if kind == "text" else values.get(text, f"${{{text}}}") for kind, text in pieces)
    assert Template(f"<form>{written}</form>").render(values) == f"<form>{meant}</form>"


@given(text=st.text(alphabet="<>!-/abfscriptnmeoly=\"' \n${}[]&#x0;", max_size=200))
def test_any_text_is_a_template(text: str) -> None:
    template = Template(text)
    assert text in template.render({}) or not template.form.has_form
    template.placeholders()
    for field in template.form.fields:
        assert field.name
    template.fields_for({"a": "<input name=x>"})


# ---------------------------------------------------------------------------------------------------- forms


@pytest.mark.parametrize(
    "text",
    [
        "<form action=/x>" + INPUT + "</form>",
        "<FORM>" + INPUT + "</FORM>",
        "<crowd-form><crowd-input name=a></crowd-input></crowd-form>",
        "<!DOCTYPE html><html><body><div><form>" + INPUT + "</form></div></body></html>",
    ],
)
def test_a_form_of_its_own_is_kept(text: str) -> None:
    assert Template(text).render({}) == text


def test_a_fragment_is_wrapped_and_gets_a_button() -> None:
    page = Template(INPUT).render({})
    assert page.startswith(f"{FORM}\n{INPUT}\n")
    assert page.count('type="submit"') == 1
    assert page.endswith("</form>")


@pytest.mark.parametrize("button", ["<button type=submit>Go</button>", '<input TYPE="Submit">'])
def test_an_explicit_submit_button_is_enough(button: str) -> None:
    assert Template(INPUT + button).render({}) == f"{FORM}\n{INPUT}{button}\n</form>"


@pytest.mark.parametrize(
    "button", ["<button>Go</button>", "<!-- <input type=submit> -->", "<input type=button>"]
)
def test_a_button_that_is_not_explicit_is_not_enough(button: str) -> None:
    assert Template(INPUT + button).render({}).count("type") > button.count("type")


def test_a_page_is_wrapped_inside_its_body() -> None:
    head = "<!DOCTYPE html>\n<html><head><title>${t}</title></head>\n"
    text = f'{head}<body\n class="x">\n{INPUT}\n</body></html>'
    page = Template(text).render({"t": "<form>"})
    assert f'<body\n class="x">{FORM}' in page
    assert page.endswith("</form></body></html>")
    assert "<title><form></title>" in page


def test_a_form_in_a_comment_or_script_is_none() -> None:
    assert Template(f"<!-- <form> -->{INPUT}<script>'<form>'</script>").render({}).startswith(FORM)


# --------------------------------------------------------------------------------------------------- fields


def test_an_mturk_page() -> None:
    found = Template("""
        <form name='mturk_form' method='post' id='mturk_form'>
        <input type='hidden' value='' name='assignmentId' id='assignmentId'/>
        <input type='hidden' value='' name='started' />
        <fieldset><legend>Does it <b>follow</b>?</legend>
          <label class="radio"><input name="answer" required type="radio" value="1">Yes,
             always</label>
          <input name="answer" id="no" type="radio" value="0"><label for="no">No</label>
        </fieldset>
        <p><textarea aria-label="Comment" name="comment" rows=3 maxlength=200>${text}<b></textarea></p>
        <select name="colour" required><option value="">?</option><option value=r>Red<option>Blue</select>
        <select multiple name="sizes"><option>S<option selected>M<option disabled>L</select>
        <input type="number" name="age" min="18" max="99" id="age"><label for="age">Your age</label>
        <input type="email"><input type="reset" name="r"><button type="button" name="b">x</button>
        <input type='submit' id='submitButton' value='Submit' /></form>
        <script>document.write("<input name='ghost'>")</script><!-- <input name=ghost> -->
    """).form
    assert {f.name: f for f in found.fields} == {
        "started": Field("started", "hidden"),
        "answer": Field(
            "answer",
            "radio",
            (Option("1", "Yes, always"), Option("0", "No")),
            required=True,
            label="Does it follow?",
        ),
        "comment": Field("comment", "textarea", label="Comment", limits={"maxlength": "200"}),
        "colour": Field("colour", "select", (Option("r", "Red"), Option("Blue", "Blue")), required=True),
        "sizes": Field("sizes", "select", (Option("S", "S"), Option("M", "M")), multiple=True),
        "age": Field("age", "number", label="Your age", limits={"min": "18", "max": "99"}),
    }


def test_a_turkle_fragment() -> None:
    found = fields("""
        <label><input type="checkbox" name="tags" value="a"> A </label>
        <label><input type="checkbox" name="tags" value="b"> B </label>
        <label><input type="checkbox" name="agree"> I agree</label>
        <input name="line"><input name="line">
        <button type="submit" name="verdict" value="good">Good</button>
        <button type="submit" name="verdict" value="bad">Bad</button>
    """)
    assert found == {
        "tags": Field("tags", "checkbox", (Option("a", "A"), Option("b", "B")), multiple=True),
        "agree": Field("agree", "checkbox", (Option("on", "I agree"),), label="I agree"),
        "line": Field("line", "text", multiple=True),
        "verdict": Field("verdict", "submit", (Option("good", "Good"), Option("bad", "Bad"))),
    }


def test_crowd_elements() -> None:
    found = fields("""
        <crowd-form>
          <crowd-input name="who" label="Who?" required></crowd-input>
          <crowd-text-area name="why" placeholder="Why?"></crowd-text-area>
          <crowd-radio-group>
            <crowd-radio-button name="how" value="well">Well</crowd-radio-button>
            <crowd-radio-button name="how" value="ill">Ill</crowd-radio-button>
          </crowd-radio-group>
          <crowd-checkbox name="sure" value="yes">I am sure</crowd-checkbox>
          <crowd-classifier name="mood" categories="['Good', 'Bad']" header="Mood?"></crowd-classifier>
          <crowd-classifier-multi-select name="moods" categories='["Good", "Bad"]'>
          <crowd-slider name="level" min="0" max="10"></crowd-slider>
          <crowd-bounding-box name="box" labels="['Cat']"></crowd-bounding-box>
        </crowd-form>
    """)
    moods = (Option("Good", "Good"), Option("Bad", "Bad"))
    assert found == {
        "who": Field("who", "text", required=True, label="Who?"),
        "why": Field("why", "textarea", label="Why?"),
        "how": Field("how", "radio", (Option("well", "Well"), Option("ill", "Ill"))),
        "sure": Field("sure", "checkbox", (Option("yes", "I am sure"),), label="I am sure"),
        "mood": Field("mood", "radio", moods, required=True, label="Mood?"),
        "moods": Field("moods", "checkbox", moods, multiple=True),
        "level": Field("level", "range", limits={"min": "0", "max": "10"}),
        "box": Field("box", "crowd-bounding-box"),
    }


@pytest.mark.parametrize("categories", ["['a'", "a, b", "7", "${list}", "[" * 9_999, "\0"])
def test_categories_that_are_no_list_are_none(categories: str) -> None:
    html = f'<crowd-form><crowd-classifier name="x" categories="{categories}"></crowd-classifier>'
    assert fields(html)["x"].options == ()


def test_fields_outside_the_form_are_not_sent() -> None:
    form = Template("<input name=a><form id=f><input name=b></form><input name=c form=f>").form
    assert [field.name for field in form.fields] == ["b", "c"]
    assert form.outside == ("a",)


def test_fields_can_depend_on_the_item() -> None:
    template = Template('<input type="radio" name="q" value="${one}"> ${one}<input name="f${n}">')
    assert [f.name for f in template.fields_for({"one": "A", "n": "1"})] == ["q", "f1"]
    assert template.fields_for({"one": "A", "n": "1"})[0].options == (Option("A", "A"),)
    listed = Template('<crowd-form><crowd-classifier name="x" categories="${c}">')
    assert listed.fields_for({"c": "['p', 'q']"})[0].options == (Option("p", "p"), Option("q", "q"))


def test_what_an_item_holds_is_not_read_again_where_no_field_depends_on_it() -> None:
    template = Template("<p>${text}</p><input name=a>")
    assert template.fields_for({"text": "<input name=b>"}) is template.form.fields
