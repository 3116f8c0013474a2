"""The thresholds of the evaluation library, and nothing else of it."""

from modig.evaluation.disclosure import FEWEST_FOR_MEAN, FEWEST_FOR_TEXT

__all__ = ["FEWEST_FOR_MEAN", "FEWEST_FOR_TEXT"]
