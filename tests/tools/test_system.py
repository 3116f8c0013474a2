"""What the tests need of the machine is found, installed where allowed, or named."""

import pytest


@pytest.fixture
def system(tool):
    return tool("system")


def test_named_chromium_comes_first(system, monkeypatch):
    monkeypatch.setenv("MODIG_CHROMIUM", "/opt/own/chromium")

    assert system.chromium() == "/opt/own/chromium"


def test_what_is_missing_is_asked_of_apt_and_named(system, monkeypatch):
    asked = []
    monkeypatch.setattr(system, "chromium", lambda: None)
    monkeypatch.setattr(system, "apt_install", asked.append)

    missing = system.install_missing()

    assert "chromium" in missing
    assert [packages[0] for packages in asked] == ["chromium-headless-shell", "chromium"]


def test_machine_without_apt_is_left_as_it_is(system, monkeypatch):
    monkeypatch.setattr(system.shutil, "which", lambda _: None)
    monkeypatch.setattr(system.subprocess, "run", lambda *_, **__: pytest.fail("ran something"))

    system.apt_install(["chromium"])
