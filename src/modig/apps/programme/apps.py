from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    name = "modig.apps.programme"

    def ready(self) -> None:
        """Register what a worker does for this feature, and what it tells the features below."""
        from modig.apps.programme import (  # noqa: PLC0415 -- they need the models
            about,  # noqa: F401
            about_promises,  # noqa: F401
            carriers,  # noqa: F401
            tasks,  # noqa: F401
            to_do,  # noqa: F401
        )
