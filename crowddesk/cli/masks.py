"""The commands of the data set: named masks, what they leave out, and more answers where they differ."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crowddesk.cli.options import AsJson, Folder, Yes
from crowddesk.cli.session import choose, command, count, fail, say, workspace

if TYPE_CHECKING:
    from crowddesk.operations.mask_effect import Effect, Standing
    from crowddesk.operations.overlap import Preview, Rule

app = typer.Typer()
mask_app = typer.Typer(
    help="Named rules that leave answers out of the data; pay is never touched.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(mask_app, name="mask")

Name = Annotated[str, typer.Argument(metavar="NAME", help="The mask's name.")]
Line = Annotated[
    str,
    typer.Argument(
        metavar="MASK", help="Such as 'time < 5 s or (gold < 60 % and not tag:trusted)', or its JSON."
    ),
]
OneRun = Annotated[int, typer.Option("--run", metavar="N", min=1, help="The run's number.")]
_MOST_LABELS = 12


def _read(line: str) -> Mapping[str, Any]:
    from crowddesk.domain import BadInput
    from crowddesk.operations import mask_text, masks

    if not line.lstrip().startswith("{"):
        return mask_text.parse(line)
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadInput(f"This mask is no JSON: {error}.") from None
    masks.check(found)
    assert isinstance(found, dict)
    return found


@mask_app.command("list")
@command
def list_masks(folder: Folder = None, as_json: AsJson = False) -> None:
    """The masks of the workspace, and what each says."""
    from crowddesk.cli import rows
    from crowddesk.operations.mask_text import write
    from crowddesk.operations.masks import DAMAGED, load_masks

    with workspace(folder) as db, db.read() as conn:
        found = load_masks(conn)
    texts = {
        name: "(damaged: change what it says, or remove it)" if e is DAMAGED else write(e)
        for name, e in found.items()
    }
    if as_json:
        rows.print_json({"name": name, "expression": e, "text": texts[name]} for name, e in found.items())
    elif not rows.print_table(("MASK", "LEAVES OUT"), texts.items()):
        say("There are none yet. Make one: crowddesk mask add 'too fast' 'time < 5 s'")


@mask_app.command("add")
@command
def add(name: Name, line: Line, folder: Folder = None) -> None:
    """Keep a mask under a name."""
    from crowddesk.operations import masks

    expression = _read(line)
    with workspace(folder) as db:
        masks.add_mask(db, name, expression)
    say(f"The mask {name!r} is kept. See what it does: crowddesk mask try {name!r} --run N")


@mask_app.command("change")
@command
def change(
    name: Name,
    line: Annotated[str, typer.Argument(metavar="[MASK]", help="What it says from now on.")] = "",
    to: Annotated[str, typer.Option("--to", metavar="NAME", help="Its new name.")] = "",
    folder: Folder = None,
) -> None:
    """Change what a mask says, its name, or both. Masks that name it follow."""
    from crowddesk.operations import masks

    if not line.strip() and not to:
        fail("Say what it shall be: a mask, --to NAME, or both.", 2)
    expression = _read(line) if line.strip() else None
    with workspace(folder) as db:
        masks.change_mask(db, name, expression, new_name=to)
    say(f"The mask {to or name!r} is changed.")


@mask_app.command("remove")
@command
def remove(name: Name, folder: Folder = None) -> None:
    """Take a mask away. What was left out by it stays left out."""
    from crowddesk.operations import masks

    with workspace(folder) as db:
        masks.remove_mask(db, name)
    say(f"The mask {name!r} is removed.")


@mask_app.command("try")
@command
def try_masks(
    run: OneRun,
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME]...", help="Masks; together they leave out more.")
    ] = None,
    line: Annotated[str, typer.Option("--mask", metavar="MASK", help="One that is not kept.")] = "",
    leave_out: Annotated[
        bool, typer.Option("--leave-out", help="Write down that these answers are out of the data.")
    ] = False,
    yes: Yes = False,
    as_json: AsJson = False,
    folder: Folder = None,
) -> None:
    """Show what masks do to a run's data: counts, agreement, labels. Nobody's pay changes."""
    from crowddesk.operations import mask_effect, masks
    from crowddesk.operations.quality.picture import make_picture

    draft = _read(line) if line.strip() else None
    if not names and draft is None:
        fail("Say which: names of masks, --mask MASK, or both.", 2)
    with workspace(folder) as db:
        db.get_task_run(str(run))
        with db.read() as conn:
            named, tags = masks.load_masks(conn), masks.tags_of(conn, run)
            picture = make_picture(conn, run)
        effect = mask_effect.effect_of(picture, tags, named, names or (), draft)
        if as_json:
            sys.stdout.write(json.dumps(mask_effect.to_json(effect), ensure_ascii=False) + "\n")
        else:
            _print_effect(effect)
        if leave_out and effect.newly_out:
            units = count(len(effect.newly_out), "answer")
            choose(f"Leave {units} of run {run} out of the data? Nobody's pay changes.", yes)
            done = mask_effect.leave_out(db, effect.newly_out)
            say(f"{count(done.count, 'answer')} of run {run} out of the data. Pay is as it was.")
        elif leave_out:
            say("There is nothing to leave out that is not out already.")


def _print_effect(effect: Effect) -> None:
    from crowddesk.cli import rows

    before, after = effect.before, effect.after
    rows.print_table(("MASK", "LEAVES OUT"), [(n, f"{c:,}") for n, c in effect.by_mask])
    sys.stdout.write("\n")
    rows.print_table(("", "BEFORE", "AFTER"), _lines(before, after))


def _lines(before: Standing, after: Standing) -> Iterator[tuple[str, str, str]]:
    for word in ("in", "undecided", "out"):
        yield f"answers {word}", f"{before.data[word]:,}", f"{after.data[word]:,}"
    yield "items with an answer", f"{before.items:,}", f"{after.items:,}"
    yield "agreement (alpha)", _figure(before.alpha), _figure(after.alpha)
    yield "pairs that agree", _percent(before.agreeing), _percent(after.agreeing)
    for label, number in list(before.labels.items())[:_MOST_LABELS]:
        yield f"label {label}", f"{number:,}", f"{after.labels.get(label, 0):,}"
    if len(before.labels) > _MOST_LABELS:
        rest = list(before.labels)[_MOST_LABELS:]
        first, last = sum(before.labels[w] for w in rest), sum(after.labels.get(w, 0) for w in rest)
        yield f"{len(rest):,} other labels", f"{first:,}", f"{last:,}"


def _figure(number: float | None) -> str:
    return "–" if number is None else f"{number:.3f}"


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.1%}"


# ------------------------------------------------------------------------------------------- overlap


@app.command()
@command
def overlap(
    run: OneRun,
    least: Annotated[int | None, typer.Option("--least", metavar="N", help="Answers before judging.")] = None,
    most: Annotated[int | None, typer.Option("--most", metavar="N", help="Answers at last.")] = None,
    agreement: Annotated[
        float | None, typer.Option("--agreement", metavar="X", help="The share that must say the same: 0.67.")
    ] = None,
    field: Annotated[str | None, typer.Option("--field", metavar="NAME", help="What is compared.")] = None,
    apply: Annotated[bool, typer.Option("--apply", help="Ask for them now.")] = False,
    on: Annotated[
        bool | None,
        typer.Option("--on/--off", help="Follow this rule by itself from now on, after each answer."),
    ] = None,
    yes: Yes = False,
    as_json: AsJson = False,
    folder: Folder = None,
) -> None:
    """Ask for one more answer where the answers to an item disagree, within the budget."""
    import dataclasses

    from crowddesk.domain import money_text
    from crowddesk.operations import overlap as asking

    with workspace(folder) as db:
        db.get_task_run(str(run))
        given: dict[str, Any] = {"least": least, "most": most, "agreement": agreement}
        given |= {"field": field, "on": on}
        rule = dataclasses.replace(
            asking.rule_of(db, run), **{name: value for name, value in given.items() if value is not None}
        )
        seen = asking.preview(db, run, rule)
        if as_json:
            sys.stdout.write(json.dumps(asking.to_json(seen), ensure_ascii=False) + "\n")
        else:
            _print_preview(seen, rule)
        if on is not None:
            if on:
                choose(f"{asking.words_of(rule)} Ask for them by itself, within the budget?", yes)
            asking.keep_rule(db, run, rule)
            say(f"Run {run} is {'asked for more by itself' if on else 'not asked for more by itself'}.")
        if not apply:
            return
        if not seen.affordable:
            fail("There is nothing to ask for." if not seen.plan.wanted else "The budget holds none of them.")
        money = money_text(seen.total, seen.currency)
        choose(f"Ask for {count(seen.affordable, 'answer')} more in run {run} for {money} with fees?", yes)
        added = asking.follow(db, run, rule)
    say(
        f"{count(added, 'answer')} more are asked for. They go out while the window is open, or with: "
        f"crowddesk resume {run} --wait"
    )


def _print_preview(seen: Preview, rule: Rule) -> None:
    from crowddesk.cli import rows
    from crowddesk.domain import money_text
    from crowddesk.operations.overlap import words_of

    plan = seen.plan
    if plan.wanted:
        rows.print_table(
            ("ITEM", "ANSWERS", "MOST SAY", "SHARE"),
            ((i.key, str(i.answers), i.label, f"{i.share:.0%}" if i.answers else "–") for i in plan.wanted),
        )
    left = (
        "no cap"
        if seen.free is None
        else f"{money_text(max(0, seen.free), seen.currency)} of the budget left"
    )
    money = money_text(seen.total, seen.currency)
    say(words_of(rule))
    say(
        f"{count(len(plan.wanted), 'item')} disagree, {seen.affordable:,} fit: {money} with fees, {left}. "
        f"{plan.agreed:,} agree, {plan.awaited:,} wait for an answer, {plan.at_most:,} have the most."
    )
