"""Names in the order of the Swedish alphabet, and made plain for searching, on every database."""

from django.db.models import CharField, F, GeneratedField, Value
from django.db.models.expressions import Combinable, Expression
from django.db.models.functions import Concat, Lower, Replace

# å, ä and ö come last, in this order; marked letters go with the plain ones. Capitals stand
# beside the small ones because SQLite's LOWER knows A to Z only. Not many more fit: SQLite reads
# about a hundred steps deep.
ORDER = {
    "åÅ": "zza",
    "äÄæÆ": "zzb",
    "öÖøØ": "zzc",
    "éÉèÈ": "e",
    "üÜ": "y",
    "-": " ",
}


PLAIN = {"åÅäÄ": "a", "öÖøØ": "o", "éÉ": "e", "üÜ": "u"}


def swedish_order(*fields: str) -> GeneratedField:
    """A column that the database computes and keeps: sort by it to sort by ``fields``."""
    return _rewritten(fields, ORDER)


def plain_letters(*fields: str) -> GeneratedField:
    """A column that the database computes and keeps: search it for ``fold``ed words."""
    return _rewritten(fields, PLAIN)


def _rewritten(fields: tuple[str, ...], rewriting: dict[str, str]) -> GeneratedField:
    parts: list[Combinable] = []
    for field in fields:
        parts += [F(field), Value(" ")]
    expression: Expression = Lower(Concat(*parts))
    for letters, instead in rewriting.items():
        for letter in letters:
            expression = Replace(expression, Value(letter), Value(instead))
    return GeneratedField(
        expression=expression, output_field=CharField(max_length=1000), db_persist=True
    )
