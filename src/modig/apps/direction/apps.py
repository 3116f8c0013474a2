from django.apps import AppConfig


class DirectionConfig(AppConfig):
    name = "modig.apps.direction"

    def ready(self) -> None:
        """Tell the features below what this one has to say."""
        from modig.apps.direction import about, to_do  # noqa: F401, PLC0415 -- they need the models
        from modig.apps.direction.hangs_on import hangs_on_goal  # noqa: PLC0415
        from modig.apps.direction.queries.goals import assignments_on  # noqa: PLC0415

        hangs_on_goal(assignments_on)
