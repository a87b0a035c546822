"""Pictures from elsewhere: https only, bounded, never from this computer's network, nor by a redirect."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest

from crowddesk.domain import BadInput, Cancelled
from crowddesk.ui.review import far_picture
from crowddesk.ui.review.far_picture import load

NUMBERS = {
    "pictures.example": ["93.184.216.34"],
    "cdn.example": ["2606:4700::1111"],
    "inner.example": ["10.0.0.7"],
    "both.example": ["93.184.216.34", "127.0.0.1"],
    "mapped.example": ["::ffff:127.0.0.1"],
    "metadata.example": ["169.254.169.254"],
    "localhost": ["127.0.0.1"],
    "none.example": [],
}


def resolve(host: str, port: int) -> list[str]:
    if host.replace(".", "").isdigit():
        return [host]
    try:
        return NUMBERS[host]
    except KeyError:
        raise OSError("no such host") from None


class Web:
    """What other servers answer; `asked` are the requests they got."""

    def __init__(self, answer: Callable[[httpx.Request], httpx.Response]) -> None:
        self.asked: list[httpx.Request] = []
        self._answer = answer

    def load(self, address: str, **more) -> bytes:
        def hear(request: httpx.Request) -> httpx.Response:
            self.asked.append(request)
            return self._answer(request)

        return load(address, resolve=resolve, transport=httpx.MockTransport(hear), **more)


def test_a_picture_comes_from_the_address_that_was_checked():
    web = Web(lambda request: httpx.Response(200, content=b"bytes"))
    assert web.load("https://pictures.example/a.png?x=1") == b"bytes"
    (asked,) = web.asked
    assert asked.url.host == "93.184.216.34"
    assert asked.headers["Host"] == "pictures.example"
    assert asked.extensions["sni_hostname"] == "pictures.example"
    assert asked.url.raw_path == b"/a.png?x=1"
    assert not {"cookie", "referer", "authorization"} & {name.lower() for name in asked.headers}


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("http://pictures.example/a.png", "not https"),
        ("ftp://pictures.example/a.png", "not https"),
        ("https://inner.example/a.png", "own network"),
        ("https://both.example/a.png", "own network"),
        ("https://mapped.example/a.png", "own network"),
        ("https://metadata.example/a.png", "own network"),
        ("https://localhost/a.png", "own network"),
        ("https://127.0.0.1/a.png", "own network"),
        ("https://none.example/a.png", "not known"),
        ("https://other.example/a.png", "not known"),
        ("https://me:secret@pictures.example/a.png", "password"),
        ("https://pictures.example:99999/a.png", "none"),
        ("https://", "not https"),
    ],
)
def test_what_is_not_asked(address: str, words: str):
    web = Web(lambda request: httpx.Response(200))
    with pytest.raises(BadInput, match=words):
        web.load(address)
    assert web.asked == []


def test_a_redirect_is_followed_to_another_public_server():
    def answer(request: httpx.Request) -> httpx.Response:
        if request.headers["Host"] == "pictures.example":
            return httpx.Response(302, headers={"Location": "//cdn.example/b.png"})
        return httpx.Response(200, content=b"there")

    web = Web(answer)
    assert web.load("https://pictures.example/a.png") == b"there"
    assert web.asked[1].extensions["sni_hostname"] == "cdn.example"


@pytest.mark.parametrize(
    "target",
    ["https://127.0.0.1:8000/", "https://inner.example/a", "http://pictures.example/b", "file:///etc/passwd"],
)
def test_a_redirect_into_this_network_is_refused(target: str):
    web = Web(lambda request: httpx.Response(302, headers={"Location": target}))
    with pytest.raises(BadInput):
        web.load("https://pictures.example/a.png")
    assert len(web.asked) == 1


def test_a_redirect_in_circles_ends():
    web = Web(lambda request: httpx.Response(302, headers={"Location": "https://pictures.example/a.png"}))
    with pytest.raises(BadInput, match="circles"):
        web.load("https://pictures.example/a.png")
    assert len(web.asked) == 5


def test_a_body_without_end_is_cut(monkeypatch):
    monkeypatch.setattr(far_picture, "MOST_BYTES", 1_000_000)
    sent = []

    def body():
        while True:
            sent.append(1)
            yield b"x" * 100_000

    with pytest.raises(BadInput, match="larger than 1 MB"):
        Web(lambda request: httpx.Response(200, content=body())).load("https://pictures.example/a.png")
    assert len(sent) < 20


def test_statuses_times_and_breaks_are_said():
    def break_off(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout("slow")

    def reset(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("reset")

    for answer, words in (
        (lambda request: httpx.Response(404), "status 404"),
        (
            lambda request: httpx.Response(200, headers={"Content-Encoding": "gzip"}, content=b""),
            "compressed",
        ),
        (break_off, "did not answer"),
        (reset, "could not be reached"),
    ):
        with pytest.raises(BadInput, match=words):
            Web(answer).load("https://pictures.example/a.png")


def test_it_can_be_cancelled():
    with pytest.raises(Cancelled):
        Web(lambda request: httpx.Response(200, content=b"x")).load(
            "https://pictures.example/a.png", cancelled=lambda: True
        )
