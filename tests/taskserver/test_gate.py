"""The gate: whose host, whose origin, how much, how often; over raw sockets where a client would tidy up."""

from __future__ import annotations

import gzip
import json
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crowddesk.taskserver.gate import Buckets, parse_json
from crowddesk.taskserver.refusal import Refusal
from tests.taskserver.serving import Serving, TurnedClock, say_raw, serve, status_of


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    with serve(tmp_path_factory.mktemp("gate"), clock=TurnedClock()) as serving:
        yield serving


def about(serving: Serving, *lines: str) -> int:
    head = "\r\n".join([f"GET /r/{serving.token}/about HTTP/1.1", *lines, "Connection: close", "", ""])
    return status_of(say_raw(serving.port, head.encode()))


# ------------------------------------------------------------------------------------------------ host


def test_names_of_this_computer_are_hosts(serving: Serving) -> None:
    name = socket.gethostname()
    for host in ("127.0.0.1", "localhost", "LOCALHOST", "[::1]", name, f"{name}.local"):
        assert about(serving, f"Host: {host}:{serving.port}") == 200, host
        assert about(serving, f"Host: {host}") == 200, host


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1.evil.example",
        "evil.example:80@127.0.0.1",
        "localhost evil.example",
        "192.0.2.7",
        "127.0.0.1:80; script-src *",
        "",
        "localhost.evil.example",
        "127.0.0.1/x",
    ],
)
def test_any_other_name_is_refused(serving: Serving, host: str) -> None:
    """A page of evil.example whose name was pointed at this computer meanwhile (DNS rebinding)."""
    assert about(serving, f"Host: {host}") in (400, 403)


def test_two_hosts_or_none_are_refused(serving: Serving) -> None:
    assert about(serving, "Host: 127.0.0.1", "Host: evil.example") in (400, 403)
    assert about(serving) in (400, 403)


def test_it_is_no_proxy(serving: Serving) -> None:
    for target in (f"http://127.0.0.1:{serving.port}/hello", "http://evil.example/hello", "evil.example:80"):
        text = f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{serving.port}\r\nConnection: close\r\n\r\n"
        assert status_of(say_raw(serving.port, text.encode())) in (400, 404), target
    text = f"CONNECT evil.example:443 HTTP/1.1\r\nHost: 127.0.0.1:{serving.port}\r\n\r\n"
    assert status_of(say_raw(serving.port, text.encode())) in (400, 403, 404, 405)


def test_the_public_name_is_a_host_and_its_origin_ours(serving: Serving) -> None:
    gate = serving.server._service.gate  # type: ignore[union-attr]
    page = serving.page()
    assert page.get("about", Host="lab.example.org").status == 403
    try:
        serving.on_loop(lambda: gate.set_public_url("https://lab.example.org/tasks"))
        assert page.get("about", Host="lab.example.org").status == 200
        # The proxy passes this computer's own name on, or the public one.
        for host in ("lab.example.org", f"127.0.0.1:{serving.port}"):
            headers = {"Host": host, "Origin": "https://lab.example.org"}
            assert page.call("enter", {"registration": {"worker_name": "pia"}}, **headers).status == 200
        assert (
            page.call("enter", {}, Host="lab.example.org", Origin="http://lab.example.org:81").status == 403
        )
    finally:
        serving.on_loop(lambda: gate.set_public_url(""))


# ---------------------------------------------------------------------------------------------- origin


def test_only_our_own_page_may_post(serving: Serving) -> None:
    body = json.dumps({"registration": {"worker_name": "eve"}})
    for origin, status in (
        (f"http://127.0.0.1:{serving.port}", 200),
        ("null", 403),  # a sandboxed frame, ours too
        ("http://evil.example", 403),
        (f"http://localhost:{serving.port}", 403),  # not the host it is sent to
        (f"https://127.0.0.1:{serving.port}", 403),
        ("http://127.0.0.1", 403),
        (f"http://127.0.0.1:{serving.port}/", 403),
        ("", 403),
        (None, 403),
    ):
        lines = [
            f"POST /r/{serving.token}/api/enter HTTP/1.1",
            f"Host: 127.0.0.1:{serving.port}",
            "Content-Type: application/json",
            f"Content-Length: {len(body)}",
            "Connection: close",
            *([] if origin is None else [f"Origin: {origin}"]),
        ]
        answer = say_raw(serving.port, ("\r\n".join([*lines, "", ""]) + body).encode())
        assert status_of(answer) == status, origin


