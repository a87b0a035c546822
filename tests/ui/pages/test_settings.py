"""Settings hold at once and are kept; the workspace is looked over; what is wrong is said at its field."""

from __future__ import annotations

import dataclasses
import sqlite3

from PySide6.QtGui import QGuiApplication

from crowddesk import settings
from crowddesk.ui import theme as look


def test_the_theme_changes_at_once_and_is_kept(program):
    page = program.window.show_page("settings")
    theme = page.forms["appearance"].editor("theme")
    theme.setCurrentIndex(theme.findData("dark"))
    program.wait(lambda: look.colours().dark)
    program.wait(lambda: settings.load(program.folder).appearance.theme == "dark")


def test_a_text_size_that_cannot_be_is_said_and_not_taken(program):
    page = program.window.show_page("settings")
    form = page.forms["appearance"]
    program.type(form.editor("text_percent"), "90")
    program.wait(lambda: form.editor("text_percent").accessibleDescription() == "Use 100 to 200.")
    assert look.px(100) == 100
    program.type(form.editor("text_percent"), "150")
    program.wait(lambda: look.px(100) == 150)
    program.wait(lambda: settings.load(program.folder).appearance.text_percent == 150)


def test_caps_and_sending_are_kept(program):
    page = program.window.show_page("settings")
    program.type(page.forms["rejections"].editor("most_per_batch"), "7")
    page.forms["sending"].editor("practice_sends_by_itself").click()
    program.wait(lambda: program.session.settings.rejections.most_per_batch == 7)
    program.wait(lambda: settings.load(program.folder).rejections.most_per_batch == 7)
    assert program.session.send_after(sandbox=True) is None
    program.type(page.forms["rejections"].editor("most_per_batch"), "-1")
    program.wait(
        lambda: "below 0" in page.forms["rejections"].editor("most_per_batch").accessibleDescription()
    )
    assert program.session.settings.rejections.most_per_batch == 7


def test_how_people_reach_the_pages_is_checked_and_kept(program, tmp_path):
    page = program.window.show_page("settings")
    form = page.forms["task_server"]

    def says(name):
        return form.editor(name).accessibleDescription()

    for name, wrong, sentence in (
        ("port", "80", "Use 1024 to 65535, or 0."),
        ("port", "70000", "Use 1024 to 65535, or 0."),
        ("public_url", "lab.example.org", "Write it like https://lab.example.org."),
        ("public_url", "https://", "Write it like https://lab.example.org."),
        ("upload_megabytes", "0", "Use 1 to 2000."),
        ("disconnect_seconds", "2", "Use 10 to 3600."),
    ):
        before = form.editor(name).text()
        program.type(form.editor(name), wrong)
        program.wait(lambda name=name, sentence=sentence: says(name) == sentence)
        program.type(form.editor(name), before)
        if not before:
            form.editor(name).clear()
        program.wait(lambda name=name, sentence=sentence: says(name) != sentence)
    program.type(form.editor("certificate"), str(tmp_path / "none.pem"))
    form.editor("certificate").editingFinished.emit()
    assert "There is no file" in says("certificate")
    (tmp_path / "cert.pem").write_text("x")
    program.type(form.editor("certificate"), str(tmp_path / "cert.pem"))
    program.wait(lambda: says("certificate") == "Give both, or none.")
    program.type(form.editor("certificate_key"), str(tmp_path / "cert.pem"))
    program.type(form.editor("public_url"), "https://lab.example.org/crowd")
    program.type(form.editor("port"), "8123")
    program.wait(lambda: program.session.settings.task_server.port == 8123)
    kept = program.session.settings.task_server
    assert (kept.public_url, kept.certificate) == (
        "https://lab.example.org/crowd",
        str(tmp_path / "cert.pem"),
    )
    form.editor("public_url").clear()
    program.wait(lambda: settings.load(program.folder).task_server.public_url == "")
    assert settings.load(program.folder).task_server.port == 8123


def test_what_is_set_elsewhere_is_shown_and_not_set_back(program):
    page = program.window.show_page("settings")
    found = program.session.settings
    serving = dataclasses.replace(found.task_server, reach="local network")
    program.session.set_settings(dataclasses.replace(found, task_server=serving))
    assert page.forms["task_server"].editor("reach").currentData() == "local network"
    program.type(page.forms["rejections"].editor("most_per_batch"), "7")
    program.wait(lambda: program.session.settings.rejections.most_per_batch == 7)
    assert program.session.settings.task_server.reach == "local network"


def test_a_good_workspace_is_good(full_program):
    program = full_program
    page = program.window.show_page("settings")
    program.click(page.verify)
    program.wait(lambda: "journal rows are as they were written" in page.findings.text())
    assert "The head to keep elsewhere: " in page.findings.text()
    program.click(page.copy_findings)
    assert "as they were written" in QGuiApplication.clipboard().text()
    program.click(page.look_over)
    program.wait(lambda: "All is well" in page.findings.text())


def test_what_somebody_changed_behind_our_back_is_named(full_program):
    program = full_program
    page = program.window.show_page("settings")
    with sqlite3.connect(program.folder / "crowddesk.sqlite") as conn:
        conn.execute("UPDATE journal SET who = 'nobody' WHERE id = 2")
        conn.execute("UPDATE run_total SET units = units + 5 WHERE status = 'completed'")
    conn.close()
    program.click(page.verify)
    program.wait(lambda: "Journal row 2" in page.findings.text())
    program.click(page.look_over)
    program.wait(lambda: "run_total" in page.findings.text() and "journal 2" in page.findings.text())


def test_about_names_what_is_installed(program):
    page = program.window.show_page("settings")
    program.click(page.copy_about)
    text = QGuiApplication.clipboard().text()
    assert "provider mock" in text
    assert "blueprint static_html" in text
    assert "Qt 6." in text
    program.wait(lambda: "mock" in program.words(page))


def test_nothing_overlaps_in_a_narrow_window(program):
    program.window.resize(700, 600)
    page = program.window.show_page("settings")

    def whole() -> bool:
        fields = [field for form in page.forms.values() for field in form._fields.values()]
        return all(field.height() >= field.minimumSizeHint().height() for field in fields)

    program.wait(whole)
