"""Who may fetch an upload."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from kenes.core.errors import Forbidden
from kenes.files.models import Upload


def visible_uploads(user: AbstractBaseUser | AnonymousUser) -> QuerySet[Upload]:
    """Return the uploads that `user` may fetch: materials of meetings, which are public to all.

    An app that keeps private files (evidence, drafts) narrows this one place.
    """
    return Upload.objects.all()


def find_upload(public_id: str, *, user: AbstractBaseUser | AnonymousUser) -> Upload:
    """Return the upload of this id; raises `Forbidden` where there is none that `user` may fetch."""
    upload = visible_uploads(user).filter(public_id=public_id).first()
    if upload is None:
        raise Forbidden
    return upload
