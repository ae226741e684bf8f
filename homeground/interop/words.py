"""The codes of requests from outside in the words of staff."""

from django.utils.translation import gettext_lazy as _

from homeground.confidentiality.rules.asking import Effect, Obligation
from homeground.confidentiality.rules.clocks import Standing
from homeground.confidentiality.rules.orders import Element, OrderKind
from homeground.confidentiality.rules.remedies import Remedy
from homeground.confidentiality.rules.vocabulary import Asker, Category, Outcome, Paper, Purpose
from homeground.interop.rules.packet import Format, Kind
from homeground.interop.rules.received import Way
from homeground.program.rules.pack import Tag

CAME_BY = {
    "phone": _("By telephone"),
    "fax": _("By fax"),
    "mail": _("By mail"),
    "email": _("By e-mail"),
    "person": _("In person"),
    "web": _("By the public page"),
}
ASKERS = {
    Asker.PROVIDER: _("A doctor, hospital or clinic"),
    Asker.EMERGENCY: _("Medical staff in an emergency"),
    Asker.PAYER: _("A health plan"),
    Asker.FAMILY: _("Family or a friend"),
    Asker.EMPLOYER: _("An employer"),
    Asker.SCHOOL: _("A school"),
    Asker.LAWYER: _("A lawyer"),
    Asker.COURT: _("A court"),
    Asker.SUPERVISION: _("Probation, parole or a drug court"),
    Asker.POLICE: _("Police"),
    Asker.CHILD_PROTECTION: _("Child protection"),
    Asker.ADULT_PROTECTION: _("Adult protection"),
    Asker.AUDITOR: _("An auditor or evaluator"),
    Asker.RESEARCHER: _("A researcher"),
    Asker.SERVICE: _("A company that works for this clinic"),
    Asker.INTERMEDIARY: _("A network that passes records on"),
    Asker.MONITORING_PROGRAM: _("The state's prescription monitoring"),
    Asker.PUBLIC_HEALTH: _("A public health authority"),
    Asker.SOMEBODY: _("Somebody else"),
}
PURPOSES = {
    Purpose.TREATMENT: _("Treatment"),
    Purpose.PAYMENT: _("Payment"),
    Purpose.OPERATIONS: _("Operations of a clinic or plan"),
    Purpose.OWN_REQUEST: _("The person asked for it"),
    Purpose.SUPPORT: _("To support the person"),
    Purpose.EMPLOYMENT: _("Employment"),
    Purpose.EDUCATION: _("School"),
    Purpose.PROCEEDING: _("A court case or an investigation"),
    Purpose.SUPERVISION: _("Supervision a court ordered"),
    Purpose.EMERGENCY: _("A medical emergency"),
    Purpose.AUDIT: _("Audit or evaluation"),
    Purpose.RESEARCH: _("Research"),
    Purpose.SERVICES: _("A service for this clinic"),
    Purpose.CHILD_ABUSE_REPORT: _("Report of suspected child abuse"),
    Purpose.ADULT_ABUSE_REPORT: _("Report of suspected abuse of an adult"),
    Purpose.CRIME_REPORT: _("Crime or threat on the premises or against staff"),
    Purpose.WARNING: _("To warn somebody who is in danger"),
    Purpose.PRESCRIPTION_MONITORING: _("Prescription monitoring"),
    Purpose.PUBLIC_HEALTH: _("Public health"),
    Purpose.INQUIRY: _("They did not say"),
}
CATEGORIES = {
    Category.PRESENCE: _("Whether the person is or was here"),
    Category.CONTACT: _("Name, address, telephone"),
    Category.APPOINTMENTS: _("Appointments"),
    Category.ATTENDANCE: _("Days and hours attended"),
    Category.STAY: _("Begin and end of treatment"),
    Category.LEVEL_OF_CARE: _("Level of care"),
    Category.SCREENING: _("Screening and questionnaires"),
    Category.DIAGNOSIS: _("Diagnosis"),
    Category.SAFETY: _("Safety"),
    Category.MEDICATIONS: _("Medicines"),
    Category.TEST_RESULTS: _("Test results"),
    Category.PLAN: _("Plan and goals"),
    Category.PROGRESS_NOTES: _("Progress notes"),
    Category.BILLING: _("Bills and payments"),
    Category.RECEIVED: _("Records received from others"),
    Category.COUNSELING_NOTES: _("Counseling notes kept apart"),
    Category.PSYCHOTHERAPY_NOTES: _("Psychotherapy notes kept apart"),
}
PAPERS = {
    Paper.NONE: _("None, or a consent form"),
    Paper.SUBPOENA: _("A subpoena"),
    Paper.SEARCH_WARRANT: _("A search or arrest warrant"),
    Paper.COURT_ORDER: _("A court order"),
    Paper.ORDER_AND_SUBPOENA: _("A court order and a subpoena"),
}
CHECKS = {
    "called_back": _("Called back at a number we looked up ourselves"),
    "photo": _("Saw photo identification"),
    "badge": _("Saw badge or letter of authority"),
    "known": _("Known from earlier work, same number or address"),
    "paper": _("Read the signed paper and called its sender"),
}
ORDER_KINDS = {
    OrderKind.CIVIL: _("A civil case or another noncriminal purpose (2.64)"),
    OrderKind.CRIMINAL: _("A criminal case against the person (2.65)"),
    OrderKind.PROGRAM: _("An investigation of this program or its staff (2.66)"),
}
ELEMENTS = {
    Element.SUBPOENA: _("Did a subpoena come with it?"),
    Element.FICTITIOUS_NAME: _("Do the papers use a made-up name, or is the file sealed?"),
    Element.NOTICE: _("Were the person and this program told, and could they answer?"),
    Element.HEARING: _("Was it heard in chambers or otherwise in private?"),
    Element.SERIOUS_CRIME: _("Does it find that the crime is extremely serious?"),
    Element.SUBSTANTIAL_VALUE: _("Does it find that the record will be of substantial value?"),
    Element.OTHER_WAYS: _("Does it find that other ways do not exist or would not work?"),
    Element.GOOD_CAUSE: _("Does it find that the public interest outweighs the harm?"),
    Element.PARTS: _("Does it name the parts it opens, and only those needed?"),
    Element.WHO: _("Does it name who may have them?"),
    Element.PROTECTED: _("Does it say how they stay protected?"),
    Element.COMMUNICATIONS: _("Does it find grounds to open what the person told us in care?"),
}
OUTCOMES = {
    Outcome.PERMIT: _("May be sent"),
    Outcome.PART: _("A part may be sent"),
    Outcome.REFUSE: _("Nothing may be sent"),
}
STATES = {Outcome.PERMIT: "ok", Outcome.PART: "notice", Outcome.REFUSE: "stop"}
EFFECTS = {Effect.PERMITS: _("allows"), Effect.REFUSES: _("refuses"), Effect.WARNS: _("note")}
EFFECT_STATES = {Effect.PERMITS: "ok", Effect.REFUSES: "stop", Effect.WARNS: "notice"}
DETAILS = {
    "revoked": _("A consent for this was stopped."),
    "expired": _("A consent for this has ended."),
    "not_yet_signed": _("A consent for this was signed later."),
    "not_listed": _("A consent names them, and does not list these parts."),
    "part_revoked": _("The person took these parts out of the consent."),
    "other_purpose": _("A consent names them for another purpose."),
    "subpoena": _("It is a subpoena."),
    "search_warrant": _("It is a warrant."),
    "court_order": _("It is an order whose elements were not all found."),
}
OBLIGATIONS = {
    Obligation.ACCOUNT: _("It is written into the accounting, which the person can read."),
    Obligation.NOTICE: _("The packet carries the notice that forbids passing it on."),
    Obligation.COPY_OF_CONSENT: _("The packet explains the consent it rests on."),
    Obligation.DOCUMENT_NOW: _("It is documented at once: who, where, when, what the emergency was."),
    Obligation.CONFIRM_RULE: _("The rule was not read in the law yet: confirm in words why it applies."),
    Obligation.ALERT_DIRECTOR: _("The director must know."),
    Obligation.NEITHER_CONFIRM_NOR_DENY: _("Neither confirm nor deny that the person is known."),
    Obligation.LIMITED_FACTS: _("Only the facts of the report leave, never the chart."),
    Obligation.PROTECT_AND_DESTROY: _("The agreement binds them to protect and destroy what they get."),
    Obligation.PASS_ON_REVOCATION: _("If the person stops the consent, the network must be told."),
}
REMEDIES = {
    Remedy.CONSENT: _("A consent that names them, lists these parts and states this purpose."),
    Remedy.CONSENT_AGAIN: _("A new consent: the one they had has ended. Ask the person."),
    Remedy.CONSENT_PARTS: _("A consent that lists the missing parts too, or a request for fewer parts."),
    Remedy.CONSENT_NOTES: _("For notes kept apart: a consent for these notes alone."),
    Remedy.CONSENT_PROCEEDING: _("A consent for this proceeding, signed on a form of its own."),
    Remedy.CONSENT_OFFICIAL: _("A consent that names the official who supervises, not “the court”."),
    Remedy.CONSENT_MONITORING: _("A consent for prescription monitoring, on a form of its own."),
    Remedy.ORDER_AND_SUBPOENA: _("An order of a court under subpart E, together with a subpoena."),
    Remedy.EMERGENCY_FACTS: _("An emergency: who treats, where, and what the emergency is."),
    Remedy.AGREEMENT_AUDIT: _("An audit agreement in force to protect and destroy."),
    Remedy.AGREEMENT_RESEARCH: _("A research agreement in force."),
    Remedy.AGREEMENTS_SERVICE: _("Both agreements in force: service organization and business associate."),
    Remedy.FIRST_REPORT: _("The first report of suspected child abuse: who and where, never the chart."),
    Remedy.LIMITED_FACTS: _("A crime on the premises or against staff: limited facts."),
    Remedy.WITHOUT_NAMING: _("Report or warn without naming the program or that the person is here."),
    Remedy.THREAT_HERE: _("If the threat was made here or against staff: limited facts to the police."),
    Remedy.RESTRICTION: _("We agreed not to tell this. Only the person can lift it."),
}
STANDINGS = {
    Standing.OPEN: _("in time"),
    Standing.DUE_SOON: _("due soon"),
    Standing.OVERDUE: _("overdue"),
    Standing.ANSWERED: _("closed"),
}
STANDING_STATES = {Standing.DUE_SOON: "notice", Standing.OVERDUE: "stop", Standing.ANSWERED: "ok"}
TAGS = {
    Tag.V: _("read in the law"),
    Tag.V2: _("read in a secondary source"),
    Tag.V2_WEAK: _("read in one secondary source"),
    Tag.RECALLED: _("recalled, still to be checked"),
    Tag.SHAKY: _("recalled, doubtful"),
    Tag.OWN: _("our own promise"),
}
KINDS = {
    Kind.RECORD: _("A packet of the record"),
    Kind.ATTENDANCE_CERTIFICATE: _("A certificate of attendance"),
    Kind.EMPLOYER_LETTER: _("A letter for an employer"),
    Kind.SCHOOL_LETTER: _("A letter for a school"),
}
FORMATS = {
    Format.PDF: _("PDF, to print or mail"),
    Format.JSON: _("JSON, for another system"),
    Format.CSV: _("CSV, a table"),
    Format.FAX: _("PDF with a neutral cover sheet, to fax"),
}
RECEIVED_BY = {
    Way.FAX: _("By fax"),
    Way.MAIL: _("By mail"),
    Way.PERSON: _("Handed over"),
    Way.SECURE: _("By a secure message"),
}
AGREEMENTS = {
    "associate": _("Business associate agreement"),
    "service": _("Qualified service organization agreement"),
    "audit": _("Audit or evaluation agreement"),
    "research": _("Research agreement"),
}
