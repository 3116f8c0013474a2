"""Managers to proposed teams. Reaches the planner's pure bundling, and nothing else of it."""

from modig.planning.teams import ProposedTeam, bundle_into_teams

__all__ = ["ProposedTeam", "bundle_into_teams"]
