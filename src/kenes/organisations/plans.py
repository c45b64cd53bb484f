"""An organisation as somebody states it, before it is saved."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kenes.organisations.models import Organisation
from kenes.territories.models import Place


@dataclass(frozen=True, slots=True)
class OrganisationPlan:
    """What an organisation is to be; `name` and `short_name` by language (`kk`, `ru`, `en`)."""

    kind: str
    name: Mapping[str, str]
    short_name: Mapping[str, str] = field(default_factory=dict)
    bin: str = ""
    parent: Organisation | None = None
    place: Place | None = None
