"""The forms of signing in, with words of our own and nothing written inside the fields."""

from typing import Any

from allauth.account import forms as account
from allauth.account.internal.flows.login import record_authentication
from allauth.core import context
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms
from django.utils.translation import gettext_lazy as _

EMAIL, PASSWORD = _("E-mail"), _("Password")
NEW_PASSWORD, AGAIN = _("New password"), _("The same once more")
APP_CODE = _("Six digits from your app")
GOOD_PASSWORD = _("At least 12 characters, and not a common word. A short sentence does well.")
LABELS: dict[str, Any] = {
    "login": EMAIL,
    "email": EMAIL,
    "password": PASSWORD,
    "oldpassword": _("The password that you have now"),
    "password1": NEW_PASSWORD,
    "password2": AGAIN,
    "remember": _("Keep me signed in on this device"),
    "code": _("Code"),
}


class PlainMixin:
    """Labels above the fields, no text inside them."""

    fields: dict[str, forms.Field]
    labels: dict[str, Any] = {}

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name) or LABELS[name]
            field.help_text = GOOD_PASSWORD if name == "password1" else ""


class SignInForm(PlainMixin, account.LoginForm):  # type: ignore[misc]
    pass


class RequestCodeForm(PlainMixin, account.RequestLoginCodeForm):  # type: ignore[misc]
    pass


class ConfirmCodeForm(PlainMixin, account.ConfirmLoginCodeForm):  # type: ignore[misc]
    pass


class ForgottenPasswordForm(PlainMixin, account.ResetPasswordForm):  # type: ignore[misc]
    pass


class NewPasswordForm(PlainMixin, account.ResetPasswordKeyForm):  # type: ignore[misc]
    pass


class ChangePasswordForm(PlainMixin, account.ChangePasswordForm):  # type: ignore[misc]
    pass


class FirstPasswordForm(PlainMixin, account.SetPasswordForm):  # type: ignore[misc]
    pass


class PasswordAgainForm(PlainMixin, account.ReauthenticateForm):  # type: ignore[misc]
    pass


class AppCodeForm(PlainMixin, mfa.AuthenticateForm):  # type: ignore[misc]
    labels = {"code": _("Six digits from your app, or a spare code")}


class AppCodeAgainForm(PlainMixin, mfa.ReauthenticateForm):  # type: ignore[misc]
    labels = {"code": _("Six digits from your app, or a spare code")}


class ActivateAppForm(PlainMixin, totp.ActivateTOTPForm):  # type: ignore[misc]
    labels = {"code": APP_CODE}

    def clean_code(self) -> str:
        """Whoever has just shown the app's digits is not asked for them again a page later."""
        code: str = super().clean_code()
        record_authentication(
            context.request, self.user, method="mfa", type="totp", reauthenticated=True
        )
        return code
