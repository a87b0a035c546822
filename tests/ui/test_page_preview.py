"""A worker's page without a browser: nothing runs, nothing is loaded, every word is there."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextDocument

from crowddesk.ui.page_preview import LONGEST, PagePreview, readable

BAD = '<script>alert("x")</script><img src="http://x.test/a.png" onerror="alert(1)"><a href="http://x.test">here</a>'


def test_scripts_and_addresses_are_gone_and_words_stay():
    page = readable(f"<style>p {{ color: red }}</style><p onclick='x()'>Look {BAD} &lt;b&gt;</p>")
    assert "alert" not in page
    assert "x.test" not in page
    assert "color" not in page
    assert "onclick" not in page
    assert "here" in page
    assert "&lt;b&gt;" in page
    assert "[image: a.png]" in page


@pytest.mark.parametrize(
    ("html", "sign"),
    [
        ('<label><input type="radio" name="a" value="1"> Yes</label>', "○  Yes"),
        ('<input type="checkbox"> Tick', "☐  Tick"),
        ('<input name="words">', "[________]"),
        ("<textarea>old</textarea>", "[______________]"),
        ("<select><option>One<option>Two</select>", "▾ One / Two"),
        ('<input type="submit" value="Send it">', "[ Send it ]"),
        ('<input type="image" src="go.png" alt="Onward">', "[ Onward ]"),
        ("<button>Go</button>", "[ Go ]"),
        ("<crowd-button>Go</crowd-button>", "[ Go ]"),
        ('<crowd-radio-button name="x">A</crowd-radio-button>', "○ A"),
        ('<input type="hidden" value="secret">', ""),
    ],
)
def test_controls_become_signs(html, sign):
    page = readable(html)
    assert sign in page
    assert "secret" not in page


def test_a_huge_page_is_cut():
    page = readable("<p>" + "word " * 3_000_000)
    assert len(page) < LONGEST + 200
    assert page.endswith("…</p>")


@given(st.text(alphabet=st.sampled_from(list("<>/ abp='\"&;!-scriptinput=\n")), max_size=300))
def test_whatever_comes_only_plain_tags_go_out(text):
    page = readable(text)
    tags = set(re.findall(r"<(/?[^>]*)>", page))
    assert all(re.fullmatch(r"/?[a-z0-9]+", tag) for tag in tags)
    assert "script" not in {tag.strip("/") for tag in tags}


def test_the_view_loads_nothing(qtbot, theme):
    view = PagePreview()
    qtbot.addWidget(view)
    view.show_page(readable("<h1>Title</h1><p>Words</p>"))
    assert "Title" in view.toPlainText()
    assert view.loadResource(QTextDocument.ResourceType.ImageResource, QUrl("http://x.test/a.png")) is None
    theme.set(scheme="dark")
    assert "Words" in view.toPlainText()


SLOW = ["<a", "<", "<!--", "<a b='", "<b><i>x", "<table><tr><td>x", "<blockquote>x", "<td>x", "<hr>", "word"]


@pytest.mark.timeout(60)  # each took minutes
@pytest.mark.parametrize("part", SLOW)
def test_a_page_that_is_written_to_be_slow_is_no_hang(qtbot, theme, part):
    view = PagePreview()
    qtbot.addWidget(view)
    view.show_page(readable(part * (200_000 // len(part))))
    view.document().setTextWidth(400)
    assert view.document().size().width() >= 400


def test_boxes_in_boxes_and_cells_are_bounded_and_their_words_are_not():
    page = readable("<blockquote>deep " * 100 + "<table><tr>" + "<td>cell" * 3_000)
    assert page.count("<blockquote>") <= 6
    assert page.count("<td>") <= 1_500
    assert page.count("deep") == 100
    assert page.count("cell") == 3_000


def test_a_long_word_may_be_broken():
    assert "\u200b" in readable("x" * 5_000)
    assert "\u200b" not in readable("x" * 900 + " word")
