"""Every page of the direction: it opens, asks its permission, and knows no other organisation."""

from datetime import date, timedelta
from itertools import count

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apps.direction.factories import (
    agree,
    make_area,
    make_assignment,
    make_goal,
    make_leadership,
    make_reading,
    make_shift,
    make_source,
    make_statement,
    make_strategy,
    make_vision,
)
from apps.people.factories import make_person, make_unit
from modig.apps.accounts.models import User
from modig.apps.direction.models import Goal, Revision, ShiftReading, Vision, VisionStatement
from modig.apps.tenancy.scope import working_for

DIRECTION = "/direction/"


def furnish():
    """One of each: the keys that the addresses take."""
    vision = make_vision(from_on=timezone.localdate() - timedelta(days=400))
    make_statement()
    shift = make_shift()
    make_reading(shift, is_baseline=True)
    goal = make_goal(area=make_area(), orientations=["customer"])
    goal.sources.set([make_source()])
    make_leadership()
    make_strategy()
    assignment = make_assignment(goals=[goal])
    first, second = make_person("Åsa Öberg"), make_person("Nils Ek")
    agreement = agree(first, second, assignment=assignment)
    coming = make_vision("Sedan", from_on=date(2099, 1, 1), to_on=date(2100, 1, 1))
    return {
        "vision_id": vision.pk,
        "coming_id": coming.pk,
        "shift_id": shift.pk,
        "goal_id": goal.pk,
        "assignment_id": assignment.pk,
        "agreement_id": agreement.pk,
    }


def address(name, furniture, **keys):
    return reverse(f"direction:{name}", kwargs={key: furniture[key] for key in keys} | {})


PAGES = {
    "direction": (), "changes": (), "sources": (), "vision_new": (), "vision": ("vision_id",),
    "takeover": ("vision_id",), "shift": ("shift_id",), "goals": (), "goal": ("goal_id",),
    "assignments": (), "assignment_new": (), "assignment": ("assignment_id",),
    "assignment_edit": ("assignment_id",), "agreements": (), "agreement_new": (),
    "agreement": ("agreement_id",), "person_options": (), "unit_options": (),
}  # fmt: skip
TEXTS = {
    "vision": "text_edit text_history", "goal": "text_edit text_history text_withdrawal",
    "shift": "text_edit text_history text_removal",
    "focusarea": "text_edit text_history text_withdrawal",
    "visionstatement": "text_edit text_history text_removal",
    "leadershipstatement": "text_edit text_history",
    "strategy": "text_edit text_history text_removal",
    "strategystep": "text_edit text_history text_removal",
    "statutorysource": "text_edit text_history text_removal",
}  # fmt: skip
PAGES_OF_TEXTS = [(kind, page) for kind, pages in TEXTS.items() for page in pages.split()]
NEW = [kind for kind in TEXTS if kind != "vision"]


def at(name, furniture):
    return reverse(f"direction:{name}", kwargs={key: furniture[key] for key in PAGES[name]})


def text_of(kind):
    from modig.apps.direction.kinds import KINDS

    return KINDS[kind].objects.first()


@pytest.mark.parametrize("name", PAGES)
def test_page_opens_for_the_administrator(name, organisation, signed_in):
    furniture = furnish()

    answer = signed_in("administrator").get(at(name, furniture), {"field": "q", "q": "a"})

    assert answer.status_code in {200, 302}


@pytest.mark.parametrize("name", [name for name, keys in PAGES.items() if keys])
def test_row_of_another_organisation_is_not_found(
    name, organisation, other_organisation, signed_in
):
    with working_for(other_organisation):
        furniture = furnish()

    assert signed_in("administrator").get(at(name, furniture)).status_code == 404


@pytest.mark.parametrize(("kind", "page"), PAGES_OF_TEXTS)
def test_every_text_can_be_read_and_changed(kind, page, organisation, signed_in):
    furnish()

    there = reverse(f"direction:{page}", args=[kind, text_of(kind).pk])

    assert signed_in("programme-owner").get(there).status_code == 200


@pytest.mark.parametrize(("kind", "page"), PAGES_OF_TEXTS)
def test_text_of_another_organisation_is_not_found(
    kind, page, organisation, other_organisation, signed_in
):
    with working_for(other_organisation):
        furnish()
        there = reverse(f"direction:{page}", args=[kind, text_of(kind).pk])

    assert signed_in("programme-owner").get(there).status_code == 404


