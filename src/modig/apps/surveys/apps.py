from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "modig.apps.surveys"

    def ready(self) -> None:
        """Register what forms do in a worker, ask of people, store about them, and show elsewhere."""
        from modig.apps.surveys import (  # noqa: F401, PLC0415 -- they need the models
            about,
            on_direction,
            tasks,
            to_do,
        )
