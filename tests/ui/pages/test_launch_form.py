"""The launch dialog with a form: its live preview, its faults with their lines, changes on disk."""

from __future__ import annotations

import os

import pytest

from crowddesk.ui.dialogs.launch import LaunchDialog

FORM = """title: "About {{name}}"
fields:
  - {name: open, type: single, label: Open, options: ["yes", "no"]}
  - {name: why, type: text, label: Why, show_if: {open: "no"}}
"""
DATA = "id,name\n1,Ada\n2,Bruno\n"


@pytest.fixture
def dialog(program):
    runs = program.window.show_page("runs")
    program.click(runs.list.launch)
    return program.dialog(LaunchDialog)


@pytest.fixture
def form(tmp_path):
    path = tmp_path / "form.yaml"
    path.write_text(FORM, encoding="utf-8")
    (tmp_path / "items.csv").write_text(DATA, encoding="utf-8")
    return path


def shown(program, dialog, *parts: str) -> bool:
    words = program.words(dialog.view.form)
    return all(part in words for part in parts)


def test_a_dropped_form_is_shown_at_once_and_then_for_each_row(program, dialog, form):
    program.drop(dialog, form)
    program.wait(lambda: shown(program, dialog, "About {{name}}", "Open"))
    assert dialog.blueprint.currentData() == "form"
    assert dialog.blueprint.findData("elsewhere") == -1  # such a run is adopted, never launched
    assert dialog.files.editor("form").text() == str(form)
    assert not dialog.view.browser.isEnabled()
    program.drop(dialog, form.parent / "items.csv")
    for editor, words in (
        (dialog.asked.editor("title"), "Which one?"),
        (dialog.asked.editor("description"), "Say which."),
        (dialog.asked.editor("name"), "which"),
        (dialog.pay.editor("reward"), "0.10"),
    ):
        program.type(editor, words)
    program.wait(lambda: shown(program, dialog, "About Ada"))
    program.wait(lambda: dialog.view.row.rows == 2 and dialog.verb.isEnabled())
    dialog.view.form.editor("open").buttons["no"].click()
    assert shown(program, dialog, "Why (optional)")
    program.click(dialog.view.after)
    program.wait(lambda: shown(program, dialog, "About Bruno", "Why (optional)"))


def test_a_change_on_disk_is_shown_and_a_fault_in_it_named_with_its_line(program, dialog, form):
    program.drop(dialog, form)
    program.wait(lambda: shown(program, dialog, "Open"))
    dialog.view.form.editor("open").buttons["no"].click()
    form.write_text(FORM.replace("label: Why", "label: Why not"), encoding="utf-8")
    program.wait(lambda: shown(program, dialog, "Why not (optional)"))
    form.write_text(FORM.replace("type: text", "type: txt"), encoding="utf-8")
    program.wait(lambda: "form.yaml, line 4: there is no type 'txt'. Did you" in dialog.view.problems.text())
    assert not dialog.view.form.isVisible()
    # Most editors write another file and put it in the place of the old one.
    new = form.with_name("form.yaml.new")
    new.write_text(FORM.replace("label: Open", "label: Is it open"), encoding="utf-8")
    os.replace(new, form)
    program.wait(lambda: shown(program, dialog, "Is it open"))
    new.write_text(FORM.replace("label: Open", "label: Once more"), encoding="utf-8")
    os.replace(new, form)
    program.wait(lambda: shown(program, dialog, "Once more"))


def test_an_unknown_column_is_named_before_the_rest_is_filled_in(program, dialog, form):
    (form.parent / "items.csv").write_text("id,nmae\n1,Ada\n", encoding="utf-8")
    program.drop(dialog, form, form.parent / "items.csv")
    said = "form.yaml, line 1: {{name}} is no column of items.csv: did you mean {{nmae}}?"
    program.wait(lambda: said in dialog.view.problems.text())


def test_a_template_that_is_dropped_later_takes_the_forms_place(program, dialog, form, tmp_path):
    program.drop(dialog, form)
    program.wait(lambda: dialog.blueprint.currentData() == "form")
    (tmp_path / "page.html").write_text('<p>${name}</p><input name="a">', encoding="utf-8")
    program.drop(dialog, tmp_path / "page.html")
    assert dialog.blueprint.currentData() == "static_html"
    assert dialog.files.editor("template").text() == str(tmp_path / "page.html")
