"""What learners do while the school is killed."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from tests.crash.act import Act
from tests.crash.counting import OF_SEAT, attempts_of, file_once, stated_once
from tests.crash.hand import Hand


class RunPackage(Act):
    """A package reports eight times, at last that it is passed."""

    cuts = 9

    def do(self, hand: Hand) -> None:
        where = hand.victim.where("work", "scorm")
        if "launch" not in hand.keys:
            hand.post("begun", f"{where}/start", {})
            page = html.unescape(hand.get(where).text)
            run = re.search(r"(/p/[^/\"]+)/_run", page)[1]
            launch = re.search(r'data-launch="([^"]+)"', hand.content.get(f"{run}/_run").text)[1]
            hand.keys |= {"run": run, "launch": launch}
        for seq in range(1, 9):
            words = {"cmi.suspend_data": f"{seq}"}
            if seq == 8:
                words |= {"cmi.core.lesson_status": "passed", "cmi.core.score.raw": "80"}
            body = {"launch": hand.keys["launch"], "seq": seq, "patch": words}
            hand.report(f"report {seq}", f"{hand.keys['run']}/_commit", body)

    def held(self, hand: Hand) -> Iterator[str]:
        said = [int(step.split()[1]) for step in hand.heard if step.startswith("report")]
        if said and self._reported(hand) < max(said):
            yield f"report {max(said)} was acknowledged and is not there"

    def once(self, hand: Hand) -> Iterator[str]:
        attempts = attempts_of(hand, "work", "scorm")
        if [row[1:] for row in attempts] != [("marked", 80.0)]:
            yield f"attempts: {attempts}"
        yield from stated_once(hand, "passed", "work", "scorm")

    def _reported(self, hand: Hand) -> int:
        """Return the last report that the attempt holds."""
        number = attempts_of(hand, "work", "scorm")[0][0]
        data: Any = hand.sql(f"SELECT data FROM records_attempt WHERE id = '{number}'")[0][0]
        data = json.loads(data) if isinstance(data, str) else data
        return int(data.get("cmi", {}).get("cmi.suspend_data", 0))


class SubmitQuiz(Act):
    """Three answers are saved, then the attempt is handed in."""

    cuts = 5

    def do(self, hand: Hand) -> None:
        where = hand.victim.where("exam", "quiz") + "/attempt/1"
        hand.post("begun", hand.victim.where("exam", "quiz") + "/start", {})
        if hand.get(f"{where}/answers").json()["state"] == "open":
            for slot, text in ((1, "one"), (2, "two"), (3, "no")):
                form = {"rev": "1", f"q{slot}": text}
                hand.post(f"answer {slot}", f"{where}/answers/{slot}", form)
        hand.post("handed in", f"{where}/finish", {})

    def held(self, hand: Hand) -> Iterator[str]:
        said = [step for step in hand.heard if step.startswith("answer")]
        attempts = attempts_of(hand, "exam", "quiz")
        if "begun" in hand.heard and len(attempts) != 1:
            yield f"attempts: {attempts}"
        elif said and self._answers(hand) < len(said):
            yield f"{self._answers(hand)} answers of {len(said)} that were acknowledged"
        if "handed in" in hand.heard and attempts[0][1] == "open":
            yield "what was handed in is open"

    def once(self, hand: Hand) -> Iterator[str]:
        attempts = attempts_of(hand, "exam", "quiz")
        if [row[1:] for row in attempts] != [("marked", 2.0)]:
            yield f"attempts: {attempts}"
        if self._answers(hand) != 3:
            yield f"{self._answers(hand)} answers of 3"
        yield from stated_once(hand, "completed", "exam", "quiz")

    def _answers(self, hand: Hand) -> int:
        return hand.number(
            "SELECT count(*) FROM questions_answer a JOIN records_attempt t ON t.id = a.attempt_id "
            + OF_SEAT.format(seat="t.seat_id", email=hand.email)
        )


class EarnCertificate(Act):
    """The last page of a course is read, and the certificate is issued."""

    cuts, seconds = 1, 0.08

    def do(self, hand: Hand) -> None:
        where = hand.victim.where("short", "page")
        hand.post("read", f"{where}/act", {"act": "read"})

    def held(self, hand: Hand) -> Iterator[str]:
        if "read" in hand.heard and len(self._numbers(hand)) != 1:
            yield f"certificates: {self._numbers(hand)}"

    def once(self, hand: Hand) -> Iterator[str]:
        numbers = self._numbers(hand)
        if len(numbers) != 1:
            yield f"certificates: {numbers}"
        elif not hand.get(f"/certificates/{numbers[0][0]}.pdf").content.startswith(b"%PDF"):
            yield "the certificate is no PDF"
        told = hand.number(
            "SELECT count(*) FROM talk_notice n JOIN people_person p ON p.id = n.person_id"
            f" WHERE p.email = '{hand.email}' AND n.kind = 'certificate'"
        )
        if told != 1:
            yield f"told {told} times of the certificate"

    def _numbers(self, hand: Hand) -> list[tuple]:
        return hand.sql(
            "SELECT c.number FROM completion_certificate c"
            " JOIN completion_completion d ON d.id = c.completion_id "
            + OF_SEAT.format(seat="d.seat_id", email=hand.email)
        )


class HandIn(Act):
    """Words and a file are handed in."""

    cuts, seconds = 1, 0.12

    def do(self, hand: Hand) -> None:
        sent = {"files": (f"{hand.tag}.txt", self._text(hand))}
        where = hand.victim.where("work", "assignment") + "/hand-in"
        hand.post("handed in", where, {"text": f"Work of {hand.tag}"}, sent)

    def held(self, hand: Hand) -> Iterator[str]:
        if "handed in" in hand.heard and self._count(hand) != 1:
            yield f"{self._count(hand)} pieces of work"

    def once(self, hand: Hand) -> Iterator[str]:
        if self._count(hand) != 1:
            yield f"{self._count(hand)} pieces of work"
        attempts = attempts_of(hand, "work", "assignment")
        if [state for _id, state, _earned in attempts] != ["finished"]:
            yield f"attempts: {attempts}"
        yield from file_once(hand, f"{hand.tag}.txt", self._text(hand))

    def _text(self, hand: Hand) -> bytes:
        return f"All that {hand.tag} wrote.\n".encode() * 4000

    def _count(self, hand: Hand) -> int:
        return hand.number(
            "SELECT count(*) FROM activities_assignment_submission"
            f" WHERE text = 'Work of {hand.tag}'"
        )
