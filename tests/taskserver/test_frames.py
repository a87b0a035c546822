"""The frame's document and its policy."""

from __future__ import annotations

import pytest

from crowddesk.taskserver.frames import dress, policy

FRAME = '<script src="../../assets/frame.js"></script>'
CROWD = '<link rel="stylesheet" href="../../assets/crowd.css"><script src="../../assets/crowd.js"></script>'


@pytest.mark.parametrize(
    ("document", "dressed"),
    [
        ("<!DOCTYPE html>\n<html lang=de><head>", f"<!DOCTYPE html>{FRAME}\n<html lang=de><head>"),
        (" \n<!-- a > b --><!doctype html 'x'>x", f" \n<!-- a > b --><!doctype html 'x'>{FRAME}x"),
        ("\ufeff<!doctype html>x", f"\ufeff<!doctype html>{FRAME}x"),
        ("<html><body>x", f"{FRAME}<html><body>x"),
        ("<p>x</p>", f"<!doctype html>{FRAME}<p>x</p>"),
        ("", f"<!doctype html>{FRAME}"),
    ],
)  # fmt: skip
def test_our_script_comes_first(document: str, dressed: str) -> None:
    assert dress(document) == dressed


@pytest.mark.parametrize(
    "script",
    [
        '<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>',
        "<SCRIPT type='text/javascript' src='//assets.crowd.aws/crowd-html-elements.js' async>\n</SCRIPT >",
        "<script src=https://example.org/lib/crowd-html-elements.min.js?v=1></script>",
    ],
)
def test_crowd_elements_are_ours(script: str) -> None:
    document = f"<!doctype html>{script}<crowd-form></crowd-form><script>let a = 1</script>"
    rest = "<crowd-form></crowd-form><script>let a = 1</script>"
    assert dress(document) == f"<!doctype html>{FRAME}{CROWD}{rest}"


def test_without_crowd_elements_nothing_is_taken_or_added() -> None:
    document = '<!doctype html><script src="https://example.org/jquery.js"></script><p>crowd</p>'
    assert dress(document) == document.replace("html>", f"html>{FRAME}", 1)


@pytest.mark.parametrize(
    ("document", "dressed"),
    [
        ('<script src="//a/x.js"></script>', '<script src="https://a/x.js"></script>'),
        ("<LINK rel=a HREF = '//a/x.css'>", "<LINK rel=a HREF = 'https://a/x.css'>"),
        ("<img alt='>' src=//a/x.png>", "<img alt='>' src=https://a/x.png>"),
        ('<audio src=" //a/x"></audio>', '<audio src=" https://a/x"></audio>'),
        ('<video><source\nsrc="//a/x"/></video>', '<video><source\nsrc="https://a/x"/></video>'),
        ('<iframe src="//a/x"><img src="//b">', '<iframe src="https://a/x"><img src="//b">'),
        ('<title>a</title><img src="//a', '<title>a</title><img src="https://a'),
    ],
)
def test_an_address_without_a_scheme_is_asked_for_by_https(document: str, dressed: str) -> None:
    assert dress(document) == f"<!doctype html>{FRAME}{dressed}"


@pytest.mark.parametrize(
    "document",
    [
        """<script>let page = '<img src="//a">';</script>""",
        "<textarea><img src='//a'></textarea>",
        "<style>p { content: '<img src=\"//a\">' }</style>",
        '<!-- <img src="//a"> -->',
        """<div title='<img src="//a">' data-src="//a" src="//a">src="//a"</div>""",
        '<img data-src="//a" src="b?src=//a" alt="src=//a">',
        '<img src="/a//b"><img src="http://a//b"><a href="//a">x</a>',
        "a < b <3 <",
    ],
)
def test_what_is_no_address_of_something_loaded_stays_as_it_is(document: str) -> None:
    assert dress(document) == f"<!doctype html>{FRAME}{document}"


@pytest.mark.parametrize("piece", ["<", "<a ", '<img src="', "<!--", "<script>", "<a\n='"])
def test_a_broken_document_is_read_once(piece: str) -> None:
    document = piece * 100_000  # hours, if each place were read to the end
    assert dress(document) == f"<!doctype html>{FRAME}{document}"


def test_the_policy_names_our_origins() -> None:
    assert policy(["http://127.0.0.1:8000", "https://lab.example.org"]) == (
        "sandbox allow-scripts allow-forms allow-modals allow-popups; default-src 'none'; "
        "script-src 'unsafe-inline' 'unsafe-eval' https: http://127.0.0.1:8000 https://lab.example.org; "
        "style-src 'unsafe-inline' https: http://127.0.0.1:8000 https://lab.example.org; "
        "img-src https: data: blob:; media-src https: data: blob:; font-src https: data: blob:; "
        "connect-src https:; form-action 'none'; base-uri 'none'; "
        "frame-ancestors http://127.0.0.1:8000 https://lab.example.org"
    )
