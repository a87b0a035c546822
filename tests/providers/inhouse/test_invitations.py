"""Who may come to a run: lists and their faults, codes, names however they are written, true sentences."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from omegaconf import DictConfig, OmegaConf

from crowddesk import language
from crowddesk.blueprints.base import make_shared_state
from crowddesk.data_model.requester import Requester
from crowddesk.data_model.task_run import TaskRun
from crowddesk.domain import BadInput, VendorRefused
from crowddesk.live_run import LiveTaskRun
from crowddesk.providers.inhouse import InhouseProvider
from crowddesk.providers.inhouse.entities import InhouseWorker
from crowddesk.providers.inhouse.invitations import ALPHABET, clean_code, clean_name, fold, read_people
from crowddesk.store import records

from .conftest import MakeRun

PEOPLE = "name,code,email\nAna Novak,blue-horse-42,a@x.example\nJosé Díaz,,j@x.example\nLi Wei,,\n"


def listed(folder: Path, text: str) -> Path:
    path = folder / "list.csv"
    path.write_text(text, encoding="utf-8")
    return path


# ------------------------------------------------------------------------------------------- the table


def test_a_list_is_names_and_perhaps_codes(tmp_path: Path) -> None:
    people = read_people(listed(tmp_path, PEOPLE))
    assert [(p.name, p.code) for p in people] == [
        ("Ana Novak", "blue-horse-42"),
        ("José Díaz", None),
        ("Li Wei", None),
    ]


def test_every_fault_of_a_list_is_named_with_its_line(tmp_path: Path) -> None:
    faulty = (
        "name,code\nAna,blue-horse\n  ,\nANA,\nBo,1234567\nCy,BLUE-HORSE\nFay,blue#horse&1\n"
        f"{'x' * 81},\nEvil\u202ename,\nDee,--------\n"
    )
    with pytest.raises(BadInput) as caught:
        read_people(listed(tmp_path, faulty))
    lines = caught.value.details.splitlines()
    for line, words in zip(
        lines,
        [
            "line 3: A name cannot be empty",
            "line 4: 'ANA' is at line 2 already",
            "line 5: the code of 'Bo' is too short",
            "line 6: the code of 'Cy' is that of line 2 too",
            "line 7: the code of 'Fay' may hold letters, digits and dashes only",
            "line 8: A name has at most 80 characters",
            "line 9: A name cannot hold control characters",
            "line 10: the code of 'Dee' is too short",
        ],
        strict=True,
    ):
        assert words in line


@pytest.mark.parametrize(
    ("text", "words"),
    [("person\nAna\n", "no column 'name'"), ("name\n", "no rows"), ("", "empty")],
)
def test_a_file_that_is_no_list_is_refused(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        read_people(listed(tmp_path, text))


@given(st.text(max_size=90))
def test_a_name_is_kept_the_same_or_refused(text: str) -> None:
    try:
        name = clean_name(text)
    except BadInput:
        return
    assert 1 <= len(name) <= 80
    assert clean_name(name) == name
    assert unicodedata.normalize("NFC", name) == name
    assert all(unicodedata.category(c) != "Cc" for c in name)
    assert fold(name) == fold(f"  {name} ") == fold(unicodedata.normalize("NFD", name))


@given(st.text(alphabet=ALPHABET, min_size=12, max_size=12), st.data())
def test_a_code_may_be_typed_in_any_case_and_with_dashes(code: str, data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, 12))
    assert clean_code(f" {code[:cut].lower()}-–{code[cut:]} ") == clean_code(code)


def test_no_sign_of_the_alphabet_is_taken_for_another() -> None:
    assert len(set(ALPHABET)) == 31
    assert set("IOL01").isdisjoint(ALPHABET)


# ------------------------------------------------------------------------------------------------ runs


def sign_in(provider: InhouseProvider, run: TaskRun, **registration: object) -> str:
    return provider.admit(run, registration).worker_name


def refusal(provider: InhouseProvider, run: TaskRun, **registration: object) -> str:
    """What somebody reads who is not let in: English, whatever the window speaks."""
    language.speak(replace(language.ENGLISH, translate=lambda text, *_: f"«{text}»"))
    try:
        with pytest.raises(VendorRefused) as caught:
            provider.admit(run, registration)
    finally:
        language.speak(language.ENGLISH)
    assert "«" not in str(caught.value)
    assert str(caught.value).startswith(("You ", "Type "))
    return str(caught.value)


def test_everybody_on_the_list_has_a_code_that_stays(provider: InhouseProvider, make: MakeRun) -> None:
    run = make(PEOPLE, sign_in="code")
    first = provider.invitations(run)
    assert [i.worker_name for i in first] == ["Ana Novak", "José Díaz", "Li Wei"]
    assert first[0].code == "blue-horse-42"
    made = [i.code for i in first[1:]]
    assert all(len(code) == 12 and set(code) <= set(ALPHABET) for code in made)
    assert len(set(made)) == 2
    provider.setup_resources_for_task_run(run, run.args, make_shared_state(run.args, run.get_blueprint()), "")
    assert provider.invitations(run) == first
    assert provider.sign_in(run) == "code"


def test_a_code_admits_its_person(provider: InhouseProvider, make: MakeRun) -> None:
    run = make(PEOPLE, sign_in="code")
    assert sign_in(provider, run, code="BLUE HORSE 42") == "Ana Novak"
    code = provider.invitations(run)[1].code
    assert sign_in(provider, run, code=f"{code[:4]}-{code[4:].lower()}") == "José Díaz"
    assert sign_in(provider, run, code="bluehorse42", worker_name="Li Wei") == "Ana Novak"
    assert [i.came for i in provider.invitations(run)] == [True, True, False]
    assert len(provider.db.find_workers(provider_type="inhouse")) == 2


@pytest.mark.parametrize("code", ["blue-horse-43", "x", "ä", "blue-horse-4", "\0"])
def test_a_wrong_code_admits_nobody(provider: InhouseProvider, make: MakeRun, code: str) -> None:
    run = make(PEOPLE, sign_in="code")
    assert "ask@lab.example" in refusal(provider, run, code=code)
    assert provider.db.find_workers(provider_type="inhouse") == []


@pytest.mark.parametrize("registration", [{}, {"worker_name": "Ana Novak"}, {"code": ["a"]}, {"code": " "}])
def test_where_codes_are_asked_for_a_name_is_not_enough(
    provider: InhouseProvider, make: MakeRun, registration: dict[str, object]
) -> None:
    assert "need your code" in refusal(provider, make(PEOPLE, sign_in="code"), **registration)


def test_only_names_of_the_list_are_admitted(provider: InhouseProvider, make: MakeRun) -> None:
    run = make(PEOPLE)
    assert sign_in(provider, run, worker_name="  ana\u00a0 NOVAK ") == "Ana Novak"
    assert sign_in(provider, run, worker_name=unicodedata.normalize("NFD", "josé díaz")) == "José Díaz"
    assert "not on the list" in refusal(provider, run, worker_name="Somebody Else")


def test_without_a_list_everybody_has_a_name(provider: InhouseProvider, make: MakeRun) -> None:
    run = make()
    assert sign_in(provider, run, worker_name=" Zoë  Müller ") == "Zoë Müller"
    assert sign_in(provider, run, worker_name="ZOË MÜLLER") == "Zoë Müller"
    assert sign_in(provider, run, name="zoë müller") == "Zoë Müller"
    assert provider.invitations(run) == []
    assert len(provider.db.find_workers(provider_type="inhouse")) == 1


@pytest.mark.parametrize(
    "name", ["", "  ", "x" * 81, "a\0b", "a\u202eb", "\u200b", "\u200d", "\ud800", 7, None, ["Ana"]]
)
def test_what_is_no_name_is_refused_in_words(provider: InhouseProvider, make: MakeRun, name: object) -> None:
    refusal(provider, make(), worker_name=name)
    assert provider.db.find_workers(provider_type="inhouse") == []


def test_who_is_blocked_is_told_so(provider: InhouseProvider, requester: Requester, make: MakeRun) -> None:
    run = make(PEOPLE)
    ana = provider.admit(run, {"worker_name": "Ana Novak"})
    with provider.db.write() as w:
        records.block(w, ana.db_id, requester.db_id, "Random answers.")
    said = refusal(provider, run, code="blue-horse-42")
    assert said == "You were blocked by lab, so you cannot work on this. Questions: ask@lab.example"
    assert not ana.is_eligible(run)


def test_people_are_added_and_taken_off_later(
    provider: InhouseProvider, make: MakeRun, tmp_path: Path
) -> None:
    run = make(PEOPLE)
    before = {i.worker_name: i.code for i in provider.invitations(run)}
    more = listed(tmp_path, "name,code\nana novak,another-code\nBo Berg,\n")
    assert provider.invite(run, more) == 1
    after = {i.worker_name: i.code for i in provider.invitations(run)}
    assert {name: after[name] for name in before} == before
    ana = provider.admit(run, {"worker_name": "Ana Novak"})
    assert ana.is_eligible(run)
    assert provider.uninvite(run, "ANA NOVAK")
    assert not provider.uninvite(run, "Ana Novak")
    assert not provider.uninvite(run, "Nobody")
    assert "no longer on the list" in refusal(provider, run, code="blue-horse-42")
    assert "no longer on the list" in refusal(provider, run, worker_name="Ana Novak")
    assert not ana.is_eligible(run)
    offer = LiveTaskRun(provider.db, run).worker_pool.begin(ana)
    assert (offer.kind, offer.reason) == (
        "barred",
        "You are no longer on the list of people who were invited.",
    )
    assert provider.invite(run, listed(tmp_path, "name\nAna Novak\n")) == 1
    assert sign_in(provider, run, code="blue-horse-42") == "Ana Novak"


def test_a_code_that_somebody_has_adds_nobody(
    provider: InhouseProvider, make: MakeRun, tmp_path: Path
) -> None:
    run = make(PEOPLE)
    before = provider.invitations(run)
    with pytest.raises(BadInput, match="'Cy' is that of 'Ana Novak'"):
        provider.invite(run, listed(tmp_path, "name,code\nBo,\nCy,BlueHorse42\n"))
    assert provider.invitations(run) == before


def test_an_open_run_takes_personal_links_too(
    provider: InhouseProvider, make: MakeRun, tmp_path: Path
) -> None:
    run = make()
    provider.invite(run, listed(tmp_path, PEOPLE))
    assert sign_in(provider, run, code="blue-horse-42") == "Ana Novak"
    assert sign_in(provider, run, worker_name="Somebody Else") == "Somebody Else"


def test_a_person_is_the_same_in_every_run(provider: InhouseProvider, make: MakeRun) -> None:
    first = provider.admit(make(PEOPLE), {"worker_name": "Ana Novak"})
    second = provider.admit(make("name\nANA NOVAK\n"), {"worker_name": "Ana Novak"})
    assert first == second


def test_who_is_on_no_list_is_not_eligible(provider: InhouseProvider, make: MakeRun) -> None:
    stranger = InhouseWorker.new(provider.db, "Stranger")
    assert not stranger.is_eligible(make(PEOPLE))
    assert stranger.is_eligible(make())


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"sign_in": "face"}, "neither name nor code"),
        ({"sign_in": "code"}, "provider.people"),
        ({"people": "nowhere.csv"}, "does not exist"),
    ],
)
def test_arguments_that_would_not_work_are_refused(
    make: MakeRun, changes: dict[str, str], words: str
) -> None:
    run = make()
    args = OmegaConf.merge(run.args, {"provider": changes})
    assert isinstance(args, DictConfig)
    with pytest.raises(BadInput, match=words):
        InhouseProvider.assert_task_args(args, make_shared_state(run.args, run.get_blueprint()))


def test_fewer_people_than_answers_to_an_item_are_refused(make: MakeRun, tmp_path: Path) -> None:
    run = make()
    changes = {
        "blueprint": {"units_per_assignment": 4},
        "provider": {"people": str(listed(tmp_path, PEOPLE))},
    }
    args = OmegaConf.merge(run.args, changes)
    assert isinstance(args, DictConfig)
    with pytest.raises(BadInput, match="3 people cannot give 4 answers"):
        InhouseProvider.assert_task_args(args, make_shared_state(run.args, run.get_blueprint()))
