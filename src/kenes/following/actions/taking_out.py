"""Taking out of letters that have not left what went out of the text they quote."""

from kenes.notices.actions import take_out_of_messages
from kenes.questions.events import PiecesTakenOut
from kenes.redaction.words import in_words


def take_out_of_letters(taken: PiecesTakenOut) -> None:
    """Put words for what was removed, in the letter's language, in the place of each piece."""

    def change(text: str, language: str) -> str:
        for piece, marker in taken.pieces.items():
            text = text.replace(piece, in_words(marker, language))
        return text

    take_out_of_messages(taken.question.code, change)
