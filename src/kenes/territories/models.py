"""Places of the classifier of administrative-territorial objects (KATO)."""

from django.db import models

from kenes.territories.states import PlaceLevel


class Place(models.Model):
    """A place under its KATO code (nine digits, a string) with the time in which the code is valid.

    `letters` (regions only) begin the codes of rooms and questions: `AKM`. `path` holds the codes
    from the region down, joined by `/`; `folded` the folded names of all languages, for search.
    """

    kato = models.CharField(max_length=9, unique=True)
    level = models.CharField(max_length=16, choices=PlaceLevel.choices)
    is_city = models.BooleanField(default=False)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    name = models.CharField(max_length=200)
    letters = models.CharField(max_length=4, blank=True)
    path = models.CharField(max_length=60, blank=True, db_index=True)
    folded = models.CharField(max_length=700, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    successor = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="predecessors"
    )

    class Meta:
        ordering = ["kato"]
        constraints = [
            models.UniqueConstraint(
                fields=["letters"], condition=~models.Q(letters=""), name="place_letters_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)
