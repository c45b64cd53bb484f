"""Every write of commitments: pages, answering, reports and the demo call these."""

from kenes.commitments.actions.making import PromiseText, make_commitment, translate_commitment

__all__ = ["PromiseText", "make_commitment", "translate_commitment"]
