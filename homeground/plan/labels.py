"""The words of this room's staff pages, by code."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from homeground.plan.rules.certifying import Fault as CertifyingFault
from homeground.plan.rules.completeness import Gap
from homeground.plan.rules.decision import Decision, Fault, Reason
from homeground.plan.rules.difference import Change
from homeground.plan.rules.risk import RiskLevel
from homeground.plan.rules.sections import BY_CODE, PARTS
from homeground.plan.rules.signing import Missing
from homeground.plan.rules.vocabulary import (
    Confirmed,
    DueKind,
    Kind,
    Ordered,
    Outcome,
    ProgressState,
    Specimen,
)
from homeground.program.rules.pack import Tag

KINDS: dict[str, Promise] = {
    Kind.GROUP: _("Group"),
    Kind.INDIVIDUAL: _("One to one"),
    Kind.FAMILY: _("Family session"),
    Kind.MEDICATION: _("Medication"),
    Kind.CASE: _("Help with practical things"),
    Kind.PEER: _("Peer support"),
    Kind.SKILLS: _("Skills training"),
    Kind.EXPERIENTIAL: _("Music, art, movement"),
    Kind.OWN: _("The person's own step"),
}
STATES: dict[str, tuple[Promise, str]] = {
    "draft": (_("Draft"), "draft"),
    "offered": (_("Waits for signatures"), "notice"),
    "in_force": (_("In force"), "ok"),
    "ended": (_("Ended"), ""),
    "returned": (_("Person asked for a change"), "notice"),
    "dropped": (_("Given up"), ""),
}
CAPACITIES: dict[str, Promise] = {
    "author": _("Author"),
    "patient": _("The person"),
    "cosigner": _("Countersigned"),
}
MISSING: dict[Missing, Promise] = {
    Missing.AUTHOR: _("the author's signature"),
    Missing.PATIENT: _("the person's signature"),
    Missing.COSIGNER: _("a qualified colleague's signature"),
}
GAPS: dict[Gap, Promise] = {
    Gap.NO_GOAL: _("The plan has no goal yet."),
    Gap.GOAL_WITHOUT_WORDS: _("The goal has no words of the person."),
    Gap.GOAL_WITHOUT_OBJECTIVE: _("The goal has no objective."),
    Gap.OBJECTIVE_WITHOUT_WORDS: _("An objective has no words."),
    Gap.NOT_MEASURABLE: _("Say how it will be seen or counted."),
    Gap.NO_TARGET_DATE: _("Say until when."),
    Gap.TARGET_IN_THE_PAST: _("The target day has passed."),
    Gap.NO_INTERVENTION: _("Say what is done for it."),
    Gap.NO_TYPE: _("Choose the kind of help."),
    Gap.NO_FREQUENCY: _("Say how often."),
    Gap.NOBODY_DOES_IT: _("Say who does it."),
    Gap.NO_DISCHARGE_CRITERIA: _("Say what must be reached to finish here."),
    Gap.NO_LENGTH_OF_STAY: _("Say how many weeks are expected, as a number."),
    Gap.PROBLEM_LEFT_OUT: _("This problem has no goal and no reason to wait."),
}
PROGRESS: dict[str, Promise] = {
    ProgressState.NONE: _("No progress yet"),
    ProgressState.SOME: _("Some progress"),
    ProgressState.MET: _("Reached"),
    ProgressState.WORSE: _("Harder than before"),
}
DECISIONS: dict[Decision, Promise] = {
    Decision.CONTINUE: _("Continue at this level"),
    Decision.STEP_DOWN: _("Step down"),
    Decision.STEP_UP: _("Step up"),
    Decision.TRANSFER: _("Transfer"),
    Decision.DISCHARGE: _("Discharge"),
}
REASONS: dict[Reason, Promise] = {
    Reason.PROGRESS: _("Makes progress; goals are not reached yet"),
    Reason.PLAN_CHANGED: _("No progress yet, and the plan was changed"),
    Reason.NEW_PROBLEM: _("A new problem that this level can treat"),
    Reason.GOALS_MET: _("Goals for this level are reached"),
    Reason.LESS_NEEDED: _("What remains needs less"),
    Reason.WORSE: _("Getting worse"),
    Reason.RISK: _("Risk of suicide or harm"),
    Reason.WITHDRAWAL: _("Withdrawal"),
    Reason.HOME_UNSAFE: _("Home is not safe"),
    Reason.NO_BENEFIT: _("No benefit after the plan was changed"),
    Reason.OTHER_NEED: _("A need this program cannot meet"),
    Reason.WANTS_TO_LEAVE: _("The person wants to end"),
    Reason.NO_CONTACT: _("No contact after documented outreach"),
    Reason.MOVED: _("Moved away"),
    Reason.UNEXPECTED_TEST: _("Unexpected drug test (never alone)"),
}
FAULTS: dict[Fault, Promise] = {
    Fault.NO_REASON: _("Choose at least one reason."),
    Fault.REASON_DOES_NOT_FIT: _("A reason does not belong to this decision."),
    Fault.NO_REASONING: _("Write why, from what was seen."),
    Fault.OBJECTIVE_NOT_RATED: _("Say of every objective how it went."),
    Fault.NO_PROGRESS_AND_NO_CHANGE: _(
        "No progress and no changed intervention: begin a new version and change what is done, then close."
    ),
    Fault.PROGRESS_NOT_SEEN: _("Progress is the reason, but no objective shows any."),
    Fault.TEST_ALONE: _("A drug test alone is no reason. Say what else speaks for it."),
}
RISKS: dict[RiskLevel, tuple[Promise, str]] = {
    RiskLevel.NONE: (_("None"), "ok"),
    RiskLevel.LOW: (_("Low"), "notice"),
    RiskLevel.MODERATE: (_("Moderate"), "stop"),
    RiskLevel.HIGH: (_("High"), "stop"),
}
OUTCOMES: dict[Outcome, Promise] = {
    Outcome.EXPECTED: _("Expected result"),
    Outcome.UNEXPECTED: _("Unexpected result"),
    Outcome.UNREADABLE: _("Could not be read"),
    Outcome.NOT_GIVEN: _("Not given"),
}
CONFIRMED: dict[Confirmed, Promise] = {
    Confirmed.CONFIRMED: _("Confirmed by the laboratory"),
    Confirmed.NOT_CONFIRMED: _("Not confirmed by the laboratory"),
}
SPECIMENS: dict[Specimen, Promise] = {
    Specimen.URINE: _("Urine"),
    Specimen.SALIVA: _("Saliva"),
    Specimen.BREATH: _("Breath"),
}
ORDERED: dict[Ordered, Promise] = {
    Ordered.BASELINE: _("At the start"),
    Ordered.RANDOM: _("Drawn at random"),
    Ordered.CLINICAL: _("For a clinical reason"),
}
DUE: dict[DueKind, Promise] = {
    DueKind.EVALUATION: _("First evaluation to begin"),
    DueKind.ASSESSMENT: _("Assessment to sign"),
    DueKind.PLAN: _("First plan in force"),
    DueKind.REVIEW: _("Plan review"),
    DueKind.PATIENT_SIGNATURE: _("Person's signature, or their reason"),
    DueKind.COSIGNATURE: _("Countersignature"),
    DueKind.SAFETY_PLAN: _("Safety plan"),
    DueKind.RESCREEN: _("Ask about suicide risk again"),
    DueKind.TARGET: _("Target day of an objective"),
    DueKind.DRUG_TEST: _("Drug test to take"),
    DueKind.DISCUSSION: _("Talk over a drug test"),
    DueKind.CERTIFICATION: _("Physician's certification"),
    DueKind.INCIDENT_REPORT: _("Report an incident to the state"),
    DueKind.DISCHARGE_SUMMARY: _("Discharge summary"),
    DueKind.FOLLOW_UP_CALL: _("Call who left without a plan"),
}
TAGS: dict[Tag, Promise] = {
    Tag.V: _("read in the law"),
    Tag.V2: _("read about, not in the law"),
    Tag.V2_WEAK: _("read in a weak source"),
    Tag.RECALLED: _("recalled, to be checked"),
    Tag.SHAKY: _("recalled, known to vary"),
    Tag.OWN: _("our own default"),
}
DIFFERENCES: dict[str, Promise] = {
    "discharge_criteria": _("What must be reached to finish here"),
    "stay_weeks": _("Expected weeks"),
    "goal": _("Goal"),
    "objective": _("Objective"),
    "measure": _("How it is seen"),
    "target": _("Until when"),
    "interventions": _("What is done"),
}
CHANGES: dict[Change, Promise] = {
    Change.ADDED: _("new"),
    Change.REMOVED: _("taken out"),
    Change.CHANGED: _("changed"),
}
INCIDENTS: dict[str, Promise] = {
    "overdose": _("Overdose"),
    "suicide_attempt": _("Suicide attempt"),
    "violence": _("Violence"),
    "medication_error": _("Medication error"),
    "left": _("Left without a word"),
    "death": _("Death"),
    "other": _("Something else"),
}
CERTIFYING: dict[CertifyingFault, Promise] = {
    CertifyingFault.NOT_A_PHYSICIAN: _("Only a physician (MD, DO) certifies for Medicare."),
    CertifyingFault.TOO_FEW_MINUTES: _("The plan holds fewer than nine hours a week."),
    CertifyingFault.BEFORE_THE_STAY: _("The stay had not begun on this day."),
}
PART_NAMES = {part.code: part.name for part in PARTS}
SECTION_NAMES = {code: section.name for code, section in BY_CODE.items()}
