"""Everything that changes the direction, assignments and agreements."""
