"""The pages of the direction, of goals, of assignments and of agreements."""
