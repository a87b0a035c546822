"""The launch dialog in the running program: from files to a live run, and what may be wrong with files."""

from __future__ import annotations

import csv

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from crowddesk.store import identities, remarks
from crowddesk.store import tables as t
from crowddesk.ui.dialogs.launch import LaunchDialog
from crowddesk.ui.dialogs.launch_values import AccountChoice, LaunchChoices
from crowddesk.ui.launcher import open_launch

TEMPLATE = '<p>${text}</p><input type="radio" name="answer" value="yes"> yes <input type="submit">'


@pytest.fixture
def dialog(program):
    """The dialog, opened by its button on the list of runs."""
    runs = program.window.show_page("runs")
    program.click(runs.list.launch)
    return program.dialog(LaunchDialog)


def checked(program, dialog) -> None:
    """Waits until what stands in the dialog now has been looked over."""
    program.wait(lambda: not dialog._pause.isActive() and not dialog.view._busy.isVisible())


def cost_of(dialog) -> str:
    return dialog.view.cost.cost_parts.text().replace("\N{NO-BREAK SPACE}", " ")


def fill(program, dialog, folder, *, data="items.csv", text="id,text\na,One.\nb,Two.\n", template=TEMPLATE):
    (folder / data).write_text(text, encoding="utf-8")
    (folder / "page.html").write_text(template, encoding="utf-8")
    program.drop(dialog, folder / "page.html", folder / data)
    for form, name, words in (
        (dialog.asked, "title", "Which one?"),
        (dialog.asked, "description", "Say which."),
        (dialog.asked, "name", "which"),
        (dialog.pay, "reward", "0.10"),
    ):
        program.type(form.editor(name), words)
    checked(program, dialog)


def test_a_run_file_is_dropped_launched_answered_and_approved(program, dialog, sample):
    assert not dialog.verb.isEnabled()
    program.drop(dialog, sample / "run.yaml")
    program.wait(lambda: dialog.verb.isEnabled())
    assert dialog.verb.text() == "Launch 120 units · USD 7.20"
    assert dialog.asked.editor("title").text() == "Does it follow?"
    assert "12 gold among them" in cost_of(dialog)
    assert "leaves USD 17.80" in cost_of(dialog)
    assert dialog.account.badge.accessibleName() == "PRACTICE"
    program.click(dialog.verb)
    page = program.window.show_page("runs").run_page
    program.wait(
        lambda: page.isVisible() and page.run is not None and page.run.units.get("completed", 0) > 20
    )
    assert page.head.title.text() == "Does it follow?"
    program.wait(lambda: page.model.rowCount() == 120 and page.model.ids_known)
    program.click(page.review)
    review = program.window.show_page("review")
    program.wait(lambda: review.work.chosen() != [])
    (unit_id,) = review.work.chosen()
    program.window.activateWindow()
    program.wait(program.window.isActiveWindow)
    program.qtbot.keyClick(review.window().focusWidget(), Qt.Key.Key_A)
    program.wait(lambda: review.work.decisions.stand(unit_id) is not None)
    program.wait(lambda: program.run().units.get("accepted", 0) == 1)
    assert program.db.get_unit(str(unit_id))["status"] == "accepted"


def test_a_run_is_put_together_by_hand(program, dialog, tmp_path):
    fill(program, dialog, tmp_path)
    program.wait(lambda: dialog.verb.isEnabled())
    assert dialog.verb.text() == "Launch 2 units · USD 0.24"
    assert "no budget cap" in cost_of(dialog)
    assert dialog.view.cost.wage.text() == "–"
    program.type(dialog.pay.editor("estimated_minutes"), "2")
    program.wait(lambda: dialog.view.cost.wage.text() == "USD 3.00")
    program.type(dialog.pay.editor("estimated_minutes"), "soon")
    program.wait(lambda: "'soon' is no number." in dialog.view.problems.text())
    key = dialog.item_key.findData("id")
    dialog.item_key.setCurrentIndex(key)
    assert dialog.value().sections["blueprint"]["item_key"] == "id"


