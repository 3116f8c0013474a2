"""Short anonymous forms: rounds, invitations, and the boxes that answers are put into."""

from modig.apps.surveys.models.round import Box, Invitation, Round

__all__ = ["Box", "Invitation", "Round"]
