"""Vision, shifts, focus areas and goals; assignments and the agreements that hang on them."""

from modig.apps.direction.models.agreement import (
    Agreement,
    AgreementEdition,
    Assignment,
    Commitment,
)
from modig.apps.direction.models.goal import FocusArea, Goal, Orientation, StatutorySource
from modig.apps.direction.models.revision import Revision
from modig.apps.direction.models.vision import (
    LeadershipStatement,
    Shift,
    ShiftReading,
    Strategy,
    StrategyStep,
    Vision,
    VisionStatement,
)

__all__ = [
    "Agreement",
    "AgreementEdition",
    "Assignment",
    "Commitment",
    "FocusArea",
    "Goal",
    "LeadershipStatement",
    "Orientation",
    "Revision",
    "Shift",
    "ShiftReading",
    "StatutorySource",
    "Strategy",
    "StrategyStep",
    "Vision",
    "VisionStatement",
]
