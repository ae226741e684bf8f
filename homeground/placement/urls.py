from django.urls import path

from homeground.placement.views import (
    admission,
    answering,
    critical,
    instruments,
    measures,
    mine,
    on_call,
    screening,
)

app_name = "placement"
urlpatterns = [
    path("screenings/", screening.screenings, name="screenings"),
    path("screenings/<uuid:screening_id>/", screening.screening, name="screening"),
    path("screenings/<uuid:screening_id>/red_flags/", screening.red_flags, name="red_flags"),
    path("screenings/<uuid:screening_id>/facts/", screening.facts, name="facts"),
    path("screenings/<uuid:screening_id>/ratings/", screening.ratings, name="ratings"),
    path("screenings/<uuid:screening_id>/decision/", screening.decision, name="decision"),
    path("screenings/<uuid:screening_id>/admission/", admission.admission, name="admission"),
    path("ask/<str:secret>/", answering.ask, name="ask"),
    path("check/", answering.check, name="check"),
    path("check/help/", answering.check_help, name="check_help"),
    path("mine/", mine.mine, name="mine"),
    path("mine/<uuid:packet_id>/visits/", mine.my_visit, name="my_visit"),
    path("patients/<uuid:patient_id>/measures/", measures.patient, name="measures"),
    path("patients/<uuid:patient_id>/packets/", measures.packets, name="packets"),
    path("packets/<uuid:packet_id>/visits/", measures.visits, name="visits"),
    path("packets/<uuid:packet_id>/withdrawal/", measures.withdrawal, name="withdrawal"),
    path("administrations/<uuid:administration_id>/", measures.administration, name="administration"),
    path("caseload/", measures.caseload, name="caseload"),
    path("criticals/", critical.criticals, name="criticals"),
    path("criticals/<uuid:critical_id>/acknowledgement/", critical.acknowledgement, name="acknowledgement"),
    path("criticals/<uuid:critical_id>/dismissals/", critical.dismissals, name="dismissals"),
    path("on_call/", on_call.on_call, name="on_call"),
    path("on_call/<uuid:shift_id>/removal/", on_call.on_call_removal, name="on_call_removal"),
    path("instruments/", instruments.instruments, name="instruments"),
    path("instruments/retirements/", instruments.retirement, name="retirement"),
    path("instruments/setting/", instruments.measure_setting, name="measure_setting"),
]
