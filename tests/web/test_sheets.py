"""One style sheet: what it imports stands in it, in its layer and in the same order."""

from pathlib import Path

import pytest

import modig
from modig.web.sheets import SHEET, whole_sheet

SOURCE = Path(modig.__file__).parent / "apps/ui/static"


@pytest.fixture
def sheet(tmp_path):
    """Makes a sheet beside two parts, one of another folder."""

    def make(text, far="a { color: red }"):
        for name, content in (("css/all.css", text), ("css/near.css", "b {}"), ("far.css", far)):
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text(content, encoding="utf-8")
        return whole_sheet(tmp_path, "css/all.css")

    return make


def test_imports_are_replaced_by_what_they_import(sheet):
    text = '@layer low, high;\n@import url("../far.css") layer(low);\n@import url("near.css") layer(high);\ni {}'

    whole, parts = sheet(text, far='@charset "UTF-8";a { background: url("data:image/svg+xml,x") }')

    assert whole.split("\n") == [
        "@layer low, high;",
        *("@layer low {", 'a { background: url("data:image/svg+xml,x") }', "}"),
        *("@layer high {", "b {}", "}"),
        "i {}",
    ]
    assert parts == ["far.css", "css/near.css"]


@pytest.mark.parametrize(
    ("text", "far", "told"),
    [
        ("@import 'near.css';", "", "css/all.css: an import"),
        ('@import url("../far.css") layer(low);', "a { background: url(x.png) }", "another file"),
    ],
    ids=["written another way", "points elsewhere"],
)
def test_what_cannot_be_put_together_is_told(sheet, text, far, told):
    with pytest.raises(ValueError, match=told):
        sheet(text, far)


def test_every_sheet_of_ours_is_imported():
    written = {path.name for path in (SOURCE / SHEET).parent.glob("*.css")} - {Path(SHEET).name}
    text = (SOURCE / SHEET).read_text(encoding="utf-8")

    assert {name for name in written if f'url("{name}")' not in text} == set()
