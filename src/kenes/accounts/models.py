"""Users, memberships in bodies, roles, consents."""

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from kenes.accounts.states import MembershipKind, Purpose, Role
from kenes.core.ids import new_public_id
from kenes.organisations.models import Organisation


class UserManager(BaseUserManager["User"]):
    """Makes users by their e-mail address, which the first code they enter confirms."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        from allauth.account.models import EmailAddress  # its models point at this one

        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        with transaction.atomic(using=self._db):
            user.save(using=self._db)
            EmailAddress.objects.create(user=user, email=user.email, primary=True)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account, known by e-mail address. `name` is how they wish to be shown."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="kk")
    is_staff = models.BooleanField(_("May enter the administration"), default=False)
    is_active = models.BooleanField(_("Account is open"), default=True)
    date_joined = models.DateTimeField(_("Account made at"), default=timezone.now)
    # Part of each session's hash: a new one signs the person out everywhere.
    session_salt = models.CharField(max_length=16, default=new_public_id, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.name or self.email

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        return salted_hmac(
            "kenes.accounts.session",
            f"{self.password}:{self.session_salt}",
            secret=secret,
            algorithm="sha256",
        ).hexdigest()


class Membership(models.Model):
    """A person in a body, from one day to another (both included; null: open), in one kind."""

    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("person")
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("Body")
    )
    kind = models.CharField(
        _("Kind"), max_length=12, choices=MembershipKind.choices, default=MembershipKind.MEMBER
    )
    position = models.CharField(_("Position"), max_length=200, blank=True)
    since = models.DateField(_("From"), null=True, blank=True)
    until = models.DateField(_("Until"), null=True, blank=True)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation", "kind"],
                condition=models.Q(until=None),
                name="membership_open_once",
            ),
            models.CheckConstraint(
                condition=models.Q(since=None)
                | models.Q(until=None)
                | models.Q(until__gte=models.F("since")),
                name="membership_period",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.organisation}: {self.get_kind_display()}"


class RoleGrant(models.Model):
    """A role given to a person: for the campaigns a body hosts, or (no body) for the whole instance."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="roles", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    organisation = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("Body"),
    )
    by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("Given by")
    )
    at = models.DateTimeField(_("Given at"), default=timezone.now)

    class Meta:
        verbose_name = _("role of a person")
        verbose_name_plural = _("roles of people")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "organisation"],
                condition=~models.Q(organisation=None),
                name="role_grant_once_in_body",
            ),
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=models.Q(organisation=None),
                name="role_grant_once_for_all",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"


class Consent(models.Model):
    """A consent given (or withdrawn) to one purpose, with the version of the notice that was shown."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=40, choices=Purpose.choices)
    notice_version = models.CharField(max_length=20)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.user_id}: {self.purpose}"
