"""Everything that changes initiatives and benefits."""
