"""Where a link leads, by the settings: one answer for the server, the window and the command line."""

from __future__ import annotations

import subprocess
import sys

import pytest

from crowddesk.settings import TaskServing
from crowddesk.taskserver import sites


@pytest.mark.parametrize(
    ("serving", "port", "link"),
    [
        (TaskServing(), 40123, "http://h:40123/r/tok/"),
        (TaskServing(certificate="c.pem"), 443, "https://h:443/r/tok/"),
        (TaskServing(), 0, ""),
        (TaskServing(public_url="https://lab.example.org/x/"), 0, "https://lab.example.org/x/r/tok/"),
        (TaskServing(public_url="https://lab.example.org"), 40123, "https://lab.example.org/r/tok/"),
    ],
)
def test_a_link_names_the_public_address_or_this_computer(serving: TaskServing, port: int, link: str) -> None:
    assert sites.link_at(serving, "h", port, "tok") == link


def test_links_name_the_network_only_when_it_is_open_to_that(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sites, "network_address", lambda: "192.168.1.7")
    assert sites.host_of(TaskServing()) == "127.0.0.1"
    assert sites.host_of(TaskServing(reach="local network")) == "192.168.1.7"
    monkeypatch.setattr(sites, "network_address", lambda: "")
    assert sites.host_of(TaskServing(reach="local network")) == "127.0.0.1"


def test_who_asks_for_a_link_does_not_load_the_web_framework() -> None:
    asks = "import sys, crowddesk.taskserver.sites; sys.exit('aiohttp' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asks], timeout=60).returncode == 0
