from schola.kernel.permissions import declare

STAFF = ("instructor", "assistant", "designer", "manager", "auditor", "administrator")

declare("course.view", "See the course", given_to=("learner", *STAFF))
declare("course.edit", "Change the course", given_to=("instructor", "designer", "administrator"))
declare("course.create", "Make courses", given_to=("instructor", "designer", "administrator"))
declare("activity.edit", "Change activities", given_to=("instructor", "designer", "administrator"))
declare("activity.attempt", "Work on activities", given_to=("learner",))
