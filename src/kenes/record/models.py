"""The append-only record of what was done, and its transparency log."""

from django.conf import settings
from django.db import models

from kenes.core.append_only import AppendOnlyModel


class Entry(AppendOnlyModel):
    """One act on one object, named by (kind, public id). Never changed, never removed.

    Triggers hold the same against plain SQL. Only `by` may become null: a person who is erased
    leaves the act and their role.
    """

    at = models.DateTimeField(db_index=True)
    act = models.CharField(max_length=60)
    object_kind = models.CharField(max_length=40)
    object_id = models.CharField(max_length=40)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    by_role = models.CharField(max_length=40, blank=True)
    reason = models.TextField(blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["object_kind", "object_id"], name="entry_object")]

    def __str__(self) -> str:
        return f"{self.act} {self.object_kind} {self.object_id}"


class Leaf(AppendOnlyModel):
    """A public fact of the log. `body` is its canonical JSON, whose hash (`digest`, hex) is in the tree.

    A leaf is written in its act's transaction without an index; the worker gives it the next one.
    After that nothing of it changes: triggers hold it against plain SQL.
    """

    index = models.BigIntegerField(null=True, unique=True)
    kind = models.CharField(max_length=40)
    object_kind = models.CharField(max_length=40)
    object_id = models.CharField(max_length=40)
    at = models.DateTimeField(help_text="of the act")
    body = models.TextField()
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["object_kind", "object_id"], name="leaf_object"),
            models.Index(fields=["id"], condition=models.Q(index=None), name="leaf_without_index"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"


class Nonce(models.Model):
    """The 32 random bytes (hex) of a leaf's commitment to a text; removed when the text is."""

    leaf = models.OneToOneField(Leaf, primary_key=True, on_delete=models.PROTECT, related_name="nonce")
    value = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"of leaf {self.leaf_id}"


class TreeSize(models.Model):
    """The one row whose lock orders who gives indexes; `size` is the number of leaves in the tree."""

    size = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.size)


class TreeNode(models.Model):
    """The hash (hex) of a complete subtree of two leaves or more. Its key is position * 64 + level."""

    id = models.BigIntegerField(primary_key=True)
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"level {self.id % 64}, position {self.id // 64}"


class TreeHead(AppendOnlyModel):
    """A signed statement of the log's size and root at a time. `statement` is what was signed."""

    size = models.BigIntegerField(db_index=True)
    root = models.CharField(max_length=64)
    at = models.DateTimeField()
    statement = models.TextField()
    signature = models.CharField(max_length=88)
    public_key = models.CharField(max_length=44)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.size} leaves at {self.at:%Y-%m-%d %H:%M}"
