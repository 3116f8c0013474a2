"""Statistics that say what changed and how sure that is: pure, values in and values out."""

from modig.evaluation.disclosure import FEWEST_FOR_MEAN, FEWEST_FOR_TEXT
from modig.evaluation.series import Change, Signal, TooFewReadingsError, XmR, change, xmr

__all__ = [
    "FEWEST_FOR_MEAN",
    "FEWEST_FOR_TEXT",
    "Change",
    "Signal",
    "TooFewReadingsError",
    "XmR",
    "change",
    "xmr",
]
