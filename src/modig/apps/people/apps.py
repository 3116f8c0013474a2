from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "modig.apps.people"

    def ready(self) -> None:
        """Register what a worker does for this feature."""
        from modig.apps.people import tasks  # noqa: F401, PLC0415 -- needs the models
