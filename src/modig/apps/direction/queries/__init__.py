"""What pages and actions look up in the direction, in assignments and in agreements."""
