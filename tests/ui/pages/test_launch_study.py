"""Launching at Prolific: filters from its own list, who shows the task, the wage; the sandbox answers."""

from __future__ import annotations

import pytest

from crowddesk.domain import VendorError
from crowddesk.providers.prolific.account import ProlificRequester
from crowddesk.ui.dialogs.launch import LaunchDialog
from crowddesk.ui.dialogs.public_address import PublicAddressDialog
from crowddesk.ui.dialogs.study_filters import FilterDialog
from tests.ui.lab import lab_program, sandbox_of

RUN = """
task: {name: kind, title: "Is it kind?", description: Say whether it is kind., reward: 1.50, currency: GBP,
       estimated_minutes: 8}
blueprint: {_blueprint_type: %s, data: items.csv, item_key: id}
provider: {_provider_type: prolific, requester_name: lab, filters: [{filter: age, lower: 18}]}
"""
FORM = """title: Is it kind?
fields:
  - {type: show_text, label: Read this, text: "{{text}}"}
  - {name: kind, type: single, label: Is it kind?, options: ["yes", "no"]}
"""


@pytest.fixture
def sandbox(workspace_path):
    with sandbox_of(workspace_path) as process:
        yield process


@pytest.fixture
def program(qtbot, qapp, theme, workspace_path, sandbox):
    with lab_program(qtbot, qapp, workspace_path, sandbox, balance=1_000) as made:
        yield made


@pytest.fixture
def dialog(program, tmp_path):
    """The dialog with a form of two items filled in, looked over."""
    (tmp_path / "items.csv").write_text("id,text\n1,Well done.\n2,Go away.\n", encoding="utf-8")
    (tmp_path / "form.yaml").write_text(FORM, encoding="utf-8")
    (tmp_path / "page.html").write_text('<p>${text}</p><input name="kind">', encoding="utf-8")
    (tmp_path / "form-run.yaml").write_text(RUN % "form, form: form.yaml", encoding="utf-8")
    (tmp_path / "html-run.yaml").write_text(RUN % "static_html, template: page.html", encoding="utf-8")
    runs = program.window.show_page("runs")
    program.click(runs.list.launch)
    made = program.dialog(LaunchDialog)
    program.drop(made, tmp_path / "form-run.yaml")
    program.wait(lambda: made.verb.isEnabled())
    return made


def test_prolific_shows_a_form_itself_and_says_what_it_costs(program, dialog):
    assert dialog.verb.text() == "Launch 2 units · GBP 4.00"
    assert "Prolific itself" in dialog.account.hosting.words.text()
    assert dialog.account.badge.accessibleName() == "LIVE · Prolific"
    cost = dialog.view.cost
    assert "Balance after: GBP 6.00" in cost.cost_parts.text().replace("\N{NO-BREAK SPACE}", " ")
    assert cost.wage.text() == "GBP 11.25"
    assert cost.wage_parts.property("tone") == "good"
    program.type(dialog.pay.editor("reward"), "0.50")
    program.wait(lambda: cost.wage.text() == "GBP 3.75")
    assert cost.wage_parts.text().startswith("✕ Below the minimum")
    program.type(dialog.pay.editor("reward"), "5.00")
    program.wait(lambda: "too little" in cost.cost_parts.text())
    assert cost.cost_parts.property("tone") == "danger"
    assert dialog.pay.editor("estimated_minutes").accessibleName().endswith(", required")
    program.type(dialog.pay.editor("estimated_minutes"), "")
    program.wait(lambda: "Still needed: minutes one unit takes." in dialog.view.problems.text())
    assert "task.estimated_minutes" not in dialog.view.problems.text()
    assert not dialog.verb.isEnabled()
    assert not dialog.rehearse.isEnabled()


def test_filters_are_chosen_from_prolifics_own_list(program, dialog, words):
    filters = dialog.account.form.editor("filters")
    program.wait(lambda: filters.add.isEnabled())
    assert "18 or more" in words(filters)
    filters.add.click()
    ask = program.dialog(FilterDialog)
    program.type(ask.search, "reside")
    assert ask.list.key() == "current-country-of-residence"
    ask.answers.tick(ask.answers.item(0).data(256))
    program.click(ask.verb)
    program.wait(lambda: not dialog._pause.isActive() and dialog.verb.isEnabled())
    assert [one["filter"] for one in dialog.value().sections["provider"]["filters"]] == [
        "age",
        "current-country-of-residence",
    ]


def test_where_nobody_can_show_it_the_address_is_set_from_here(program, dialog, tmp_path):
    program.drop(dialog, tmp_path / "html-run.yaml")
    program.wait(lambda: dialog.account.hosting.words.text().startswith("✕"))
    assert "no public address" in dialog.account.hosting.words.text()
    assert not dialog.verb.isEnabled()
    assert dialog.rehearse.isEnabled()
    assert dialog.units == 2
    assert dialog.view.row.rows == 2
    program.click(dialog.account.hosting.settings)
    ask = program.dialog(PublicAddressDialog)
    program.type(ask.address, "https://lab.example.org")
    program.click(ask.verb)
    program.wait(lambda: dialog.verb.isEnabled())
    assert "lab.example.org" in dialog.account.hosting.words.text()
    assert program.session.settings.task_server.public_url == "https://lab.example.org"


def test_an_account_that_cannot_be_asked_now_can_still_be_rehearsed(program, dialog, monkeypatch, words):
    def locked(self):
        raise VendorError("The token of lab is locked.")

    monkeypatch.setattr(ProlificRequester, "client", locked)
    program.type(dialog.pay.editor("reward"), "1.60")
    program.wait(lambda: "The token of lab is locked." in dialog.view.problems.text())
    assert not dialog.verb.isEnabled()
    assert dialog.rehearse.isEnabled()
    filters = dialog.account.form.editor("filters")
    filters.again.emit()
    program.wait(lambda: "The token of lab is locked." in words(filters))
    assert dialog.account.form.editor("filters").value() == [{"filter": "age", "lower": "18"}]
