from django.urls import path

from homeground.treatment.views import curriculum, hours, note, notes, outreach, sheet

app_name = "treatment"
urlpatterns = [
    path("sheets/", sheet.sheets, name="sheets"),
    path("sheets/<uuid:appointment_id>/", sheet.sheet, name="sheet"),
    path("hours/", hours.week, name="week"),
    path("hours/<uuid:patient_id>/", hours.hours, name="hours"),
    path("hours/<uuid:patient_id>/short-weeks/", hours.short_weeks, name="short_weeks"),
    path("hours/<uuid:patient_id>/make-ups/", hours.make_ups, name="make_ups"),
    path("outreach/", outreach.outreach, name="outreach"),
    path("outreach/<uuid:outreach_id>/calls/", outreach.calls, name="calls"),
    path("curriculum/", curriculum.library, name="curriculum"),
    path("curriculum/<uuid:patient_id>/", curriculum.coverage, name="coverage"),
    path("notes/", note.notes, name="notes"),
    path("notes/sessions/<uuid:appointment_id>/", notes.session, name="session_notes"),
    path("notes/sessions/<uuid:appointment_id>/checks/", notes.checks, name="checks"),
    path("notes/sessions/<uuid:appointment_id>/signatures/", notes.signatures, name="signatures"),
    path("notes/sessions/<uuid:appointment_id>/takeovers/", notes.takeovers, name="takeovers"),
    path("notes/<uuid:note_id>/", note.note, name="note"),
    path("notes/<uuid:note_id>/addenda/", note.addenda, name="addenda"),
    path("notes/<uuid:note_id>/cosignature/", note.cosignature, name="cosignature"),
]
