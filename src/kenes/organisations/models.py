"""Bodies: who holds meetings, who answers, who takes part."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kenes.core.ids import new_public_id
from kenes.organisations.states import BodyKind
from kenes.territories.models import Place


class Organisation(models.Model):
    """A body. `bin` is its business identification number, 12 digits with a check digit, optional."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    kind = models.CharField(_("Kind"), max_length=20, choices=BodyKind.choices)
    name = models.CharField(_("Name of the body"), max_length=300)
    short_name = models.CharField(_("Short name"), max_length=80, blank=True)
    bin = models.CharField(_("Business identification number (BIN)"), max_length=12, blank=True)
    parent = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="units",
        verbose_name=_("Stands under"),
    )
    place = models.ForeignKey(
        Place,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="organisations",
        verbose_name=_("Place"),
    )
    folded = models.CharField(max_length=1200, blank=True)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints = [
            models.UniqueConstraint(fields=["bin"], condition=~models.Q(bin=""), name="organisation_bin_once")
        ]

    def __str__(self) -> str:
        return str(self.name)
