"""Control charts of the evaluation library for readings of benefits."""

from modig.evaluation.series import FEWEST, Change, Signal, TooFewReadingsError, XmR, change, xmr

__all__ = ["FEWEST", "Change", "Signal", "TooFewReadingsError", "XmR", "change", "xmr"]
