"""modig: run a leadership and change programme. Layers: cli > web > apps > pure libraries."""

__version__ = "0.1.0"
