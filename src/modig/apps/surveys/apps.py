from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "modig.apps.surveys"

    def ready(self) -> None:
        """Register what forms do in a worker, ask of people, and store about them."""
        from modig.apps.surveys import about, tasks, to_do  # noqa: F401, PLC0415 -- need the models
