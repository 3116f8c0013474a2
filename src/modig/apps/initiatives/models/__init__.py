"""Local change initiatives, what passes between them, and the benefit register."""

from modig.apps.initiatives.models.benefit import Benefit, Indicator, IndicatorValue, Reading
from modig.apps.initiatives.models.cluster import Cluster, ClusterMap
from modig.apps.initiatives.models.exchange import (
    MergeProposal,
    NewsRequest,
    Question,
    SavedView,
    Synonym,
)
from modig.apps.initiatives.models.initiative import (
    OPEN_STAGES,
    Attachment,
    Beneficiary,
    DiaryEntry,
    Gate,
    Initiative,
    InitiativePerson,
    InitiativeStep,
    Kind,
    Quotation,
    Stage,
    StageChange,
)

__all__ = [
    "OPEN_STAGES",
    "Attachment",
    "Beneficiary",
    "Benefit",
    "Cluster",
    "ClusterMap",
    "DiaryEntry",
    "Gate",
    "Indicator",
    "IndicatorValue",
    "Initiative",
    "InitiativePerson",
    "InitiativeStep",
    "Kind",
    "MergeProposal",
    "NewsRequest",
    "Question",
    "Quotation",
    "Reading",
    "SavedView",
    "Stage",
    "StageChange",
    "Synonym",
]
