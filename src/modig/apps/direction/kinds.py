"""The texts that make up the direction, by the word that addresses and revisions use for each."""

from modig.apps.direction.models import (
    FocusArea,
    Goal,
    LeadershipStatement,
    Shift,
    StatutorySource,
    Strategy,
    StrategyStep,
    Vision,
    VisionStatement,
)

Text = (
    Vision
    | VisionStatement
    | Shift
    | FocusArea
    | Goal
    | LeadershipStatement
    | Strategy
    | StrategyStep
    | StatutorySource
)
KINDS: dict[str, type[Text]] = {
    "vision": Vision,
    "visionstatement": VisionStatement,
    "shift": Shift,
    "focusarea": FocusArea,
    "goal": Goal,
    "leadershipstatement": LeadershipStatement,
    "strategy": Strategy,
    "strategystep": StrategyStep,
    "statutorysource": StatutorySource,
}
# What is said in each: these fields are kept when it is changed.
FIELDS: dict[str, list[str]] = {
    "vision": ["title", "lead", "owner", "from_on", "to_on"],
    "visionstatement": ["number", "text"],
    "shift": ["number", "from_text", "to_text"],
    "focusarea": ["code", "number", "name", "description", "withdrawn_on"],
    "goal": [
        "focus_area", "parent", "code", "name", "description", "unit", "owner", "orientations",
        "from_on", "to_on", "withdrawn_on",
    ],
    "statutorysource": ["kind", "name", "reference", "link", "decided_on", "applies_from"],
    "strategy": ["name", "idea"],
    "strategystep": ["number", "kind", "text", "assumption"],
    "leadershipstatement": ["text", "agreed_on"],
}  # fmt: skip
# What can be taken away whole. A vision is replaced; goals and focus areas are withdrawn.
REMOVABLE = ("visionstatement", "shift", "strategy", "strategystep", "statutorysource")


def kind_of(text: Text) -> str:
    return text._meta.model_name or ""
