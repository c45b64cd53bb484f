"""Which fields of the app's models are in three languages."""

from modeltranslation.translator import TranslationOptions, register

from kenes.rooms.models import Announcement


@register(Announcement)
class AnnouncementInLanguages(TranslationOptions):
    fields = ("text",)
