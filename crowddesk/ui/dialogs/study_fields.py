"""How the arguments of a run at Prolific stand in the launch dialog: words, order of weight, controls."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from crowddesk.language import mark
from crowddesk.ui.dialogs.study_filters import FiltersEditor
from crowddesk.ui.dialogs.study_offers import GroupsEditor, OfferEditor, ProjectEditor
from crowddesk.ui.forms import EditorMaker, FieldSpec, Form

#: The vendors whose runs are studies.
STUDY_VENDORS: Final = frozenset({"prolific", "prolific_sandbox"})
_LABELS: Final = {
    "survey": mark("survey"),
    "writing_task": mark("writing"),
    "annotation": mark("annotation"),
    "decision_making_task": mark("making decisions"),
    "interview": mark("interview"),
    "other": mark("other"),
    "ai_annotation": mark("AI: annotation"),
    "ai_evaluation": mark("AI: evaluation"),
    "ai_reasoning": mark("AI: reasoning"),
    "ai_fact_checking": mark("AI: checking facts"),
    "ai_safety": mark("AI: safety"),
    "ai_data_creation_text": mark("AI: writing data"),
    "ai_data_creation_audio": mark("AI: recording data"),
    "ai_data_creation_video": mark("AI: filming data"),
    "ai_data_creation_images": mark("AI: making pictures"),
    "ai_other": mark("AI: other"),
}
#: The sorts of people that a rehearsal has.
_KINDS: Final = {
    "skilled": mark("Share of people: careful"),
    "sloppy": mark("Share of people: sloppy"),
    "fast": mark("Share of people: in a hurry"),
    "leaver": mark("Share of people: give back half way"),
    "never_back": mark("Share of people: never seen again"),
    "comes_twice": mark("Share of people: come twice"),
    "forgets_code": mark("Share of people: forget the code"),
    "wrong_code": mark("Share of people: have a wrong code"),
    "times_out": mark("Share of people: run out of time"),
}
#: What stands in place of a field's own metadata, by its name in the flat class.
LOOKS: Final[Mapping[str, Mapping[str, Any]]] = {
    "hosting": {
        "title": mark("Who shows the task"),
        "choices": {
            "auto": mark("this program where people can reach it, else Prolific"),
            "here": mark("this program, at your public address"),
            "vendor": mark("Prolific itself"),
        },
        "help": "",
        "required": True,
    },
    "filters": {"kind": "filters", "title": mark("Who may take part"), "help": ""},
    "finish__finished": {
        "title": mark("When an answer has come"),
        "choices": {
            "review": mark("it waits for your decision"),
            "approve": mark("it is approved and paid at once"),
        },
        "help": "",
        "required": True,
    },
    "devices": {
        "choices": {"desktop": mark("desktop"), "tablet": mark("tablet"), "mobile": mark("mobile")},
        "title": mark("Devices"),
        "help": mark("None ticked: every device."),
    },
    "peripherals": {
        "choices": {
            "audio": mark("audio"),
            "camera": mark("camera"),
            "download": mark("download"),
            "microphone": mark("microphone"),
        },
        "title": mark("What people need"),
        "more": True,
        "help": "",
    },
    "include_groups": {
        "kind": "groups",
        "title": mark("Only members of these groups"),
        "more": True,
        "help": "",
    },
    "exclude_groups": {
        "kind": "groups",
        "title": mark("No members of these groups"),
        "more": True,
        "help": "",
    },
    "finish__turned_away": {
        "title": mark("Who fails the page before the task"),
        "choices": {
            "ask to return": mark("is asked to return the place"),
            "nothing": mark("is told nothing at Prolific"),
        },
        "more": True,
        "help": "",
        "required": True,
    },
    "finish__add_to_group": {
        "title": mark("Who finishes joins the group"),
        "more": True,
        "help": mark("It is made if there is none of this name."),
    },
    "finish__code": {
        "title": mark("Completion code"),
        "more": True,
        "help": mark("Empty: one is made that nobody can guess."),
    },
    "submissions_per_participant": {"title": mark("Places one person may take"), "more": True},
    "labels": {"title": mark("Kind of work"), "choices": _LABELS, "more": True, "help": ""},
    "content_warnings": {
        "choices": {"sensitive": mark("sensitive"), "explicit": mark("explicit")},
        "title": mark("Content warning"),
        "more": True,
    },
    "content_warning_details": {"title": mark("Words of the warning"), "more": True},
    "project": {"kind": "project", "title": mark("Project"), "more": True, "help": ""},
    **{name: {"more": True} for name in ("people", "seed", "speed", "bad_day")},
    **{f"mix__{kind}": {"more": True, "title": title} for kind, title in _KINDS.items()},
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
