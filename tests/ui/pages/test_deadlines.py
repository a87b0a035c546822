"""Near deadlines: marked on rows, and on Home with the way to them."""

from __future__ import annotations

from datetime import timedelta

from crowddesk.domain import now
from crowddesk.operations import decisions
from crowddesk.store import tables as t
from crowddesk.ui import deadlines as near
from crowddesk.ui.deadlines import read_deadlines
from crowddesk.ui.pages.home import read_home


def set_deadlines(db, **hours):
    """When units are approved by themselves: unit_3=5 is unit 3 in five hours."""
    with db.write() as w:
        for name, away in hours.items():
            unit_id = int(name.removeprefix("unit_"))
            w.update(t.Unit, [unit_id], decide_by=now() + timedelta(hours=away, minutes=1))


def test_those_within_three_days_are_counted_and_the_decided_are_not(desk):
    with desk.db.read() as conn:
        assert not read_deadlines(conn)
    set_deadlines(desk.db, unit_3=50, unit_4=5, unit_5=100)
    with desk.db.read() as conn:
        (found,) = read_deadlines(conn)
    assert (found.units, found.run_id) == (2, 1)
    assert near.deadline_words(found) == "2 answers are approved by themselves within 3 days"
    assert near.soonest_words(found).startswith("The soonest in 5 h, on 20")
    decisions.decide(desk.db, "approve", [4])
    with desk.db.read() as conn:
        (found,) = read_deadlines(conn)
    assert near.deadline_words(found) == "1 answer is approved by itself within 3 days"


def test_a_deadline_that_has_passed_says_so(desk):
    set_deadlines(desk.db, unit_3=-5)
    with desk.db.read() as conn:
        (found,) = read_deadlines(conn)
    assert near.soonest_words(found) == "The soonest was due 5 h ago."


def test_home_has_a_line_that_leads_to_them(full_program):
    program = full_program
    set_deadlines(program.db, unit_3=5, unit_4=1, unit_5=1000)
    home = program.window.show_page("home")
    program.wait(lambda: "due 1" in home.needs.lines)
    line = home.needs.lines["due 1"]
    assert "2 answers are approved by themselves within 3 days" in line.accessibleName()
    assert "1 thing needs you" in home.head.facts.text()
    program.click(line.button)
    page = program.window.show_page("runs").run_page
    program.wait(lambda: page.model.phase == "ready" and page.model.rowCount() == 2 and page.model.ids_known)
    assert page.model.query.sort == "due"
    assert [page.model.id_at(0), page.model.id_at(1)] == [4, 3]
    shown = [page.model.columns[i].key for i in page.panel.table.columns.shown()]
    assert "due" in shown
    units = program.window.show_page("units")
    assert "due" not in [units.model.columns[i].key for i in units.table.columns.shown()]
    units.search(near.SEARCH)
    assert "due" in [units.model.columns[i].key for i in units.table.columns.shown()]


def test_a_run_without_deadlines_has_no_column_of_them(full_program):
    page = full_program.run_page()
    assert "due" not in [page.model.columns[i].key for i in page.panel.table.columns.shown()]


def test_home_reads_them_with_the_rest(desk):
    set_deadlines(desk.db, unit_3=5)
    with desk.db.read() as conn:
        view = read_home(conn)
    assert view.needs[0].key == "due 1"
    assert view.needs[0].note.startswith("The soonest in 5 h")
