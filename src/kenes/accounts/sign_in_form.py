"""The staff's form of sign-in; apart, since allauth's forms import ours."""

from allauth.account.forms import LoginForm


class PasswordForm(LoginForm):  # type: ignore[misc]
    """E-mail address and password. allauth leaves the password out where accounts are made without one."""

    def _setup_password_field(self) -> None:
        """Keep the field."""
