"""Which fields of the app's models are in three languages."""

from modeltranslation.translator import TranslationOptions, register

from kenes.deadlines.models import CalendarDay, DeadlinePolicy


@register(CalendarDay)
class CalendarDayInLanguages(TranslationOptions):
    fields = ("name",)


@register(DeadlinePolicy)
class DeadlinePolicyInLanguages(TranslationOptions):
    fields = ("title",)
