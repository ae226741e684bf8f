"""Pages of notes of no group session, of private notes, and of who looks over notes."""

import json
import re
from datetime import timedelta

import pytest
from django.urls import reverse

from homeground.ground import clock, scope
from homeground.people.models import Person
from homeground.people.roles import Role
from homeground.treatment.models import Licence, Note, PrivateNote, Supervision
from homeground.treatment.queries.compliance import compliance

pytestmark = pytest.mark.django_db


@pytest.fixture
def who(cast):
    return cast.patient_episode.patient_id


@pytest.fixture
def letters(clinic):
    for role, text in ((Role.COUNSELOR, "LPC-A"), (Role.DIRECTOR, "LCSW"), (Role.FACILITATOR, "CAS")):
        Person.objects.filter(pk=clinic.staff[role].person.pk).update(credentials=text)


def begun(client, who, kind):
    answer = client.post(reverse("treatment:person_notes", args=[who]), {"kind": kind})
    assert answer.status_code == 302
    return answer["Location"]


def fields(page):
    """The fields of the form as the page shows them."""
    found = dict(re.findall(r'<input[^>]* name="((?:was|seen)\.[^"]*)" value="([^"]*)"', page))
    found |= dict(re.findall(r'<input type="(?:date|time)"[^>]* name="([^"]*)" value="([^"]*)"', page))
    found |= dict(re.findall(r'<textarea[^>]* name="([^"]*)"[^>]*>([^<]*)<', page))
    return found


def test_a_trainees_contact_note_goes_from_the_persons_page_to_the_co_signature(who, letters, as_staff):
    trainee, director = as_staff(Role.COUNSELOR), as_staff(Role.DIRECTOR)
    draft = begun(trainee, who, "contact")
    page = trainee.get(draft).content.decode()
    assert "Stay" in page
    assert "waits for a co-signature" in page
    sent = fields(page)
    note_id = draft.split("/")[3]
    typed = {
        f"{note_id}.part_how": "Telephone, ten minutes, with the person.",
        f"{note_id}.part_about": "The ride on Thursday falls away and the shift begins earlier.",
    }
    assert trainee.post(draft, sent | typed).status_code == 302
    shown = trainee.get(draft).content.decode()
    assert "Contact: Telephone, ten minutes, with the person." in shown
    signature = reverse("treatment:signature", args=[note_id])
    answer = trainee.post(signature, fields(shown), follow=True)
    assert "The note is signed." in answer.content.decode()
    listed = director.get(reverse("treatment:notes")).content.decode()
    assert reverse("treatment:note", args=[note_id]) in listed
    returns = reverse("treatment:returns", args=[note_id])
    assert director.post(returns, {"words": " "}).status_code == 422
    director.post(returns, {"words": "Who drives on Thursday?"})
    back = trainee.get(reverse("treatment:notes")).content.decode()
    assert "Sent back to you" in back
    opened = trainee.get(reverse("treatment:note", args=[note_id])).content.decode()
    assert "Who drives on Thursday?" in opened
    addenda = reverse("treatment:addenda", args=[note_id])
    trainee.post(addenda, {"text": "A friend drives on Thursday.", "why": "Asked by the supervisor"})
    assert "Sent back to you" not in trainee.get(reverse("treatment:notes")).content.decode()
    director.post(reverse("treatment:cosignature", args=[note_id]), {"remark": ""})
    assert "Co-signed" in director.get(reverse("treatment:note", args=[note_id])).content.decode()


def test_script_saves_and_learns_the_text_and_bad_times_are_refused(who, letters, as_staff):
    client = as_staff(Role.COUNSELOR)
    draft = begun(client, who, "crisis")
    note_id = draft.split("/")[3]
    ask = {"headers": {"accept": "application/json"}}
    one = {f"was.{note_id}.part_happened": "", f"{note_id}.part_happened": "A call at night."}
    told = json.loads(client.post(draft, one, **ask).content)
    assert told["fields"][f"{note_id}.text"] == "What happened: A call at night."
    assert told["versions"] == {note_id: 2}
    checks = json.loads(client.get(reverse("treatment:draft_checks", args=[note_id])).content)
    words = [each["words"] for each in checks["cards"][note_id]["told"]]
    assert "Write: who follows up, and when." in words
    for name, value in (("on", "2099-01-01"), ("from", "noon"), ("part_focus", "no heading of a crisis")):
        answer = client.post(draft, {f"was.{note_id}.{name}": "", f"{note_id}.{name}": value}, **ask)
        assert answer.status_code == 422, name
    both = {f"was.{note_id}.part_happened": "", f"{note_id}.part_happened": "Another window."}
    told = json.loads(client.post(draft, both, **ask).content)
    assert told["both"] == [f"{note_id}.part_happened"]
    assert Note.objects.get(pk=note_id).text == "What happened: A call at night. Another window."


def test_a_draft_begun_by_mistake_is_given_up_with_a_reason(who, letters, as_staff):
    client = as_staff(Role.COUNSELOR)
    draft = begun(client, who, "progress")
    to = reverse("treatment:withdrawal", args=[draft.split("/")[3]])
    assert client.post(to, {"why": ""}).status_code == 422
    assert client.post(to, {"why": "Wrong person"}).status_code == 302
    assert "given up" in client.get(draft).content.decode()
    assert client.post(draft, {}, headers={"accept": "application/json"}).status_code == 422


