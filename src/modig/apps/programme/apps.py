from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    name = "modig.apps.programme"

    def ready(self) -> None:
        from modig.apps.programme import tasks  # noqa: F401, PLC0415 -- registers the job
