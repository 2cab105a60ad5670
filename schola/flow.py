"""The river: how a learner's act becomes progress, a grade, a completed course, a certificate.

    act → Statement → Progress ─┬→ AttemptScored → Grade → GradeChanged ─┬→ Completion
                                └→ ActivityFinished ─────────────────────┘       │
                                           Certificate ← CourseCompleted ←───────┘

Events flow upward only: a handler lives on a higher floor than the event it hears.
"""

from schola.completion.actions import settle_activity, settle_course
from schola.completion.certificates import issue_on_completion
from schola.completion.events import CertificateIssued, CertificateRevoked, CourseCompleted
from schola.completion.rebuilding import count_anew, settle_anew
from schola.courses.events import (
    ActivityChanged,
    ConditionsEased,
    ContentReady,
    CourseChanged,
    CoursePublished,
    DueDateChanged,
    VersionPublished,
)
from schola.enrollment.actions import seat_members, unseat_members
from schola.enrollment.events import Enrolled, EnrollmentEnded
from schola.grading.actions import count_lateness, count_published, keep_item, take_score
from schola.grading.events import GradeChanged, SchemeChanged
from schola.kernel.events import On
from schola.pages.indexing import forget_person, index_activity, index_course, index_people
from schola.people.events import (
    GroupJoined,
    GroupLeft,
    PasswordForgotten,
    PeopleSaved,
    PersonInvited,
    PersonRemoved,
)
from schola.records.events import (
    ActivityFinished,
    ActivityReopened,
    AnotherAllowed,
    AttemptMarked,
    AttemptScored,
)
from schola.talk.actions import send_invitation, send_new_password
from schola.talk.telling import (
    tell_another,
    tell_certified,
    tell_enrolled,
    tell_marked,
    tell_opened,
    tell_revoked,
)
from schola.talk.withdrawing import withdraw_certified, withdraw_enrolled

FLOW = [
    On(GroupJoined, seat_members),
    On(GroupLeft, unseat_members),
    On(ActivityChanged, keep_item),
    On(VersionPublished, count_published),
    On(DueDateChanged, count_lateness),
    On(AttemptScored, take_score),
    On(GradeChanged, settle_activity),
    On(GradeChanged, settle_course),
    On(ActivityFinished, settle_course),
    On(ActivityReopened, settle_course),
    On(CourseCompleted, issue_on_completion),
    On(SchemeChanged, count_anew, "later"),
    On(ConditionsEased, settle_anew, "later"),
    On(PeopleSaved, index_people, "later"),
    On(PersonRemoved, forget_person, "later"),
    On(CourseChanged, index_course, "later"),
    On(ActivityChanged, index_activity, "later"),
    On(VersionPublished, index_activity, "later"),
    On(ContentReady, index_activity, "later"),
    On(PersonInvited, send_invitation, "later"),
    On(PasswordForgotten, send_new_password, "later"),
    On(Enrolled, tell_enrolled),
    On(EnrollmentEnded, withdraw_enrolled),
    On(CoursePublished, tell_opened),
    On(AttemptMarked, tell_marked),
    On(AnotherAllowed, tell_another),
    On(CertificateIssued, tell_certified),
    On(CertificateRevoked, tell_revoked),
    On(CertificateRevoked, withdraw_certified),
]
