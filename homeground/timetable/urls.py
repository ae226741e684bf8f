from django.urls import path

from homeground.timetable.views import appointment, endings, fit, obligations, setup, waiting, week

app_name = "timetable"
urlpatterns = [
    path("", week.week, name="week"),
    path("groups/new/", setup.new_group, name="new_group"),
    path("groups/<uuid:group_id>/", week.group, name="group"),
    path("groups/<uuid:group_id>/edit/", setup.edit_group, name="edit_group"),
    path("groups/<uuid:group_id>/end/", endings.group_end, name="group_end"),
    path("closures/", endings.closures, name="closures"),
    path("hours/", setup.hours, name="hours"),
    path("hours/<uuid:hour_id>/removal/", setup.hour_removal, name="hour_removal"),
    path("appointments/<uuid:appointment_id>/", appointment.appointment, name="appointment"),
    path("appointments/<uuid:appointment_id>/cancellation/", appointment.cancellation, name="cancellation"),
    path("appointments/<uuid:appointment_id>/moves/", appointment.moves, name="moves"),
    path("appointments/<uuid:appointment_id>/substitutes/", appointment.substitutes, name="substitutes"),
    path("appointments/<uuid:appointment_id>/make_ups/", appointment.make_ups, name="make_ups"),
    path("people/<uuid:person_id>/obligations/", obligations.obligations, name="obligations"),
    path("people/<uuid:person_id>/week/", obligations.painted, name="painted"),
    path("people/<uuid:person_id>/calendar/", obligations.calendar_file, name="calendar_file"),
    path("people/<uuid:person_id>/calendar/removal/", obligations.calendar_removal, name="calendar_removal"),
    path("people/<uuid:person_id>/circumstances/", obligations.circumstances, name="circumstances"),
    path("people/<uuid:person_id>/apart/", obligations.apart, name="apart"),
    path("apart/<uuid:pair_id>/removal/", obligations.apart_removal, name="apart_removal"),
    path("obligations/<uuid:obligation_id>/removal/", obligations.removal, name="obligation_removal"),
    path("episodes/<uuid:episode_id>/fit/", fit.fit, name="fit"),
    path("episodes/<uuid:episode_id>/seats/", fit.seats, name="seats"),
    path("seats/<uuid:seat_id>/end/", fit.seat_end, name="seat_end"),
    path("talks/<uuid:counselor_seat_id>/end/", fit.talk_end, name="talk_end"),
    path("waiting/", waiting.waiting, name="waiting"),
    path("waiting/<uuid:waiting_id>/leaving/", waiting.leaving, name="leaving"),
    path("episodes/<uuid:episode_id>/waits/", waiting.waits, name="waits"),
    path("episodes/<uuid:episode_id>/holds/", waiting.holds, name="holds"),
    path("holds/<uuid:hold_id>/release/", waiting.release, name="release"),
]
