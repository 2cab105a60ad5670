"""What staff do while the school is killed."""

from collections.abc import Iterator

from tests.crash.act import Act
from tests.crash.counting import file_once, film_of, film_ready, until
from tests.crash.hand import Hand
from tests.crash.package import MANIFEST, zipped

PIECE = 6_000
KEPT = "SELECT count(*) FROM"


class ImportPeople(Act):
    """A file of 300 people is checked and applied; the cut comes while rows are written."""

    cuts, seconds, staff = 3, 1.5, True

    def do(self, hand: Hand) -> None:
        lines = [f"Person {n},{hand.tag}-{n}@crash.example,Class {hand.tag}" for n in range(300)]
        text = "name,email,group\n" + "\n".join(lines)
        sent = {"file": (f"{hand.tag}.csv", text.encode())}
        place = hand.post("sent", "/people/import", {}, sent).headers["location"]
        hand.wait()
        until(hand, lambda: self._state(hand) != "checking")
        if self._state(hand) == "checked" or "applied" in hand.keys:
            hand.post("applied", f"{place}/apply", {})

    def held(self, hand: Hand) -> Iterator[str]:
        if "sent" in hand.heard and not self._state(hand):
            yield "the import that was acknowledged is gone"
        if "applied" in hand.heard and self._state(hand) not in ("applying", "done"):
            yield "the import was told to be applied and is not"

    def once(self, hand: Hand) -> Iterator[str]:
        people = hand.number(f"{KEPT} people_person WHERE email LIKE '{hand.tag}-%'")
        members = hand.number(
            f"{KEPT} people_groupmember m JOIN people_group g ON m.group_id = g.id"
            f" WHERE g.name = 'Class {hand.tag}'"
        )
        if (people, members) != (300, 300):
            yield f"{people} people and {members} members of 300"
        if self._state(hand) != "done" or len(self._states(hand)) != 1:
            yield f"imports: {self._states(hand)}"

    def _states(self, hand: Hand) -> list[tuple]:
        return hand.sql(
            "SELECT i.state FROM people_personimport i JOIN kernel_file f ON f.id = i.file_id"
            f" WHERE f.name = '{hand.tag}.csv'"
        )

    def _state(self, hand: Hand) -> str:
        return next((state for (state,) in self._states(hand)), "")


class UploadInPieces(Act):
    """A film is sent piece by piece and put into the draft."""

    cuts, staff = 8, True

    def do(self, hand: Hand) -> None:
        data, where = film_of(hand), hand.victim.where("work", "video")
        form = {"name": f"{hand.tag}.mp4", "size": str(len(data)), "purpose": "video"}
        place = hand.post("begun", f"{where}/film-pieces", form).headers["location"]
        offset = int(hand.client.head(place).headers["upload-offset"])
        last = offset == len(data)
        while offset < len(data) or last:
            answer = hand.patch(f"piece {offset}", place, offset, data[offset : offset + PIECE])
            offset, last = int(answer.headers["upload-offset"]), False
        hand.post("shown", f"{where}/film", {"uploaded": str(answer.json()["file"])})

    def held(self, hand: Hand) -> Iterator[str]:
        pieces = [int(step.split()[1]) for step in hand.heard if step.startswith("piece")]
        stands = hand.sql(
            f"SELECT kernel_upload.offset FROM kernel_upload WHERE name = '{hand.tag}.mp4'"
        )
        if "begun" in hand.heard and not stands:
            yield "the upload that was begun is gone"
        elif pieces and stands[0][0] < min(max(pieces) + PIECE, len(film_of(hand))):
            yield f"the upload stands at {stands[0][0]}, behind what was acknowledged"

    def once(self, hand: Hand) -> Iterator[str]:
        yield from file_once(hand, f"{hand.tag}.mp4", film_of(hand))
        yield from film_ready(hand)


class Transcode(Act):
    """A film is sent whole; the cut comes while it is made ready."""

    cuts, seconds, staff = 2, 4.0, True

    def do(self, hand: Hand) -> None:
        sent = {"file": (f"{hand.tag}.mp4", film_of(hand))}
        hand.post("sent", hand.victim.where("work", "video") + "/film", {}, sent)
        hand.wait()

    def held(self, hand: Hand) -> Iterator[str]:
        if "sent" in hand.heard:
            yield from file_once(hand, f"{hand.tag}.mp4", film_of(hand))

    def once(self, hand: Hand) -> Iterator[str]:
        yield from file_once(hand, f"{hand.tag}.mp4", film_of(hand))
        yield from film_ready(hand)


class SendPackage(Act):
    """A package is sent and unpacked."""

    cuts, seconds, staff = 1, 0.6, True

    def do(self, hand: Hand) -> None:
        sent = {"package": (f"{hand.tag}.zip", self._package(hand))}
        hand.post("sent", hand.victim.where("work", "scorm") + "/package", {}, sent)

    def held(self, hand: Hand) -> Iterator[str]:
        if "sent" in hand.heard and not self._unpacked(hand):
            yield "the package that was acknowledged is not unpacked"

    def once(self, hand: Hand) -> Iterator[str]:
        yield from file_once(hand, f"{hand.tag}.zip", self._package(hand))
        if not self._unpacked(hand):
            yield "the package is not unpacked, or not wholly"

    def _unpacked(self, hand: Hand) -> bool:
        folder = hand.victim.live.home / "packages"
        places = [
            path.parent for path in folder.glob("[!.]*/tag.txt") if path.read_text() == hand.tag
        ]
        return len(places) == 1 and len(list(places[0].iterdir())) == 103

    def _package(self, hand: Hand) -> bytes:
        pages = {f"page{n}.html": f"<p>{n}" * 500 for n in range(100)}
        return zipped({"imsmanifest.xml": MANIFEST, "tag.txt": hand.tag} | pages)


class PublishCourse(Act):
    """A course is made, gets a lesson, and is published."""

    cuts, staff = 4, True

    def do(self, hand: Hand) -> None:
        made = hand.post("made", "/courses/new", {"title": f"Course {hand.tag}"})
        base = made.headers["location"].removesuffix("/edit")
        module = hand.number(
            "SELECT m.id FROM courses_module m JOIN courses_course c ON c.id = m.course_id"
            f" WHERE c.title = 'Course {hand.tag}'"
        )
        form = {"module": str(module), "kind": "page", "title": "Lesson"}
        edit = hand.post("added", f"{base}/activities", form).headers["location"]
        words = {"title": "Lesson", "when": "viewed", "body": "<p>Read.</p>"}
        hand.post("written", edit, words | {"revision": "1", "draft_revision": "1", "publish": "1"})
        hand.post("published", f"{base}/publish", {})

    def held(self, hand: Hand) -> Iterator[str]:
        if "made" in hand.heard and len(self._courses(hand)) != 1:
            yield f"courses: {self._courses(hand)}"
        if "published" in hand.heard and not self._courses(hand)[0][1]:
            yield "the course was published and is not"

    def once(self, hand: Hand) -> Iterator[str]:
        courses = self._courses(hand)
        if len(courses) != 1 or not courses[0][1]:
            yield f"courses: {courses}"
            return
        inside = f"WHERE course_id = {courses[0][0]}"
        for table, most in (("enrollment_enrollment", 1), ("courses_activity", 1)):
            found = hand.number(f"{KEPT} {table} {inside}")
            if found != most:
                yield f"{found} rows in {table} of {most}"

    def _courses(self, hand: Hand) -> list[tuple]:
        return hand.sql(
            f"SELECT id, published_at FROM courses_course WHERE title = 'Course {hand.tag}'"
        )
