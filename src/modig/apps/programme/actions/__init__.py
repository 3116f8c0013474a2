"""What can be done with programmes, plans and groups."""

from modig.apps.programme.actions.planning import make_plan_now
from modig.apps.programme.actions.plans import publish_plan, store_plan

__all__ = ["make_plan_now", "publish_plan", "store_plan"]
