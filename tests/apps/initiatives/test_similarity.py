"""The finder of similar texts, on texts alone."""

import pytest

from modig.apps.initiatives.similarity import MOST_FRESH, Finder, Text
from modig.apps.initiatives.swedish import Splitter, Synonyms, stem, words_of


def text(key, title, why="", **given):
    return Text(key, [(3.0, title), (1.0, why)], **given)


OTHERS = [
    text("90", "Parken får fler bänkar"),
    text("91", "Bygglov på kortare tid"),
    text("92", "Simskola för alla i fyran"),
    text("93", "Skolans matsal blir tystare"),
]


def finder(*texts, synonyms=()):
    made = Finder(Synonyms(synonyms))
    made.read([(1, one) for one in (*texts, *OTHERS)])
    return made


def keys(found):
    return [one.key for one in found]


def ask(made, question, **given):
    return made.similar(text("", question, **given))


# ---- words -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("biblioteket", "bibliotek"),
        ("svinnet", "svinn"),
        ("matsvinnet", "matsvinn"),
        ("rummet", "rum"),
        ("möten", "mötet"),
        ("fakturorna", "faktura"),
        ("skolornas", "skolor"),
        ("kvaliteten", "kvalitet"),
    ],
)
def test_forms_of_a_word_have_one_stem(one, other):
    assert stem(one) == stem(other)


def test_words_that_say_nothing_are_left_out():
    assert words_of("Vi ska inte längre vänta på hissen") == ["längre", "vänta", "hissen"]


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("matavfall", ("mat", "avfal")),
        ("arbetstid", ("arbet", "tid")),
        ("skolmatsal", ("skol", "mat", "sal")),
        ("överlämning", ()),
        ("skola", ()),
    ],
)
def test_compound_is_parted_into_what_stands_alone(word, parts):
    splitter = Splitter({"mat", "avfal", "arbet", "tid", "skol", "sal", "lämning"})

    assert splitter.parts(stem(word)) == parts


def test_synonym_is_found_as_a_word_in_a_compound_and_as_several_words():
    synonyms = Synonyms([["mottagning", "en dörr in"]])

    assert [bool(synonyms.of(said)) for said in ("Mottagningen", "läkarmottagning")] == [True, True]
    assert synonyms.of("Vi öppnar en dörr in")
    assert not synonyms.of("Vi öppnar en dörr ut")


# ---- finding -----------------------------------------------------------------------------------


def test_other_form_of_the_word_is_found():
    made = finder(text("1", "Fakturorna blir rätt första gången"))

    assert keys(ask(made, "rätt faktura"))[0] == "1"


def test_part_of_a_compound_is_found():
    made = finder(text("1", "Korttidsfrånvaron bland personalen"), text("2", "Frånvaro i skolan"))

    assert set(keys(ask(made, "frånvaro"))[:2]) == {"1", "2"}


def test_other_words_for_the_same_are_found():
    made = finder(text("1", "Ny front desk i kommunhuset"), synonyms=[["reception", "front desk"]])

    found = ask(made, "reception")

    assert keys(found) == ["1"]
    assert set(found[0].words) <= {"front", "desk"}


def test_long_common_compound_does_not_drown_the_rare_word():
    homes = [text(str(n), f"Äldreboendet provar nummer {n}") for n in range(2, 12)]
    made = finder(text("1", "Kortare nattfasta"), *homes)

    assert "1" in keys(ask(made, "nattfasta på äldreboendet"))[:2]


def test_nothing_is_like_a_text_without_a_shared_word():
    assert ask(finder(), "xylofon") == []


def test_empty_question_and_empty_index_find_nothing():
    assert ask(finder(), "") == []
    assert Finder().similar(text("", "bygglov")) == []


def test_shared_goal_and_sort_decide_between_equal_words():
    made = finder(
        text("1", "Kortare kö", kind="everyday"),
        text("2", "Kortare kö", kind="reception", goals=frozenset({"7"})),
    )

    found = ask(made, "kortare kö", kind="reception", goals=frozenset({"7"}))

    assert (keys(found)[:2], found[0].goals, found[0].same) == (["2", "1"], ("7",), ("kind",))


def test_equal_scores_keep_the_earlier_first_and_never_give_a_sixth():
    made = finder(*(text(str(n), "Kortare kö") for n in (11, 9, 10, 8, 7, 12, 100)))

    assert keys(ask(made, "kortare kö")) == ["7", "8", "9", "10", "11"]


def test_what_is_left_out_is_not_found():
    made = finder(text("1", "Kortare kö"), text("2", "Kortare kö i växeln"))

    found = made.similar(text("", "kö"), without={"1"})

    assert keys(found) == ["2"]


def test_reasons_leave_out_words_that_half_of_all_have():
    made = finder(*(text(str(n), f"Personalen {n} provar", f"mottagning {n}") for n in range(20)))
    made.read([(1, text("50", "Personalen i receptionen får en lotsbänk"))])

    found = ask(made, "personalen vid lotsbänken")

    assert (found[0].key, found[0].words) == ("50", ("lotsbänk",))


# ---- change ------------------------------------------------------------------------------------


def test_changed_text_is_found_by_its_new_words_only():
    made = finder(text("1", "Kortare kö"))

    made.read([(2, text("1", "Elevhälsan flyttar in"))])

    assert (keys(ask(made, "elevhälsa")), ask(made, "kö")) == (["1"], [])
    assert made.marks()["1"] == 2


def test_text_that_is_gone_is_not_found():
    made = finder(text("1", "Kortare kö"))

    made.read([], gone={"1"})

    assert ask(made, "kö") == []
    assert made.text("1") is None


def test_fresh_text_that_is_gone_again_is_not_found():
    made = finder()
    made.read([(1, text("1", "Kortare kö"))])

    made.read([], gone={"1"})

    assert ask(made, "kö") == []


def test_many_changes_build_the_index_anew_with_the_same_answers():
    made = finder(text("1", "Kortare kö"))
    more = [(1, text(str(n + 100), f"Elevhälsa nummer {n}")) for n in range(MOST_FRESH + 1)]

    made.read(more, gone={"90"})

    assert keys(ask(made, "kö")) == ["1"]
    assert made.text("90") is None
    assert len(made.marks()) == len(OTHERS) + len(more)


def test_fresh_and_built_texts_score_the_same():
    later = text("2", "Kortare kö i växeln", goals=frozenset({"7"}))
    fresh = finder(text("1", "Kortare kö"))
    fresh.read([(1, later)])
    built = finder(text("1", "Kortare kö"), later)

    assert keys(ask(fresh, "kö i växeln")) == keys(ask(built, "kö i växeln")) == ["2", "1"]
