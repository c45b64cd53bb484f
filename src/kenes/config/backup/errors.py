"""Why a back-up was not made or not restored, in words for the operator."""


class BackupError(Exception):
    """Says what is wrong and what to do."""
