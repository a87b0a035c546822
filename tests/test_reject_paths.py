"""Reads the code: every way to a vendor's reject begins at the wire, behind the policy's second check."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "crowddesk"
#: What a third party's provider is tested with calls the vendor's verbs itself, outside of the program.
OUTSIDE = {"testing"}
#: By these a lane, or code written to the entity interface, enters a vendor's part.
ENTRANCES = {"perform", "reject_work", "approve_work", "soft_reject_work"}


def functions() -> Iterator[tuple[str, str, ast.AST]]:
    """(file, qualified name, node) of every function of the program."""
    for path in sorted(PACKAGE.rglob("*.py")):
        file = path.relative_to(PACKAGE).as_posix()
        if file.split("/")[0] not in OUTSIDE:
            yield from _functions_of(file, ast.parse(path.read_text(encoding="utf-8")), ())


def _functions_of(file: str, node: ast.AST, above: tuple[str, ...]) -> Iterator[tuple[str, str, ast.AST]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield file, ".".join((*above, child.name)), child
        if isinstance(child, ast.ClassDef):
            yield from _functions_of(file, child, (*above, child.name))


FUNCTIONS = list(functions())


def calls(node: ast.AST) -> Iterator[ast.Call]:
    return (child for child in ast.walk(node) if isinstance(child, ast.Call))


def name_of(call: ast.Call) -> str:
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def mentions(node: ast.AST, text: str) -> bool:
    """The text as a name, an attribute or a string."""
    return any(
        text in (getattr(child, "attr", None), getattr(child, "id", None), getattr(child, "value", None))
        for child in ast.walk(node)
    )


def words_of(node: ast.AST) -> set[str]:
    """Every name, attribute and string."""
    found = (
        getattr(child, part, None) for child in ast.walk(node) for part in ("attr", "id", "value", "name")
    )
    return {word for word in found if isinstance(word, str)}


CALLED = {(file, function): {name_of(call) for call in calls(node)} for file, function, node in FUNCTIONS}
SAID = {(file, function): words_of(node) for file, function, node in FUNCTIONS}
#: Files where a name is something else's: what was seen of a study, which calls no vendor.
NAMESAKES = {("providers/prolific/watching.py", "settle")}


def callers_of(name: str, within: str = "") -> set[tuple[str, str]]:
    """Functions that call something of this name, or hand it on by its name."""
    return {
        (file, function)
        for file, function, _ in FUNCTIONS
        if file.startswith(within)
        and (file, name) not in NAMESAKES
        and (
            name in CALLED[file, function]
            or (name not in function.split(".") and name in SAID[file, function])
        )
    }


#: Functions of a vendor's part that speak to the vendor, and what they do there that may be a rejection.
SINKS = {
    "providers/prolific/": [("move_submission", "REJECT")],
    "providers/mock/": [("settle", "")],
    "providers/inhouse/": [("settle", "")],
}


@pytest.mark.parametrize("vendor", SINKS)
def test_a_vendors_own_reject_is_reached_through_its_entrances_alone(vendor: str) -> None:
    mine = [(file, name, node) for file, name, node in FUNCTIONS if file.startswith(vendor)]
    reached = {
        (file, name)
        for file, name, node in mine
        for sink, word in SINKS[vendor]
        for call in calls(node)
        if name_of(call) == sink and (not word or mentions(call, word))
    }
    assert reached, "the vendor's call is not where it was"
    tops: set[str] = set()
    seen: set[tuple[str, str]] = set()
    while reached:
        file, name = reached.pop()
        seen.add((file, name))
        last = name.split(".")[-1]
        above = callers_of(last, vendor) - seen - {(file, name)}
        if last in ENTRANCES:
            tops.add(last)
        else:
            assert above or seen - {(file, name)}, f"{file}: {name} is called by nobody here"
            reached |= above
    assert tops <= ENTRANCES
    roots = {
        name.split(".")[-1]
        for file, name in seen
        if not callers_of(name.split(".")[-1], vendor) - {(file, name)}
    }
    assert roots <= ENTRANCES, f"a vendor's reject can be reached through {sorted(roots - ENTRANCES)}"


def test_nobody_but_the_lanes_part_of_a_provider_calls_reject_work() -> None:
    assert callers_of("reject_work") - set(_definitions("reject_work")) == {
        ("providers/by_verbs.py", "_settle")
    }


def test_providers_perform_only_at_the_wire() -> None:
    outside = {(file, name) for file, name in callers_of("perform") if not file.startswith("providers/")}
    assert outside == {
        ("operations/wire_work.py", "WireWork.send"),
        ("operations/lane_work.py", "LaneWork._work"),
    }
    (step,) = (node for file, name, node in FUNCTIONS if name == "LaneWork._work")
    (call,) = (call for call in calls(step) if name_of(call) == "perform")
    assert ast.unparse(call.func) == "self._wire.perform"


def test_no_vendors_part_is_imported_by_name_from_outside() -> None:
    """Nobody can call `settle` or `move_submission` who has not the vendor's classes."""
    vendors = ("crowddesk.providers.prolific", "crowddesk.providers.mock", "crowddesk.providers.inhouse")
    found = [
        (file, module)
        for path in sorted(PACKAGE.rglob("*.py"))
        if not (file := path.relative_to(PACKAGE).as_posix()).startswith("providers/")
        and file.split("/")[0] not in OUTSIDE
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom | ast.Import)
        for module in (
            [node.module or ""] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names]
        )
        if module.startswith(vendors)
    ]
    assert found == [("cli/serving.py", "crowddesk.providers.inhouse.pay_list")]  # prints what is owed
    assert not any("settle" in words for (file, _), words in SAID.items() if file == "cli/serving.py")


