"""Which fields of the app's models are in three languages."""

from modeltranslation.translator import TranslationOptions, register

from kenes.organisations.models import Organisation


@register(Organisation)
class OrganisationInLanguages(TranslationOptions):
    fields = ("name", "short_name")
