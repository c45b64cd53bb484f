"""Places of the classifier of administrative-territorial objects (KATO)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kenes.territories.states import PlaceLevel


class Place(models.Model):
    """A place under its KATO code (nine digits, a string) with the time in which the code is valid.

    `path` holds the codes from the region down, joined by `/`; `folded` the folded names of all
    languages, former ones too, for search. Regions only: `letters` begin the codes of rooms and
    questions (`AKM`), `zone` is the IANA zone, `tile_*` the square on the map of tiles.
    """

    kato = models.CharField(_("KATO code"), max_length=9, unique=True)
    level = models.CharField(_("Level"), max_length=16, choices=PlaceLevel.choices)
    is_city = models.BooleanField(_("It is a city"), default=False)
    parent = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
        verbose_name=_("Stands under"),
    )
    name = models.CharField(_("Name of the place"), max_length=200)
    letters = models.CharField(_("Letters of room codes"), max_length=4, blank=True)
    zone = models.CharField(_("Time zone of the place"), max_length=40, blank=True)
    tile_column = models.PositiveSmallIntegerField(_("Column on the map"), null=True, blank=True)
    tile_row = models.PositiveSmallIntegerField(_("Row on the map"), null=True, blank=True)
    path = models.CharField(_("Codes from the region down"), max_length=60, blank=True, db_index=True)
    folded = models.CharField(_("Names for the search"), max_length=700, blank=True)
    valid_from = models.DateField(_("Valid from"), null=True, blank=True)
    valid_to = models.DateField(_("Valid until"), null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="predecessors",
        verbose_name=_("Successor"),
    )

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["kato"]
        constraints = [
            models.UniqueConstraint(
                fields=["letters"], condition=~models.Q(letters=""), name="place_letters_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def number(self) -> str:
        """The region's two digits, which stand in addresses (`/regions/11/`)."""
        return self.kato[:2]

    @property
    def iso_code(self) -> str:
        """The region's ISO 3166-2 code. Source: ISO 3166-2:KZ, whose numbers are KATO's."""
        return f"KZ-{self.number}"


class FormerName(models.Model):
    """A name that a place bore from one day through another."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="former_names")
    name = models.CharField(max_length=200)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField()

    class Meta:
        ordering = ["place", "valid_to"]
        constraints = [models.UniqueConstraint(fields=["place", "valid_to"], name="former_name_once")]

    def __str__(self) -> str:
        return str(self.name)