def test_at_the_wire_the_policy_speaks_before_the_vendor_hears() -> None:
    """`send` gives the vendor what `_barred` does not hold, and `_barred` asks the policy of everything."""
    send, barred = (
        next(node for file, name, node in FUNCTIONS if (file, name) == ("operations/wire_work.py", wanted))
        for wanted in ("WireWork.send", "WireWork._barred")
    )
    assigned = {
        target.id: node.value
        for node in ast.walk(send)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    (perform,) = (call for call in calls(send) if name_of(call) == "perform")
    assert ast.unparse(perform.args[0]) == "free"
    assert "if a.id not in held" in ast.unparse(assigned["free"])
    assert "for a in actions" in ast.unparse(assigned["free"])
    assert ast.unparse(assigned["held"]) == "self._barred(actions)"
    assert ast.unparse(assigned["actions"]) == "[action for _, action in claimed]"
    (recheck,) = (call for call in calls(barred) if name_of(call) == "recheck")
    assert ast.unparse(recheck) == "policy.recheck(self._hold.db, actions)"
    assert not any(isinstance(node, ast.If | ast.Try) and _holds(node, recheck) for node in ast.walk(barred))


def test_the_policy_looks_at_every_rejection_at_the_wire() -> None:
    (check,) = (node for file, name, node in FUNCTIONS if (file, name) == ("operations/policy.py", "recheck"))
    (one,) = (node for file, name, node in FUNCTIONS if name == "_check_leaving")
    loop = next(node for node in ast.walk(check) if isinstance(node, ast.For))
    assert ast.unparse(loop.iter) == "rejections"
    assert any(name_of(call) == "_check_leaving" for call in calls(loop))
    asked = {name_of(call) for call in calls(one)}
    assert {"check_reason", "check_batch", "check_counts"} <= asked
    assert mentions(one, "waits")


def test_a_new_way_would_be_seen() -> None:
    """The reading finds a call in code, by attribute and by name."""
    sample = ast.parse(
        "def f(agent):\n    agent.reject_work('x')\ndef g(agent):\n    return getattr(agent, 'reject_work')"
    )
    found = list(_functions_of("ui/x.py", sample, ()))
    assert [any(name_of(c) == "reject_work" for c in calls(node)) for _, _, node in found] == [True, False]
    assert all(mentions(node, "reject_work") for _, _, node in found)


def _definitions(name: str) -> Iterator[tuple[str, str]]:
    return ((file, function) for file, function, _ in FUNCTIONS if function.split(".")[-1] == name)


def _holds(node: ast.AST, wanted: ast.AST) -> bool:
    return any(child is wanted for child in ast.walk(node))
