"""A question as HTML: to answer, or answered and judged."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from schola.questions.question_types import Body, Order, QuestionType, Response


def render_question(
    kind: QuestionType, body: Body, prefix: str, order: Order, response: Response
) -> SafeString:
    """Return the fields of the question; what the learner chooses is sent under `prefix`."""
    shown = kind.shown(body, order, response)
    return render_to_string(kind.template, {"shown": shown, "prefix": prefix})


def render_review(
    kind: QuestionType, body: Body, order: Order, response: Response, *, show_right: bool
) -> SafeString:
    """Return the judged answer. show_right: the policy lets the learner see the right answer."""
    context = {
        "shown": kind.shown(body, order, response),
        "review": kind.review(body, order, response),
        "show_right": show_right,
    }
    return render_to_string(kind.template, context)
