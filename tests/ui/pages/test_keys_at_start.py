"""Keys in a settings file that cannot be used are said, not fatal; the palette of the whole program."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.ui.pages.conftest import Program


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ("  lists.aprove: Y", "There is no command 'lists.aprove'. Did you mean lists.approve?"),
        ("  lists.approve: gurgle", "'gurgle' is no key"),
        ("  lists.approve: Ctrl+Z\n  commands: '?'", "And 1 more."),
    ],
)
def test_it_opens_and_says_so(qtbot, qapp, theme, workspace_path, keys, words):
    workspace_path.mkdir()
    (workspace_path / "settings.yaml").write_text(f"keys:\n{keys}\n", encoding="utf-8")
    program = Program(qtbot, qapp, workspace_path)
    qtbot.addWidget(program.window)
    try:
        program.wait(program.window.banner.isVisible)
        assert words in program.window.banner.accessibleName()
        program.click(program.window.banner._action)
        page = program.window.show_page("settings")
        program.wait(lambda: page.keys.faults.isVisible())
        program.click(page.keys.reset)
        assert program.session.keys.faults == []
        assert program.session.settings.keys == {}
    finally:
        program.close()


def test_the_palette_of_the_program_leads_everywhere(full_program, qtbot):
    from crowddesk.ui.palette import CommandPalette

    program = full_program

    def go(typed: str) -> None:
        def opened():
            if not program.window.findChildren(CommandPalette):
                program.window.commands_wanted.emit()
            return [p for p in program.window.findChildren(CommandPalette) if p.isVisible()]

        program.wait(lambda: bool(opened()))
        palette = opened()[0]
        qtbot.keyClicks(palette.line, typed)
        program.wait(lambda: any(typed.lower() in e.title.lower() for e in palette.shown))
        while typed.lower() not in palette.line.accessibleDescription().partition(",")[0].lower():
            qtbot.keyClick(palette.line, Qt.Key.Key_Down)
        qtbot.keyClick(palette.line, Qt.Key.Key_Return)
        program.wait(lambda: not program.window.findChildren(CommandPalette))

    go("Payments")
    assert program.window.current_page == "payments"
    go("Which colour?")
    assert program.window.current_page == "runs"
    program.wait(lambda: program.window.show_page("runs").run_page.run is not None)
    go("Notifications")
    assert program.window.current_page == "settings"
