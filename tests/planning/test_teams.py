import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from modig.planning import ProposedTeam, bundle_into_teams


def of(top, **sizes):
    return {(top, unit): [f"{top}.{unit}.{k:03}" for k in range(n)] for unit, n in sizes.items()}


def shape(people):
    return [(len(team.people), team.units) for team in bundle_into_teams(people)]


def test_small_top_unit_is_one_small_team():
    (team,) = bundle_into_teams(of("HR", a=2, b=3))

    assert team == ProposedTeam(
        "HR",
        ("a", "b"),
        ("HR.a.000", "HR.a.001", "HR.b.000", "HR.b.001", "HR.b.002"),
        is_small=True,
    )


def test_top_unit_that_fits_one_team_is_one_team():
    assert shape(of("HR", a=7, b=5)) == [(12, ("a", "b"))]


def test_large_unit_is_divided_evenly():
    assert shape(of("HR", a=25)) == [(9, ("a",)), (8, ("a",)), (8, ("a",))]


def test_units_stay_whole_where_they_can():
    assert sorted(shape(of("HR", a=8, b=9, c=3, d=4))) == [
        (7, ("c", "d")),
        (8, ("a",)),
        (9, ("b",)),
    ]


def test_unit_is_divided_where_whole_units_make_no_team():
    assert sorted(size for size, _ in shape(of("HR", a=5, b=8))) == [6, 7]


def test_top_units_do_not_mix_and_come_in_their_order():
    tops = [team.top for team in bundle_into_teams(of("B", x=6) | of("A", x=3, y=9) | of("C", z=1))]

    assert tops == ["A", "B", "C"]


def test_nobody_gives_no_team():
    assert bundle_into_teams({}) == ()
    assert bundle_into_teams({("a", "b"): []}) == ()


def test_bounds_that_cannot_be_kept_are_refused():
    with pytest.raises(ValueError, match="2 x low - 1"):
        bundle_into_teams({}, low=6, high=10)


@settings(max_examples=200, deadline=None)
@given(
    st.dictionaries(
        st.tuples(st.sampled_from("AB"), st.sampled_from("abcdefghijklmnop")), st.integers(0, 40)
    ),
    st.randoms(use_true_random=False),
)
def test_teams_have_six_to_twelve_and_everybody_is_in_one(sizes, chance):
    people = {key: [f"{key}{k}" for k in range(n)] for key, n in sizes.items()}
    shuffled = list(people.items())
    chance.shuffle(shuffled)

    people_of = {p: key for key, ids in people.items() for p in ids}

    teams = bundle_into_teams(people)

    assert sorted(p for team in teams for p in team.people) == sorted(
        p for ids in people.values() for p in ids
    )
    for team in teams:
        of_top = sum(n for (top, _), n in sizes.items() if top == team.top)
        assert 6 <= len(team.people) <= 12 or (team.is_small and of_top < 6)
        assert {people_of[p] for p in team.people} == {(team.top, unit) for unit in team.units}
    assert bundle_into_teams(dict(shuffled)) == teams
