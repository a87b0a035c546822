"""Vendors and blueprints are found by name; a plug-in in the folder is used, or it is said why it cannot be.

What changes sys.path and sys.modules is tried in processes of its own.
"""

from __future__ import annotations

import ast
import inspect
import json
import textwrap
from collections.abc import Mapping
from pathlib import Path

import pytest

from crowddesk import paths, registry
from crowddesk.data_model.agent import Agent
from crowddesk.data_model.requester import Requester
from crowddesk.data_model.unit import Unit
from crowddesk.data_model.worker import Worker
from crowddesk.providers.base import CrowdProvider
from tests.wheels import ask, outside_files, outside_wheel, unpack, wheel_files, write_wheel

POINT = {"outside": "outside_provider:OutsideProvider"}
LIST = """
import json
from crowddesk import registry
print(json.dumps([[p.file, p.kind, p.name, p.version, p.sentence] for p in registry.check_plugins()]))
"""
BUILT_IN = ["inhouse", "mock", "prolific", "prolific_sandbox"]


def listed(folder: Path, before: str = "") -> list[list[str]]:
    found: list[list[str]] = json.loads(ask(before + LIST, folder))
    return found


def only(folder: Path, before: str = "") -> str:
    """What is said of the only plug-in."""
    ((_, _, _, _, sentence),) = listed(folder, before)
    return sentence


def wheel_with(folder: Path, changes: dict[str, str], file: str = "a.whl", **options: object) -> Path:
    """The provider from outside with some modules changed."""
    files = {**outside_files(), **changes}
    given = {"providers": POINT, **options}
    return write_wheel(folder / file, wheel_files(files, **given))  # type: ignore[arg-type]


# ----------------------------------------------------------------------------------------- without plug-ins


def test_the_built_ins_are_there_and_nothing_else_is_listed() -> None:
    assert registry.provider_types() == BUILT_IN
    assert registry.check_plugins() == []
    assert registry.faults() == []
    found = [(i.kind, i.name) for i in registry.installed()]
    assert found == [("provider", name) for name in BUILT_IN] + [
        ("blueprint", name) for name in registry.blueprint_types()
    ]
    assert {i.package for i in registry.installed()} == {"crowddesk"}
    assert not paths.plugins_dir().exists()


def test_a_name_that_nothing_has_is_a_sentence_with_the_nearest() -> None:
    with pytest.raises(registry.NotThere, match=r"There is no provider 'mokc'\. Did you mean 'mock'\?$"):
        registry.get_crowd_provider_from_type("mokc")
    with pytest.raises(registry.NotThere, match=r"There is no blueprint 'xyz'\. There are: chat, elsewhere"):
        registry.get_blueprint_from_type("xyz")