def test_an_unknown_kind_is_refused(who, letters, as_staff):
    client = as_staff(Role.COUNSELOR)
    for kind in ("", "group", "poem"):
        answer = client.post(reverse("treatment:person_notes", args=[who]), {"kind": kind})
        assert answer.status_code == 422


class TestPrivate:
    """Counseling notes stand for nobody but their author: no list, no search, no export (checks F05, F19)."""

    TEXT = "The heron came up again, and what it stood for as a child."

    @pytest.fixture
    def written(self, who, as_staff):
        client = as_staff(Role.COUNSELOR)
        data = {"kind": "counseling", "about_on": "11/01/2026", "text": self.TEXT}
        answer = client.post(reverse("treatment:private_notes", args=[who]), data)
        assert answer.status_code == 302
        return answer["Location"]

    def test_its_author_opens_it_and_the_director_finds_nothing(self, who, written, as_staff):
        assert self.TEXT in as_staff(Role.COUNSELOR).get(written).content.decode()
        director = as_staff(Role.DIRECTOR)
        assert director.get(written).status_code == 404
        listed = director.get(reverse("treatment:private_notes", args=[who])).content.decode()
        assert "You have written none." in listed
        assert as_staff(Role.FACILITATOR).get(written).status_code == 403

    def test_no_list_search_or_packet_holds_it(self, who, written, as_staff, clinic):
        counselor = as_staff(Role.COUNSELOR)
        note_id = written.split("/")[-2]
        for url in (
            reverse("treatment:person_notes", args=[who]),
            reverse("treatment:notes"),
            reverse("desk:patient", args=[who]),
            reverse("desk:people") + "?q=stood",
        ):
            page = counselor.get(url).content.decode()
            assert "what it stood for" not in page
            assert note_id not in page
        with scope.entered(organization_id=clinic.id):
            assert not PrivateNote.objects.exists(), "without its author's account the row is not there"

    def test_a_conversation_to_come_and_an_empty_note_are_refused(self, who, as_staff):
        client = as_staff(Role.COUNSELOR)
        to = reverse("treatment:private_notes", args=[who])
        for bad in (
            {"kind": "counseling", "about_on": "01/01/2099", "text": "x"},
            {"kind": "poem", "about_on": "11/01/2026", "text": "x"},
            {"kind": "counseling", "about_on": "11/01/2026", "text": " "},
        ):
            assert client.post(to, bad).status_code == 422


def test_a_director_records_supervision_and_the_end_of_letters(clinic, letters, as_staff):
    client = as_staff(Role.DIRECTOR)
    trainee, director = (clinic.staff[role].person.pk for role in (Role.COUNSELOR, Role.DIRECTOR))
    page = client.get(reverse("treatment:supervision")).content.decode()
    assert "nobody answers for these notes yet" in page
    told = {
        "supervision-person": trainee,
        "supervision-supervisor": director,
        "supervision-starts_on": "10/01/2026",
        "supervision-through": "",
    }
    to = reverse("treatment:supervisions")
    assert client.post(to, told | {"supervision-through": "09/01/2026"}).status_code == 422
    assert client.post(to, told).status_code == 302
    with scope.entered(organization_id=clinic.id):
        assert Supervision.objects.get().supervisor_id == director
    told = {"licence-person": trainee, "licence-letters": "LPC", "licence-through": "11/01/2026"}
    to = reverse("treatment:licences")
    assert client.post(to, told).status_code == 422
    assert client.post(to, told | {"licence-letters": "lpc-a", "licence-state": "co"}).status_code == 302
    with scope.entered(organization_id=clinic.id):
        assert (Licence.objects.get().letters, Licence.objects.get().state) == ("LPC-A", "CO")
    assert "credential has run out" in client.get(reverse("treatment:supervision")).content.decode()


def test_the_list_of_a_reviewer_names_each_finding_with_its_next_step(who, clinic, letters, as_staff):
    at, staff = clock.now(), clinic.staff[Role.COUNSELOR]
    like = dict(
        **clinic.owns(),
        kind="progress",
        patient_id=who,
        opened_at=at,
        author=staff.person,
        text="x",
        changed_at=at,
        changed_by_id=staff.account.pk,
        starts_at=at,
        ends_at=at,
        signed_at=at,
        signed_by_id=staff.account.pk,
    )
    with scope.entered(organization_id=clinic.id):
        other = Note.objects.create(**like, late=True)
        Note.objects.create(**like, likeness=95, like_id=other.pk, waived="A cousin of that name")
        old = at - timedelta(days=9)
        open_since = {"signed_at": None, "signed_by_id": None, "starts_at": old, "ends_at": old}
        Note.objects.create(**{**like, **open_since})
        found = compliance(at)
        assert {each.finding.value: each.total for each in found.found} == {
            "alike": 1,
            "no_objective": 2,
            "late": 1,
            "waived": 1,
        }
        assert [each.answers.name for each in found.drafts] == ["Director Sample"]
    page = as_staff(Role.DIRECTOR).get(reverse("treatment:compliance")).content.decode()
    assert "A cousin of that name" in page
    assert reverse("plan:plan", args=[who]) in page
    assert as_staff(Role.COUNSELOR).get(reverse("treatment:compliance")).status_code == 403
