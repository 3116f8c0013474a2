import django.db.models.deletion
import django.db.models.manager
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0001_initial"),
        ("programme", "0002_days_off"),
        ("tenancy", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="FarApart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place_a", models.CharField(max_length=200, verbose_name="place")),
                ("place_b", models.CharField(max_length=200, verbose_name="is far from")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenancy.organisation",
                    ),
                ),
                (
                    "wave",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="far_apart",
                        to="programme.wave",
                    ),
                ),
            ],
            options={
                "ordering": ["wave", "pk"],
                "abstract": False,
                "base_manager_name": "across_organisations",
                "default_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("wave", "place_a", "place_b"),
                        name="far_apart_once_per_pair_of_places",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("place_a", models.F("place_b")), _negated=True),
                        name="place_is_not_far_from_itself",
                    ),
                ],
            },
            managers=[
                ("across_organisations", django.db.models.manager.Manager()),
                ("objects", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="GroupQuota",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "attribute",
                    models.CharField(
                        choices=[
                            ("department", "department or company"),
                            ("entity", "legal entity"),
                            ("unit", "unit"),
                            ("role", "staff role"),
                            ("gender", "gender"),
                            ("workplace", "workplace"),
                        ],
                        max_length=20,
                        verbose_name="what is counted",
                    ),
                ),
                ("value", models.CharField(blank=True, max_length=200, verbose_name="of which")),
                (
                    "least",
                    models.PositiveSmallIntegerField(default=0, verbose_name="at least in a group"),
                ),
                (
                    "or_none",
                    models.BooleanField(default=False, verbose_name="a group may also have none"),
                ),
                (
                    "most",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="at most in a group"
                    ),
                ),
                (
                    "most_percent",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=5,
                        null=True,
                        verbose_name="at most, per cent of a group",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenancy.organisation",
                    ),
                ),
                (
                    "wave",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="quotas",
                        to="programme.wave",
                    ),
                ),
            ],
            options={
                "ordering": ["wave", "pk"],
                "abstract": False,
                "base_manager_name": "across_organisations",
                "default_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("wave", "attribute", "value"), name="one_quota_per_kind_and_wave"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("least__gt", 0),
                            ("most__isnull", False),
                            ("most_percent__isnull", False),
                            _connector="OR",
                        ),
                        name="quota_asks_for_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("most__isnull", True),
                            ("most__gte", models.F("least")),
                            _connector="OR",
                        ),
                        name="quota_asks_for_no_more_than_it_allows",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("most_percent__isnull", True),
                            models.Q(("most_percent__gt", 0), ("most_percent__lte", 100)),
                            _connector="OR",
                        ),
                        name="quota_allows_above_0_and_at_most_100_per_cent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("most__isnull", True), ("most_percent__isnull", True), _connector="OR"
                        ),
                        name="quota_limits_by_number_or_by_share",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("or_none", False), ("least__gt", 0), _connector="OR"),
                        name="quota_without_least_number_says_nothing_of_none",
                    ),
                ],
            },
            managers=[
                ("across_organisations", django.db.models.manager.Manager()),
                ("objects", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="TeamAway",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("days", models.TextField(verbose_name="days")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenancy.organisation",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.managementteam",
                    ),
                ),
                (
                    "wave",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="teams_away",
                        to="programme.wave",
                    ),
                ),
            ],
            options={
                "ordering": ["wave", "pk"],
                "abstract": False,
                "base_manager_name": "across_organisations",
                "default_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("wave", "team"), name="days_away_once_per_team_and_wave"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("days", ""), _negated=True),
                        name="team_is_away_on_some_day",
                    ),
                ],
            },
            managers=[
                ("across_organisations", django.db.models.manager.Manager()),
                ("objects", django.db.models.manager.Manager()),
            ],
        ),
    ]
