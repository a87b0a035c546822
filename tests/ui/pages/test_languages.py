"""Every page and dialog in a language that is a third longer, accented, and read from either side."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QObject, Qt, QTranslator
from PySide6.QtWidgets import QApplication

from crowddesk import language, paths
from crowddesk.registry import blueprint_types, provider_types
from crowddesk.ui import locale
from tests.scripts import load
from tests.ui.said import cut, unsaid, words_in, words_of_workspace

ROOT = Path(__file__).parents[3]
PAGES = ("home", "requesters", "runs", "units", "review", "workers", "payments", "settings")
#: Names, codes and keys that are the same in every language.
NAMES = {
    "crowddesk", "python", "qt", "pyside", "sqlite", "ctrl", "shift", "alt", "space", "del", "esc", "return",
    "enter", "ins", "tab", "home", "end", "backspace", "usd", "gbp", "eur", "csv", "xlsx", "json", "jsonl",
    "parquet", "prolific", "mock", "inhouse", "http", "https", "html", "utc", "mace", "dawid", "skene", "tsv",
}  # fmt: skip


@pytest.fixture(scope="session")
def translations(tmp_path_factory) -> Path:
    """The folder of the pseudo-languages, made from the texts of the source as it is."""
    tool = load("translations")
    folder = tmp_path_factory.mktemp("translations")
    tool.extract(folder / "crowddesk.ts")
    tool.release(folder, folder / "crowddesk.ts")
    return folder


@pytest.fixture
def speak(qapp, translations, monkeypatch):
    """Has the program speak a language until the test ends."""

    def begin(code: str) -> None:
        monkeypatch.setattr(locale, "_folder", lambda: translations)
        monkeypatch.setenv(locale.VARIABLE, code)
        locale.speak_language(qapp)

    yield begin
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
        translator.deleteLater()
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    QLocale.setDefault(QLocale.c())
    language.speak(language.ENGLISH)


@pytest.mark.parametrize("code", ["en_XA", "ar_XB"])
@pytest.mark.parametrize(("width", "percent"), [(1280, 100), (760, 100), (1280, 200)])
def test_every_page_is_said_and_nothing_is_cut(speak, open_program, finished_workspace, code, width, percent):
    speak(code)
    program = open_program(finished_workspace)
    program.desk.theme.set(scale=percent)
    program.window.resize(width, 800)
    names = f"{program.folder} {paths.plugins_dir()} {' '.join(provider_types() + blueprint_types())}"
    silent: dict[str, set[str]] = {}
    short: dict[str, set[str]] = {}
    for page in PAGES:
        program.window.show_page(page)
        _let_settle(program)
        data = words_of_workspace(program.folder) | words_in(names) | NAMES
        silent[page] = unsaid(program.window, data).difference(*silent.values())
        short[page] = cut(program.window)
    assert not any(silent.values()), _listed(silent)
    assert not any(short.values()), _listed(short)


def _listed(found: dict[str, set[str]]) -> str:
    return "\n".join(f"{page}: {line}" for page, lines in found.items() for line in sorted(lines))


class _Heard(QObject):
    """Hears an answer of the reader's."""

    heard = False

    def hear(self, _answer: object) -> None:
        self.heard = True


def _let_settle(program) -> None:
    """Until what the page asked for is there and laid out: the reader answers in turn."""
    for _ in range(3):
        last = _Heard(program.window)
        program.session.ask(lambda conn: None, last.hear)
        program.qtbot.waitUntil(lambda last=last: last.heard)
        QApplication.processEvents()