def test_an_empty_dialog_says_what_is_needed_and_calls_nothing_wrong(program, dialog):
    checked(program, dialog)
    words = dialog.view.problems.text()
    assert words.startswith("○ Still needed:")
    for name in ("template", "data", "title", "pay for one unit"):
        assert name in words
    assert "✕" not in words


def test_a_bad_row_is_named_by_its_line(program, dialog, tmp_path):
    fill(program, dialog, tmp_path, text="id,text\na,One.\nb\nc,Three.\n")
    assert "✕ items.csv, line 3: 1 value where the header has 2 columns." in dialog.view.problems.text()
    assert not dialog.verb.isEnabled()


def test_a_misspelt_placeholder_is_named_with_its_line_and_the_nearest_column(program, dialog, tmp_path):
    fill(program, dialog, tmp_path, template=TEMPLATE.replace("${text}", "\n${txt}"))
    assert (
        "✕ page.html, line 2: ${txt} is no column of items.csv: did you mean ${text}?"
        in dialog.view.problems.text()
    )
    assert not dialog.verb.isEnabled()
    choice = dialog.columns.choices["txt"]
    choice.setCurrentIndex(choice.findData("text"))
    program.wait(lambda: dialog.verb.isEnabled())
    assert dialog.value().sections["blueprint"]["columns"] == {"txt": "text"}
    assert "One." in dialog.view.preview.toPlainText()


def test_rows_are_walked(program, dialog, tmp_path):
    fill(program, dialog, tmp_path)
    program.wait(lambda: "One." in dialog.view.preview.toPlainText())
    program.click(dialog.view.after)
    program.wait(lambda: "Two." in dialog.view.preview.toPlainText())
    assert not dialog.view.after.isEnabled()
    program.type(dialog.view.row, "1")
    program.qtbot.keyClick(dialog.view.row, Qt.Key.Key_Return)
    program.wait(lambda: "One." in dialog.view.preview.toPlainText())
    program.type(dialog.view.row, "99")
    program.qtbot.keyClick(dialog.view.row, Qt.Key.Key_Return)
    program.wait(lambda: "Two." in dialog.view.preview.toPlainText())
    assert dialog.isVisible()


def test_a_reward_below_a_cent_is_named_at_its_field(program, dialog, tmp_path):
    fill(program, dialog, tmp_path)
    program.type(dialog.pay.editor("reward"), "0.005")
    checked(program, dialog)
    assert "Pay for one unit: USD 0.005 is finer than the smallest coin" in dialog.view.problems.text()
    assert "missing" not in dialog.view.problems.text()
    program.type(dialog.pay.editor("reward"), "-1")
    checked(program, dialog)
    assert "not more than nothing" in dialog.view.problems.text()
    assert not dialog.verb.isEnabled()


def test_a_run_over_its_budget_is_not_launched(program, dialog, tmp_path):
    fill(program, dialog, tmp_path)
    program.type(dialog.pay.editor("budget"), "0.20")
    program.wait(lambda: "over the budget" in cost_of(dialog))
    assert "USD 0.04 over the budget of USD 0.20" in cost_of(dialog)
    assert not dialog.verb.isEnabled()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("task: {name: x, : }", "run.yaml, line 1"),
        ("", "run.yaml is empty."),
        (
            "task: {rewrad: 1}\nblueprint: {_blueprint_type: static_html}\nprovider: {_provider_type: mock}",
            "Did you mean reward?",
        ),
    ],
)
def test_a_run_file_that_is_wrong_says_where(program, dialog, tmp_path, text, words):
    fill(program, dialog, tmp_path)
    (tmp_path / "run.yaml").write_text(text, encoding="utf-8")
    program.drop(dialog, tmp_path / "run.yaml")
    program.wait(lambda: words in program.words(dialog))


def test_an_account_that_is_not_here_is_named(program, dialog, sample):
    text = (sample / "run.yaml").read_text(encoding="utf-8")
    (sample / "run.yaml").write_text(
        text.replace("requester_name: practice", "requester_name: practise"), encoding="utf-8"
    )
    program.drop(dialog, sample / "run.yaml")
    program.wait(lambda: "Did you mean 'practice'?" in dialog.view.problems.text())
    assert not dialog.verb.isEnabled()


