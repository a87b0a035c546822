"""The answer as its worker saw it: filled in, read only, in its page or as fields."""

from __future__ import annotations

import pytest

from crowddesk.store.queries import unit_detail
from crowddesk.ui.review.seen import SeenAnswer


def detail_of(db, unit_id: int):
    with db.read() as conn:
        return unit_detail(conn, unit_id)


@pytest.fixture
def seen(desk, qtbot):
    made = SeenAnswer(desk.session)
    qtbot.addWidget(made)
    made.resize(600, 500)
    made.show()
    return made


def test_a_template_shows_with_its_answer(desk, seen, qtbot):
    detail = detail_of(desk.db, 1)
    seen.show_unit(detail)
    qtbot.waitUntil(seen.page.isVisible)

    assert "◉" in seen.page.toPlainText()
