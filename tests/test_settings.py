"""The settings file as people write it: what it may lack, and what is refused with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from crowddesk import settings
from crowddesk.domain import BadInput


def test_a_file_of_an_older_program_lacks_the_newer_sections(tmp_path: Path) -> None:
    (tmp_path / settings.FILE_NAME).write_text("appearance: {theme: dark}\n", encoding="utf-8")
    found = settings.load(tmp_path)
    assert (found.appearance.theme, found.keys, found.fair_pay) == ("dark", {}, settings.FairPay())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("keys: {review.approve: [A]}", "keys.review.approve is ['A']; write it like review.approve: A."),
        ("keys: {review: {approve: A}}", "keys.review is {'approve': 'A'}"),
        ("keys: {review.approve: '${gone}'}", "gone"),
        ("keys: {review.approve: '???'}", "keys.review.approve"),
        ("keys:", "keys"),
        ("apearance: {}", "there is no setting 'apearance'. Did you mean 'appearance'?"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / settings.FILE_NAME).write_text(text + "\n", encoding="utf-8")
    with pytest.raises(BadInput) as error:
        settings.load(tmp_path)
    assert words in str(error.value)