def test_a_file_that_vanishes_before_the_launch_loses_nothing(program, dialog, tmp_path):
    fill(program, dialog, tmp_path)
    program.wait(lambda: dialog.verb.isEnabled())
    (tmp_path / "items.csv").unlink()
    program.click(dialog.verb)
    program.wait(lambda: "items.csv" in dialog._problem.text())
    assert dialog.isVisible()
    assert dialog.asked.editor("title").text() == "Which one?"
    assert program.run() is None


def test_it_is_saved_as_a_run_file_and_as_a_command(program, dialog, sample, tmp_path):
    assert dialog.copy_line.isVisible()
    assert not dialog.copy_line.isEnabled()
    assert "Save it as a run file first" in dialog.copy_line.toolTip()
    program.drop(dialog, sample / "run.yaml")
    program.wait(lambda: dialog.verb.isEnabled())
    program.click(dialog.copy_line)
    named = f"crowddesk --workspace {program.folder}"
    assert QGuiApplication.clipboard().text() == f"{named} launch {sample / 'run.yaml'}"
    program.type(dialog.pay.editor("reward"), "0.08")
    checked(program, dialog)
    program.click(dialog.copy_line)
    assert QGuiApplication.clipboard().text().endswith("run.yaml task.reward=0.08")
    before = dialog.value()
    target = sample / "other.yaml"
    dialog.save_wanted.emit(target)
    program.wait(lambda: dialog.run_file == target)
    from crowddesk.operations.run_file import load_run, run_from_dict

    assert load_run(target) == run_from_dict(before.sections, before.folder)
    assert str(tmp_path) not in target.read_text(encoding="utf-8")


