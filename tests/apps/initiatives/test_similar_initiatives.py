"""Similar initiatives of an organisation: drafts, what may be seen, and what has just changed."""

import pytest
from django.db.models import Q

from apps.initiatives.factories import make_goal, make_initiative, make_synonym, noon
from apps.people.factories import make_person, make_unit
from modig.apps.initiatives.actions.initiatives import edit_initiative
from modig.apps.initiatives.queries.similar import forget_indexes, similar_to, similar_to_text
from modig.apps.tenancy.scope import working_for

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _new_indexes():
    forget_indexes()


@pytest.fixture
def door(organisation):
    make_initiative("Parken får fler bänkar", why="Ingenstans att sitta.")
    return make_initiative("En dörr in på socialkontoret", why="Väntan var lång.")


def titles(found):
    return [one.initiative.title for one in found]


def test_draft_finds_what_is_similar(door):
    assert titles(similar_to_text("ny reception på socialkontoret"))[0] == door.title


def test_initiative_finds_others_but_not_itself(door):
    other = make_initiative("Reception på socialkontoret")

    assert titles(similar_to(other))[0] == door.title
    assert other.title not in titles(similar_to(other))


def test_it_says_why(door):
    goal = make_goal(code="G3")
    door.goals.add(goal)

    found = similar_to_text("socialkontoret", kind="everyday", goals=[goal.pk])

    assert found[0].goals == (goal,)
    assert found[0].found.words == ("socialkontoret",)
    assert len(found[0].reasons) == 3


def test_edited_initiative_is_found_by_its_new_words(door):
    similar_to_text("xylofon")
    door.title = "Xylofon i väntrummet"
    edit_initiative(door, version=1, by=None, at=noon())

    assert titles(similar_to_text("xylofoner")) == ["Xylofon i väntrummet"]


def test_new_and_deleted_initiatives_count_at_once(door):
    similar_to_text("xylofon")
    made = make_initiative("Xylofon i väntrummet")
    assert titles(similar_to_text("xylofon")) == [made.title]

    made.delete()
    assert titles(similar_to_text("xylofon")) == []


def test_own_synonym_is_used_from_the_next_question_on(door):
    assert titles(similar_to_text("kvarnen")) == []

    make_synonym("kvarnen|socialkontoret")

    assert titles(similar_to_text("kvarnen")) == [door.title]


def test_merged_initiative_is_not_told(door):
    target = make_initiative("Målet")
    door.merged_into = target
    door.save()

    assert door.title not in titles(similar_to_text("socialkontoret"))
    assert similar_to(door) == []


def test_what_may_not_be_seen_is_not_told(door):
    assert titles(similar_to_text("socialkontoret", seen=Q(pk__in=[]))) == []


def test_other_organisation_is_never_told(door, other_organisation):
    with working_for(other_organisation):
        make_initiative("Annat socialkontor", unit=make_unit(), owner=make_person())
        assert titles(similar_to_text("socialkontoret")) == ["Annat socialkontor"]

    assert titles(similar_to_text("socialkontoret")) == [door.title]


def test_unit_is_part_of_what_is_found(door):
    there = make_initiative("Vi provar", why="Det är svårt.", unit=make_unit("Simhallen Norra"))

    assert titles(similar_to_text("simhall"))[0] == there.title


def test_as_many_questions_to_the_database_for_one_as_for_many(door, django_assert_max_num_queries):
    for number in range(12):
        make_initiative(f"Dörr nummer {number} på socialkontoret")
    similar_to_text("dörr")

    with django_assert_max_num_queries(3):
        assert len(similar_to_text("dörr")) == 5


def test_same_sort_of_change_alone_tells_nothing(door):
    found = similar_to_text("dörren till xylofonen", kind="everyday")

    assert [one.is_telling for one in found if one.initiative == door] == [True]
    assert not any(one.is_telling for one in found if not one.found.words)
