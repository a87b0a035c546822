"""How a task's own page is taken over: its scripts keep their rights, and one answer leaves it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.visiting import Visit, answers, work
from tests.taskserver.serving import serve

PAGE = Path(__file__).parents[2] / "crowddesk" / "taskserver" / "page"


def form(inside: str, attributes: str = "") -> str:
    return f"""<!doctype html><form id="mturk_form" {attributes}>
      <p>${{text}}</p><label>Note <input name="note" value="n"></label>{inside}</form>"""


SEND = '<button type="submit">Submit</button>'
PREVENTED = "event => { if (document.querySelector('[name=note]').value === 'n') event.preventDefault(); }"

#: What a page does by itself when it is submitted, and whether it refuses the note "n".
OWN_RIGHTS = {
    "an onsubmit attribute": form(SEND, "onsubmit=\"return this.note.value !== 'n'\""),
    "a listener": form(SEND) + f"<script>document.forms[0].addEventListener('submit', {PREVENTED})</script>",
    "a listener of the window": form(SEND) + f"<script>addEventListener('submit', {PREVENTED})</script>",
    "a listener that stops the event": form(SEND)
    + f"""<script>document.forms[0].addEventListener('submit', event => {{
        event.stopImmediatePropagation(); ({PREVENTED})(event); }})</script>""",
    "the browser's validation": form(SEND).replace('value="n"', 'pattern="[^n]+" value="n"'),
    "a button that submits by script": form("<button type='button' onclick='go()'>Submit</button>")
    + "<script>function go() { const f = document.forms[0]; if (f.note.value !== 'n') f.submit(); }</script>",
    "a button that asks to submit": form("<button type='button' onclick='go()'>Submit</button>")
    + """<script>function go() {
        const f = document.forms[0]; if (f.note.value !== 'n') f.requestSubmit(); }</script>""",
}


@pytest.mark.parametrize("kind", OWN_RIGHTS)
def test_a_task_may_refuse_its_own_submission(visit: Visit, tmp_path: Path, kind: str) -> None:
    with serve(tmp_path, items=1, template=OWN_RIGHTS[kind]) as serving:
        ann = visit(serving.url).sign_in("Zoë")
        ann.submit()
        ann.note.fill("yes")
        ann.submit()
        ann.sees_the_end()
        assert answers(serving.db) == [{"note": "yes"}]


WHAT_IS_SENT: dict[str, tuple[str, dict[str, Any]]] = {
    "the button that was pressed": (
        "<button name='way' value='left'>Left</button><button name='way' value='right'>Submit</button>",
        {"note": "n", "way": "right"},
    ),
    "a hidden field that a listener fills": (
        f"<input type='hidden' name='h'>{SEND}<script>document.forms[0].onsubmit = () => "
        "{ document.forms[0].h.value = 'late'; };</script>",
        {"note": "n", "h": "late"},
    ),
    "what a formdata listener adds": (
        f"{SEND}<script>document.forms[0].addEventListener('formdata', "
        "event => event.formData.append('more', '1'));</script>",
        {"note": "n", "more": "1"},
    ),
    "a field that lies outside and names its form": (
        f"{SEND}</form><input name='away' form='mturk_form' value='far'><form>",
        {"note": "n", "away": "far"},
    ),
    "nothing that is disabled or has no name": (
        f"<input value='nameless'><input name='off' value='1' disabled>{SEND}",
        {"note": "n"},
    ),
    "names that objects have already": (
        f"<input name='__proto__' value='p'><input name='constructor' value='c'>{SEND}",
        {"note": "n", "__proto__": "p", "constructor": "c"},
    ),
    "a button that its own listener disables": (
        "<button onclick='setTimeout(() => this.disabled = true)'>Submit</button>",
        {"note": "n"},
    ),
    "in spite of an action and a target of its own": (
        "<button formaction='https://away.invalid/' formmethod='post' formtarget='_blank'>Submit</button>",
        {"note": "n"},
    ),
}


@pytest.mark.parametrize("what", WHAT_IS_SENT)
def test_what_is_sent(visit: Visit, tmp_path: Path, what: str) -> None:
    inside, expected = WHAT_IS_SENT[what]
    with serve(
        tmp_path, items=1, template=form(inside, "method='post' action='https://mturk.invalid/'")
    ) as serving:
        ann = visit(serving.url).sign_in("Zoë")
        ann.submit()
        ann.sees_the_end()
        assert answers(serving.db) == [expected]
        assert len(ann.context.pages) == 1


def test_a_script_may_send_an_answer_of_its_own_and_keep_a_draft_of_its_own(
    visit: Visit, tmp_path: Path
) -> None:
    page = """<p>${text}</p><p id="count">0</p><button type="button" id="more">More</button>
    <form><input type="hidden" name="count"><button type="button" id="send">Submit</button></form>
    <script>
      let count = 0;
      const show = () => { document.getElementById("count").textContent = count; };
      crowddesk.onstart(({draft}) => { count = draft?.count ?? 0; show(); });
      more.onclick = () => { count++; show(); crowddesk.draft({count, said: `clicked ${count}`}); };
      send.onclick = () => { crowddesk.submit({count: String(count)}); crowddesk.submit({count: "twice"}); };
    </script>"""
    with serve(tmp_path, items=1, template=page) as serving:
        ann = visit(serving.url).sign_in("Zoë")
        more = ann.task.get_by_role("button", name="More")
        more.click()
        more.click()
        ann.wait_for_draft("clicked 2")
        ann.page.reload()
        expect(ann.task.locator("#count")).to_have_text("2")
        ann.task.get_by_role("button", name="Submit").click()
        ann.sees_the_end()
        assert answers(serving.db) == [{"count": "2"}]


def test_fields_that_a_script_draws_later_get_their_words_back_too(visit: Visit, tmp_path: Path) -> None:
    page = (
        form(f"<div id='late'></div>{SEND}")
        + """<script>
      setTimeout(() => { late.innerHTML = "<label>Later <input name='later'></label>"; }, 200);
    </script>"""
    )
    with serve(tmp_path, items=1, template=page) as serving:
        ann = visit(serving.url).sign_in("Zoë")
        ann.task.get_by_label("Later").fill("drawn later")
        ann.wait_for_draft("drawn later")
        ann.page.reload()
        expect(ann.task.get_by_label("Later")).to_have_value("drawn later")
        ann.submit()
        ann.sees_the_end()
        assert answers(serving.db) == [{"note": "n", "later": "drawn later"}]


def test_after_a_refusal_the_same_buttons_work_again(visit: Visit, tmp_path: Path) -> None:
    page = form(f"<button type='submit' disabled>Never</button>{SEND}")
    with serve(tmp_path, items=1, template=page) as serving:
        ann = visit(serving.url).sign_in("Zoë")
        no = {"status": 400, "json": {"error": "Not like that."}}
        ann.page.route("**/api/submit", lambda route: route.fulfill(**no), times=1)
        ann.submit()
        ann.sees("Not like that.")
        expect(ann.task.get_by_role("button", name="Submit")).to_be_enabled()
        expect(ann.task.get_by_role("button", name="Never")).to_be_disabled()
        ann.submit()
        ann.sees_the_end()
        assert len(work(serving.db)) == 1


def test_what_has_no_place_without_an_origin_lasts_as_long_as_the_task(visit: Visit, tmp_path: Path) -> None:
    page = (
        form(SEND)
        + """<script>
      const said = [];
      for (const store of [localStorage, window.sessionStorage]) {
        store.setItem("n", 1); store.more = {}; store["clear"]; store.gone = "x";
        delete store.gone;
        said.push(store.getItem("n"), store.more, store.getItem("none"), store.none === undefined,
          store.length, store.key(1), Object.keys(store), "n" in store, "none" in store,
          JSON.stringify(store));
        store.removeItem("n"); said.push(store.n === undefined); store.clear(); said.push(store.length);
      }
      document.cookie = "a=1=2; path=/; max-age=60";
      document.cookie = "b = x ; expires=Thu, 01 Jan 2099 00:00:00 GMT";
      document.cookie = "bare";
      said.push(document.cookie);
      document.cookie = "a=; max-age=0";
      document.cookie = "b=; expires=Thu, 01 Jan 1970 00:00:00 GMT";
      said.push(document.cookie);
      document.forms[0].note.value = JSON.stringify(said);
    </script>"""
    )
    with serve(tmp_path, items=1, template=page) as serving:
        ann = visit(serving.url).sign_in("Zoë")
        ann.submit()
        ann.sees_the_end()
        (answer,) = answers(serving.db)
        store: list[Any] = ["1", "[object Object]", None, True, 2, "more", ["n", "more"], True, False]
        store += ['{"n":"1","more":"[object Object]"}', True, 0]
        assert json.loads(answer["note"]) == [*store, *store, "a=1=2; b=x; bare", "bare"]


def test_a_page_that_has_an_origin_keeps_its_own_storage(chromium: Browser) -> None:
    context = chromium.new_context()
    page = context.new_page()
    script = (PAGE / "frame.js").read_text(encoding="utf-8")
    html = f"<!doctype html><script>{script}</script>"
    page.route("**/*", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto("https://preview.invalid/")
    assert page.evaluate("localStorage instanceof Storage && sessionStorage instanceof Storage")
    assert not page.evaluate("Object.hasOwn(document, 'cookie')")
    context.close()


def test_a_link_opens_beside_the_task_and_not_in_its_place(visit: Visit, tmp_path: Path) -> None:
    page = form(f"<a href='https://elsewhere.invalid/page'>Guidelines</a> <a href='#x'>Down</a>{SEND}")
    with serve(tmp_path, items=1, template=page) as serving:
        ann = visit(serving.url).sign_in("Zoë")
        ann.context.route("https://elsewhere.invalid/**", lambda route: route.fulfill(body="guidelines"))
        ann.note.fill("kept")
        with ann.context.expect_page() as opened:
            ann.task.get_by_role("link", name="Guidelines").click()
        expect(opened.value).to_have_url("https://elsewhere.invalid/page")
        ann.task.get_by_role("link", name="Down").click()
        expect(ann.note).to_have_value("kept")
        assert len(ann.context.pages) == 2


HEIGHTS = {
    "a short one": "<p style='height: 90px'>short</p>",
    "a long one": "<p style='height: 3000px'>long</p>",
    "one with a wide table": "<p style='height: 500px; width: 4000px'>wide</p>",
    "one that grows": "<p id='p' style='height: 90px'>x</p>"
    "<script>setTimeout(() => p.style.height = '900px', 150)</script>",
    "one with a part out of the flow": "<p style='position: absolute; top: 1200px'>below</p>",
    "one as tall as its window and more": "<style>body { min-height: 100vh }</style><p>tall</p>",
}


@pytest.mark.parametrize("kind", HEIGHTS)
@pytest.mark.parametrize("width", [360, 1280])
def test_there_is_one_scroll_bar_at_most(visit: Visit, tmp_path: Path, kind: str, width: int) -> None:
    with serve(tmp_path, template=f"<!doctype html>{HEIGHTS[kind]}{form(SEND)[15:]}") as serving:
        ann = visit(serving.url, viewport={"width": width, "height": 740}).sign_in("Zoë")
        expect(ann.note).to_be_visible()
        inside = ann.page.frames[1]
        if kind == "one as tall as its window and more":
            # It cannot be measured by its content: it stops growing, and may scroll by itself.
            inside.wait_for_function("document.documentElement.style.overflowY !== 'hidden'")
            assert inside.evaluate("innerHeight") < 1000
        else:
            inside.wait_for_function(
                "document.documentElement.scrollHeight <= document.documentElement.clientHeight"
            )
            if kind == "one that grows":
                inside.wait_for_function("innerHeight > 900")
            if kind == "a short one":
                assert inside.evaluate("innerHeight") < 400
        assert ann.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
