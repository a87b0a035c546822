"""Home: an empty workspace's first steps, what waits, and where each leads."""

from __future__ import annotations

from types import SimpleNamespace

from PySide6.QtCore import Qt

from crowddesk.ui import home_items
from crowddesk.ui.dialogs.launch import LaunchDialog
from crowddesk.ui.pages import home as home_page


def test_an_empty_workspace_offers_two_first_steps(program):
    home = program.window.show_page("home")
    program.wait(lambda: home.first_steps.isVisible())
    program.wait(lambda: "No runs yet." in program.words(home))
    assert not home.launch.isVisible()
    program.click(home.first_steps.launch)
    program.dialog(LaunchDialog).reject()
    program.click(home.first_steps.watch)
    program.wait(lambda: program.window.current_page == "runs")
    page = program.window.show_page("runs").run_page
    program.wait(lambda: page.run is not None and sum(page.run.units.values()) == 120)
    program.window.show_page("home")
    program.wait(lambda: "run 1" in home.running.lines and home.running.isVisible())
    program.click(home.running.lines["run 1"].button)
    program.wait(lambda: page.isVisible())


def test_what_is_answered_waits_for_review(full_program):
    program = full_program
    home = program.window.show_page("home")
    program.wait(lambda: "review 1" in home.review.lines)
    line = home.review.lines["review 1"]
    assert "12 units to review" in line.accessibleName()
    assert "USD 1.44 if all are approved" in line.accessibleName()
    program.qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    page = program.window.show_page("review")
    program.wait(lambda: page.review is not None and page.review.run_id == 1 and page.desk.looked is not None)
    from crowddesk.operations import decisions

    decisions.decide(program.db, "approve", [1])
    program.window.show_page("home")
    program.session.act(lambda db: decisions.send(db))
    program.wait(lambda: "11 units to review" in line.accessibleName())
    assert home.review.lines["review 1"] is line


def _run(**more):
    return SimpleNamespace(
        id=4, title="Round 3", provider_type="prolific", sandbox=False, currency="GBP",
        total_spend_minor=1_150, budget_minor=1_200, **{"units": {"created": 40}, **more},
    )  # fmt: skip


def test_every_kind_of_trouble_has_a_line_that_leads_to_its_page(qtbot, theme):
    unit = SimpleNamespace(id=5, task_run_id=4, run_title="Round 3", provider_type="prolific", sandbox=False)
    needs = SimpleNamespace(
        refused_launches=[(_run(), 12)],
        refused_decisions=[(_run(), 2)],
        refused_set_ups=[_run()],
        budgets=[_run()],
        stuck=[unit, unit],
    )
    items = home_items._needs(needs)
    assert [(item.page, item.what) for item in items] == [
        ("runs", 4),
        ("payments", "state:refused run:4"),
        ("runs", 4),
        ("runs", 4),
        ("units", "run:4 status:assigned"),
    ]
    assert items[0].words == "Round 3: 12 units refused at launch"
    assert items[1].words == "Round 3: the vendor refused the decision on 2 units"
    assert items[2].words == "Round 3: the vendor did not take the run"
    assert items[3].words == "Round 3: 95 % of the budget is used"
    assert items[4].words == "Round 3: 2 units have been at work for over two hours"
    assert all(item.environment == "live" for item in items if item.environment)
    section = home_page._Section("Needs you")
    qtbot.addWidget(section)
    section.show_items(items)
    section.show()
    with qtbot.waitSignal(section.wanted) as wanted:
        qtbot.keyClick(section.lines["budget 4"], Qt.Key.Key_Return)
    assert wanted.args[0] is items[3]
    kept = section.lines["budget 4"]
    section.show_items(items[3:])
    assert list(section.lines) == ["budget 4", "stuck 4"]
    assert section.lines["budget 4"] is kept