def test_no_plug_in_folder_costs_nothing(tmp_path: Path) -> None:
    code = """
        import sys
        from crowddesk import registry
        before = list(sys.path)
        registry.provider_types(), registry.check_plugins(), registry.look_again()
        assert sys.path == before
        assert not [name for name in sys.modules if name.partition(".")[0] in ("packaging", "sysconfig")]
    """
    ask(textwrap.dedent(code), tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_what_a_vendors_classes_must_have_is_what_the_base_classes_leave_open() -> None:
    nouns = {"UnitClass": Unit, "RequesterClass": Requester, "WorkerClass": Worker, "AgentClass": Agent}
    left_open = {}
    for name, noun in nouns.items():
        tree = ast.parse(textwrap.dedent(inspect.getsource(noun)))
        (body,) = (node for node in tree.body if isinstance(node, ast.ClassDef))
        left_open[name] = {
            function.name
            for function in body.body
            if isinstance(function, ast.FunctionDef)
            and isinstance(function.body[-1], ast.Raise)
            and "NotImplementedError" in ast.unparse(function.body[-1])
        }
    assert {name: set(members) for name, members in registry.MUST_HAVE.items() if members} == left_open
    assert all(hasattr(CrowdProvider, name) for name in registry.MUST_HAVE)


def test_the_built_ins_have_all_of_it() -> None:
    for name in BUILT_IN:
        vendor = registry.get_crowd_provider_from_type(name)
        assert registry._lacking(vendor, registry.PROVIDER_GROUP, name) == ""
    for name in registry.blueprint_types():
        blueprint = registry.get_blueprint_from_type(name)
        assert registry._lacking(blueprint, registry.BLUEPRINT_GROUP, name) == ""


# ---------------------------------------------------------------------------------------------- it is used


@pytest.mark.parametrize("kind", ["wheel", "folder", "itself"])
def test_a_provider_that_was_dropped_carries_work(tmp_path: Path, kind: str) -> None:
    folder = tmp_path / "Plug-ins Ä"
    files = wheel_files(outside_files(), providers=POINT)
    if kind == "wheel":
        write_wheel(folder / "outside_provider-1.0-py3-none-any.whl", files)
    else:
        unpack(folder / "outside" if kind == "folder" else folder, files)
    code = f"""
        import sys
        from importlib import metadata
        from pathlib import Path
        from crowddesk import registry
        before = list(sys.path)
        assert registry.provider_types() == {sorted([*BUILT_IN, "outside"])}
        assert sys.path == before and "outside_provider" not in sys.modules
        assert [i.name for i in registry.installed() if i.kind == "provider"] == {BUILT_IN}
        vendor = registry.get_crowd_provider_from_type("outside")
        assert sys.path[:len(before)] == before and len(sys.path) == len(before) + 1
        assert registry.get_crowd_provider_from_type("outside") is vendor
        (found,) = registry.check_plugins()
        assert (found.kind, found.name, found.version, found.sentence) == ("provider", "outside", "1.0", "")
        assert metadata.version("outside-provider") == "1.0"  # as a plug-in may ask itself
        from crowddesk.testing import make_workspace, make_run, register, launch
        db = make_workspace(Path({str(tmp_path / "ws")!r}))
        desk = vendor.RequesterClass.new(db, "desk")
        register(desk, {{"pass_phrase": "open sesame", "purse": "9.00"}})
        run = make_run(db, desk, reward="0.50")
        assert [type(unit).__module__ for unit in run.get_units()] == ["outside_provider.outside_unit"] * 2
        db.close()
    """
    ask(textwrap.dedent(code), folder)


def test_a_blueprint_that_was_dropped_is_found(tmp_path: Path) -> None:
    module = """
        from crowddesk.blueprints.form import FormBlueprint

        class Survey(FormBlueprint):
            BLUEPRINT_TYPE = "survey"
    """
    files = wheel_files(
        {"lab_survey.py": textwrap.dedent(module)}, "lab-survey", "0.3",
        blueprints={"survey": "lab_survey:Survey"},
    )  # fmt: skip
    write_wheel(tmp_path / "p" / "lab_survey-0.3-py3-none-any.whl", files)
    assert listed(tmp_path / "p") == [["lab_survey-0.3-py3-none-any.whl", "blueprint", "survey", "0.3", ""]]
    ask("from crowddesk import registry; registry.get_blueprint_from_type('survey')", tmp_path / "p")


def test_nothing_of_the_programs_or_pythons_is_hidden(tmp_path: Path) -> None:
    loud = "raise RuntimeError('hidden')"
    others = {f"{name}.py": loud for name in ("json", "httpx", "colorsys", "omegaconf", "sitecustomize")}
    wheel_with(tmp_path / "p", {**others, "crowddesk/providers/base.py": loud})
    code = """
        from crowddesk import registry
        registry.get_crowd_provider_from_type("outside")
        import colorsys, httpx, json, omegaconf
    """
    ask(textwrap.dedent(code), tmp_path / "p")


def test_its_dependencies_lie_beside_it(tmp_path: Path) -> None:
    first = "from pep8names import VALUE\n" + outside_files()["outside_provider/__init__.py"]
    wheel_with(tmp_path / "p", {"outside_provider/__init__.py": first}, needs=["PEP-8.names>=2"])
    beside = wheel_files({"pep8names.py": "VALUE = 1"}, "pep_8_names", "2.1")
    write_wheel(tmp_path / "p" / "z.whl", beside)
    assert listed(tmp_path / "p") == [["a.whl", "provider", "outside", "1.0", ""]]


# ------------------------------------------------------------------------------------------ it is refused


def variants(
    folder: Path, made: Mapping[str, Mapping[str, str]], entry: str = "OutsideProvider"
) -> list[str]:
    """What is said of each of several variants of the provider from outside, and that a good one works."""
    for number, changes in enumerate(made.values()):
        package = f"variant_{number}"
        files = outside_files(package, package)
        for part, text in changes.items():
            files[f"{package}/{part}"] = text.replace("outside_provider", package)
        points = {package: changes.get("entry", f"{package}:OutsideProvider")}
        write_wheel(folder / f"{number:02}.whl", wheel_files(files, package, providers=points))
    outside_wheel(folder, "zz.whl")
    *found, good = listed(folder)
    assert good == ["zz.whl", "provider", "outside", "1.0", ""]
    assert [file for file, *_ in found] == [f"{number:02}.whl" for number in range(len(made))]
    assert [(name, version) for _, _, name, version, _ in found] == [
        (f"variant_{number}", "1.0") for number in range(len(made))
    ]
    return [sentence for *_, sentence in found]


def test_what_cannot_be_imported_is_said_and_the_others_work(tmp_path: Path) -> None:
    modules = {
        "__init__.py, line 1 is no Python": "def broken(:\n",
        "there is no module not_there_at_all": "import not_there_at_all",
        "ends the program when it is imported": "raise SystemExit(3)",
        "Odd: very.": "class Odd(BaseException): pass\nraise Odd('very')",
        "RecursionError": "def again(): again()\nagain()",
        "AttributeError": "x = 1",
        "5 is no class": "OutsideProvider = 5",
        "does not extend crowddesk.providers.base.CrowdProvider": "class OutsideProvider: pass",
        "CrowdProvider does not extend": (
            "from crowddesk.providers.base import CrowdProvider as OutsideProvider"
        ),
    }
    said = variants(tmp_path / "p", {words: {"__init__.py": text} for words, text in modules.items()})
    for words, sentence in zip(modules, said, strict=True):
        assert words in sentence


def test_a_broken_one_is_tried_once_and_its_error_has_the_details(tmp_path: Path) -> None:
    wheel_with(tmp_path / "p", {"outside_provider/__init__.py": "print('tried')\nimport nothing_there"})
    code = """
        from crowddesk import registry
        for _ in range(2):
            try:
                registry.get_crowd_provider_from_type("outside")
            except registry.NotThere as error:
                print(error, "Traceback" in error.details)
        print(len(registry.faults()))
    """
    tried, first, second, count = ask(textwrap.dedent(code), tmp_path / "p").splitlines()
    assert tried == "tried"
    assert first == second
    assert first.startswith("The plug-in a.whl (provider 'outside') cannot be used: It cannot be imported")
    assert first.endswith("True")
    assert count == "1"


def test_an_entry_point_that_names_nothing(tmp_path: Path) -> None:
    values = ("none_such:Provider", "variant_1:", "variant_2", "9:9", "a b", "variant_5:none.such")
    assert all(variants(tmp_path / "p", {value: {"entry": value} for value in values}))


def test_a_vendor_that_misses_members_of_the_interface(tmp_path: Path) -> None:
    files = outside_files()
    provider = files["outside_provider/provider.py"]
    unit = files["outside_provider/outside_unit.py"]
    type_line = 'PROVIDER_TYPE = "outside"'
    vendor = [unit.replace(type_line, f'PROVIDER_TYPE = "variant_{number}"') for number in range(9)]
    cases = {
        "OutsideProvider lacks get_wrapper_js_path.": {
            "provider.py": provider.replace("def get_wrapper_js_path(cls)", "def other(cls)")
        },
        "a class of its own as WorkerClass": {
            "provider.py": provider.replace("WorkerClass: ClassVar = OutsideWorker", "")
        },
        "a class of its own as AgentClass": {
            "provider.py": provider.replace("ClassVar = OutsideAgent", "ClassVar = None")
        },
        "lacks OutsideUnit.expire, OutsideUnit.is_expired.": {
            "outside_unit.py": vendor[3].replace("def expire", "def no").replace("def is_expired", "def non")
        },
        "PROVIDER_TYPE is 'inside'": {"outside_unit.py": unit.replace(type_line, 'PROVIDER_TYPE = "inside"')},
        "wrap_crowd_source.js cannot be read": {
            "provider.py": provider.replace('"wrap_crowd_source.js"', '"gone.js"')
        },
    }
    for words, sentence in zip(cases, variants(tmp_path / "p", cases), strict=True):
        assert words in sentence


def test_a_name_has_one_owner(tmp_path: Path) -> None:
    folder = tmp_path / "p"
    first = wheel_files(outside_files("one", "outside"), "one", providers={"outside": "one:OutsideProvider"})
    write_wheel(folder / "B one.whl", first)
    for file, package, name in (
        ("a zero.whl", "zero", "mock"),
        ("c two.whl", "two", "outside"),
        ("d three.whl", "three", "Outside"),
        ("e four.whl", "four", "a/b"),
        ("f five.whl", "five", "Prolific"),
    ):
        files = wheel_files(
            outside_files(package, name), package, providers={name: f"{package}:OutsideProvider"}
        )
        write_wheel(folder / file, files)
    found = {file: (name, sentence) for file, _, name, _, sentence in listed(folder)}
    assert list(found) == sorted(found, key=str.casefold)
    assert found["B one.whl"] == ("outside", "")
    assert found["a zero.whl"] == ("mock", "The name 'mock' belongs to CrowdDesk.")
    assert found["c two.whl"] == ("outside", "The name 'outside' belongs to B one.whl.")
    assert found["d three.whl"][1] == "The name 'Outside' belongs to B one.whl."
    assert "cannot be a name" in found["e four.whl"][1]
    assert found["f five.whl"][1] == "The name 'Prolific' belongs to CrowdDesk."
    code = "from crowddesk import registry; print(registry.get_crowd_provider_from_type('mock').__module__)"
    assert ask(code, folder).startswith("crowddesk.providers.mock")


def test_what_is_installed_comes_after_the_built_ins_and_before_plug_ins(tmp_path: Path) -> None:
    site = tmp_path / "site"
    points = {"mock": "one:OutsideProvider", "outside": "one:OutsideProvider"}
    unpack(site, wheel_files(outside_files("one", "outside"), "aa-one", "7.0", providers=points))
    outside_wheel(tmp_path / "p", "a.whl")
    before = f"import sys; sys.path.append({str(site)!r})\n"
    assert listed(tmp_path / "p", before) == [
        ["a.whl", "provider", "outside", "1.0", "The name 'outside' belongs to aa-one."],
        ["aa-one", "provider", "mock", "7.0", "The name 'mock' belongs to CrowdDesk."],
    ]
    code = """
        from crowddesk import registry
        assert registry.get_crowd_provider_from_type("mock").__module__.startswith("crowddesk.")
        assert registry.get_crowd_provider_from_type("outside").__module__.startswith("one.")
        assert ("provider", "outside", "aa-one", "7.0") in registry.installed()
    """
    ask(before + textwrap.dedent(code), tmp_path / "p")


def test_what_is_installed_and_cannot_be_imported_is_said(tmp_path: Path) -> None:
    files = wheel_files({"one.py": "raise SystemExit"}, "one", providers={"one": "one:One"})
    unpack(tmp_path / "site", files)
    code = f"""
        import sys
        sys.path.append({str(tmp_path / "site")!r})
        from crowddesk import registry
        try:
            registry.get_crowd_provider_from_type("one")
        except registry.NotThere as error:
            print(error)
    """
    said = ask(textwrap.dedent(code), tmp_path / "p")
    assert said == "The provider 'one' (one:One) cannot be used: It ends the program when it is imported.\n"


def test_a_module_that_another_plug_in_has_already_is_not_taken_for_its_own(tmp_path: Path) -> None:
    folder = tmp_path / "p"
    outside_wheel(folder, "a.whl")
    files = wheel_files(outside_files(vendor="other"), "other", providers={"other": POINT["outside"]})
    write_wheel(folder / "b.whl", files)
    (_, _, _, _, good), (_, _, name, _, sentence) = listed(folder)
    assert (good, name) == ("", "other")
    assert "outside_provider is not its own" in sentence
    assert "a.whl" in sentence


def test_an_unknown_vendor_says_which_plug_in_could_not_be_read(tmp_path: Path) -> None:
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "outside.whl").write_bytes(b"x")
    code = """
        from crowddesk import registry
        try:
            registry.get_crowd_provider_from_type("outside")
        except registry.NotThere as error:
            print(error)
    """
    said = ask(textwrap.dedent(code), tmp_path / "p")
    assert "There is no provider 'outside'." in said
    assert "outside.whl cannot be used: It is damaged" in said


