"""The page of the direction, and the pages around it."""

import pytest
from django.urls import reverse

from apps.direction.factories import (
    make_area,
    make_goal,
    make_leadership,
    make_reading,
    make_shift,
    make_source,
    make_statement,
    make_strategy,
    make_vision,
)

DIRECTION = "/direction/"


def test_direction_without_vision_is_calm(organisation, signed_in):
    answer = signed_in("reader").get(DIRECTION)

    assert answer.status_code == 200


def test_direction_shows_everything_that_follows_from_the_vision(organisation, signed_in):
    vision = make_vision()
    make_statement()
    make_reading(make_shift(), is_baseline=True)
    make_goal(area=make_area())
    make_leadership()
    make_strategy()
    make_source()

    page = signed_in("programme-owner").get(DIRECTION, {"edit": ""}).content.decode()

    for text in (vision.title, "Barnen når längre här", "Vi utvecklar", "Kortare väg till rätt stöd", "Vi leder tillsammans."):
        assert text in page
