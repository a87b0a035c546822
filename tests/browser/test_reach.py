"""Who can use the worker's page: by keyboard, by ear, on a phone, in large print, in the dark, in company."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.visiting import SHORT, Visit, Visitor
from tests.taskserver.marketplace import link, serve_marketplace
from tests.taskserver.serving import serve

#: Text whose contrast against what is behind it is below 4.5, and controls that are too small to touch.
FAULTS = """() => {
  const rgba = text => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = element => {
    for (let at = element; at; at = at.parentElement) {
      const color = rgba(getComputedStyle(at).backgroundColor);
      if (color.length < 4 || color[3] > 0) return color;
    }
    return [255, 255, 255];
  };
  const faults = [];
  let looked = 0;
  for (const element of document.querySelectorAll("body *")) {
    const own = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    if (!element.checkVisibility() || element.closest(".unseen, noscript")) continue;
    if (own) {
      looked++;
      const [a, b] = [light(rgba(getComputedStyle(element).color)), light(ground(element))];
      const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      if (contrast < 4.5) faults.push(`${element.textContent.trim()}: contrast ${contrast}`);
    }
    if (element.matches("button, input, .button")) {
      const {width, height} = element.getBoundingClientRect();
      if (width < 44 || height < 44) faults.push(`${element.id}: ${width} x ${height}`);
    }
  }
  if (document.documentElement.scrollWidth > innerWidth) faults.push("wider than the window");
  return looked > 2 ? faults : ["nothing was looked at"];
}"""


def focusable_without_name(page: Page) -> list[str]:
    """Roles of what can have the focus and has no accessible name, by the browser's accessibility tree."""
    client = page.context.new_cdp_session(page)
    nodes: list[dict[str, Any]] = client.send("Accessibility.getFullAXTree")["nodes"]
    found = []
    controls = 0
    for node in nodes:
        states = {state["name"]: state["value"].get("value") for state in node.get("properties", [])}
        role = node.get("role", {}).get("value")
        if node["ignored"] or not states.get("focusable") or role == "RootWebArea":
            continue
        controls += 1
        if not node.get("name", {}).get("value"):
            found.append(role)
    assert controls > 0
    return found


SIZES = {"phone": (360, 740, "100%"), "desk": (1280, 800, "100%"), "large print": (360, 740, "200%")}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_every_view_can_be_read_touched_and_named(
    visit: Visit, tmp_path: Path, size: str, scheme: str
) -> None:
    width, height, print_size = SIZES[size]

    def check(ann: Visitor) -> None:
        ann.page.evaluate("size => { document.documentElement.style.fontSize = size }", print_size)
        assert ann.page.evaluate(FAULTS) == []
        assert focusable_without_name(ann.page) == []

    with serve(tmp_path, items=1, template=SHORT) as serving:
        ann = visit(
            serving.url,
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            reduced_motion="reduce",
        )
        expect(ann.page.get_by_label("Your name")).to_be_visible()
        check(ann)
        ann.sign_in("Zoë")
        expect(ann.note).to_be_visible()
        check(ann)
        ann.press("Return")
        check(ann)
        ann.press("Keep working")
        ann.page.evaluate("document.getElementById('time').classList.add('soon')")
        check(ann)
        durations = "[...document.querySelectorAll('*')].map(e => getComputedStyle(e).transitionDuration)"
        assert set(ann.page.evaluate(durations)) == {"0s"}
        ann.context.set_offline(True)
        ann.note.fill("x")
        ann.submit()
        ann.sees_heading("Your answer is not sent yet")
        ann.sees("No connection.")
        check(ann)
        ann.context.set_offline(False)
        ann.sees_the_end()
        check(ann)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_the_way_back_can_be_read_touched_and_named(
    visit: Visit, tmp_path: Path, size: str, scheme: str
) -> None:
    width, height, print_size = SIZES[size]
    with serve_marketplace(tmp_path, items=1, template=SHORT) as serving:
        ann = visit(link(serving.url), viewport={"width": width, "height": height}, color_scheme=scheme)

        def check() -> None:
            ann.page.evaluate("size => { document.documentElement.style.fontSize = size }", print_size)
            assert ann.page.evaluate(FAULTS) == []
            assert focusable_without_name(ann.page) == []

        expect(ann.note).to_be_visible()
        ann.submit()
        ann.sees_heading("Thank you")
        check()
        ann.press("Stay here")
        ann.page.reload()
        ann.sees_heading("That was all")
        check()


def test_everything_is_done_by_keyboard_in_the_order_of_the_page(visit: Visit, tmp_path: Path) -> None:
    with serve(tmp_path, items=1, template=SHORT) as serving:
        ann = visit(serving.url)
        keys = ann.page.keyboard
        expect(ann.page.get_by_label("Your name")).to_be_focused()
        keys.type("Zoë")
        keys.press("Tab")
        assert ann.page.evaluate("document.activeElement.textContent") == "Begin"
        outline = "parseFloat(getComputedStyle(document.activeElement).outlineWidth)"
        assert ann.page.evaluate(outline) >= 2
        keys.press("Enter")
        expect(ann.page.get_by_role("heading", name="The task")).to_be_focused()
        expect(ann.frame).to_be_visible()
        expect(ann.note).to_be_visible()
        keys.press("Tab")
        expect(ann.note).to_be_focused()
        expect(ann.frame).to_be_focused()
        keys.type("by hand")
        keys.press("Tab")
        expect(ann.task.get_by_role("button", name="Submit")).to_be_focused()
        keys.press("Tab")
        expect(ann.page.locator("#sign-out")).to_be_focused()
        assert ann.page.evaluate(outline) >= 2
        keys.press("Shift+Tab")
        expect(ann.task.get_by_role("button", name="Submit")).to_be_focused()
        keys.press("Shift+Tab")
        expect(ann.note).to_be_focused()
        keys.press("Shift+Tab")
        expect(ann.page.locator("#return")).to_be_focused()
        keys.press("Enter")
        expect(ann.page.get_by_role("button", name="Keep working")).to_be_focused()
        keys.press("Escape")
        expect(ann.page.locator("#return")).to_be_focused()
        expect(ann.note).to_have_value("by hand")
        ann.click_into(ann.note)
        ann.note.press("Enter")
        ann.sees_the_end()