def test_ctrl_c_during_an_import_is_the_persons(tmp_path: Path) -> None:
    wheel_with(tmp_path / "p", {"outside_provider/__init__.py": "raise KeyboardInterrupt"})
    said = ask("from crowddesk import registry; registry.check_plugins()", tmp_path / "p", check=False)
    assert "KeyboardInterrupt" in said


# ------------------------------------------------------------------------------------------- looked at again


def test_new_ones_are_found_broken_ones_tried_again_and_changed_ones_wait(tmp_path: Path) -> None:
    folder = tmp_path / "p"
    code = f"""
        import os, shutil
        from pathlib import Path
        from crowddesk import registry
        from tests.wheels import outside_files, outside_wheel, wheel_files, write_wheel
        folder = Path({str(folder)!r})

        def state():
            return [(p.file, p.version, bool(p.sentence)) for p in registry.check_plugins()]

        def vendor(name):
            return registry.get_crowd_provider_from_type(name)

        assert state() == []
        files = outside_files("second", "second")
        point = {{"second": "second:OutsideProvider"}}
        broken = {{**files, "second/__init__.py": "from second import provider\\nimport nothing_there"}}
        write_wheel(folder / "b.whl", wheel_files(broken, "second", providers=point))
        outside_wheel(folder, "a.whl")
        assert state() == []                                       # nobody has looked
        assert registry.look_again() == []
        assert state() == [("a.whl", "1.0", False), ("b.whl", "1.0", True)]
        first = vendor("outside")
        assert registry.look_again() == []                         # nothing has changed
        write_wheel(folder / "b.whl", wheel_files(files, "second", "1.1", providers=point))
        assert registry.look_again() == []
        assert state() == [("a.whl", "1.0", False), ("b.whl", "1.1", False)]   # mended, and imported whole
        assert vendor("second").UnitClass.__module__ == "second.outside_unit"

        outside = wheel_files(outside_files(), version="2.0", providers={POINT})
        write_wheel(folder / "a.whl", outside)
        assert [p.file for p in registry.look_again()] == ["a.whl"]
        assert vendor("outside") is first
        assert state()[0] == ("a.whl", "1.0", False)               # what is in use until the next start
        (folder / "a.whl").unlink()
        (folder / "b.whl").unlink()
        assert [p.file for p in registry.look_again()] == ["a.whl", "b.whl"]
        assert vendor("outside") is first
        outside_wheel(folder, "a.whl")
        assert registry.provider_types() == {sorted([*BUILT_IN, "outside", "second"])}
    """
    ask(textwrap.dedent(code), folder)


def test_many_threads_get_one_class(tmp_path: Path) -> None:
    outside_wheel(tmp_path / "p")
    broken = {"outside_provider/__init__.py": "import absent"}
    files = {name.replace("outside_provider", "second"): text for name, text in broken.items()}
    write_wheel(tmp_path / "p" / "z.whl", wheel_files(files, "z", providers={"z": "second:Z"}))
    code = """
        from concurrent.futures import ThreadPoolExecutor
        from crowddesk import registry

        def get(number):
            try:
                return registry.get_crowd_provider_from_type("outside" if number % 2 else "z")
            except registry.NotThere as error:
                return str(error)

        with ThreadPoolExecutor(8) as pool:
            found = list(pool.map(get, range(40)))
        assert len({id(f) for f in found if isinstance(f, type)}) == 1
        assert len({f for f in found if isinstance(f, str)}) == 1
    """
    ask(textwrap.dedent(code), tmp_path / "p")
