"""The doors through which learning is recorded."""

from schola.records.actions.attempts import (
    amend,
    begin,
    close,
    finish,
    mark,
    save_data,
)
from schola.records.actions.record import (
    finish_activity,
    record,
    record_in,
    reopen_activity,
    spend,
    tick,
)
from schola.records.actions.saw import saw

__all__ = [
    "amend",
    "begin",
    "close",
    "finish",
    "finish_activity",
    "mark",
    "record",
    "record_in",
    "reopen_activity",
    "save_data",
    "saw",
    "spend",
    "tick",
]