@pytest.mark.parametrize(
    ("knows", "dark"), [("", False), ('<meta name="color-scheme" content="light dark">', True)]
)
def test_only_a_task_that_knows_the_dark_is_shown_in_it(
    visit: Visit, tmp_path: Path, knows: str, dark: bool
) -> None:
    with serve(tmp_path, template=f"<!doctype html><head>{knows}</head>{SHORT}") as serving:
        ann = visit(serving.url, color_scheme="dark").sign_in("Zoë")
        expect(ann.note).to_be_visible()
        expect(ann.page.locator("iframe")).to_have_class("knows-dark" if dark else "")
        text = ann.page.frames[1].evaluate("getComputedStyle(document.querySelector('p')).color")
        ground = ann.page.evaluate("getComputedStyle(document.querySelector('iframe')).backgroundColor")
        black, white, paper = "rgb(0, 0, 0)", "rgb(255, 255, 255)", "rgb(22, 25, 29)"
        assert (text, ground) == ((white, paper) if dark else (black, white))


def test_the_page_says_its_language_and_frames_the_task_with_a_name(visit: Visit, tmp_path: Path) -> None:
    title = "جملة <b>واحدة</b> 🙂"

    def rename(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json=answer.json() | {"title": title, "sandbox": True})

    with serve(tmp_path, template=SHORT) as serving:
        ann = visit("about:blank")
        ann.page.route("**/about", rename)
        ann.url = serving.url
        ann.open().sign_in("Zoë")
        expect(ann.page.locator("html")).to_have_attribute("lang", "en")
        expect(ann.page.get_by_text("SANDBOX")).to_be_visible()
        # A title is text, and runs in its own direction.
        expect(ann.page.get_by_role("heading", level=1)).to_have_text(title)
        assert ann.page.evaluate("getComputedStyle(document.querySelector('h1')).direction") == "rtl"
        expect(ann.page.locator("iframe")).to_have_attribute("title", f"Task: {title}")


@pytest.mark.parametrize("chromium", ["together", "isolated"], indirect=True)
def test_the_task_reaches_neither_the_page_around_it_nor_what_it_remembers(
    visit: Visit, tmp_path: Path
) -> None:
    page = """<form><input name="note"><button type="submit">Submit</button></form><p id="told"></p><script>
      // Its own of both are empty ones that stand in for what it may not touch.
      const some = thing => { if (!thing.length) throw new Error("empty"); };
      const tries = {storage: () => some(localStorage), page: () => parent.document.title,
                     cookie: () => some(document.cookie), top: () => { top.location = "about:blank"; }};
      const works = name => { try { tries[name](); return true; } catch { return false; } };
      const reached = Object.keys(tries).filter(works);
      told.textContent = `reached: ${reached.join() || "nothing"}`;
    </script>"""
    with serve(tmp_path, template=page) as serving:
        ann = visit(serving.url)
        ann.expected_faults = ["top-level", "navigate"]
        ann.page.evaluate("document.cookie = 'of=the page'")
        ann.sign_in("Zoë")
        expect(ann.task.get_by_text("reached: nothing")).to_be_visible()
        assert ann.page.evaluate("localStorage.length > 0 && document.cookie === 'of=the page'")


def test_a_partner_is_waited_for_comes_and_leaves(visit: Visit, tmp_path: Path) -> None:
    asked: list[str] = []

    def wait_first(route: Route) -> None:
        answer = route.fetch()
        asked.append(answer.json()["kind"])
        early = {"kind": "waiting", "again": 1, "status": "waiting"} if len(asked) < 3 else {}
        route.fulfill(response=answer, json=answer.json() | early)

    with serve(tmp_path, template=SHORT) as serving:
        ann = visit("about:blank")
        ann.page.route("**/api/next", wait_first)
        ann.url = serving.url
        ann.open().sign_in("Zoë")
        ann.sees_heading("Waiting for your partner")
        expect(ann.page.get_by_role("button", name="Return")).to_be_visible()
        expect(ann.page).to_have_title("Your partner is here")
        expect(ann.page.get_by_role("status").filter(has_text="Your partner is here")).to_be_attached()
        ann.write("still typing")
        visits = serving.server._service._runs[int(serving.run.db_id)].visits  # type: ignore[union-attr]
        visits.send_status_update("1", "partner disconnect")
        ann.sees("Your partner has left. You can still send what you have.")
        expect(ann.note).to_have_value("still typing")
        ann.submit()
        ann.sees("Your answer is stored. Thank you.")
        expect(ann.page).to_have_title(re.compile("^contract"))
