"""Which apps add their part to a person's export and erasure."""


def register_parts() -> None:
    """Register the parts of the apps above accounts."""
