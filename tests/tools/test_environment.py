"""What is made is made once, and again when what it was made from has changed."""

import re

import pytest


@pytest.fixture
def environment(tool, tmp_path, monkeypatch):
    loaded = tool("environment")
    monkeypatch.setattr(loaded, "ROOT", tmp_path)
    monkeypatch.setattr(loaded, "VENV", tmp_path)
    return loaded


def test_step_is_done_again_only_when_its_source_has_changed(environment, tmp_path):
    source, done = tmp_path / "source.lock", []
    source.write_text("one")

    for text in ("one", "one", "two"):
        source.write_text(text)
        environment._step("thing", lambda _: done.append(source.read_text()), "", "source.lock")

    assert done == ["one", "two"]


def test_step_that_failed_is_tried_again(environment, tmp_path):
    (tmp_path / "source.lock").write_text("one")

    def fail(_):
        raise OSError

    for _ in range(2):
        with pytest.raises(OSError):  # noqa: PT011 -- the one above
            environment._step("thing", fail, "", "source.lock")


def test_python_that_cannot_make_an_environment_says_what_to_install(environment, monkeypatch):
    monkeypatch.setattr(environment, "find_spec", lambda _: None)
    asked = []
    monkeypatch.setattr(environment.system, "apt_install", asked.append)

    with pytest.raises(SystemExit, match=r"install python3\.\d+-venv first"):
        environment._make_venv()

    assert re.fullmatch(r"python3\.\d+-venv", asked[0][0])


def test_locks_hold_hashes_and_no_addresses(tool):
    root = tool("environment").ROOT

    for lock in root.glob("requirements*.lock"):
        text = lock.read_text()
        assert "--hash=sha256:" in text
        assert "://" not in text
    assert '"resolved"' not in (root / "package-lock.json").read_text()