@pytest.mark.parametrize("origin", ["null", "http://evil.example", None])
def test_only_our_own_page_may_open_the_socket(serving: Serving, origin: str | None) -> None:
    lines = [
        f"GET /r/{serving.token}/live HTTP/1.1",
        f"Host: 127.0.0.1:{serving.port}",
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        *([] if origin is None else [f"Origin: {origin}"]),
    ]
    assert status_of(say_raw(serving.port, "\r\n".join([*lines, "", ""]).encode())) == 403


def test_a_proxy_s_word_about_who_asks_is_taken_only_from_a_proxy(serving: Serving) -> None:
    gate = serving.server._service.gate  # type: ignore[union-attr]

    class Request:
        def __init__(self, remote: str, *forwarded: str) -> None:
            self.remote = remote
            self.headers = self
            self.forwarded = list(forwarded)

        def getall(self, name: str, default: list[str]) -> list[str]:
            return self.forwarded or default

    assert gate.address(Request("127.0.0.1", "203.0.113.9")) == "127.0.0.1"  # type: ignore[arg-type]
    try:
        gate.set_public_url("https://lab.example.org")
        said = Request("127.0.0.1", "198.51.100.1, 203.0.113.9")
        assert gate.address(said) == "203.0.113.9"  # type: ignore[arg-type]
        assert gate.address(Request("192.0.2.5", "203.0.113.9")) == "192.0.2.5"  # type: ignore[arg-type]
        assert gate.address(Request("127.0.0.1", "<script>")) == "127.0.0.1"  # type: ignore[arg-type]
        networks = {gate.address(Request(f"2001:db8:1:2::{n:x}")) for n in range(9)}  # type: ignore[arg-type]
        assert networks == {"2001:db8:1:2::/64"}  # one computer
        assert gate.address(Request("::ffff:192.0.2.5")) == "192.0.2.5"  # type: ignore[arg-type]
    finally:
        gate.set_public_url("")


# -------------------------------------------------------------------------------------------- how much


def post(serving: Serving, verb: str, body: bytes, *lines: str) -> int:
    head = [
        f"POST /r/{serving.token}/api/{verb} HTTP/1.1",
        f"Host: 127.0.0.1:{serving.port}",
        f"Origin: http://127.0.0.1:{serving.port}",
        "Connection: close",
        *lines,
    ]
    return status_of(say_raw(serving.port, "\r\n".join([*head, "", ""]).encode() + body))


def test_a_body_that_is_too_large_is_refused_before_it_is_read(serving: Serving) -> None:
    json_type = "Content-Type: application/json"
    assert post(serving, "enter", b"{", json_type, "Content-Length: 99999999") == 413
    part = b" " * 40_000
    chunk = b"%x\r\n%b\r\n" % (len(part), part)
    assert post(serving, "enter", chunk * 4, json_type, "Transfer-Encoding: chunked") == 413


def test_an_answer_of_ten_megabytes_is_refused(serving: Serving) -> None:
    page = serving.page("ann")
    agent = page.next()["agent"]
    answer = page.submit(agent, {"answer": "x" * 10_000_000})
    assert answer.status == 413
    assert answer.json == {"error": "That is too much at once: the most is 4,096 kB."}
    assert page.submit(agent, {"answer": "x" * 3_000_000}).status == 200


def test_only_plain_json_is_read(serving: Serving) -> None:
    body = json.dumps({"registration": {"worker_name": "eve"}}).encode()
    length = f"Content-Length: {len(body)}"
    assert post(serving, "enter", body, length, "Content-Type: text/plain") == 415
    assert post(serving, "enter", body, length) == 415
    packed = gzip.compress(body)
    gzipped = (f"Content-Length: {len(packed)}", "Content-Encoding: gzip", "Content-Type: application/json")
    assert post(serving, "enter", packed, *gzipped) == 415


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b'"x"', b"\xff", b'{"a": NaN}', b'{"a": 1e999}', b"[" * 100_000, b'{"a":' * 9_000],
    ids=range(9),
)
def test_what_is_no_json_object_is_refused(body: bytes) -> None:
    with pytest.raises(Refusal) as refused:
        parse_json(body)
    assert refused.value.status == 400


