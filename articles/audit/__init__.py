"""The audit log: who did what from where. Rows are added and never changed; docs/decisions/0019 says why."""

from .record import record

__all__ = ["record"]
