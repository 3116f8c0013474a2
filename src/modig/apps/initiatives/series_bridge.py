"""Control charts of the evaluation library for readings of benefits."""

from modig.evaluation.series import Change, Signal, TooFewReadingsError, XmR, change, xmr

__all__ = ["Change", "Signal", "TooFewReadingsError", "XmR", "change", "xmr"]
