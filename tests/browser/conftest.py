"""A real Chromium for the tests of this folder, and people in it; skipped where there is none."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, expect, sync_playwright

from tests.browser.visiting import Visit, Visitor

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


#: A sandboxed frame in a process of its own gets no click before it has drawn. People wait for that,
#: Playwright does not: its clicks would go to the page around it and be lost. Of several lists of features
#: Chromium takes the last, and Playwright gives one, too: so the last has what is in all.
TOGETHER = f"""#!/bin/sh
features=IsolateSandboxedIframes
for word; do
    case $word in --disable-features=*) features=$features,${{word#*=}} ;; esac
done
exec {CHROMIUM} "$@" "--disable-features=$features"
"""


#: Milliseconds in which what is expected has to be there: a whole new frame takes seconds on a busy machine.
expect.set_options(timeout=20_000)


@pytest.fixture(scope="module")
def chromium(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One browser for all tests of a file; each takes a context of its own.

    Not for the whole session: Playwright keeps a loop running in this thread, and tests of other folders,
    which the same process may run next, want one of their own. A test may ask for the one that is `isolated`:
    its sandboxed frames are in processes of their own, as people's are, and nothing can be clicked in them.
    """
    if not os.access(CHROMIUM, os.X_OK):
        pytest.skip(f"needs {CHROMIUM}: run packaging/setup.sh test")
    path = Path(CHROMIUM)
    if getattr(request, "param", "together") == "together":
        path = tmp_path_factory.mktemp("chromium") / "chromium"
        path.write_text(TOGETHER, encoding="utf-8")
        path.chmod(0o755)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Visit]:
    """Opens a run's page in a browser of its own. An uncaught error or a breach of a policy fails a test."""
    visitors: list[Visitor] = []
    faults: list[str] = []

    def look(message: ConsoleMessage) -> None:
        # What a browser says of a server that is not there is no fault of the page.
        absent = ("Failed to load resource", "WebSocket connection")
        if message.type == "error" and not any(part in message.text for part in absent):
            faults.append(message.text)

    def open_page(url: str, **options: Any) -> Visitor:
        context = chromium.new_context(**options)
        context.set_default_timeout(15_000)
        context.on("weberror", lambda error: faults.append(str(error.error)))
        context.on("console", look)
        visitors.append(Visitor(context.new_page(), url))
        return visitors[-1].open()

    yield open_page
    for visitor in visitors:
        visitor.context.close()
    expected = [part for visitor in visitors for part in visitor.expected_faults]
    assert [fault for fault in faults if not any(part in fault for part in expected)] == []
