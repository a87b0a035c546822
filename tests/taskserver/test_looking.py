"""Pages that are only looked at, over the wire: who gets them, under which policy, what is refused."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from crowddesk.domain import WorkspaceError
from crowddesk.taskserver.looking import Looking, SeenFile, SeenPage

PAGE = SeenPage("Unit 7", "unit 7, answered today", "<form><input name=a></form>", {"a": ["x"]})
FAR = SeenPage("Unit 8", "unit 8", '<img src="//pictures.example/a.png"><input name=a>', {"a": ["x"]})


@pytest.fixture
def looking() -> Iterator[Looking]:
    made = Looking()
    thread = threading.Thread(target=made.run, name="test-looking")
    thread.start()
    yield made
    made.stop()
    thread.join(10)


def ask(
    url: str, path: str = "", method: str = "GET", **headers: str
) -> tuple[int, http.client.HTTPMessage, bytes]:
    parts = urlsplit(url)
    wire = http.client.HTTPConnection("127.0.0.1", parts.port or 0, timeout=10)
    try:
        target = path if path.startswith("/") else parts.path + path
        wire.request(method, target, headers=headers)
        answer = wire.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        wire.close()


def frame_of(url: str) -> str:
    name = urlsplit(url).path.split("/")[-2]
    return (
        f"/seen/{urlsplit(url).path.split('/')[2]}/frame/{name}/{json.loads(ask(url, 'about')[2])['frame']}"
    )


def test_the_page_its_answer_and_its_frame(looking: Looking) -> None:
    url = looking.show(PAGE)
    assert urlsplit(url).hostname == "127.0.0.1"
    status, headers, body = ask(url)
    assert (status, b"Read only" in body) == (200, True)
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    about = json.loads(ask(url, "about")[2])
    assert about["page"] == {
        "title": "Unit 7", "words": "unit 7, answered today", "answer": {"a": ["x"]}, "updates": [],
        "cut": False,
    }  # fmt: skip
    status, headers, body = ask(url, frame_of(url))
    assert body.endswith(b"<form><input name=a></form>")
    assert b"frame.js" in body
    assert b"seen_frame.js" in body
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("sandbox allow-scripts;")
    assert "connect-src 'none'" in policy
    assert "https:" not in policy
    assert "allow-forms" not in policy


def test_words_in_place_of_a_frame_may_stand_in_our_page(looking: Looking) -> None:
    url = looking.show(PAGE)
    status, headers, _ = ask(url, frame_of(url) + "x")
    assert status == 404
    ours = "http://{0.hostname}:{0.port}".format(urlsplit(url))
    assert headers["Content-Security-Policy"] == f"sandbox; default-src 'none'; frame-ancestors {ours}"


def test_what_a_task_loads_from_elsewhere_still_comes_and_no_connection(looking: Looking) -> None:
    url = looking.show(FAR)
    _, headers, body = ask(url, frame_of(url))
    assert b"https://pictures.example/a.png" in body
    policy = headers["Content-Security-Policy"]
    assert "img-src https: data: blob:" in policy
    assert "connect-src 'none'" in policy


@pytest.mark.parametrize(
    "asset", ["seen.js", "seen.css", "palette.css", "seen_frame.js", "frame.js", "crowd.js", "crowd.css"]
)
def test_its_assets(looking: Looking, asset: str) -> None:
    status, headers, _ = ask(
        looking.show(PAGE), f"../../assets/{asset}".replace("../../", f"/seen/{looking.token}/")
    )
    assert status == 200
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_others_get_nothing(looking: Looking) -> None:
    url = looking.show(PAGE)
    token, frame = looking.token, frame_of(url)
    assert ask(url, Host="evil.example")[0] == 403
    assert ask(url, "about", Origin="https://evil.example")[0] == 403
    assert ask(url, "about", Origin="null")[0] == 403
    assert ask(url, "about", "POST")[0] == 405
    assert ask(url, urlsplit(url).path.replace(token, "x" * len(token)))[0] == 404
    assert ask(url, f"/seen/{token}/page/nothing/")[0] == 404
    assert ask(url, f"/seen/{token}/assets/page.js")[0] == 404
    assert ask(url, f"/seen/{token}/assets/..%2f..%2flooking.py")[0] == 404
    assert ask(url, frame[:-1])[0] == 404
    assert ask(url, frame, **{"Sec-Fetch-Dest": "document"})[0] == 404
    assert ask(url, frame, **{"Sec-Fetch-Dest": "iframe"})[0] == 200
    assert ask(url, "file")[0] == 404


def test_two_sessions_have_two_tokens() -> None:
    assert Looking().token != Looking().token


def test_only_the_newest_pages_are_kept(looking: Looking) -> None:
    first = looking.show(PAGE)
    for _ in range(40):
        last = looking.show(PAGE)
    assert ask(first)[0] == 404
    assert b"not shown any more" in ask(first)[2]
    assert ask(last)[0] == 200


def test_a_huge_answer_is_bounded_and_odd_text_is_text(looking: Looking) -> None:
    odd = "</script>\0\ud800 \u202e 👩‍🔬"
    huge = SeenPage(
        "Unit", "", "<p>", {"a": ["y" * 10_000_000], "b": [odd], **{f"n{i}": ["z"] for i in range(9_000)}}
    )
    about = json.loads(ask(looking.show(huge), "about")[2])["page"]
    assert about["cut"]
    assert len(about["answer"]["a"][0]) == 20_000
    assert about["answer"]["b"][0].startswith("</script>")
    assert len(about["answer"]) == 5_000
    small = json.loads(ask(looking.show(SeenPage("U", "", "\ud800", {"b": [odd]})), "about")[2])["page"]
    assert not small["cut"]


def test_a_file_is_played_and_nothing_else(looking: Looking, tmp_path: Path) -> None:
    path = tmp_path / "a.ogg"
    path.write_bytes(b"OggS" + b"0" * 1000)
    url = looking.show(SeenFile("a.ogg", "unit 7", path, "audio/ogg"))
    assert json.loads(ask(url, "about")[2])["page"]["kind"] == "audio/ogg"
    status, headers, body = ask(url, "file", Range="bytes=0-3")
    assert (status, body, headers["Content-Type"]) == (206, b"OggS", "audio/ogg")
    assert headers["Content-Security-Policy"].startswith("sandbox;")
    path.unlink()
    assert ask(url, "file")[0] == 404


def test_nothing_listens_before_and_after() -> None:
    made = Looking()
    made.stop()
    with pytest.raises(WorkspaceError):
        made.show(PAGE)
    made.run()  # returns at once


def test_nobody_answers_after_its_end() -> None:
    made = Looking()
    thread = threading.Thread(target=made.run, name="test-looking")
    thread.start()
    url = made.show(PAGE)
    made.stop()
    thread.join(10)
    with pytest.raises(OSError):
        ask(url)
