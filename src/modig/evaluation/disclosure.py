"""Which figures may be shown beside each other without telling what a few people answered."""

FEWEST_FOR_MEAN = 5
FEWEST_FOR_TEXT = 10
"""Means from 5 answers on; distributions and free texts from 10 (k-thresholds)."""
