"""The doors through which learning is recorded."""

from schola.records.actions.attempts import (
    NewerAttempt,
    allow_another,
    amend,
    another_allowed,
    begin,
    close,
    finish,
    mark,
    save_data,
)
from schola.records.actions.rebuilding import asks_for_a_grade, rebuild_steps
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
    "NewerAttempt",
    "allow_another",
    "amend",
    "another_allowed",
    "asks_for_a_grade",
    "begin",
    "close",
    "finish",
    "finish_activity",
    "mark",
    "rebuild_steps",
    "record",
    "record_in",
    "reopen_activity",
    "save_data",
    "saw",
    "spend",
    "tick",
]
