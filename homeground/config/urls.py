from django.urls import include, path

handler400 = "homeground.ground.views.bad_request"
handler403 = "homeground.ground.views.forbidden"
handler404 = "homeground.ground.views.not_found"
handler500 = "homeground.ground.views.failed"

urlpatterns = [
    path("", include("homeground.ground.urls")),
    path("", include("homeground.front_door.urls")),
    path("people/", include("homeground.people.urls")),
    path("program/", include("homeground.program.urls")),
    path("confidentiality/", include("homeground.confidentiality.urls")),
    path("chart/", include("homeground.chart.urls")),
    path("placement/", include("homeground.placement.urls")),
    path("plan/", include("homeground.plan.urls")),
    path("timetable/", include("homeground.timetable.urls")),
    path("treatment/", include("homeground.treatment.urls")),
    path("interop/", include("homeground.interop.urls")),
    path("desk/", include("homeground.desk.urls")),
    path("language/", include("django.conf.urls.i18n")),
    path("accounts/sessions/", include("allauth.usersessions.urls")),
    path("accounts/", include("allauth.urls")),
]
