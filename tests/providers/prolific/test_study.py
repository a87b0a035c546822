"""A run as a study: every field as Prolific documents it, and nothing published by accident."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from crowddesk.domain import ActionKind, ActionState, Hosting, VendorRefused
from crowddesk.providers.prolific import study
from crowddesk.providers.prolific.account import LIVE, ProlificRequester
from crowddesk.providers.prolific.api import Study
from crowddesk.providers.prolific.groups import BLOCKED
from crowddesk.providers.prolific.provider import ProlificProvider
from crowddesk.providers.prolific_sandbox.entities import SandboxRequester
from crowddesk.providers.prolific_sandbox.provider import ProlificSandboxProvider
from crowddesk.store import records
from tests.providers.openapi_document import document
from tests.providers.prolific.bench import Bench

CREATE = "POST /studies/"


def made(bench: Bench, **more: Any) -> dict[str, Any]:
    """What Prolific is told of a run."""
    run = bench.run(**more)
    outcome = bench.set_up(run)
    assert outcome.state == ActionState.DONE, outcome
    body: dict[str, Any] = bench.sent.bodies(CREATE)[-1]
    return body


def test_a_study_says_all_that_a_run_says(bench: Bench) -> None:
    body = made(
        bench, items=2, units_per_assignment=3, reward="1.25",
        task={
            "estimated_minutes": 7.5, "assignment_duration_in_seconds": 3_601,
            "max_num_concurrent_units": 4,
        },
        provider={
            "devices": ["desktop", "tablet"], "peripherals": ["audio"], "labels": ["annotation"],
            "content_warnings": ["sensitive"], "content_warning_details": "Violence.",
            "submissions_per_participant": 2, "finish": {"code": "MY_CODE", "turned_away": "nothing"},
        },
    )  # fmt: skip
    assert (body["reward"], body["total_available_places"]) == (125, 6)
    assert (body["estimated_completion_time"], body["maximum_allowed_time"]) == (8, 61)
    assert body["device_compatibility"] == ["desktop", "tablet"]
    assert body["peripheral_requirements"] == ["audio"]
    assert body["study_labels"] == ["annotation"]
    assert (body["content_warnings"], body["content_warning_details"]) == (["sensitive"], "Violence.")
    assert body["submissions_config"] == {
        "max_submissions_per_participant": 2, "max_concurrent_submissions": 4,
    }  # fmt: skip
    assert body["completion_codes"] == [
        {
            "code": "MY_CODE", "code_type": "COMPLETED", "actions": [{"action": "MANUALLY_REVIEW"}],
            "actor": "participant",
        }
    ]  # fmt: skip


def test_the_reward_is_in_minor_units_and_never_a_float(bench: Bench) -> None:
    for reward, minor in (("0.10", 10), ("1.15", 115), ("20", 2_000)):
        body = made(bench, items=1, reward=reward)
        assert (body["reward"], type(body["reward"])) == (minor, int)


def test_filters_are_written_and_eligibility_requirements_are_not(bench: Bench) -> None:
    """They are gone: `filters` replaced them."""
    body = made(
        bench,
        provider={
            "filters": [
                {"filter": "age", "lower": "18", "upper": "65"},
                {"filter": "handedness", "values": ["1"]},
            ],
            "include_groups": ["careful"], "exclude_groups": ["pilot"],
        },
    )  # fmt: skip
    assert "eligibility_requirements" not in body
    names = [each["filter_id"] for each in body["filters"]]
    assert names == ["age", "handedness", study.ALLOWED, study.BARRED]
    assert body["filters"][0]["selected_range"] == {"lower": 18, "upper": 65}
    assert body["filters"][1]["selected_values"] == ["1"]
    there = {
        group["id"]: group["name"]
        for group in bench.vendor.ask(
            "GET", "/participant-groups/", query={"workspace_id": bench.vendor.workspace}
        )["results"]
    }
    assert [there[i] for i in body["filters"][2]["selected_values"]] == ["careful"]
    assert [there[i] for i in body["filters"][3]["selected_values"]] == ["pilot", BLOCKED]


def test_eligibility_requirements_are_not_read() -> None:
    said = {"id": "1", "status": "ACTIVE", "eligibility_requirements": [{"_cls": "x"}], "reward": 150.0}
    there = Study.read(said)
    assert (there.reward, study.said_wrong({"reward": 150}, there, ("reward",))) == (150, "")
    assert "reward is 150.0, not 151" in study.said_wrong({"reward": 151}, there, ("reward",))


@pytest.mark.parametrize(
    ("text", "sent"),
    [("18", 18), (" +7 ", 7), ("-5", -5), ("1.5", "1.5"), ("2001-02-03", "2001-02-03"), ("²", "²"),
     ("٣", "٣"), ("--5", "--5"), ("1_000", "1_000"), ("9" * 30, "9" * 30)],
)  # fmt: skip
def test_bounds_are_numbers_where_they_are_numbers(text: str, sent: object) -> None:
    assert study._number(text) == sent


@given(text=st.text(max_size=30))
def test_any_bound_is_a_number_or_the_text_that_it_was(text: str) -> None:
    found = study._number(text)
    assert found == (int(text) if isinstance(found, int) else text.strip())


def test_a_finished_group_is_joined(bench: Bench) -> None:
    run = bench.live(1, provider={"finish": {"add_to_group": "took part"}})
    bench.sends(bench.comes(run, "p1"))
    groups = bench.vendor.ask("GET", "/participant-groups/", query={"workspace_id": bench.vendor.workspace})[
        "results"
    ]
    assert {group["name"]: group["participant_count"] for group in groups} == {"took part": 1, BLOCKED: 0}


def test_codes_are_made_once_and_cannot_be_guessed(bench: Bench) -> None:
    runs = [bench.live(1), bench.live(1)]
    codes = [bench.provider.book.of(run.db_id)["codes"] for run in runs]
    every = [code for each in codes for code in each.values()]
    assert len(set(every)) == 4
    assert study.make_codes(runs[0].args, bench.provider.book.of(runs[0].db_id)) == codes[0]


def test_a_study_is_known_by_its_run_and_workspace(bench: Bench) -> None:
    run = bench.live(1)
    whole = bench.vendor.ask("GET", f"/studies/{bench.study_of(run)}/")
    assert whole["metadata"] == study.marker_of(bench.db, run.db_id)
    assert whole["internal_name"].endswith(f"[{study.short_marker(bench.db, run.db_id)}]")
    assert study.run_of_marker(bench.db, whole["metadata"]) == run.db_id


def test_any_metadata_is_a_run_of_ours_or_none(bench: Bench) -> None:
    prefix = study.marker_of(bench.db, "")

    @example(prefix + "²")
    @example(prefix + "٣")
    @given(text=st.text(max_size=30) | st.text(max_size=8).map(lambda tail: prefix + tail))
    def check(text: str) -> None:
        found = study.run_of_marker(bench.db, text)
        assert found is None or (found.isascii() and text == prefix + str(int(found)).zfill(len(found)))

    check()


def test_any_title_and_description_make_a_study_that_is_found_again(bench: Bench) -> None:
    one = bench.run(1)

    @settings(max_examples=50)
    @given(title=st.text(min_size=1, max_size=200).filter(str.strip), description=st.text(max_size=200))
    def check(title: str, description: str) -> None:
        with bench.db.write() as w:
            records.change(w, "task_run", int(one.db_id), title=title)
        run = bench.again(one)
        run.args.task.title, run.args.task.description = title, description
        fields = study.describe(
            bench.db, run, codes={"finished": "C0DE"}, project=bench.vendor.project, places=1,
            group_id=lambda name: "g", barred_group="", shown={"external_study_url": "https://x.example/"},
        )  # fmt: skip
        assert len(fields["name"]) <= 120
        assert len(fields["internal_name"]) <= 120
        assert fields["internal_name"].endswith(f"[{study.short_marker(bench.db, run.db_id)}]")
        known = document()
        if known is not None:
            known.check_request("POST", "/api/v1/studies/", {}, fields)

    check()


# ---------------------------------------------------------------------------------- for real, or not


def test_there_is_no_sandbox_switch_that_could_publish_for_real() -> None:
    """No switch: the sandbox is another provider at an address of its own, whatever is registered."""
    assert ProlificRequester.ADDRESS == LIVE
    assert not ProlificProvider.is_sandbox()
    assert ProlificSandboxProvider.is_sandbox()
    assert SandboxRequester.address is not ProlificRequester.address
    assert "sandbox" not in ProlificProvider.ArgsClass.__dataclass_fields__
    assert "sandbox" not in ProlificRequester.ArgsClass.__dataclass_fields__


def test_nothing_but_a_launch_publishes(bench: Bench) -> None:
    run = bench.run(2)
    bench.set_up(run)
    bench.sync(run)
    bench.provider.standings(run)
    bench.do(ActionKind.PAUSE, run)
    bench.do(ActionKind.RESUME, run)
    bench.stop(run)
    assert bench.status_of(run) == "UNPUBLISHED"


@pytest.mark.parametrize(
    ("hosting", "url", "where"),
    [
        ("auto", "https://desk.example", "here"),
        ("here", "https://desk.example", "here"),
        ("auto", "", "vendor"),
        ("vendor", "https://desk.example", "vendor"),
        ("auto", "http://192.168.1.5:8000", "vendor"),
    ],
)
def test_who_shows_a_form(bench: Bench, hosting: str, url: str, where: str) -> None:
    args = bench.form(1, {"hosting": hosting})[0].args
    found = ProlificProvider.hosting(args, url)
    assert isinstance(found, Hosting)
    assert found.where == where


@pytest.mark.parametrize("hosting", ["auto", "here", "vendor"])
def test_a_page_of_ones_own_needs_a_public_address(bench: Bench, hosting: str) -> None:
    args = bench.run(1).args
    args.provider.hosting = hosting
    with pytest.raises(Exception, match=r"provider\.hosting"):
        ProlificProvider.hosting(args, "")


def test_a_run_without_a_study_is_named(bench: Bench) -> None:
    with pytest.raises(VendorRefused, match="no study"):
        bench.provider.book.id_of(bench.run(1).db_id)
