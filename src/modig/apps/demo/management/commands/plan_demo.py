"""``modig manage plan_demo full``: plan the demo's waves anew and keep the plans with the product."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from modig.apps.demo.actions import OTHER_CODE, OTHER_SIZE, load_demo
from modig.apps.demo.malarvik.programme import programmes_of
from modig.apps.demo.queries import CODE
from modig.apps.demo.stored_plans import FOLDER, keep_plan
from modig.apps.programme.models import Plan
from modig.apps.tenancy.models import Organisation
from modig.apps.tenancy.scope import working_for


class Command(BaseCommand):
    help = "Plan the demo's waves anew, keep the plans with the product, and leave the database as it was."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("sizes", nargs="+", choices=("small", "full", "large"))

    def handle(self, *, sizes: list[str], **_: object) -> None:
        if Organisation.objects.filter(code=CODE).exists():
            raise CommandError("The demo is in this database; name an empty one with MODIG_DATA.")
        for size in sizes:
            for path in _plan(size):
                self.stdout.write(str(path))


def _plan(size: str) -> list[Path]:
    """Plan the waves of both clients without the plans that are stored, then store these."""
    clients = ((CODE, size), (OTHER_CODE, OTHER_SIZE))
    for code, own_size in clients:
        for path in FOLDER.glob(f"{code}-{own_size}-*.json"):
            path.unlink()
    with transaction.atomic():
        load_demo(size)
        kept = [path for code, own_size in clients for path in _keep_plans(code, own_size)]
        transaction.set_rollback(True)
    return kept


def _keep_plans(code: str, size: str) -> list[Path]:
    with working_for(Organisation.objects.get(code=code)):
        return [
            keep_plan(size, plan, postponed_on=row.postponed_on)
            for programme in programmes_of(size)
            for number, row in enumerate(programme.waves, 1)
            for plan in Plan.objects.filter(
                wave__programme__code=programme.code, wave__number=number
            ).select_related("wave__organisation")
        ]
