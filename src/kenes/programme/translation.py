"""Which fields of the app's models are in three languages."""

from modeltranslation.translator import TranslationOptions, register

from kenes.programme.models import AgendaItem, AgendaSpeaker, Campaign, Material, Meeting, StrategicSession


@register(Campaign)
class CampaignInLanguages(TranslationOptions):
    fields = ("title", "summary")


@register(StrategicSession)
class StrategicSessionInLanguages(TranslationOptions):
    fields = ("title", "summary")


@register(Meeting)
class MeetingInLanguages(TranslationOptions):
    fields = ("title", "summary")


@register(AgendaItem)
class AgendaItemInLanguages(TranslationOptions):
    fields = ("title",)


@register(AgendaSpeaker)
class AgendaSpeakerInLanguages(TranslationOptions):
    fields = ("role",)


@register(Material)
class MaterialInLanguages(TranslationOptions):
    fields = ("title",)
