from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from furniture import make_appointment, make_group
from icalendar import Calendar

from homeground.ground import scope
from homeground.interop import actions, queries
from homeground.interop.models import CalendarFeed
from homeground.interop.rules.calendar_feed import Entry, calendar

AT = datetime(2026, 11, 21, 18, tzinfo=UTC)
TELLING = (
    "Juniper",
    "Cedar",
    "Evening",
    "group",
    "recovery",
    "treatment",
    "Wren",
    "Testperson",
    "clinic",
    "Denver",
)


def entry(**changes):
    facts = {
        "id": uuid4(),
        "starts_at": AT,
        "ends_at": AT + timedelta(hours=3),
        "changed_at": AT,
        "cancelled": False,
    }
    return Entry(**{**facts, **changes})


@pytest.mark.parametrize(("language", "word"), [("en", "Appointment"), ("es", "Cita"), ("xx", "Appointment")])
def test_an_event_says_one_neutral_word_and_the_time(language, word):
    [event] = Calendar.from_ical(calendar([entry()], language=language)).walk("VEVENT")
    assert event["summary"] == word
    assert event["dtstart"].dt == AT
    assert {"location", "description", "organizer", "attendee", "url"}.isdisjoint(k.lower() for k in event)


def test_a_cancelled_appointment_stays_as_cancelled():
    [event] = Calendar.from_ical(calendar([entry(cancelled=True)], language="en")).walk("VEVENT")
    assert event["status"] == "CANCELLED"


@pytest.mark.django_db
class TestTheAddress:
    @pytest.fixture
    def secret(self, cast):
        make_appointment(cast, make_group(cast), starts_at=AT + timedelta(days=2))
        with scope.entered(organization_id=cast.clinic.id):
            return actions.make_feed(patient_id=cast.patient_episode.patient_id, by=cast.patient.actor, at=AT)

    def test_shows_the_patients_appointments_and_nothing_telling(self, cast, secret):
        with scope.entered(organization_id=cast.clinic.id, channel=scope.Channel.PUBLIC):
            feed = queries.feed(secret, cast.clinic.id, AT)
        text = calendar(feed.entries, language=feed.language).decode()
        assert text.count("BEGIN:VEVENT") == 1
        assert [word for word in TELLING if word.casefold() in text.casefold()] == []

    def test_answers_anyone_who_holds_it_without_a_sign_in(self, cast, secret, sign_in):
        response = sign_in(None).get(reverse("interop:feed", args=[secret]))
        assert response.status_code == 200
        assert response["Content-Type"].startswith("text/calendar")
        assert response["Content-Disposition"] == 'attachment; filename="calendar.ics"'

    def test_is_gone_once_revoked(self, cast, secret, sign_in):
        assert sign_in(cast.patient).post(reverse("interop:feed_revocation")).status_code == 302
        assert sign_in(None).get(reverse("interop:feed", args=[secret])).status_code == 404

    def test_is_gone_once_a_new_one_is_made(self, cast, secret, sign_in):
        assert sign_in(cast.patient).post(reverse("interop:feeds")).status_code == 200
        assert sign_in(None).get(reverse("interop:feed", args=[secret])).status_code == 404

    def test_an_invented_one_is_not_found(self, cast, secret, sign_in):
        assert sign_in(None).get(reverse("interop:feed", args=["invented"])).status_code == 404

    def test_of_another_clinic_is_not_found_here(self, cast, secret, sign_in, settings):
        settings.ALLOWED_HOSTS = ["*"]
        response = sign_in(None).get(
            reverse("interop:feed", args=[secret]), headers={"host": cast.other_clinic.organization.host}
        )
        assert response.status_code == 404

    def test_is_stored_as_a_digest_only(self, cast, secret):
        assert not CalendarFeed.objects.filter(digest__contains=secret).exists()
