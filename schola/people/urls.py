from django.urls import path, re_path

from schola.people.views import access, doors, groups, imports, jobs, me, people, schools

urlpatterns = [
    path("signin", doors.sign_in_page, name="sign-in"),
    path("signout", doors.sign_out, name="sign-out"),
    path("reset", doors.reset_page, name="reset"),
    path("welcome/<str:token>", doors.accept_page, name="accept"),
    path("welcome", schools.first_run, name="first-run"),
    path("settings/school", schools.school_settings, name="school"),
    path("settings/jobs", jobs.job_list, name="jobs"),
    path("settings/jobs/<uuid:job>", jobs.change_job, name="change-job"),
    re_path(r"^brand/(?P<color>[0-9a-f]{6})\.css$", schools.brand, name="brand"),
    path("me", me.profile, name="me"),
    path("me/sessions/end", me.end_sessions, name="end-sessions"),
    path("people", people.people_list, name="people"),
    path("people/new", people.new_person, name="new-person"),
    path("people/act", people.act_on_people, name="act-on-people"),
    path("people/import", imports.import_list, name="imports"),
    path("people/import/<int:imported>", imports.import_page, name="import"),
    path("people/import/<int:imported>/check", imports.check, name="check-import"),
    path("people/import/<int:imported>/apply", imports.apply, name="apply-import"),
    path("people/import/<int:imported>/undo", imports.undo, name="undo-import"),
    path("people/import/<int:imported>/rejected", imports.rejected, name="import-rejected"),
    path("people/<int:person>", people.person_page, name="person"),
    path("people/<int:person>/access", access.access, name="person-access"),
    path("people/<int:person>/log", access.log, name="person-log"),
    path("people/<int:person>/change", people.change_person, name="change-person"),
    path("groups", groups.group_list, name="groups"),
    path("groups/<int:group>", groups.group_page, name="group"),
    path("groups/<int:group>/change", groups.change_group, name="change-group"),
]
