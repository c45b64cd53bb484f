"""Which fields of the app's models are in three languages."""

from modeltranslation.translator import TranslationOptions, register

from kenes.answering.models import AnswerTemplate, ClearanceStep


@register(ClearanceStep)
class ClearanceStepInLanguages(TranslationOptions):
    fields = ("name",)


@register(AnswerTemplate)
class AnswerTemplateInLanguages(TranslationOptions):
    fields = ("text",)
