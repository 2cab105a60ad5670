"""Every address of the site with who may open it, written by hand: the oracle of the gates.

A is the course of the cast (Amara learns, Lena teaches, Ravi assists, Dora designs), B is another
one, with Bo in it. Nothing here reads the program's own declarations.
"""

from tests.e2e.routes_content import CONTENT
from tests.e2e.rows import (
    COURSE,
    DRAFT,
    ITEM,
    PAGE,
    QUIZ,
    TASK,
    Row,
    found_at,
    get,
    post,
    revision_at,
)
from tests.e2e.school import CAST, PASSWORD

SIGNED_IN = list(CAST)
EVERYBODY = ["anon", *SIGNED_IN]
OVERSEERS = ["mina", "aude", "omar"]

WHO: dict[str, dict[str, list[str]]] = {
    "everybody": {"*": EVERYBODY, "A": EVERYBODY, "B": EVERYBODY},
    "signed in": {"*": SIGNED_IN, "C": SIGNED_IN},
    "nobody": {},
    "course.view": {
        "A": ["amara", "lena", "ravi", "dora", *OVERSEERS],
        "B": ["bo", *OVERSEERS],
    },
    "course.edit": {"A": ["lena", "dora", "omar"], "B": ["omar"]},
    "activity.edit": {"*": ["lena", "dora", "omar"]},  # somewhere: what authors send
    "course.create": {"*": ["lena", "dora", "omar"]},
    "course.people": {
        "*": ["lena", "ravi", *OVERSEERS],
        "A": ["lena", "ravi", *OVERSEERS],
        "B": OVERSEERS,
    },
    "course.enroll": {"A": ["lena", "mina", "omar"], "B": ["mina", "omar"]},
    "activity.attempt": {"A": ["amara"], "B": ["bo"]},
    "grade.edit": {"*": ["lena", "ravi"], "A": ["lena", "ravi"], "B": []},
    "people.view": {"A": ["amara", *OVERSEERS], "B": ["bo", *OVERSEERS]},
    "people.access": {"A": ["aude", "omar"], "B": ["aude", "omar"]},
    "record": {"A": ["amara", "lena", "ravi", *OVERSEERS], "B": ["bo", *OVERSEERS]},
    "audit.view": {"*": ["aude", "omar"]},
    "people.list": {"*": OVERSEERS},
    "groups.view": {"*": OVERSEERS, "A": OVERSEERS, "B": OVERSEERS},
    "groups.edit": {"*": ["mina", "omar"], "A": ["mina", "omar"], "B": ["mina", "omar"]},
    "certificates.view": {"A": ["amara", *OVERSEERS], "B": ["bo", *OVERSEERS]},
    "certificates.list": {"A": ["lena", *OVERSEERS], "B": OVERSEERS},
    "administrator": {"*": ["omar"], "A": ["omar"], "B": ["omar"]},
    "own upload": {"A": ["omar"]},
    "own film upload": {"A/A/A": ["omar"], "B/B/A": ["omar"]},  # course, activity, upload
}
STRONGEST = ("omar", "lena", "mina", "amara", "bo", "anon")