def test_text_that_no_database_stores_is_made_storable() -> None:
    body = rb'{"a\u0000": ["\ud800", "\ud83d\ude00", {"b": "\u0000"}]}'
    assert parse_json(body) == {"a\ufffd": ["\ufffd", "\N{GRINNING FACE}", {"b": "\ufffd"}]}


VALUES = st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=5)


@settings(max_examples=50)
@given(st.dictionaries(st.text(), VALUES, max_size=5))
def test_any_object_arrives_as_it_was_sent_but_for_that(value: dict[str, object]) -> None:
    found = parse_json(json.dumps(value).encode())
    if "\\u0000" not in json.dumps(value):
        assert found == value


# ------------------------------------------------------------------------------------------- how often


def test_a_bucket_fills_up_again() -> None:
    clock = TurnedClock()
    bucket = Buckets(2.0, 3.0, clock.tick)
    assert [bucket.take("a") for _ in range(4)] == [0.0, 0.0, 0.0, 0.5]
    assert bucket.take("b") == 0.0
    clock.passed = 0.5
    assert bucket.wait("a") == 0.0
    assert [bucket.take("a"), bucket.take("a")] == [0.0, 0.5]
    clock.passed = 1000.0
    assert [bucket.take("a") for _ in range(4)] == [0.0, 0.0, 0.0, 0.5]


def test_buckets_are_forgotten_and_the_used_ones_last() -> None:
    clock = TurnedClock()
    bucket = Buckets(1.0, 5.0, clock.tick, most_keys=100)
    for _ in range(5):
        bucket.take("busy")
    clock.passed = 2.0
    for number in range(1000):
        bucket.take(number)
    assert len(bucket._left) <= 100
    assert bucket.wait("new") == 0.0


def test_a_worker_who_asks_too_often_is_told_to_wait(serving: Serving) -> None:
    hasty, calm = serving.page("hasty"), serving.page("calm")
    statuses = [hasty.call("return", {"agent": "999"}) for _ in range(61)]
    assert [answer.status for answer in statuses[:60]] == [409] * 60
    assert statuses[60].status == 429
    assert statuses[60].headers["Retry-After"] == "1"
    assert calm.call("return", {"agent": "999"}).status == 409
    serving.clock.passed += 1.0  # type: ignore[attr-defined]
    assert hasty.call("return", {"agent": "999"}).status == 409


def test_names_and_codes_cannot_be_tried_one_after_another(serving: Serving) -> None:
    page = serving.page()
    wrong = {"registration": {"code": "guess"}}
    assert [page.call("enter", wrong).status for _ in range(10)] == [401] * 10
    refused = page.call("enter", wrong)
    assert refused.status == 429
    assert 1 <= int(refused.headers["Retry-After"]) <= 7
    assert page.call("enter", {"registration": {"worker_name": "ann"}}).status == 429
    serving.clock.passed += 60.0  # type: ignore[attr-defined]
    assert page.call("enter", {"registration": {"worker_name": "ann"}}).status == 200


def test_guesses_that_come_all_at_once_are_counted_too(serving: Serving) -> None:
    serving.clock.passed += 3600.0  # type: ignore[attr-defined]
    page, wrong = serving.page(), {"registration": {"code": "guess"}}
    with ThreadPoolExecutor(40) as guessers:
        answers = list(guessers.map(lambda _: page.call("enter", wrong).status, range(40)))
    assert sorted(answers) == [401] * 10 + [429] * 30


def test_nobody_makes_people_without_end(serving: Serving) -> None:
    serving.clock.passed += 3600.0  # type: ignore[attr-defined]
    gate = serving.server._service.gate  # type: ignore[union-attr]
    while gate.sign_ins.take((int(serving.run.db_id), "127.0.0.1")) == 0:
        pass
    assert serving.page().call("enter", {"registration": {"worker_name": "one more"}}).status == 429


def test_what_is_no_http_is_not_written_down(serving: Serving, caplog: pytest.LogCaptureFixture) -> None:
    lines = f"GET /r/{serving.token}/ HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer s\x01\r\n\r\n"
    assert status_of(say_raw(serving.port, lines.encode())) == 400
    assert caplog.text == ""