@pytest.mark.parametrize("kind", NEW)
def test_every_text_can_be_written(kind, organisation, signed_in):
    furnish()
    there = reverse("direction:text_new", args=[kind])

    answer = signed_in("programme-owner").get(there, {"strategy": text_of("strategy").pk})

    assert answer.status_code == (302 if kind == "leadershipstatement" else 200)


@pytest.mark.parametrize("kind", ["nonsense", "vision"])
def test_what_is_no_text_of_its_own_is_not_found(kind, organisation, signed_in):
    make_vision()

    assert signed_in("programme-owner").get(f"/direction/texts/{kind}/new/").status_code == 404


@pytest.mark.parametrize("page", ["vision_new", "takeover"])
@pytest.mark.parametrize("role", ["reader", "unit-manager", "participant", "facilitator"])
def test_only_who_edits_the_direction_opens_its_forms(page, role, organisation, signed_in):
    furniture = furnish()

    assert signed_in(role).get(at(page, furniture)).status_code == 403


@pytest.mark.parametrize(("kind", "page"), [one for one in PAGES_OF_TEXTS if one[1] != "text_history"])  # fmt: skip
def test_reader_changes_no_text(kind, page, organisation, signed_in):
    furnish()
    there = reverse(f"direction:{page}", args=[kind, text_of(kind).pk])

    assert signed_in("reader").get(there).status_code == 403


def test_goal_is_withdrawn_and_never_taken_away(organisation, signed_in):
    goal = make_goal()

    answer = signed_in("administrator").get(
        reverse("direction:text_removal", args=["goal", goal.pk])
    )

    assert answer.status_code == 403


# ---- the page of the direction -------------------------------------------------------------------


def test_direction_without_a_vision_is_calm(organisation, signed_in):
    page = signed_in("reader").get(DIRECTION).content.decode()

    assert "Ingen vision är skriven än" in page


def test_direction_shows_everything_that_follows_from_the_vision(organisation, signed_in):
    furnish()

    page = signed_in("programme-owner").get(DIRECTION, {"edit": ""}).content.decode()

    for text in (
        "Tillsammans gör vi Mälarvik",
        "Barnen når längre här",
        "Vi utvecklar",
        "2 av 5 år 2024, startläget.",
        "Kortare väg till rätt stöd",
        "Vi leder tillsammans.",
        "Modigt ledarskap",
        "Socialtjänstlagen",
    ):
        assert text in page


def test_reader_sees_no_way_to_edit(organisation, signed_in):
    furnish()

    page = signed_in("reader").get(DIRECTION, {"edit": ""}).content.decode()

    assert "/edit/" not in page


def test_texts_are_told_in_the_language_of_the_page(organisation, signed_in):
    make_vision(translations={"en": {"title": "Together we make Mälarvik"}})
    client = signed_in("reader")
    User.objects.update(language="en")

    assert "Together we make Mälarvik" in client.get(DIRECTION).content.decode()


# ---- changing ------------------------------------------------------------------------------------


def test_change_asks_why(organisation, signed_in):
    statement = make_statement("Ett")
    there = reverse("direction:text_edit", args=["visionstatement", statement.pk])

    answer = signed_in("programme-owner").post(there, {"text": "Två", "number": 1, "version": 1})

    assert answer.status_code == 200
    assert VisionStatement.objects.get().text == "Ett"


def test_change_is_kept_with_its_reason_and_who_made_it(organisation, signed_in):
    statement = make_statement("Ett")
    there = reverse("direction:text_edit", args=["visionstatement", statement.pk])

    signed_in("programme-owner").post(
        there, {"text": "Två", "number": 1, "version": 1, "why": "Rakare"}
    )

    kept = Revision.objects.get()
    assert (kept.why, str(kept.by)) == ("Rakare", "Programme Owner")


def test_change_that_came_too_late_shows_both_texts(organisation, signed_in):
    statement = make_statement("Ett")
    there = reverse("direction:text_edit", args=["visionstatement", statement.pk])
    client = signed_in("programme-owner")
    told = {"number": 1, "version": 1, "why": "Rakare"}
    client.post(there, {**told, "text": "Deras"})

    answer = client.post(there, {**told, "text": "Mitt"})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Mitt" in page
    assert "Deras" in page


