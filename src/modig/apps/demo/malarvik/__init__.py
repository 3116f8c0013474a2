"""Mälarviks kommunkoncern: a made-up municipal group, the same for the same seed. No database here."""

from modig.apps.demo.malarvik.generator import Malarvik, generate
from modig.apps.demo.malarvik.hr_file import hr_file

__all__ = ["Malarvik", "generate", "hr_file"]
