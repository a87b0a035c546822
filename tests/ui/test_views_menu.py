"""The views of a list: starters and one's own with counts, saved, arranged, and kept up to date."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from crowddesk.operations import decisions
from crowddesk.store import queries
from crowddesk.store.views import save_view, views_of
from crowddesk.ui import saved_views
from crowddesk.ui.dialogs.views import SaveViewDialog, ViewsDialog
from crowddesk.ui.saved_views import MANY, SavedViews, count_words


def entries(menu) -> dict[str, str]:
    """The entries with a count, as they stand in the menu."""
    found = [action.text().split("\t") for action in menu.shown.actions() if "\t" in action.text()]
    return {parts[0]: parts[1] for parts in found}


def opened(page):
    page.views.shown.aboutToShow.emit()
    return page.views


def add(desk, name: str, search: str, noun: str = "units", **more) -> None:
    with desk.db.write() as w:
        save_view(w, desk.db.who, noun, name, search, **more)


def stored(desk) -> list[str]:
    with desk.db.read() as conn:
        return [view.name for view in views_of(conn, desk.db.who, "units")]


def test_starters_have_counts_that_follow_changes(desk, qtbot):
    page = desk.page("units")
    menu = opened(page)
    assert set(entries(menu).values()) == {"…"}
    qtbot.waitUntil(lambda: entries(menu)["All units"] == "12")
    qtbot.waitUntil(lambda: "…" not in entries(menu).values())
    assert entries(menu)["Waiting for review"] == "12"
    assert entries(menu)["Rejected"] == "0"
    decisions.decide(desk.db, "approve", [1, 2])
    qtbot.waitUntil(lambda: entries(menu)["Waiting for review"] == "10", timeout=8_000)
    assert entries(menu)["Decided, not sent"] in ("2", "0")
    qtbot.waitUntil(lambda: entries(menu)["Decided, not sent"] == "2", timeout=8_000)


def test_nothing_is_counted_that_nobody_looks_at(desk, qtbot, monkeypatch):
    asked = []
    real = saved_views._count
    monkeypatch.setattr(saved_views, "_count", lambda db, key: asked.append(key) or real(db, key))
    page = desk.page("units")
    decisions.decide(desk.db, "approve", [1])
    qtbot.waitUntil(lambda: bool(desk.session.staged))
    assert asked == []
    menu = opened(page)
    qtbot.waitUntil(lambda: "…" not in entries(menu).values())
    menu.shown.aboutToHide.emit()
    counted = len(asked)
    for unit in range(2, 9):
        decisions.decide(desk.db, "approve", [unit])
    qtbot.waitUntil(lambda: sum(part.actions for part in desk.session.staged) == 8)
    assert len(asked) == counted


def test_many_changes_are_counted_once(desk, qtbot, monkeypatch):
    asked = []
    real = saved_views._count
    monkeypatch.setattr(saved_views, "_count", lambda db, key: asked.append(key) or real(db, key))
    monkeypatch.setattr(saved_views, "_PAUSE_MS", 300)
    views = SavedViews.of(desk.session)
    views.want("test", [("units", "pending:none")])
    qtbot.waitUntil(lambda: views.count_of("units", "pending:none") == 12)
    for unit in range(1, 9):
        decisions.decide(desk.db, "approve", [unit])
    qtbot.waitUntil(lambda: views.count_of("units", "pending:none") == 4, timeout=8_000)
    assert len(asked) <= 4


def test_a_count_that_takes_long_says_many(desk, qtbot, monkeypatch):
    monkeypatch.setattr(saved_views, "_LONGEST_S", 0.0)
    views = SavedViews.of(desk.session)
    views.want("test", [("units", "time:<20s"), ("units", "statu:x")])
    qtbot.waitUntil(lambda: None not in [views.count_of("units", s) for s in ("time:<20s", "statu:x")])
    assert views.count_of("units", "time:<20s") == MANY
    assert count_words(views.count_of("units", "time:<20s")) == "many"
    assert count_words(views.count_of("units", "statu:x")) == "?"
    assert count_words(None) == "…"
    assert count_words(1_234) == "1,234"


def test_what_is_shown_is_saved_with_its_order_and_columns_and_comes_back(desk, qtbot):
    page = desk.page("units")
    page.table.columns.show_column(page.model.column_of("agent"), True)
    page.model.sort(page.model.column_of("seconds"), Qt.SortOrder.DescendingOrder)
    page.search("status:completed time:>1s")
    page.views.save()
    dialog = desk.dialog(SaveViewDialog)
    assert not dialog.verb.isEnabled()
    qtbot.keyClicks(dialog.name, "R&D <b>slow</b>")
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    desk.said("is among your views")
    page.table.columns.reset_all()
    page.model.sort(page.model.column_of("id"), Qt.SortOrder.AscendingOrder)
    page.search("")
    qtbot.waitUntil(lambda: bool(page.views.views.of_noun("units")))
    menu = opened(page)
    [mine] = [a for a in menu.shown.actions() if "R&&D" in a.text()]
    mine.trigger()
    assert page.panel.search.text() == "status:completed time:>1s"
    assert (page.model.query.sort, page.model.query.descending) == ("seconds", True)
    assert not page.table.isColumnHidden(page.model.column_of("agent"))
    menu = opened(page)
    [mine] = [a for a in menu.shown.actions() if "R&&D" in a.text()]
    assert mine.isChecked()


def test_a_taken_name_is_said_before_it_is_replaced(desk, qtbot):
    add(desk, "Mine", "status:rejected")
    page = desk.page("units")
    qtbot.waitUntil(lambda: bool(page.views.views.rows))
    page.search("status:completed")
    page.views.save()
    dialog = desk.dialog(SaveViewDialog)
    qtbot.keyClicks(dialog.name, "Mine")
    assert dialog.verb.text() == "Replace “Mine”"
    dialog.layout_too.setChecked(False)
    dialog.verb.click()
    qtbot.waitUntil(lambda: page.views.views.rows[0].search == "status:completed")
    assert page.views.views.rows[0].columns == ()


def test_views_are_renamed_moved_and_removed_by_keys_and_brought_back(desk, qtbot):
    for name in "abc":
        add(desk, name, "")
    page = desk.page("units")
    qtbot.waitUntil(lambda: len(page.views.views.rows) == 3)
    page.views.arrange()
    dialog = desk.dialog(ViewsDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.keyClick(dialog.list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: stored(desk) == ["b", "a", "c"])
    qtbot.waitUntil(lambda: dialog.list.currentRow() == 1)
    qtbot.keyClick(dialog.list, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), QLineEdit))
    editor = QApplication.focusWidget()
    qtbot.keyClicks(editor, "b")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "already" in dialog._problem.text())
    assert dialog.list.currentItem().text() == "a"
    qtbot.keyClick(dialog.list, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: stored(desk) == ["b", "c"])
    qtbot.waitUntil(lambda: dialog.list.count() == 2)
    assert not dialog.grab().isNull()
    dialog.verb.click()
    desk.window.toast.undo()
    qtbot.waitUntil(lambda: sorted(stored(desk)) == ["a", "b", "c"])


def test_views_are_of_this_person(desk, qtbot):
    with desk.db.write() as w:
        save_view(w, "somebody else", "units", "Theirs", "")
    add(desk, "Mine", "")
    page = desk.page("units")
    qtbot.waitUntil(lambda: bool(page.views.views.rows))
    assert [view.name for view in page.views.views.of_noun("units")] == ["Mine"]


def test_each_starter_of_each_list_can_be_read(desk, qtbot):
    for key, listing in (
        ("units", queries.UNITS),
        ("workers", queries.WORKERS),
        ("payments", queries.ACTIONS),
    ):
        for _, text in desk.page(key).views._starters:
            listing.parse(text)
