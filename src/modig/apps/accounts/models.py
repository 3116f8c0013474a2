from typing import ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.utils.translation import gettext_lazy as _


class Users(UserManager["User"]):
    """Users are made with an e-mail address; the user name is an inner detail."""

    def named(self, email: str, name: str, language: str = "sv") -> "User":
        """Make a user who signs in with ``email``."""
        return self.create_user(
            username=email.casefold(), email=email, name=name, language=language
        )


class User(AbstractUser):
    """Someone who signs in. What she may do is decided by her memberships."""

    class Theme(models.TextChoices):
        AUTO = "auto", _("as the device")
        LIGHT = "light", _("light")
        DARK = "dark", _("dark")

    # One name, as people write it themselves.
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail"), unique=True)
    language = models.CharField(_("language"), max_length=5, default="sv")
    theme = models.CharField(_("theme"), max_length=5, choices=Theme, default=Theme.AUTO)

    objects: ClassVar[Users] = Users()

    REQUIRED_FIELDS: ClassVar[list[str]] = ["email", "name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.partition(" ")[0]
