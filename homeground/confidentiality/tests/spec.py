"""The cases that define confidentiality: each is tested, and printed in docs/rules/confidentiality.md."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from importlib import resources
from uuid import UUID

from homeground.confidentiality.rules.asking import (
    ConsentFacts,
    Relationship,
    Request,
    RestrictionFacts,
)
from homeground.confidentiality.rules.book import read_book
from homeground.confidentiality.rules.labels import label
from homeground.confidentiality.rules.vocabulary import (
    CHART,
    Asker,
    Category,
    Channel,
    ConsentKind,
    Paper,
    Purpose,
    RestrictionKind,
)

PACK = resources.files("homeground.confidentiality") / "packs" / "us.toml"
BOOK = read_book(PACK.read_text(encoding="utf-8"))
AT = datetime(2026, 11, 21, 18, tzinfo=UTC)
HOUR = timedelta(hours=1)
AUTHOR, READER, MOTHER = UUID(int=1), UUID(int=2), UUID(int=3)
FIRST = UUID(int=100)

C = Category
PART2 = tuple(label(c, part2=True, author_id=AUTHOR if c in set(C) - CHART else None) for c in C)
MENTAL_HEALTH = tuple(label(c, part2=False) for c in CHART)
SENT_ON = (*MENTAL_HEALTH, label(C.RECEIVED, part2=False, under_notice=True))
MIXED = (label(C.ATTENDANCE, part2=False), label(C.ATTENDANCE, part2=True), label(C.PLAN, part2=False))
HERE = Relationship(in_program=True)
MINE = Relationship(in_program=True, caseload=True)
GLASS = Relationship(in_program=True, glass_until=AT + HOUR)
LEFT = Relationship(in_program=True, current=False)
LEFT_GLASS = Relationship(in_program=True, current=False, glass_until=AT + HOUR)
OWN_NOTE = (label(C.PROGRESS_NOTES, part2=True, author_id=READER),)
NOBODY = Relationship()


def consent(kind=ConsentKind.SPECIFIC, **changes) -> ConsentFacts:
    """A consent to tell the employer Cobalt Works about attendance for work, in force."""
    facts = {
        "id": FIRST,
        "kind": ConsentKind(kind),
        "categories": frozenset({C.ATTENDANCE, C.STAY}),
        "recipient_kind": "employer",
        "recipients": ("Cobalt Works",),
        "recipient_id": None,
        "purposes": frozenset({Purpose.EMPLOYMENT}),
        "signed_at": AT - 24 * HOUR,
        "expires_at": AT + 90 * 24 * HOUR,
    }
    return ConsentFacts(**{**facts, **changes})


def care_and_pay(**changes) -> ConsentFacts:
    """A consent for all future treatment, payment and operations."""
    facts = {
        "categories": CHART,
        "recipient_kind": "",
        "recipients": ("my treating providers, health plans and people helping to operate this program",),
        "purposes": frozenset({Purpose.TREATMENT, Purpose.PAYMENT, Purpose.OPERATIONS}),
        "expires_at": None,
    }
    return consent(ConsentKind.CARE_AND_PAY, **{**facts, **changes})


def mother(**changes) -> ConsentFacts:
    """A consent that lets the patient's mother see attendance."""
    facts = {
        "recipient_kind": "family",
        "recipients": ("Ash Testperson",),
        "recipient_id": MOTHER,
        "purposes": frozenset({Purpose.SUPPORT}),
        "categories": frozenset({C.ATTENDANCE}),
    }
    return consent(**{**facts, **changes})


def ask(asker: Asker, purpose: Purpose, *categories: Category, **more) -> Request:
    """A request; the employer is called Cobalt Works unless another name is given."""
    channel = Channel.PAGE if asker in ("staff", "patient", "family") else Channel.PDF
    named = {"name": "Cobalt Works"} if asker is Asker.EMPLOYER else {}
    return Request(
        asker=asker,
        purpose=purpose,
        categories=frozenset(categories),
        **{"channel": channel, **named, **more},
    )


def staff(role: str, *categories: Category, **more) -> Request:
    """A member of staff at work."""
    return ask(Asker.STAFF, Purpose.TREATMENT, *categories, asker_id=READER, roles=frozenset({role}), **more)


