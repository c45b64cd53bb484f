"""Typed links: each end shows the other."""

from typing import NamedTuple

from django.db import models


class End(NamedTuple):
    """One end of a link: an object named by its kind and its public id or code."""

    kind: str
    id: str


class Link(models.Model):
    """`source` relates to `target`; both named by (kind, public id)."""

    relation = models.CharField(max_length=40)
    source_kind = models.CharField(max_length=40)
    source_id = models.CharField(max_length=40)
    target_kind = models.CharField(max_length=40)
    target_id = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["relation", "source_kind", "source_id", "target_kind", "target_id"], name="link_once"
            )
        ]
        indexes = [
            models.Index(fields=["source_kind", "source_id"], name="link_source"),
            models.Index(fields=["target_kind", "target_id"], name="link_target"),
        ]

    def __str__(self) -> str:
        return f"{self.source_kind} {self.source_id} {self.relation} {self.target_kind} {self.target_id}"

    @property
    def source(self) -> End:
        """Where the link begins."""
        return End(self.source_kind, self.source_id)

    @property
    def target(self) -> End:
        """Where the link ends."""
        return End(self.target_kind, self.target_id)
