"""The app's registration with Django, and that of upper apps with lower ones."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "kenes.config"
    label = "config"

    def ready(self) -> None:
        """Let guests' acts follow them into their account; add what upper apps tell lower ones."""
        from kenes.answering.actions import tell_unit
        from kenes.answering.annexes import register_annexes
        from kenes.config.checks import register_checks
        from kenes.config.commitment_sources import register_sources
        from kenes.config.personal_data import register_parts
        from kenes.config.witnesses import register_witnesses
        from kenes.deadlines.observers import on_calendar_moves
        from kenes.following.actions import note_events, take_out_of_letters, tell_endpoint_disabled
        from kenes.minutes.actions import take_hidden_out, take_pieces_out
        from kenes.minutes.pages import published_papers
        from kenes.notices.observers import on_endpoint_disabled
        from kenes.programme.joining import on_merge
        from kenes.questions.actions import follow_calendar, merge_participants
        from kenes.questions.events import on_pieces_taken_out, on_question_event
        from kenes.questions.redaction import QuestionSubject
        from kenes.redaction.subjects import register_subject
        from kenes.register.actions import take_edited_out, take_out_of_register, take_refused_out
        from kenes.rooms.papers import register_papers

        on_merge(merge_participants)
        on_endpoint_disabled(tell_endpoint_disabled)
        on_calendar_moves("question", follow_calendar)
        on_question_event(tell_unit)
        on_question_event(note_events)
        on_question_event(take_hidden_out)
        on_question_event(take_refused_out)
        on_question_event(take_edited_out)
        on_pieces_taken_out(take_pieces_out)
        on_pieces_taken_out(take_out_of_register)
        on_pieces_taken_out(take_out_of_letters)
        register_annexes()
        register_checks()
        register_sources()
        register_papers(published_papers)
        register_parts()
        register_subject("question", QuestionSubject())
        register_witnesses()
