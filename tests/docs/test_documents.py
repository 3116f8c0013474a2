"""The documents tell the truth about the code: words, addresses, variables, layers, packages."""

import re
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.utils import translation

from modig.apps.tenancy.roles import STARTING_ROLES

ROOT = Path(__file__).parent.parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
MODELS = [m for m in apps.get_models() if m.__module__.startswith("modig.")]
VARIABLE = re.compile(r"MODIG_[A-Z_]+")
FOR_TESTS = {"MODIG_CHROMIUM", "MODIG_REFERENCE", "MODIG_PARENT"}


def text_of(name):
    return (ROOT / name).read_text(encoding="utf-8")


def names_of(requirements):
    return {re.match(r"[A-Za-z0-9-]+", requirement).group() for requirement in requirements}


DEPENDENCIES = names_of(
    [
        *PROJECT["project"]["dependencies"],
        *(one for group in PROJECT["dependency-groups"].values() for one in group),
    ]
)


@pytest.mark.parametrize("package", sorted(DEPENDENCIES))
def test_every_dependency_has_its_reason(package):
    assert f"\n| {package} | " in text_of("docs/decisions/0002-dependencies.md")


def test_no_dependency_is_reasoned_for_that_is_gone():
    told = re.findall(
        r"^\| ([a-z0-9-]+) \| ", text_of("docs/decisions/0002-dependencies.md"), re.MULTILINE
    )

    assert set(told) - {"package"} == DEPENDENCIES


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_model_is_in_the_glossary(model):
    assert f"`{model._meta.label}`" in text_of("docs/glossary.md")


@pytest.mark.parametrize("role", STARTING_ROLES, ids=lambda role: role.code)
def test_every_role_is_in_the_glossary(role):
    row = f"| {role.names['sv'].lower()} | {role.names['en'].lower()} | role `{role.code}` |"

    assert row in text_of("docs/glossary.md")


def words_of_choices():
    for model in MODELS:
        for field in model._meta.concrete_fields:
            for _, word in field.choices or ():
                yield f"{model._meta.label}.{field.name}", word


@pytest.mark.parametrize("language", ["en", "sv"])
def test_every_word_that_one_can_choose_is_in_the_glossary(language):
    glossary = text_of("docs/glossary.md").casefold()

    with translation.override(language):
        missing = [
            f"{where}: {w}" for where, w in words_of_choices() if str(w).casefold() not in glossary
        ]

    assert missing == []


def test_layers_in_the_architecture_are_those_of_the_contract():
    contracts = PROJECT["tool"]["importlinter"]["contracts"]
    [layers] = [one["layers"] for one in contracts if one.get("containers") == ["modig.apps"]]

    assert f"\napps       {' > '.join(layers)}\n" in text_of("docs/architecture.md")


def test_every_feature_is_in_the_architecture():
    features = {path.parent.name for path in (ROOT / "src/modig/apps").glob("*/apps.py")}
    installed = {config.label for config in apps.get_app_configs()} & features
    text = text_of("docs/architecture.md")

    assert [feature for feature in sorted(installed) if f"| `{feature}` |" not in text] == []


def test_every_variable_of_the_environment_is_in_the_table_of_the_administrator():
    source = (ROOT / "src/modig").rglob("*.py")
    read = {name for path in source for name in VARIABLE.findall(path.read_text(encoding="utf-8"))}
    told = set(re.findall(r"^\| `(MODIG_[A-Z_]+)` \|", text_of("docs/admin.md"), re.MULTILINE))

    assert told == read - FOR_TESTS


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_somewhere(document):
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8"))
    own = [link for link in links if "://" not in link]

    assert [link for link in own if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_command_that_is_told_of_exists(document):
    text = document.read_text(encoding="utf-8")
    told = set(re.findall(r"(?:^|`|&& |bin/)modig ([a-z]+)", text, re.MULTILINE))
    commands = set(re.search(r"cli {8}modig: (.*)", text_of("docs/architecture.md"))[1].split(", "))

    assert told - commands - {"manage"} == set()


def test_licence_is_the_whole_text():
    text = text_of("LICENSE")

    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert [n for n in range(1, 16) if not re.search(rf"^{n}\. ?[A-Z]", text, re.MULTILINE)] == []
    assert "Compatible Licences" in text
