"""How the arguments of a run at Prolific stand in the launch dialog: words, order of weight, controls."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from crowddesk.ui.dialogs.study_filters import FiltersEditor
from crowddesk.ui.dialogs.study_offers import GroupsEditor, OfferEditor, ProjectEditor
from crowddesk.ui.forms import EditorMaker, FieldSpec, Form

#: The vendors whose runs are studies.
STUDY_VENDORS: Final = frozenset({"prolific", "prolific_sandbox"})
_LABELS: Final = {
    "survey": "survey", "writing_task": "writing", "annotation": "annotation",
    "decision_making_task": "making decisions", "interview": "interview", "other": "other",
    "ai_annotation": "AI: annotation", "ai_evaluation": "AI: evaluation", "ai_reasoning": "AI: reasoning",
    "ai_fact_checking": "AI: checking facts", "ai_safety": "AI: safety",
    "ai_data_creation_text": "AI: writing data", "ai_data_creation_audio": "AI: recording data",
    "ai_data_creation_video": "AI: filming data", "ai_data_creation_images": "AI: making pictures",
    "ai_other": "AI: other",
}  # fmt: skip
#: The sorts of people that a rehearsal has.
_KINDS: Final = {
    "skilled": "careful", "sloppy": "sloppy", "fast": "in a hurry", "leaver": "give back half way",
    "never_back": "never seen again", "comes_twice": "come twice", "forgets_code": "forget the code",
    "wrong_code": "have a wrong code", "times_out": "run out of time",
}  # fmt: skip
#: What stands in place of a field's own metadata, by its name in the flat class.
LOOKS: Final[Mapping[str, Mapping[str, Any]]] = {
    "hosting": {
        "title": "Who shows the task",
        "choices": {
            "auto": "this program where people can reach it, else Prolific",
            "here": "this program, at your public address",
            "vendor": "Prolific itself",
        },
        "help": "",
        "required": True,
    },
    "filters": {"kind": "filters", "title": "Who may take part", "help": ""},
    "finish__finished": {
        "title": "When an answer has come",
        "choices": {"review": "it waits for your decision", "approve": "it is approved and paid at once"},
        "help": "",
        "required": True,
    },
    "devices": {"title": "Devices", "help": "None ticked: every device."},
    "peripherals": {"title": "What people need", "more": True, "help": ""},
    "include_groups": {"kind": "groups", "title": "Only members of these groups", "more": True, "help": ""},
    "exclude_groups": {"kind": "groups", "title": "No members of these groups", "more": True, "help": ""},
    "finish__turned_away": {
        "title": "Who fails the page before the task",
        "choices": {
            "ask to return": "is asked to return the place",
            "nothing": "is told nothing at Prolific",
        },
        "more": True,
        "help": "",
        "required": True,
    },
    "finish__add_to_group": {
        "title": "Who finishes joins the group",
        "more": True,
        "help": "It is made if there is none of this name.",
    },
    "finish__code": {
        "title": "Completion code",
        "more": True,
        "help": "Empty: one is made that nobody can guess.",
    },
    "submissions_per_participant": {"title": "Places one person may take", "more": True},
    "labels": {"title": "Kind of work", "choices": _LABELS, "more": True, "help": ""},
    "content_warnings": {"title": "Content warning", "more": True},
    "content_warning_details": {"title": "Words of the warning", "more": True},
    "project": {"kind": "project", "title": "Project", "more": True, "help": ""},
    **{name: {"more": True} for name in ("people", "seed", "speed", "bad_day")},
    **{
        f"mix__{kind}": {"more": True, "title": f"Share of people: {words}"} for kind, words in _KINDS.items()
    },
}
_OWN: Final[dict[str, type[OfferEditor]]] = {
    "filters": FiltersEditor,
    "groups": GroupsEditor,
    "project": ProjectEditor,
}


def _make(spec: FieldSpec) -> OfferEditor:
    return _OWN[spec.kind]()


#: The controls that a form over a study's arguments needs.
EDITORS: Final[Mapping[str, EditorMaker]] = dict.fromkeys(_OWN, _make)


def offer_editors(form: Form) -> list[OfferEditor]:
    """The controls of a form whose choices come from the vendor."""
    return form.findChildren(OfferEditor)
