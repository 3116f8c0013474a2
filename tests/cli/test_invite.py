import pytest

from modig.apps.tenancy.models import Membership, Organisation
from modig.cli import main

EVA = ("invite", "eva@example.org", "--organisation", "mal", "--name", "Eva")


def test_first_administrator_is_invited_into_a_new_organisation(db, capsys):
    status = main([*EVA, "--create", "Mälarvik"])

    [member] = Membership.across_organisations.select_related("user", "role", "organisation")
    assert (status, member.user.name, member.role.code) == (0, "Eva", "administrator")
    assert "eva@example.org is Administrator at Mälarvik." in capsys.readouterr().out


def test_nobody_is_invited_twice(db, capsys):
    main([*EVA, "--create", "Mälarvik"])

    assert main(EVA) == 2
    assert "already" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (EVA, "--create"),
        ((*EVA, "--create", "M", "--role", "king"), "programme-owner"),
        (("invite", "eva", "--organisation", "mal", "--create", "M"), "no e-mail address"),
    ],
)
def test_invitation_that_cannot_be_made_is_a_sentence_and_makes_nothing(db, capsys, words, told):
    assert main(words) == 2

    said = capsys.readouterr().err
    assert told in said
    assert said.count("\n") == 1
    assert not Organisation.objects.exists()
