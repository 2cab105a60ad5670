"""What the question types with options to tick have in common."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from schola.questions.question_types import (
    Body,
    Data,
    Option,
    Order,
    Part,
    Response,
    Shown,
    optional,
    written,
)

MOST_OPTIONS = 50


def clean_options(options: object) -> list[dict[str, Any]]:
    """Return options with ids that stay theirs. Raises ValidationError with what to do."""
    if not isinstance(options, list) or len(options) < 2:
        raise ValidationError(_("Add at least two options."))
    if len(options) > MOST_OPTIONS:
        raise ValidationError(_("Keep to %(most)s options."), params={"most": MOST_OPTIONS})
    if not all(isinstance(option, dict) for option in options):
        raise ValidationError(_("Write each option with its text."))
    taken = {option["id"] for option in options if _has_id(option)}
    cleaned = [_clean_option(option, taken) for option in options]
    texts = [option["text"].casefold() for option in cleaned]
    if len(set(texts)) < len(texts):
        raise ValidationError(_("Two options say the same. Change one of them."))
    if len({option["id"] for option in cleaned}) < len(cleaned):
        raise ValidationError(_("Two options have the same id. Give each its own."))
    return cleaned


def _has_id(option: dict[str, Any]) -> bool:
    return isinstance(option.get("id"), str) and bool(option["id"])


def _clean_option(option: dict[str, Any], taken: set[str]) -> dict[str, Any]:
    if not _has_id(option):
        option = {**option, "id": _free_id(taken)}
        taken.add(option["id"])
    return {
        "id": option["id"],
        "text": written(option.get("text"), _("Write something in every option."), one_line=True),
        "right": option.get("right") is True,
        "feedback": optional(option.get("feedback"), one_line=True),
    }


def _free_id(taken: set[str]) -> str:
    return next(name for n in range(1, 2 * MOST_OPTIONS) if (name := f"o{n}") not in taken)


def show_options(body: Body, order: Order, response: Response, *, many: bool) -> Shown:
    texts = {option["id"]: option["text"] for option in body["options"]}
    picked = set(response.get("picked", ()))
    options = tuple(
        Option(order.token(option_id), texts[option_id], option_id in picked)
        for option_id in order.arranged(list(texts), shuffle=body["shuffle"])
    )
    return Shown(body["text"], options, many)


def parse_options(body: Body, data: Data, prefix: str, order: Order) -> Response:
    ids = [option["id"] for option in body["options"]]
    picked = {order.named(token, ids) for token in data.getlist(prefix) if token}
    return {"picked": [each for each in ids if each in picked]} if picked else {}


def parts_of(body: Body, response: Response) -> tuple[Part, ...]:
    picked = set(response.get("picked", ()))
    return tuple(
        Part(option["id"], option["id"] in picked, option["right"], option["feedback"])
        for option in body["options"]
    )


def describe_options(body: Body, response: Response) -> str:
    picked = set(response.get("picked", ()))
    return "; ".join(option["text"] for option in body["options"] if option["id"] in picked)


def right_options(body: Body) -> Response:
    return {"picked": [option["id"] for option in body["options"] if option["right"]]}
