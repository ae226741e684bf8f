"""The words of the confidentiality room: what is in a record, who asks, for what, and by which way out."""

from enum import StrEnum


class Category(StrEnum):
    """A part of a person's record. Every value that could leave the house belongs to exactly one."""

    PRESENCE = "presence"
    CONTACT = "contact"
    APPOINTMENTS = "appointments"
    ATTENDANCE = "attendance"
    STAY = "stay"
    LEVEL_OF_CARE = "level_of_care"
    SCREENING = "screening"
    DIAGNOSIS = "diagnosis"
    SAFETY = "safety"
    MEDICATIONS = "medications"
    TEST_RESULTS = "test_results"
    PLAN = "plan"
    PROGRESS_NOTES = "progress_notes"
    BILLING = "billing"
    RECEIVED = "received"
    COUNSELING_NOTES = "counseling_notes"
    PSYCHOTHERAPY_NOTES = "psychotherapy_notes"


AUTHORS_ONLY = frozenset({Category.COUNSELING_NOTES, Category.PSYCHOTHERAPY_NOTES})
"""Kept apart from the chart: readable by the author, and released under a consent of their own only."""

CHART = frozenset(Category) - AUTHORS_ONLY


class Sensitivity(StrEnum):
    """What a record tells when it leaks. Codes of HL7 v3-ActCode, so that labels can travel."""

    SUBSTANCE_USE = "SUD"
    MENTAL_HEALTH = "MH"
    PSYCHOTHERAPY = "PSYTHPN"
    HIV = "HIV"
    VIOLENCE = "SDV"


class Asker(StrEnum):
    """Who asks, by what they are to the person; one kind each."""

    PATIENT = "patient"
    REPRESENTATIVE = "representative"
    STAFF = "staff"
    FAMILY = "family"
    PROVIDER = "provider"
    EMERGENCY = "emergency"
    PAYER = "payer"
    SERVICE = "service"
    INTERMEDIARY = "intermediary"
    EMPLOYER = "employer"
    SCHOOL = "school"
    LAWYER = "lawyer"
    COURT = "court"
    SUPERVISION = "supervision"
    POLICE = "police"
    CHILD_PROTECTION = "child_protection"
    ADULT_PROTECTION = "adult_protection"
    AUDITOR = "auditor"
    RESEARCHER = "researcher"
    MONITORING_PROGRAM = "monitoring_program"
    PUBLIC_HEALTH = "public_health"
    SOMEBODY = "somebody"


class Purpose(StrEnum):
    """What the information is asked for."""

    TREATMENT = "treatment"
    PAYMENT = "payment"
    OPERATIONS = "operations"
    OWN_REQUEST = "own_request"
    SUPPORT = "support"
    EMPLOYMENT = "employment"
    EDUCATION = "education"
    PROCEEDING = "proceeding"
    SUPERVISION = "supervision"
    EMERGENCY = "emergency"
    AUDIT = "audit"
    RESEARCH = "research"
    SERVICES = "services"
    CHILD_ABUSE_REPORT = "child_abuse_report"
    ADULT_ABUSE_REPORT = "adult_abuse_report"
    CRIME_REPORT = "crime_report"
    WARNING = "warning"
    PRESCRIPTION_MONITORING = "prescription_monitoring"
    PUBLIC_HEALTH = "public_health"
    FUNDRAISING = "fundraising"
    INQUIRY = "inquiry"


CARE_AND_PAY = frozenset({Purpose.TREATMENT, Purpose.PAYMENT, Purpose.OPERATIONS})
"""The purposes of the one consent for all future treatment, payment and operations."""


class Channel(StrEnum):
    """The way out. Pages stay inside the house; everything else leaves it."""

    PAGE = "page"
    PRINT = "print"
    PDF = "pdf"
    JSON = "json"
    CSV = "csv"
    LETTER = "letter"
    FEED = "feed"
    MESSAGE = "message"
    PHONE = "phone"


class ConsentKind(StrEnum):
    """Classes of consent. Each has its own required elements, and none is signed together with another."""

    TREATMENT = "treatment"
    CARE_AND_PAY = "care_and_pay"
    SPECIFIC = "specific"
    COUNSELING_NOTES = "counseling_notes"
    PROCEEDING = "proceeding"
    SUPERVISION = "supervision"
    INTERMEDIARY = "intermediary"
    PRESCRIPTION_MONITORING = "prescription_monitoring"


class EndsWith(StrEnum):
    """When a consent ends unless it is revoked before."""

    DATE = "date"
    EVENT = "event"
    END_OF_TREATMENT = "end_of_treatment"
    NEVER = "never"


class Method(StrEnum):
    """How a signature was given."""

    PAPER = "paper"
    SCREEN = "screen"
    PHONE = "phone"


class Signer(StrEnum):
    """In which capacity somebody signs."""

    PATIENT = "patient"
    PARENT = "parent"
    GUARDIAN = "guardian"
    PERSONAL_REPRESENTATIVE = "personal_representative"


class EndCause(StrEnum):
    """Why a consent ended before its date."""

    REVOKED = "revoked"
    EVENT = "event"
    TREATMENT_ENDED = "treatment_ended"


class RequestKind(StrEnum):
    """A right somebody makes use of; each starts a clock."""

    ACCESS = "access"
    AMENDMENT = "amendment"
    RESTRICTION = "restriction"
    CONFIDENTIAL_CONTACT = "confidential_contact"
    ACCOUNTING = "accounting"
    INTERMEDIARY_LIST = "intermediary_list"
    COMPLAINT = "complaint"


class Answer(StrEnum):
    """How a rights request was answered."""

    GRANTED = "granted"
    PARTLY = "partly"
    DENIED = "denied"
    WITHDRAWN = "withdrawn"


class RestrictionKind(StrEnum):
    """Why the clinic is bound: it agreed, or the law binds it because the service was paid in full."""

    AGREED = "agreed"
    PAID_IN_FULL = "paid_in_full"


class Paper(StrEnum):
    """What a request of a court, lawyer or the police brings with it."""

    NONE = "none"
    SUBPOENA = "subpoena"
    SEARCH_WARRANT = "search_warrant"
    COURT_ORDER = "court_order"
    ORDER_AND_SUBPOENA = "order_and_subpoena"


class Outcome(StrEnum):
    """What a decision says."""

    PERMIT = "permit"
    PART = "part"
    REFUSE = "refuse"


class Basis(StrEnum):
    """On what ground information may be used or leave."""

    OWN_RECORD = "own_record"
    NEED_TO_KNOW = "need_to_know"
    BREAK_GLASS = "break_glass"
    AUTHORSHIP = "authorship"
    CONSENT = "consent"
    EMERGENCY = "emergency"
    AUDIT = "audit"
    RESEARCH = "research"
    SERVICE_ORGANIZATION = "service_organization"
    CHILD_ABUSE = "child_abuse"
    CRIME = "crime"
    COURT_ORDER = "court_order"
    HIPAA = "hipaa"


class Review(StrEnum):
    """What a review of a break-glass access found."""

    JUSTIFIED = "justified"
    NOT_JUSTIFIED = "not_justified"