DOORS = [
    get("healthz", "everybody", page=False),
    get("styleguide", "everybody", queries=2),
    get("signin", "everybody", queries=0),
    get("reset", "everybody", queries=2),
    post("reset", "everybody", {"email": "nobody@example.org"}),
    get("welcome/<str:token>", "everybody", {"token": "invitation"}, queries=3),
    post("welcome/<str:token>", "nobody", {}, words={"token": "=none"}),
    get("welcome", "nobody", page=False),
    post("welcome", "nobody", {}),
    get(
        r"^brand/(?P<color>[0-9a-f]{6})\.css$", "everybody", {"path": "brand/01614d.css"},
        page=False,
    ),
    get("unsubscribe/<str:token>", "everybody", {"token": "unsubscribing"}, queries=4),
    post(
        "unsubscribe/<str:token>", "everybody", {"List-Unsubscribe": "One-Click"},
        words={"token": "unsubscribing"}, ok=(200,), more={"signed": True},
    ),
    get("verify", "everybody", queries=2),
    get("verify/<str:number>", "everybody", {"number": "certificate"}, queries=4),
]  # fmt: skip
OWN = [
    get("", "signed in", queries=6),
    get("courses", "signed in", queries=5),
    get("catalog", "signed in", queries=4),
    get("catalog/<slug:course>/join", "signed in", {"course": "open_course"}, queries=4),
    post("catalog/<slug:course>/join", "signed in", {}, words={"course": "open_course"}),
    get("search", "signed in", queries=2),
    get("notifications", "signed in", queries=3),
    post("notifications/read", "signed in", {}),
    post("notifications/undo", "signed in", {"act": ""}, ok=(302,)),
    get("me/notifications", "signed in", queries=3),
    post("me/notifications", "signed in", {"enrolled-bell": "on"}, ok=(302,)),
    get("me", "signed in", queries=3),
    post("me", "signed in", {"full_name": "Somebody", "revision": "1"}, ok=(302,)),
    post("me/sessions/end", "signed in", {}),
    get("me/certificates", "signed in", queries=3),
    get("me/record", "signed in", queries=4),
    get(
        "certificates/<str:number>.pdf", "certificates.view", {"number": "certificate"}, page=False
    ),
]
STAFF = [
    get("people", "people.list", queries=6),
    post("people/act", "administrator", {"do": "invite"}),
    get("people/new", "administrator", queries=2),
    post("people/new", "administrator", {"full_name": "New {uuid}"}),
    get("people/<int:person>", "people.view", queries=10),
    post("people/<int:person>/change", "administrator", {"do": "invite"}),
    post(
        "people/<int:person>/roles", "administrator", {"do": "give-role", "role": "guest"},
        ok=(302,),
    ),
    get("people/<int:person>/learning", "record", queries=5),
    get("people/<int:person>/learning.csv", "record", page=False),
    get("people/<int:person>/access", "people.access", queries=7),
    get("people/<int:person>/log", "people.access", queries=6),
    get("groups", "groups.view", queries=3),
    post("groups", "groups.edit", {"name": "Group {uuid}"}),
    get("groups/<int:group>", "groups.view", queries=7),
    post("groups/<int:group>/change", "groups.edit", {"out": "0"}),
    get("groups/<int:group>/name", "groups.edit", queries=3),
    post(
        "groups/<int:group>/name", "groups.edit",
        {"name": "Group {uuid}", "revision": "{revision}"},
        ok=(302,), more=revision_at("/groups/{group}/name"),
    ),
    get("groups/<int:group>/delete", "groups.edit", queries=6),
    post(
        "groups/<int:group>/delete", "groups.edit", {"revision": "1"},
        words={"group": "new_group"}, ok=(302,),
    ),
    get("reports", "course.people", queries=2),
    get("reports/<slug:key>", "course.people", {"key": "=course-progress"}, queries=7),
    get(
        "reports/<slug:key>.<str:kind>", "course.people",
        {"key": "=course-progress", "kind": "=csv"}, page=False, query="?course={n:course_id}",
    ),
    get("grading", "grade.edit", queries=3),
    get("settings/certificates", "administrator", queries=3),
    post("settings/certificates", "administrator", {"revision": ""}, ok=(422,)),
    get("settings/certificates/specimen.pdf", "administrator", page=False),
    get(f"{COURSE}/certificates", "certificates.list", queries=4),
    get(f"{COURSE}/certificate", "administrator", queries=4),
    post(f"{COURSE}/certificate", "administrator", {"revision": ""}, ok=(422,)),
    post(f"{COURSE}/certificate/school-look", "administrator", {"revision": "0"}, ok=(302,)),
    get(f"{COURSE}/certificate/specimen.pdf", "administrator", page=False),
    post(
        "certificates/<str:number>/change", "administrator", {"revoke": "1"},
        words={"number": "certificate"}, ok=(422,),
    ),
    get("settings/school", "administrator", queries=2),
    post(
        "settings/school", "administrator",
        {"name": "College", "brand_color": "#01614d", "language": "en", "time_zone": "UTC"},
        ok=(302,),
    ),
    get("settings/audit", "audit.view", queries=11),
    get("settings/audit.csv", "audit.view", page=False),
    get("settings/roles", "administrator", queries=5),
    post("settings/roles", "administrator", {"name": "{uuid}", "original": "auditor"}, ok=(302,)),
    get("settings/roles/<slug:role>", "administrator", queries=5),
    post(
        "settings/roles/<slug:role>", "administrator",
        {"name": "{uuid}", "capability": "people.list", "revision": "{revision}"},
        ok=(302,), more=revision_at("/settings/roles/{role}"),
    ),
    post(
        "settings/roles/<slug:role>/restore", "administrator", {"revision": "{revision}"},
        words={"role": "=designer"}, ok=(302,), more=revision_at("/settings/roles/designer"),
    ),
    post(
        "settings/roles/<slug:role>/delete", "administrator", {"revision": "{revision}"},
        words={"role": "new_role"}, ok=(302,), more=revision_at("/settings/roles/{role}"),
    ),
    get("settings/demo", "administrator", queries=5),
    post(  # no school of the matrix holds the demo, so it leads back and changes nothing
        "settings/demo", "administrator",
        {"full_name": "N", "email": "{uuid}@example.org", "password": PASSWORD}, ok=(302,),
    ),
    get("settings/jobs", "administrator", queries=4),
    post("settings/jobs/<uuid:job>", "administrator", {"discard": ""}, ok=(302,)),
]  # fmt: skip
BUILDING = [
    get("courses/new", "course.create", queries=2),
    post("courses/new", "course.create", {"title": "New {uuid}"}),
    get(COURSE, "course.view", queries=4),
    get(f"{COURSE}/edit", "course.edit", queries=5),
    get(f"{COURSE}/setup", "course.edit", queries=6),
    post(
        f"{COURSE}/setup", "course.edit",
        {"title": "Algebra", "hue": "sea", "weave": "dots", "self_enrollment": "closed",
         "revision": "{revision}"},
        ok=(302,), more=revision_at("/courses/{course}/setup"),
    ),
    post(
        f"{COURSE}/setup/grading", "course.edit", {"g-revision": "0"}, ok=(302, 409, 422),
    ),
    get(f"{COURSE}/grades", "course.view", queries=4),
    post(f"{COURSE}/publish", "course.edit", {}),
    post(f"{COURSE}/modules", "course.edit", {"title": "Module {uuid}"}),
    post(
        f"{COURSE}/modules/<int:module>", "course.edit", {"title": "Renamed", "revision": "1"},
        words={"module": "named_module"},
    ),
    post(f"{COURSE}/modules/<int:module>/order", "course.edit", {"order": ""}),
    get(f"{COURSE}/modules/<int:module>/conditions", "course.edit", queries=4),
    post(f"{COURSE}/modules/<int:module>/conditions", "course.edit", {}, ok=(302,)),
    post(
        f"{COURSE}/activities", "course.edit",
        {"module": "{module}", "kind": "page", "title": "T"}, ok=(302,),
    ),
    post(f"{COURSE}/add", "course.edit", {"kind": "page"}),
    get(f"{COURSE}/people", "course.people", queries=8),
    post(f"{COURSE}/people/change", "course.enroll", {"out": "0"}),
    get(f"{COURSE}/people/list", "course.enroll", queries=3),
    post(f"{COURSE}/people/list", "course.enroll", {"lines": "nobody@example.org"}, ok=(200,)),
    post(
        f"{COURSE}/people/due", "course.enroll", {"seat": "{seat}", "due_at": "2030-05-04T10:30"},
        ok=(302,), more=found_at("/courses/{course}/people", {"seat": r"seat=(\d+)#due"}),
    ),
    get(f"{COURSE}/now", "course.people", queries=6),
    get(f"{ITEM}/edit", "course.edit", PAGE, queries=4),
    post(
        f"{ITEM}/edit", "course.edit",
        {"title": "T", "when": "viewed", "body": "<p>x", "revision": "1", "draft_revision": "1"},
        words=DRAFT, ok=(302,),
    ),
    post(
        f"{ITEM}/autosave", "course.edit", {"body": "x", "draft_revision": "1"}, words=DRAFT,
        ok=(200,),
    ),
    post(f"{ITEM}/conditions", "course.edit", {}, words=DRAFT),
    post(f"{ITEM}/repair", "course.edit", {}, words=DRAFT),
    post(f"{ITEM}/place", "course.edit", {"up": "1"}, words=DRAFT, ok=(302,)),
    post(f"{ITEM}/remove", "course.edit", {}, words=DRAFT),
]  # fmt: skip
LEARNING = [
    get(ITEM, "course.view", PAGE, queries=4),
    get(ITEM, "course.view", QUIZ, queries=4),
    get(ITEM, "course.view", TASK, queries=4),
    post(f"{ITEM}/act", "activity.attempt", {"act": "read"}, words=PAGE),
    post(f"{ITEM}/spent", "activity.attempt", {"seconds": "15"}, words=PAGE),
    get(f"{ITEM}/ticks", "grade.edit", PAGE, queries=6),
    post(f"{ITEM}/ticks", "grade.edit", {"seat": "0"}, words=PAGE, ok=(302, 404)),
    post(f"{ITEM}/hand-in", "activity.attempt", {"text": "Work"}, words=TASK, ok=(302,)),
    get(f"{ITEM}/submissions", "grade.edit", TASK, queries=6),
    get(
        f"{ITEM}/submissions/<uuid:attempt_id>", "grade.edit",
        TASK | {"attempt_id": "submission"}, queries=10,
    ),
    post(
        f"{ITEM}/submissions/<uuid:attempt_id>", "grade.edit",
        {"points": "5", "comment": "Good.", "revision": "{revision}", "newest": "9"},
        words=TASK | {"attempt_id": "submission"}, ok=(302,),
        more=revision_at("/courses/{course}/{item}/submissions/{attempt_id}", "lena"),
    ),
    post(
        f"{ITEM}/submissions/<uuid:attempt_id>/again", "grade.edit", {},
        words=TASK | {"attempt_id": "submission"}, ok=(302, 422),
    ),
    post(f"{ITEM}/start", "activity.attempt", {}, words=QUIZ),
    get(f"{ITEM}/attempt/<int:n>", "activity.attempt", QUIZ | {"n": "=2"}, queries=5),
    get(f"{ITEM}/attempt/<int:n>/answers", "activity.attempt", QUIZ | {"n": "=2"}, page=False),
    post(
        f"{ITEM}/attempt/<int:n>/answers/<int:slot>", "activity.attempt", {"rev": "1"},
        words=QUIZ | {"n": "=2", "slot": "=1"}, ok=(200,),
    ),
    get(f"{ITEM}/attempt/<int:n>/result", "activity.attempt", QUIZ | {"n": "=1"}, queries=6),
    post(f"{ITEM}/attempt/<int:n>/finish", "activity.attempt", {}, words=QUIZ | {"n": "=2"}),
]  # fmt: skip
LAST = [  # after these, everybody is somebody else
    post("signout", "signed in", {}, ok=(302,)),
    post("signin", "everybody", {"email": "{outsider}", "password": PASSWORD}, ok=(302,)),
]
ROUTES: list[Row] = [*DOORS, *OWN, *STAFF, *BUILDING, *CONTENT, *LEARNING, *LAST]
