"""The programme's numbers: each a query over its meetings, with a definition in words."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from kenes.core.figure import Figure
from kenes.programme.models import Campaign, Meeting, RegionTarget
from kenes.programme.queries import regions_of_campaign
from kenes.programme.states import MeetingState, SphereKey
from kenes.territories.models import Place

MEETINGS_PLANNED = Figure(
    "programme.meetings_planned",
    _("Meetings that stand in the campaign's programme, whether still to come, on, or closed."),
    _("meetings"),
)
MEETINGS_CLOSED = Figure(
    "programme.meetings_closed",
    _("Meetings of the campaign that were held and closed: none of their questions is a loose end."),
    _("meetings"),
)
MEETINGS_INTENDED = Figure(
    "programme.meetings_intended",
    _("Meetings that the campaign's organiser means to hold, as written down for it or for a region."),
    _("meetings"),
)
MEETINGS_OF_SPHERE = Figure(
    "programme.meetings_of_sphere",
    _("Meetings of the campaign in the sphere. One with two spheres counts in both, and once in the sum."),
    _("meetings"),
)
DEFINITIONS = (MEETINGS_PLANNED, MEETINGS_CLOSED, MEETINGS_INTENDED, MEETINGS_OF_SPHERE)


@dataclass(frozen=True, slots=True)
class SphereCount:
    """A sphere's meetings in a campaign."""

    sphere: SphereKey
    planned: int


@dataclass(frozen=True, slots=True)
class RegionCount:
    """A region's meetings in a campaign; `intended` where a number was set."""

    region: Place
    planned: int
    intended: int | None

    @property
    def digits(self) -> str:
        """The region's two digits."""
        return self.region.kato[:2]


@dataclass(frozen=True, slots=True)
class CampaignFigures:
    """A campaign's numbers, of one reading of its meetings."""

    planned: int
    closed: int
    intended: int | None
    spheres: Sequence[SphereCount]
    regions: Sequence[RegionCount]


def campaign_figures(campaign: Campaign) -> CampaignFigures:
    """Return a campaign's numbers, in two queries, or three where its sessions are not at hand."""
    rows = list(
        Meeting.objects.filter(session__campaign=campaign)
        .order_by()
        .values_list("sphere", "second_sphere", "state", "session__region")
        .annotate(number=Count("pk"))
    )
    by_state: Counter[str] = Counter()
    by_region: Counter[int] = Counter()
    by_sphere: Counter[str] = Counter()
    for sphere, second, state, region, number in rows:
        by_state[state] += number
        by_region[region] += number
        for key in {sphere, second} - {""}:
            by_sphere[key] += number
    return CampaignFigures(
        planned=by_state.total(),
        closed=by_state[MeetingState.CLOSED],
        intended=campaign.intended_meetings,
        spheres=_sphere_counts(campaign.spheres, by_sphere),
        regions=_region_counts(campaign, by_region),
    )


def _sphere_counts(covered: Iterable[str], counts: Counter[str]) -> list[SphereCount]:
    shown = {*covered, *counts}
    return [SphereCount(sphere, counts[sphere]) for sphere in SphereKey if sphere in shown]


def _region_counts(campaign: Campaign, counts: Counter[int]) -> list[RegionCount]:
    targets = list(RegionTarget.objects.filter(campaign=campaign).select_related("region"))
    intended = {target.region_id: target.intended_meetings for target in targets}
    regions = {region.pk: region for region in regions_of_campaign(campaign)}
    regions |= {target.region_id: target.region for target in targets}
    in_order = sorted(regions.values(), key=lambda region: region.kato)
    return [RegionCount(region, counts[region.pk], intended.get(region.pk)) for region in in_order]