def test_a_launch_is_cancelled_and_taken_up_again(program, tmp_path):
    folder = tmp_path / "many"
    folder.mkdir()
    with (folder / "items.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("id", "text"), *((n, f"Item {n}.") for n in range(15_000))])
    (folder / "page.html").write_text(TEMPLATE, encoding="utf-8")
    sections = {
        "task": {"name": "many", "title": "Many", "description": "d", "reward": "0.01", "currency": "USD"},
        "blueprint": {
            "_blueprint_type": "static_html",
            "template": "page.html",
            "data": "items.csv",
            "item_key": "id",
        },
        "provider": {"_provider_type": "mock", "requester_name": "practice"},
    }
    run_id = program.launch(folder, sections=sections)
    page = program.run_page(run_id)
    program.click(page.cancel)
    program.wait(lambda: page.banner.isVisible() and "draft" in page.banner.accessibleName())
    run = program.run(run_id)
    assert run.state == "draft"
    assert 0 <= run.items_loaded < 15_000
    assert not page.cancel.isVisible()
    program.click(page.banner._action)
    program.wait(lambda: program.run(run_id).items_loaded == 15_000)
    program.wait(lambda: program.run(run_id).state != "draft")
    program.wait(lambda: page.run.units and sum(page.run.units.values()) == 15_000)


def test_a_live_account_is_red_and_enter_launches_nothing(qtbot, theme):
    from dataclasses import make_dataclass

    nothing = make_dataclass("nothing", [])
    choices = LaunchChoices(
        [AccountChoice("lab", "prolific", "live", "GBP")],
        {"prolific": nothing},
        {"static_html": nothing},
        nothing,
    )
    dialog = LaunchDialog(choices)
    qtbot.addWidget(dialog)
    dialog.open()
    assert dialog._live.isVisible()
    assert dialog.verb.property("look") == "danger"
    assert dialog.account.badge.accessibleName() == "LIVE · Prolific"
    assert dialog.pay.editor("currency").text() == "GBP"
    dialog.verb.setEnabled(True)
    with qtbot.assertNotEmitted(dialog.launch_wanted):
        qtbot.keyClick(dialog.asked.editor("title"), Qt.Key.Key_Return)
    assert dialog.isVisible()


def test_it_opens_with_a_run_file(program, sample):
    open_launch(program.session, program.window, sample / "run.yaml")
    dialog = program.dialog(LaunchDialog)
    program.wait(lambda: dialog.asked.editor("name").text() == "follows")
    assert dialog.account.forms["mock"].editor("truth__column").text() == "truth"
    assert dialog.checks.editor("gold__data").text() == str(sample / "gold.csv")
    program.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_an_introduction_and_the_pace_of_gold_are_asked_for(program, dialog, sample, tmp_path):
    page = tmp_path / "intro.html"
    page.write_text('<p>Is ice cold?</p><input name="ice">', encoding="utf-8")
    program.drop(dialog, sample / "run.yaml")
    program.wait(lambda: dialog.verb.isEnabled())
    dialog.onboarding.editor("onboarding__page").setText(str(page))
    dialog.onboarding.editor("onboarding__qualification").setText("knows ice")
    dialog.onboarding.editor("onboarding__answers").setPlainText("ice = yes\n")
    dialog.checks.editor("gold__every").setText("5")
    dialog.checks.editor("gold__most_wrong").setText("2")
    task = dialog.value().sections["task"]
    assert task["onboarding"] == {
        "page": str(page), "qualification": "knows ice", "answers": {"ice": "yes"},
    }  # fmt: skip
    assert {name: task["gold"][name] for name in ("every", "most_wrong")} == {"every": 5, "most_wrong": 2}
    checked(program, dialog)
    assert dialog.view.problems.text() == ""
    dialog.onboarding.editor("onboarding__answers").setPlainText("ise = yes")
    program.wait(lambda: "has no field 'ise': did you mean 'ice'?" in dialog.view.problems.text())
    target = sample / "with-intro.yaml"
    dialog.onboarding.editor("onboarding__answers").setPlainText("ice = yes")
    dialog.save_wanted.emit(target)
    program.wait(target.exists)
    dialog.onboarding.fill({})
    dialog.file_wanted.emit(target)
    program.wait(lambda: dialog.onboarding.editor("onboarding__page").text() == str(page))
    assert dialog.onboarding.editor("onboarding__answers").toPlainText() == "ice = yes"
    assert dialog.checks.editor("gold__most_wrong").text() == "2"


def test_a_conversation_is_seen_as_each_of_its_people(program, dialog):
    from crowddesk import paths

    program.drop(dialog, paths.resources_dir() / "tasks" / "bargain" / "run.yaml")
    program.wait(lambda: "You are Buyer." in program.words(dialog.view.chat))
    said = program.words(dialog.view.chat)
    assert "tube radio" in said
    assert "Did you agree on a price?" in said
    dialog.view.chat.person.setCurrentIndex(1)
    assert "You are Seller." in program.words(dialog.view.chat)
    assert dialog.rehearse.isHidden()


def test_earlier_people_are_kept_out_and_counted_before_launch(program, dialog, tmp_path):
    with program.db.write() as w:
        row = {
            "units": 0, "completed": 0, "accepted": 0, "soft_rejected": 0, "rejected": 0, "created_at": w.at,
            "provider_type": "mock",
        }  # fmt: skip
        ids = list(w.insert(t.Worker, [{**row, "worker_name": f"Z{n}"} for n in range(3)]))
        remarks.set_tag(w, "worker", ids[:1], "rude", True)
        identities.join(w, ids[:2])
    fill(program, dialog, tmp_path)
    program.qtbot.keyClicks(dialog.limits.editor("exclude__tags"), "rude")
    program.qtbot.keyClicks(dialog.limits.editor("exclude__runs"), "no such run")
    program.wait(lambda: "no such run" in dialog.view.problems.text())
    assert not dialog.verb.isEnabled()
    dialog.limits.editor("exclude__runs").clear()
    program.wait(lambda: dialog.verb.isEnabled())
    assert "1 person (2 accounts) is kept out." in cost_of(dialog)
    assert dialog.value().sections["task"]["exclude"] == {"tags": ["rude"]}
    dialog.load({"task": {"exclude": {"runs": ["4"], "tags": ["a b"]}}}, tmp_path)
    assert dialog.value().sections["task"]["exclude"] == {"runs": ["4"], "tags": ["a b"]}