@dataclass(frozen=True)
class Case:
    """One decision: what is asked and known, and what must follow. `given` None: all that was asked."""

    what: str
    request: Request
    outcome: str
    rule: str
    given: frozenset[Category] | None = None
    labels: tuple = PART2
    consents: tuple[ConsentFacts, ...] = ()
    restrictions: tuple[RestrictionFacts, ...] = ()
    relationship: Relationship = NOBODY
    owes: frozenset[str] = frozenset()
    check: str = ""
    known: str = field(default="", compare=False)


WORK = Purpose.EMPLOYMENT
EMPLOYER = ask(Asker.EMPLOYER, WORK, C.ATTENDANCE)
COURT = Purpose.PROCEEDING
EMERGENCY = {"name": "Dr. Sample", "facility": "General Hospital", "emergency": "found unconscious"}
URGENT = Purpose.EMERGENCY
NOTHING = frozenset()
SILENT = frozenset({"neither_confirm_nor_deny"})
NOTICED = frozenset({"account", "notice", "copy_of_consent"})


def agreed(**changes) -> RestrictionFacts:
    """A restriction the clinic agreed to."""
    return RestrictionFacts(**{"kind": RestrictionKind.AGREED, **changes})


CASES = (
    # the person and who acts for them
    Case("the person reads their chart", ask(Asker.PATIENT, Purpose.OWN_REQUEST, *CHART), "permit",
         "base.own_record", owes=frozenset({"read_audit"}), check="F10"),
    Case("the person asks for the chart and the notes kept apart", ask(Asker.PATIENT, Purpose.OWN_REQUEST,
         C.PLAN, C.COUNSELING_NOTES), "part", "base.own_record", frozenset({C.PLAN}), check="F19"),
    Case("a guardian whose right was checked", ask(Asker.REPRESENTATIVE, Purpose.OWN_REQUEST, C.PLAN),
         "permit", "base.representative", relationship=Relationship(represents=True)),
    Case("somebody who says they are the guardian", ask(Asker.REPRESENTATIVE, Purpose.OWN_REQUEST, C.PLAN),
         "refuse", ""),
    # staff
    Case("the counselor reads the chart", staff("counselor", *CHART), "permit", "need.own",
         relationship=MINE, owes=frozenset({"read_audit"}), check="G10"),
    Case("a counselor outside the caseload: noted", staff("counselor", C.PLAN), "permit", "need.own",
         relationship=HERE, check="G11"),
    Case("a counselor and somebody who left long ago", staff("counselor", C.PLAN), "refuse", "",
         relationship=LEFT, check="G10"),
    Case("their own counselor, long after", staff("counselor", C.PLAN), "permit", "need.own",
         relationship=Relationship(in_program=True, caseload=True, current=False), check="G10"),
    Case("another counselor breaks the glass, long after", staff("counselor", C.PLAN), "permit",
         "base.break_glass", relationship=LEFT_GLASS, check="G06"),
    Case("the biller, long after", staff("biller", C.ATTENDANCE), "permit", "need.own", relationship=LEFT,
         check="G10"),
    Case("the scheduler asks for times and the plan", staff("scheduler", C.APPOINTMENTS, C.PLAN), "part",
         "need.own", frozenset({C.APPOINTMENTS}), relationship=HERE, check="G10"),
    Case("a facilitator reads a note they wrote", staff("facilitator", C.PROGRESS_NOTES), "permit",
         "need.own", labels=OWN_NOTE, relationship=MINE, check="G10"),
    Case("a facilitator reads a colleague's note", staff("facilitator", C.PROGRESS_NOTES), "refuse", "",
         relationship=MINE, check="G10"),
    Case("what the person asked staff not to look at", staff("counselor", C.PLAN, C.SCREENING), "part",
         "need.own", frozenset({C.PLAN}), relationship=MINE,
         restrictions=(RestrictionFacts(RestrictionKind.AGREED, recipient_kind="staff",
         categories=frozenset({C.SCREENING})),)),
    Case("the front desk asks for times and notes", staff("front_desk", C.APPOINTMENTS, C.PROGRESS_NOTES),
         "part", "need.own", frozenset({C.APPOINTMENTS}), relationship=HERE, check="G10"),
    Case("the front desk asks for the level of care", staff("front_desk", C.LEVEL_OF_CARE), "refuse", "",
         relationship=HERE, check="G10"),
    Case("the biller asks for test results", staff("biller", C.TEST_RESULTS), "refuse", "",
         relationship=HERE, check="G10"),
    Case("a facilitator and somebody of their own group", staff("facilitator", C.ATTENDANCE), "permit",
         "need.own", relationship=MINE, check="G10"),
    Case("a facilitator and somebody of another group", staff("facilitator", C.ATTENDANCE), "refuse", "",
         relationship=HERE, check="G10"),
    Case("the same facilitator breaks the glass", staff("facilitator", C.ATTENDANCE, C.MEDICATIONS),
         "permit", "base.break_glass", relationship=GLASS,
         owes=frozenset({"read_audit", "alert_director", "review"}), check="G06"),
    Case("the glass has closed again", staff("facilitator", C.MEDICATIONS), "refuse", "",
         relationship=Relationship(in_program=True, glass_until=AT), check="G06"),
    Case("the system administrator", staff("administrator", C.PRESENCE), "refuse", "", relationship=HERE,
         check="G10"),
    Case("staff of another program or clinic", staff("counselor", C.PRESENCE), "refuse", ""),
    Case("staff asking for something that is no work", ask(Asker.STAFF, WORK, C.PLAN, asker_id=READER,
         roles=frozenset({"counselor"})), "refuse", "", relationship=MINE),
    Case("the author reads their counseling note", ask(Asker.STAFF, Purpose.TREATMENT, C.COUNSELING_NOTES,
         asker_id=AUTHOR, roles=frozenset({"counselor"})), "permit", "need.own", relationship=MINE,
         check="F19"),
    Case("the director asks for a counseling note", staff("director", C.COUNSELING_NOTES), "refuse", "",
         relationship=MINE, check="F19"),
    Case("breaking the glass opens no counseling note", staff("director", C.COUNSELING_NOTES), "refuse", "",
         relationship=GLASS, check="F19"),
    # nobody knows
    Case("a caller asks whether somebody is here", ask(Asker.SOMEBODY, Purpose.INQUIRY), "refuse", "",
         owes=SILENT, check="F16"),
    Case("the police ask whether somebody is here", ask(Asker.POLICE, Purpose.INQUIRY), "refuse", "",
         owes=SILENT, check="F16"),
    Case("a mother asks, nothing is signed", ask(Asker.FAMILY, Purpose.SUPPORT, C.ATTENDANCE,
         asker_id=MOTHER), "refuse", "", owes=SILENT, check="F22"),
    # consents
    Case("the employer, by a consent", EMPLOYER, "permit", "base.consent", consents=(consent(),),
         owes=NOTICED, check="F09"),
    Case("the employer, without one", EMPLOYER, "refuse", "", owes=SILENT, check="D25"),
    Case("more than the consent lists", ask(Asker.EMPLOYER, WORK, C.ATTENDANCE, C.TEST_RESULTS), "part",
         "base.consent", frozenset({C.ATTENDANCE}), consents=(consent(),)),
    Case("another employer", ask(Asker.EMPLOYER, WORK, C.ATTENDANCE, name="Ore Works"), "refuse", "",
         consents=(consent(),)),
    Case("the name written in another way", ask(Asker.EMPLOYER, WORK, C.ATTENDANCE, name="cobalt  works"),
         "permit", "base.consent", consents=(consent(),)),
    Case("the right recipient for another purpose", ask(Asker.EMPLOYER, Purpose.SUPPORT, C.ATTENDANCE),
         "refuse", "", consents=(consent(),)),
    Case("the consent is signed tomorrow", EMPLOYER, "refuse", "", consents=(consent(signed_at=AT + HOUR),)),
    Case("it expires this moment", EMPLOYER, "refuse", "", consents=(consent(expires_at=AT),), check="F08"),
    Case("it expires a second later", EMPLOYER, "permit", "base.consent",
         consents=(consent(expires_at=AT + timedelta(seconds=1)),), check="F08"),
    Case("revoked a minute ago", EMPLOYER, "refuse", "", consents=(consent(ended_at=AT - HOUR / 60),),
         check="F07"),
    Case("revoked in a minute: still in force", EMPLOYER, "permit", "base.consent",
         consents=(consent(ended_at=AT + HOUR / 60),), check="F07"),
    Case("one part of it was revoked", ask(Asker.EMPLOYER, WORK, C.ATTENDANCE, C.STAY), "part",
         "base.consent", frozenset({C.STAY}), consents=(consent(parts_ended=((C.ATTENDANCE, AT),)),),
         check="F22"),
    Case("two consents: the one that gives more", ask(Asker.EMPLOYER, WORK, C.ATTENDANCE, C.STAY), "permit",
         "base.consent", consents=(consent(id=UUID(int=7), categories=frozenset({C.STAY})), consent())),
    Case("a mother sees what is listed", ask(Asker.FAMILY, Purpose.SUPPORT, C.ATTENDANCE, C.PLAN,
         asker_id=MOTHER), "part", "base.consent", frozenset({C.ATTENDANCE}), consents=(mother(),),
         check="F22"),
    Case("another relative with the same name", ask(Asker.FAMILY, Purpose.SUPPORT, C.ATTENDANCE,
         asker_id=READER, name="Ash Testperson"), "refuse", "", consents=(mother(),), check="F22"),
    Case("a treating doctor, by the consent for care and pay", ask(Asker.PROVIDER, Purpose.TREATMENT, C.PLAN,
         name="Dr. Sample"), "permit", "base.consent", consents=(care_and_pay(),), owes=NOTICED),
    Case("a health plan, by the same", ask(Asker.PAYER, Purpose.PAYMENT, C.BILLING), "permit",
         "base.consent", consents=(care_and_pay(),)),
    Case("an employer cannot use it", EMPLOYER, "refuse", "", consents=(care_and_pay(),), check="F04"),
    Case("a court cannot use it", ask(Asker.COURT, COURT, C.PLAN), "refuse", "", consents=(care_and_pay(),),
         owes=SILENT, check="F04"),
    Case("nor does it open counseling notes", ask(Asker.PROVIDER, Purpose.TREATMENT, C.COUNSELING_NOTES),
         "refuse", "", consents=(care_and_pay(),), check="F05"),
    Case("counseling notes by a consent of their own", ask(Asker.PROVIDER, Purpose.TREATMENT,
         C.COUNSELING_NOTES, name="Dr. Sample"), "permit", "base.consent",
         consents=(consent(ConsentKind.COUNSELING_NOTES, categories=frozenset({C.COUNSELING_NOTES}),
                           recipient_kind="provider", recipients=("Dr. Sample",),
                           purposes=frozenset({Purpose.TREATMENT})),), check="F05"),
    Case("a probation officer who is named", ask(Asker.SUPERVISION, Purpose.SUPERVISION, C.ATTENDANCE,
         name="Officer Sample"), "permit", "base.consent",
         consents=(consent(ConsentKind.SUPERVISION, recipient_kind="supervision",
                           recipients=("Officer Sample",), purposes=frozenset({Purpose.SUPERVISION})),),
         check="F31"),
    Case("another officer of the same office", ask(Asker.SUPERVISION, Purpose.SUPERVISION, C.ATTENDANCE,
         name="Officer Other"), "refuse", "",
         consents=(consent(ConsentKind.SUPERVISION, recipient_kind="supervision",
                           recipients=("Officer Sample",), purposes=frozenset({Purpose.SUPERVISION})),),
         check="F31"),
    Case("a lawyer, by a consent for the proceeding", ask(Asker.LAWYER, COURT, C.ATTENDANCE,
         name="L. Sample"), "permit", "base.consent",
         consents=(consent(ConsentKind.PROCEEDING, recipient_kind="lawyer", recipients=("L. Sample",),
                           purposes=frozenset({COURT})),), check="F06"),
    Case("a network passes records on: the revocation must be passed on too", ask(Asker.INTERMEDIARY,
         Purpose.TREATMENT, C.PLAN, name="Care Network"), "permit", "base.consent",
         consents=(consent(ConsentKind.INTERMEDIARY, categories=frozenset({C.PLAN}),
                           recipient_kind="intermediary", recipients=("Care Network",),
                           purposes=frozenset({Purpose.TREATMENT})),),
         owes=frozenset({"pass_on_revocation"})),
    Case("the state's list of medicines, by the consent for care and pay", ask(Asker.MONITORING_PROGRAM,
         Purpose.PRESCRIPTION_MONITORING, C.MEDICATIONS), "refuse", "", consents=(care_and_pay(),),
         check="F32"),
    Case("a consent to treat discloses nothing", EMPLOYER, "refuse", "",
         consents=(consent(ConsentKind.TREATMENT),)),
    # restrictions
    Case("a restriction holds although a consent lists it", ask(Asker.EMPLOYER, WORK, C.ATTENDANCE, C.STAY),
         "part", "base.consent", frozenset({C.STAY}), consents=(consent(),),
         restrictions=(agreed(recipient_kind="employer", categories=frozenset({C.ATTENDANCE})),)),
    Case("a restriction that has ended", EMPLOYER, "permit", "base.consent", consents=(consent(),),
         restrictions=(agreed(ends_at=AT),)),
    Case("paid in full: the health plan learns nothing", ask(Asker.PAYER, Purpose.PAYMENT, C.BILLING),
         "refuse", "", consents=(care_and_pay(),),
         restrictions=(RestrictionFacts(RestrictionKind.PAID_IN_FULL, categories=frozenset({C.BILLING})),)),
    Case("paid in full binds no doctor", ask(Asker.PROVIDER, Purpose.TREATMENT, C.PLAN), "permit",
         "base.consent", consents=(care_and_pay(),),
         restrictions=(RestrictionFacts(RestrictionKind.PAID_IN_FULL),)),
    Case("no restriction stands in the way of an emergency", ask(Asker.EMERGENCY, URGENT, C.MEDICATIONS,
         **EMERGENCY), "permit", "base.emergency", restrictions=(agreed(),)),
    # without consent
    Case("an emergency room", ask(Asker.EMERGENCY, URGENT, C.MEDICATIONS, C.SAFETY, **EMERGENCY), "permit",
         "base.emergency", owes=frozenset({"account", "document_now"}), check="F14"),
    Case("the facility is missing", ask(Asker.EMERGENCY, URGENT, C.MEDICATIONS,
         **{**EMERGENCY, "facility": ""}), "refuse", "", owes=SILENT, check="F14"),
    Case("what happened is missing", ask(Asker.EMERGENCY, URGENT, C.MEDICATIONS,
         **{**EMERGENCY, "emergency": " "}), "refuse", "", check="F14"),
    Case("an emergency opens no notes kept apart", ask(Asker.EMERGENCY, URGENT, C.COUNSELING_NOTES,
         **EMERGENCY), "refuse", "", check="F19"),
    Case("a mother calls it an emergency", ask(Asker.FAMILY, URGENT, C.PRESENCE, asker_id=MOTHER,
         **EMERGENCY), "refuse", "", check="F14"),
    Case("a subpoena alone", ask(Asker.LAWYER, COURT, C.PLAN, paper=Paper.SUBPOENA), "refuse", "",
         owes=SILENT, check="F15"),
    Case("a search warrant", ask(Asker.POLICE, COURT, C.PRESENCE, paper=Paper.SEARCH_WARRANT), "refuse", "",
         owes=SILENT, check="F16"),
    Case("a court order alone", ask(Asker.COURT, COURT, C.PLAN, paper=Paper.COURT_ORDER), "refuse", "",
         owes=SILENT, check="F15"),
    Case("an order and a subpoena: the director and counsel confirm", ask(Asker.COURT, COURT, C.PLAN,
         paper=Paper.ORDER_AND_SUBPOENA), "permit", "base.court_order",
         owes=frozenset({"account", "confirm_rule", "alert_director"}), check="F15"),
    Case("an order opens no confidential communications", ask(Asker.COURT, COURT, C.COUNSELING_NOTES,
         paper=Paper.ORDER_AND_SUBPOENA), "refuse", "", check="F15"),
    Case("a first report of child abuse: facts only", ask(Asker.CHILD_PROTECTION,
         Purpose.CHILD_ABUSE_REPORT, C.CONTACT, C.PROGRESS_NOTES), "part", "base.child_abuse",
         frozenset({C.CONTACT}), owes=frozenset({"limited_facts", "account"}), check="F17"),
    Case("a crime on the premises: limited facts", ask(Asker.POLICE, Purpose.CRIME_REPORT, C.PRESENCE,
         C.CONTACT, C.DIAGNOSIS), "part", "base.crime", frozenset({C.PRESENCE, C.CONTACT})),
    Case("abuse of an older adult", ask(Asker.ADULT_PROTECTION, Purpose.ADULT_ABUSE_REPORT, C.CONTACT),
         "refuse", "", owes=SILENT, check="F18"),
    Case("a threat to somebody: a warning that names us", ask(Asker.POLICE, Purpose.WARNING, C.PRESENCE),
         "refuse", "", owes=SILENT, check="F18"),
    Case("an auditor with an agreement", ask(Asker.AUDITOR, Purpose.AUDIT, C.PLAN,
         agreements=frozenset({"audit"})), "permit", "base.audit",
         owes=frozenset({"protect_and_destroy", "confirm_rule"}), check="F29"),
    Case("an auditor whose agreement has ended", ask(Asker.AUDITOR, Purpose.AUDIT, C.PLAN), "refuse", "",
         check="F29"),
    Case("a researcher gets no names", ask(Asker.RESEARCHER, Purpose.RESEARCH, C.ATTENDANCE, C.CONTACT,
         agreements=frozenset({"research"})), "part", "base.research", frozenset({C.ATTENDANCE}),
         check="F29"),
    Case("a company with both agreements", ask(Asker.SERVICE, Purpose.SERVICES, C.APPOINTMENTS,
         agreements=frozenset({"service", "associate"})), "permit", "base.service_organization",
         check="F30"),
    Case("a company with one of them", ask(Asker.SERVICE, Purpose.SERVICES, C.APPOINTMENTS,
         agreements=frozenset({"associate"})), "refuse", "", check="F30"),
    # which law
    Case("mental health only: a doctor needs no consent", ask(Asker.PROVIDER, Purpose.TREATMENT, C.PLAN),
         "permit", "base.hipaa", labels=MENTAL_HEALTH, owes=frozenset({"account", "confirm_rule"})),
    Case("mental health only: an employer does", EMPLOYER, "refuse", "", labels=MENTAL_HEALTH),
    Case("mental health only: what another program sent under its notice needs a consent",
         ask(Asker.PROVIDER, Purpose.TREATMENT, C.PLAN, C.RECEIVED), "part", "base.hipaa",
         frozenset({C.PLAN}), labels=SENT_ON, check="B18"),
    Case("what another program sent, by a consent that lists it: the notice goes on with it",
         ask(Asker.PROVIDER, Purpose.TREATMENT, C.RECEIVED), "permit", "base.consent", labels=SENT_ON,
         consents=(care_and_pay(),), owes=frozenset({"account", "notice", "copy_of_consent"}), check="B18"),
    Case("what another program sent, when the consent lists the plan alone",
         ask(Asker.EMPLOYER, WORK, C.PLAN, C.RECEIVED, name="Cobalt Works"), "part", "base.consent",
         frozenset({C.PLAN}), labels=SENT_ON, consents=(consent(categories=frozenset({C.PLAN})),),
         check="B18"),
    Case("in both programs: part 2 for what came from both", ask(Asker.PROVIDER, Purpose.TREATMENT,
         C.ATTENDANCE, C.PLAN), "part", "base.hipaa", frozenset({C.PLAN}), labels=MIXED, check="F33"),
    Case("a part without a label counts as part 2", ask(Asker.PROVIDER, Purpose.TREATMENT, C.PLAN), "refuse",
         "", labels=(), check="F33"),
)  # fmt: skip
