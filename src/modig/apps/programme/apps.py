from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    name = "modig.apps.programme"

    def ready(self) -> None:
        """Register what a worker does for this feature, and what it tells a person about herself."""
        from modig.apps.programme import about, tasks  # noqa: F401, PLC0415 -- need the models
