"""The texts for translators are those of the source, and a translation fills what the source fills."""

from __future__ import annotations

import re
import string
import xml.etree.ElementTree as ET
from pathlib import Path

from PySide6.QtCore import QTranslator

from tests.scripts import load

ROOT = Path(__file__).parents[2]
KEPT = ROOT / "resources" / "translations"
tool = load("translations")


def texts(path: Path) -> set[tuple[str, str, str, bool]]:
    """Context, text, comment and whether it has forms of number, of each message."""
    return {
        (
            context.findtext("name") or "",
            message.findtext("source") or "",
            message.findtext("comment") or "",
            message.get("numerus") == "yes",
        )
        for context in ET.parse(path).getroot().iter("context")
        for message in context.iter("message")
    }


def places(text: str) -> list[str]:
    """The names of what is filled in."""
    return sorted({str(name) for _, name, _, _ in string.Formatter().parse(text) if name is not None})


def test_the_template_has_the_texts_of_the_source(tmp_path) -> None:
    tool.extract(tmp_path / "now.ts")
    now, kept = texts(tmp_path / "now.ts"), texts(KEPT / "crowddesk.ts")
    assert now - kept == set(), "run packaging/translations.py update"
    assert kept - now == set(), "run packaging/translations.py update"
    assert len(kept) > 2_000


def test_no_text_is_taken_for_one_with_a_comment_or_a_number() -> None:
    """A literal behind a text would be its comment: `say("{0}", "x")` would never be found translated."""
    for context, text, comment, number in texts(KEPT / "crowddesk.ts"):
        assert number or "%n" not in text, (context, text)
        assert bool(comment) == number, (context, text, comment)


def test_contexts_are_classes() -> None:
    """`x.say(self.tr("…"))` or `window.tr("…")` would give a context that nobody asks for."""
    assert [context for context, *_ in texts(KEPT / "crowddesk.ts") if "." in context] == []


def test_each_place_in_a_text_has_a_plain_name() -> None:
    """A text with more in its places was an f-string, which is never found translated."""
    for _, text, _, _ in texts(KEPT / "crowddesk.ts"):
        try:
            found = places(text)
        except ValueError:  # braces that are meant, in a text that nothing is filled into
            continue
        assert not any(re.search(r"\w[.\[(]", name) for name in found), text


def test_translations_fill_what_the_source_fills() -> None:
    for path in KEPT.glob("crowddesk_*.ts"):
        for message in ET.parse(path).getroot().iter("message"):
            source = message.findtext("source") or ""
            said = message.find("translation")
            forms = [] if said is None else [said.text or "", *(form.text or "" for form in said)]
            for form in filter(str.strip, forms):
                assert places(form) == places(source), f"{path.name}: {source}"


def test_the_pseudo_languages_are_longer_and_fill_the_same(tmp_path) -> None:
    made = {path.name for path in tool.release(tmp_path)}
    assert made >= {"crowddesk_en_XA.qm", "crowddesk_ar_XB.qm"}
    speaker = QTranslator()
    assert speaker.load(str(tmp_path / "crowddesk_en_XA.qm"))
    text = "{encoding!r} is no text encoding: use utf-8, cp1252, utf-16 or the like."
    said = speaker.translate("", text)
    assert len(said) > 1.3 * len(text)
    assert places(said) == places(text)
    assert speaker.translate("", "%n units", "%n unit", 1) != speaker.translate("", "%n units", "%n unit", 2)
    assert not list(tmp_path.glob("*.ts"))
