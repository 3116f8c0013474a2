"""Statistics that say what changed and how sure that is: pure, values in and values out."""

from modig.evaluation.series import Change, Signal, TooFewReadingsError, XmR, change, xmr

__all__ = ["Change", "Signal", "TooFewReadingsError", "XmR", "change", "xmr"]
