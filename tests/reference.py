"""Files that lie beside the repository: public corpora, the real HR file, reference cases."""

import os
from pathlib import Path

import pytest

FOLDER = Path(os.environ.get("MODIG_REFERENCE", Path(__file__).parent.parent.parent / "shared"))


def reference(name):
    """The path of a reference file; without it the test is skipped, but fails under CI."""
    path = FOLDER / name
    if not path.exists():
        if os.environ.get("CI") == "true":
            pytest.fail(f"{path} is missing; MODIG_REFERENCE names the folder")
        pytest.skip(f"{path} is not here; MODIG_REFERENCE names the folder")
    return path
