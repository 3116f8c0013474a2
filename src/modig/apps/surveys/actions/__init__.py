"""Launching rounds and taking in answers."""

from modig.apps.surveys.actions.rounds import (
    AlreadyAnsweredError,
    RoundIsClosedError,
    RoundIsLaunchedError,
    close_round,
    create_round,
    launch_round,
    put_answer,
)

__all__ = [
    "AlreadyAnsweredError",
    "RoundIsClosedError",
    "RoundIsLaunchedError",
    "close_round",
    "create_round",
    "launch_round",
    "put_answer",
]
