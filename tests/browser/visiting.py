"""What a worker does in the browser, in words of the page: sign in, see, type, send."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from playwright.sync_api import BrowserContext, FrameLocator, Locator, Page, WebSocket, expect

from crowddesk.data_model.database import CrowdDatabase
from crowddesk.store import records

#: A template with scripts of its own and one of each everyday control.
TEMPLATE = """<!doctype html>
<html><head><style>body { font-family: sans-serif }</style></head><body>
<h2>Does it follow?</h2>
<p id="item">${text}</p>
<form>
  <label><input type="radio" name="answer" value="yes" required> Yes</label>
  <label><input type="radio" name="answer" value="no"> No</label>
  <label><input type="checkbox" name="why" value="clear"> It is clear</label>
  <label><input type="checkbox" name="why" value="odd"> It is odd</label>
  <label>How sure <select name="sure"><option>little<option>much</select></label>
  <label>Note <textarea name="note"></textarea></label>
  <label>Not sent <input></label>
  <input type="hidden" name="counted" id="counted">
  <button type="submit" name="button" value="pressed">Submit</button>
</form>
<script>
  const item = "${text}";
  document.querySelector("form").addEventListener("input", () => {
    document.getElementById("counted").value = item.length;
  });
</script>
</body></html>
"""

#: One field, nothing else.
SHORT = '<p>${text}</p><label>Note <input name="note"></label>'


class Visitor:
    """One person's browser: a context of its own, with one page of a run open."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url
        #: Parts of errors that the test means to cause in the browser.
        self.expected_faults: list[str] = []
        self._sockets: list[WebSocket] = []
        page.on("websocket", lambda socket: self._sockets.append(socket))

    @property
    def context(self) -> BrowserContext:
        return self.page.context

    @property
    def frame(self) -> Locator:
        """What holds the task: keys go there once this has the focus."""
        return self.page.locator("#frame iframe")

    @property
    def task(self) -> FrameLocator:
        return self.frame.content_frame

    @property
    def note(self) -> Locator:
        return self.task.get_by_label("Note")

    def open(self) -> Visitor:
        self.page.goto(self.url)
        return self

    def sign_in(self, name: str) -> Visitor:
        self.page.get_by_label("Your name").fill(name)
        self.press("Begin")
        expect(self.page.get_by_text(f"Signed in as {name}.")).to_be_visible()
        return self

    def press(self, button: str) -> None:
        self.page.get_by_role("button", name=button, exact=True).click()

    def submit(self) -> None:
        self.task.get_by_role("button", name="Submit").click()

    def sees(self, text: str) -> None:
        """A sentence of the page around the task."""
        expect(self.page.get_by_text(text).first).to_be_visible()

    def sees_heading(self, text: str) -> None:
        """A page of words; it has the focus, so that it is read out."""
        heading = self.page.get_by_role("heading", name=text)
        expect(heading).to_be_visible()
        expect(heading).to_be_focused()

    def sees_the_end(self) -> None:
        """The thanks for the last answer, when everything is done."""
        self.sees_heading("That was all")
        self.sees("Your answer is stored. Thank you.")

    def write(self, text: str) -> None:
        """Types a note and waits until this device remembers it."""
        self.note.fill(text)
        self.wait_for_draft(text)

    def click_into(self, part: Locator) -> None:
        """Clicks on a part of the task, and waits until what is typed goes to it."""
        part.click()
        expect(self.frame).to_be_focused()

    def wait_for_draft(self, part: str) -> None:
        part = json.dumps(part, ensure_ascii=False)[1:-1]
        self.page.wait_for_function(
            "part => Object.values(localStorage).some(v => v.includes(part))", arg=part
        )

    def beat(self) -> None:
        """Lets the page look whether the server is still there, and waits for the answer."""
        with self._sockets[-1].expect_event("framereceived"):
            self.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    def remembers(self, part: str) -> bool:
        """Whether something with these words is kept on this device."""
        kept = json.loads(self.page.evaluate("JSON.stringify(localStorage)"))
        return any(part in name or part in value for name, value in kept.items())


#: Opens the page of a run in a browser of its own, with options of a Playwright context.
Visit = Callable[..., Visitor]


def answers(db: CrowdDatabase) -> list[dict[str, Any]]:
    """What was stored, in the order in which it came."""
    with db.read() as conn:
        return [json.loads(row["answer"]) for row in records.find(conn, "submission")]


def work(db: CrowdDatabase) -> list[dict[str, Any]]:
    """The stored submissions, whole."""
    with db.read() as conn:
        return [dict(row) for row in records.find(conn, "submission")]
