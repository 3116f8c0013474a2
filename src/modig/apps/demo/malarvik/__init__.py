"""Mälarviks kommunkoncern: a made-up municipal group, the same for the same seed. No database here."""

from modig.apps.demo.malarvik.generator import generate
from modig.apps.demo.malarvik.hr_file import HrFile, hr_file
from modig.apps.demo.malarvik.rows import Malarvik

__all__ = ["HrFile", "Malarvik", "generate", "hr_file"]