def test_goal_is_written_with_laws_and_orientations(organisation, signed_in):
    area, law = make_area(), make_source()
    given = {
        "name": "Första mötet inom fem dagar",
        "code": "G3.1",
        "focus_area": area.pk,
        "orientations": ["customer", "results"],
        "sources": [law.pk],
        "from_on": "2026-01-01",
        "version": 1,
    }

    signed_in("programme-owner").post(reverse("direction:text_new", args=["goal"]), given)

    goal = Goal.objects.get()
    assert goal.orientations == ["customer", "results"]
    assert [*goal.sources.all()] == [law]


def test_code_of_another_goal_is_refused(organisation, signed_in):
    area = make_area()
    make_goal(code="G1", area=area)
    given = {"name": "Igen", "code": "G1", "focus_area": area.pk, "from_on": "2026-01-01"}

    answer = signed_in("programme-owner").post(
        reverse("direction:text_new", args=["goal"]), {**given, "version": 1}
    )

    assert "Ett annat mål har den koden." in answer.content.decode()


def test_goal_under_a_goal_below_it_is_refused_in_words(organisation, signed_in):
    top = make_goal(code="G1")
    below = make_goal(code="G2", under=top)
    given = {
        "name": top.name,
        "code": "G1",
        "focus_area": top.focus_area_id,
        "parent": below.pk,
        "from_on": "2026-01-01",
        "version": 1,
        "why": "Prov",
    }

    answer = signed_in("programme-owner").post(
        reverse("direction:text_edit", args=["goal", top.pk]), given
    )

    assert "Ett mål kan inte ligga under sig självt" in answer.content.decode()


def test_withdrawal_says_what_will_hang_loose_before_it_is_done(organisation, signed_in):
    goal = make_goal()
    make_assignment(goals=[goal])
    there = reverse("direction:text_withdrawal", args=["goal", goal.pk])
    client = signed_in("programme-owner")

    asked = client.get(there).content.decode()
    client.post(there, {"version": 1, "why": "Nådd"})

    assert "1 uppdrag kommer att hänga löst." in asked
    assert "hänger löst" in client.get(reverse("direction:goal", args=[goal.pk])).content.decode()


@pytest.mark.parametrize("page", ["text_withdrawal", "text_edit"])
def test_goal_changed_meanwhile_is_shown_before_it_is_withdrawn_or_changed(
    page, organisation, signed_in
):
    goal = make_goal("Kortare väg", code="G3", version=2)
    given = {"focus_area": goal.focus_area_id, "from_on": "2026-01-01", "version": 1}

    answer = signed_in("programme-owner").post(
        reverse(f"direction:{page}", args=["goal", goal.pk]),
        {**given, "name": "Mitt", "code": "G3", "why": "Nådd"},
    )

    assert answer.status_code == 409
    assert "Kortare väg" in answer.content.decode()
    assert not Goal.objects.get().is_withdrawn


def test_new_vision_asks_what_of_the_former_goes_on(organisation, signed_in):
    old = make_vision("Förr")
    goal = make_goal(area=make_area(vision=old))
    client = signed_in("chief-executive")

    answer = client.post(
        reverse("direction:vision_new"),
        {"title": "Nu", "from_on": timezone.localdate().isoformat(), "version": 1},
    )
    new = Vision.objects.get(title="Nu")
    client.post(answer["Location"], {"focus_areas": "on"})

    assert answer["Location"] == reverse("direction:takeover", args=[new.pk])
    goal.focus_area.refresh_from_db()
    assert goal.focus_area.vision == new


def test_vision_from_before_the_one_that_holds_is_refused_in_words(organisation, signed_in):
    make_vision("Förr", from_on=date(2026, 5, 1))

    answer = signed_in("chief-executive").post(
        reverse("direction:vision_new"), {"title": "Nu", "from_on": "2026-01-01", "version": 1}
    )

    assert "en ny kommer efter den" in answer.content.decode()


def test_vision_that_holds_later_can_be_called_off(organisation, signed_in):
    make_vision("Förr")
    client = signed_in("chief-executive")
    client.post(
        reverse("direction:vision_new"), {"title": "Sedan", "from_on": "2099-01-01", "version": 1}
    )
    coming = Vision.objects.get(title="Sedan")

    client.post(reverse("direction:call_off", args=[coming.pk]), {"version": 1, "why": "Inte än"})

    assert [one.title for one in Vision.objects.filter(to_on=None)] == ["Förr"]


