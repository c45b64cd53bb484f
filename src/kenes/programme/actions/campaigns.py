"""Acts on campaigns and their strategic sessions."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from kenes.accounts.models import User
from kenes.programme.actions.rows import set_texts, with_plain_columns
from kenes.programme.errors import SlugTaken
from kenes.programme.models import Campaign, RegionTarget, StrategicSession
from kenes.programme.plans import CampaignPlan, SessionPlan
from kenes.programme.rules import check_campaign, check_dates
from kenes.record.actions import record_act


def create_campaign(plan: CampaignPlan, *, by: User | None, at: datetime) -> Campaign:
    """Make a campaign with its intended numbers.

    Raises: SlugTaken, PeriodReversed, UnknownKey, TextMissing, TextTooLong.
    """
    campaign = Campaign(
        slug=plan.slug,
        host=plan.host,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        spheres=list(plan.spheres),
        intended_meetings=plan.intended_meetings,
        is_illustrative=plan.is_illustrative,
    )
    set_texts(campaign, "title", plan.title)
    set_texts(campaign, "summary", plan.summary, is_required=False)
    with transaction.atomic():
        add_campaign(campaign, by=by, at=at)
        RegionTarget.objects.bulk_create(
            RegionTarget(campaign=campaign, region=region, intended_meetings=number)
            for region, number in plan.region_targets.items()
        )
    return campaign


def add_campaign(campaign: Campaign, *, by: User | None, at: datetime) -> None:
    """Keep a campaign that was filled in. Raises: SlugTaken, PeriodReversed, UnknownKey."""
    _check_campaign(campaign)
    with transaction.atomic():
        campaign.save()
        record_act(act="create_campaign", object_kind="campaign", object_id=campaign.public_id, by=by, at=at)


def change_campaign(campaign: Campaign, *, changed: Collection[str], by: User | None, at: datetime) -> None:
    """Save the named fields of a campaign. Raises: SlugTaken, PeriodReversed, UnknownKey."""
    _check_campaign(campaign)
    with transaction.atomic():
        campaign.save(update_fields=with_plain_columns(changed))
        record_act(
            act="change_campaign",
            object_kind="campaign",
            object_id=campaign.public_id,
            by=by,
            at=at,
            detail={"fields": sorted(changed)},
        )


def _check_campaign(campaign: Campaign) -> None:
    check_campaign(campaign)
    if Campaign.objects.filter(slug=campaign.slug).exclude(pk=campaign.pk).exists():
        raise SlugTaken(slug=campaign.slug)


def set_region_target(target: RegionTarget, *, by: User | None, at: datetime) -> None:
    """Keep how many meetings a campaign means to hold in a region."""
    with transaction.atomic():
        target.save()
        record_act(
            act="set_region_target",
            object_kind="campaign",
            object_id=target.campaign.public_id,
            by=by,
            at=at,
            detail={"region": target.region.kato, "intended_meetings": target.intended_meetings},
        )


def drop_region_target(target: RegionTarget, *, by: User | None, at: datetime) -> None:
    """Take back the intended number of a region."""
    with transaction.atomic():
        record_act(
            act="drop_region_target",
            object_kind="campaign",
            object_id=target.campaign.public_id,
            by=by,
            at=at,
            detail={"region": target.region.kato},
        )
        target.delete()


def create_session(
    campaign: Campaign, plan: SessionPlan, *, by: User | None, at: datetime
) -> StrategicSession:
    """Make a campaign's session in a region. Raises: PeriodReversed, TextMissing, TextTooLong."""
    session = StrategicSession(
        campaign=campaign, region=plan.region, starts_on=plan.starts_on, ends_on=plan.ends_on
    )
    set_texts(session, "title", plan.title)
    set_texts(session, "summary", plan.summary, is_required=False)
    add_session(session, by=by, at=at)
    return session


def add_session(session: StrategicSession, *, by: User | None, at: datetime) -> None:
    """Keep a session that was filled in. Raises: PeriodReversed."""
    check_dates(session.starts_on, session.ends_on)
    with transaction.atomic():
        session.save()
        record_act(act="create_session", object_kind="session", object_id=session.public_id, by=by, at=at)


def change_session(
    session: StrategicSession, *, changed: Collection[str], by: User | None, at: datetime
) -> None:
    """Save the named fields of a session. Raises: PeriodReversed."""
    check_dates(session.starts_on, session.ends_on)
    with transaction.atomic():
        session.save(update_fields=with_plain_columns(changed))
        record_act(
            act="change_session",
            object_kind="session",
            object_id=session.public_id,
            by=by,
            at=at,
            detail={"fields": sorted(changed)},
        )
