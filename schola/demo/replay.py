"""The six weeks of life, replayed by the actions that learners and instructors use."""

from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from schola.activities.assignment.handing_in import take
from schola.courses.activity_types import Result, Score, published_config
from schola.courses.models import Activity
from schola.courses.structure import ActivityFacts, structure_of
from schola.demo.building import Pieces
from schola.demo.content import COURSES
from schola.demo.content.life import Event, plan
from schola.demo.content.outline import Piece
from schola.enrollment.models import Enrollment
from schola.kernel import clock
from schola.questions.actions import save_answer, submit
from schola.questions.question_types import Response, question_types
from schola.questions.sheet import Sheet, Slot, sheet_of
from schola.records.actions import begin, finish, mark, record, saw
from schola.records.models import Attempt

SECONDS_FROM_VIEW = timedelta(seconds=20)  # between opening an activity and starting to work


def replay(pieces: Pieces, first_day: datetime) -> None:
    """Let everybody do what the plan says, each at their moment."""
    player = Player(pieces, first_day)
    for event in plan():
        if event.deed != "enroll" and (event.course, event.piece) in pieces:
            player.play(event)


class Player:
    """Does the deeds of the plan in the seats of the demo school."""

    def __init__(self, pieces: Pieces, first_day: datetime) -> None:
        self.pieces, self.first_day = pieces, first_day
        self.planned: dict[tuple[str, str], Piece] = {
            (course.slug, piece.key): piece for course in COURSES for piece in course.pieces()
        }
        seats = Enrollment.objects.learners().select_related("course", "person")
        self.seats = {(s.person.email.partition("@")[0], s.course.slug): s for s in seats}
        self._seen: set[tuple[int, int]] = set()

    def play(self, event: Event) -> None:
        seat = self.seats[event.about, event.course]
        activity = self.pieces[event.course, event.piece]
        done_at = self.first_day + timedelta(minutes=event.minute)
        if event.deed == "mark":
            with clock.at(done_at):
                _mark(seat, activity, event)
            return
        minutes = self.planned[event.course, event.piece].minutes
        began_at = done_at - timedelta(minutes=minutes)
        self._look(seat, activity, began_at - SECONDS_FROM_VIEW)
        match event.deed:
            case "finish":
                _finish(seat, activity, done_at, timedelta(minutes=minutes))
            case "submit":
                with clock.at(done_at):
                    take(seat.pk, activity.pk, event.text, [])
            case "attempt" if activity.kind == "quiz":
                _answer(seat, activity, (began_at, done_at), event.fraction)
            case "attempt":
                _score(seat, activity, (began_at, done_at), event.fraction)

    def _look(self, seat: Enrollment, activity: Activity, moment: datetime) -> None:
        facts: ActivityFacts = structure_of(seat.course).by_id[activity.pk]
        first = (seat.pk, activity.pk) not in self._seen
        self._seen.add((seat.pk, activity.pk))
        with clock.at(moment):
            saw(seat, facts, first=first)


def _finish(seat: Enrollment, activity: Activity, at: datetime, duration: timedelta) -> None:
    with clock.at(at):
        record(seat.pk, activity.pk, Result(verb="completed", finished=True, duration=duration))


def _answer(
    seat: Enrollment, activity: Activity, span: tuple[datetime, datetime], wanted: float
) -> None:
    """Answer a quiz so that it earns about the wanted share of the points."""
    began_at, done_at = span
    config = published_config(activity.published_id)
    with clock.at(began_at):
        attempt = begin(seat.pk, activity.pk, most=config["attempts"], limit=_limit(config))
    sheet = sheet_of(config["questions"], attempt.pk)
    chosen = _known(sheet, Fraction(str(wanted)))
    pace = (done_at - began_at) / (len(sheet.slots) + 1)
    for number, slot in enumerate(sheet.slots, 1):
        with clock.at(began_at + number * pace):
            save_answer(attempt.pk, slot.number, 1, _response(slot, slot.number in chosen))
    with clock.at(done_at):
        submit(attempt.pk, sheet)


def _limit(config: dict[str, object]) -> timedelta | None:
    minutes = config["minutes"]
    return timedelta(minutes=int(minutes)) if minutes else None


def _known(sheet: Sheet, wanted: Fraction) -> set[int]:
    """Return the slots to answer rightly: in an order of the attempt, while points are missing."""
    order = sorted(sheet.slots, key=lambda slot: slot.order.seed)
    known, earned = set(), Fraction(0)
    for slot in order:
        if earned + slot.points / 2 <= wanted * sheet.possible:
            known.add(slot.number)
            earned += slot.points
    return known


def _response(slot: Slot, right: bool) -> Response:
    kind = question_types[slot.type]
    best = kind.right_response(dict(slot.body))
    if right:
        return best
    if slot.type == "true_false":
        return {"picked": "false" if best["picked"] == "true" else "true"}
    options = [each["id"] for each in slot.body.get("options", ())]
    wrong = [option for option in options if option not in best["picked"]]
    return {"picked": wrong[:1]} if wrong else {}


def _score(
    seat: Enrollment, activity: Activity, span: tuple[datetime, datetime], fraction: float
) -> None:
    """Work through a package that reports its own score."""
    with clock.at(span[0]):
        attempt = begin(seat.pk, activity.pk)
    score = Score(Decimal(str(fraction)) * 100, Decimal(100))
    done = Result(verb="completed", finished=True, score=score, duration=span[1] - span[0])
    with clock.at(span[1]):
        finish(attempt.pk, done)


def _mark(seat: Enrollment, activity: Activity, event: Event) -> None:
    attempt = Attempt.objects.filter(seat=seat, activity=activity).order_by("-number").first()
    possible = activity.points or Decimal(100)
    share = Decimal(1) if event.fraction is None else Decimal(str(event.fraction))
    points = (share * possible).quantize(Decimal("0.5")) if activity.points else share * possible
    mark(attempt.pk, Score(points, possible), feedback=event.text)