def test_shift_is_read_by_who_edits(organisation, signed_in):
    shift = make_shift()
    there = reverse("direction:shift", args=[shift.pk])

    signed_in("programme-owner").post(there, {"level": 3, "on": "2026-01-01", "note": "Samtal"})

    assert ShiftReading.objects.get().level == 3


def test_reader_reads_no_shift(organisation, signed_in):
    shift = make_shift()
    there = reverse("direction:shift", args=[shift.pk])

    signed_in("reader").post(there, {"level": 3, "on": "2026-01-01"})

    assert not ShiftReading.objects.exists()


@pytest.mark.parametrize("on", ["2099-01-01", "2020-01-01"])
def test_reading_before_the_baseline_or_after_today_is_refused(on, organisation, signed_in):
    shift = make_shift()
    make_reading(shift, on=date(2024, 11, 1), is_baseline=True)

    signed_in("programme-owner").post(
        reverse("direction:shift", args=[shift.pk]), {"level": 3, "on": on}
    )

    assert ShiftReading.objects.count() == 1


# ---- lists ---------------------------------------------------------------------------------------


def queries_for(client, there):
    client.get(there)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(there).status_code == 200
    return len(asked)


numbers = count(1)


def fill(n):
    for k in (next(numbers) for _k in range(n)):
        goal = make_goal(f"Mål {k}", unit=make_unit(f"Enhet {k}"), owner=make_person(f"Åsa {k}"))
        goal.sources.set([make_source(f"Lag {k}")])
        make_goal(f"Under {k}", under=goal)
        make_assignment(
            f"Uppdrag {k}", goals=[goal], giver=make_person(f"Nils {k}"), unit=goal.unit
        )
        make_statement(f"Mening {k}")
        shift = make_shift(f"Från {k}", f"Till {k}")
        make_reading(shift, is_baseline=True)
        make_area(f"Område {k}")
        make_strategy(f"Strategi {k}")
        agree(make_person(f"Ida {k}"), make_person(f"Omar {k}"), title=f"Överenskommelse {k}")
        Revision.objects.create(
            organisation=goal.organisation,
            kind="goal",
            thing=goal.pk,
            number=k + 1,
            content={"name": "Förr"},
            changed=["name"],
            why="Tydligare",
            at=timezone.now(),
        )


@pytest.mark.parametrize(
    "there",
    [
        "/direction/",
        "/direction/?edit",
        "/direction/changes/",
        "/direction/sources/",
        "/goals/",
        "/assignments/?which=all",
        "/agreements/?which=all",
    ],
)
def test_list_asks_as_often_for_three_rows_as_for_one(there, organisation, signed_in):
    client = signed_in("programme-owner")
    fill(2)
    with_few = queries_for(client, there)

    fill(3)

    assert queries_for(client, there) == with_few


def test_page_of_a_goal_asks_as_often_for_many_levels_as_for_few(organisation, signed_in):
    client = signed_in("programme-owner")
    top = make_goal()
    make_goal(under=make_goal(under=top))
    there = reverse("direction:goal", args=[top.pk])
    with_few = queries_for(client, there)

    for _k in range(3):
        make_goal(under=make_goal(under=top, unit=make_unit("Enhet")))

    assert queries_for(client, there) == with_few


@pytest.mark.parametrize("wanted", ["csv", "xlsx"])
@pytest.mark.parametrize(
    "there",
    ["/direction/changes/", "/direction/sources/", "/goals/", "/assignments/?which=all", "/agreements/?which=all"],
)  # fmt: skip
def test_list_can_be_had_as_a_file(there, wanted, organisation, signed_in):
    fill(2)

    answer = signed_in("programme-owner").get(
        f"{there}{'&' if '?' in there else '?'}format={wanted}"
    )

    assert answer["Content-Disposition"].endswith(f".{wanted}")
    assert len(b"".join(answer)) > 100


def test_file_of_goals_says_what_a_program_needs(organisation, signed_in):
    top = make_goal("Kortare väg", code="G3", orientations=["customer"])
    make_goal("=Fem dagar", code="G3.1", under=top)

    lines = b"".join(signed_in("reader").get("/goals/?format=csv")).decode("utf-8-sig").splitlines()

    assert lines[1].startswith("G3;Kortare väg;")
    assert "kundnytta" in lines[1]
    assert lines[2].startswith("G3.1;'=Fem dagar;")
