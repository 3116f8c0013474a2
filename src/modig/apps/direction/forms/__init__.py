"""The forms of the direction, of assignments and of agreements."""
