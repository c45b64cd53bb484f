"""Which fields of the app's models are in three languages."""

from modeltranslation.translator import TranslationOptions, register

from kenes.territories.models import FormerName, Place


@register(Place)
class PlaceInLanguages(TranslationOptions):
    fields = ("name",)


@register(FormerName)
class FormerNameInLanguages(TranslationOptions):
    fields = ("name",)
