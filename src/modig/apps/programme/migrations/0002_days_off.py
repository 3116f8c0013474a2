from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programme", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="facilitator",
            name="days_off",
            field=models.TextField(blank=True, verbose_name="days off"),
        ),
        migrations.AddField(
            model_name="venue",
            name="closed_days",
            field=models.TextField(blank=True, verbose_name="closed days"),
        ),
    ]
