"""The outbox: what leaves the process is first a row, then sent by the worker."""
