"""The words of notes: chips, what the guards say, who may not sign. Staff pages only."""

from collections.abc import Mapping
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from homeground.treatment.queries.compliance import Finding
from homeground.treatment.rules.guards import Lack
from homeground.treatment.rules.handout import Rights, Unfit
from homeground.treatment.rules.outlines import Part
from homeground.treatment.rules.participation import (
    Engagement,
    NextStep,
    Progress,
    Response,
    Risk,
    Skill,
    SkillLevel,
)
from homeground.treatment.rules.private_note import BelongsInChart, Kind
from homeground.treatment.rules.signing import NotAllowed, NoteKind

KINDS: dict[NoteKind, Promise] = {
    NoteKind.GROUP: _("Group"),
    NoteKind.INDIVIDUAL: _("Individual session"),
    NoteKind.FAMILY: _("Family session"),
    NoteKind.PROGRESS: _("Progress"),
    NoteKind.CONTACT: _("Contact"),
    NoteKind.CRISIS: _("Crisis"),
    NoteKind.MEDICATION: _("Medication visit"),
    NoteKind.OUTREACH: _("Outreach after an absence"),
    NoteKind.PLAN_REVIEW: _("Plan review"),
    NoteKind.DISCHARGE: _("Discharge"),
}

MARKS: Mapping[str, tuple[Promise, Mapping[StrEnum, Promise]]] = {
    "engagement": (
        _("Took part"),
        {
            Engagement.ACTIVE: _("unasked"),
            Engagement.INVITED: _("when invited"),
            Engagement.LISTENED: _("listened, said little"),
            Engagement.DRIFTED: _("on and off"),
            Engagement.WITHDREW: _("kept out"),
            Engagement.UPSET: _("was upset"),
        },
    ),
    "responses": (
        _("Did"),
        {
            Response.RELATED: _("related it to experience"),
            Response.INSIGHT: _("new connection"),
            Response.SUPPORTED: _("supported another"),
            Response.FEEDBACK: _("took in feedback"),
            Response.QUESTIONED: _("questioned it"),
            Response.AMBIVALENT: _("mixed feelings"),
            Response.DISCLOSED_USE: _("told of a return to use"),
            Response.DECLINED: _("declined the exercise"),
        },
    ),
    "skills": (
        _("Practiced"),
        {
            Skill.TRIGGERS: _("identifying triggers"),
            Skill.URGES: _("riding out an urge"),
            Skill.REFUSAL: _("refusing an offer"),
            Skill.THOUGHTS: _("examining a thought"),
            Skill.GROUNDING: _("grounding"),
            Skill.PROBLEMS: _("solving a problem"),
            Skill.ASSERTION: _("asking directly"),
            Skill.PLANNING: _("planning days"),
            Skill.SUPPORT: _("reaching out"),
        },
    ),
    "skill_level": (
        _("How far"),
        {
            SkillLevel.UNAIDED: _("without help"),
            SkillLevel.PROMPTED: _("with prompting"),
            SkillLevel.TALKED: _("talked about only"),
        },
    ),
    "progress": (
        _("Progress"),
        {
            Progress.FORWARD: _("a step forward"),
            Progress.SAME: _("no change"),
            Progress.SETBACK: _("a setback"),
        },
    ),
    "risk": (
        _("Risk"),
        {
            Risk.NONE_SEEN: _("none stated or seen"),
            Risk.ASKED_NONE: _("asked: none"),
            Risk.CONCERN: _("a concern"),
        },
    ),
    "next_steps": (
        _("Next"),
        {
            NextStep.PRACTICE: _("practice the skill"),
            NextStep.EXERCISE: _("exercise at home"),
            NextStep.COUNSELOR: _("individual session"),
            NextStep.SUPPORT_PERSON: _("call a support person"),
            NextStep.MUTUAL_HELP: _("mutual-help meeting"),
            NextStep.PRESCRIBER: _("see the prescriber"),
        },
    ),
}
OBJECTIVES = _("Objectives")

LACKS: dict[Lack, Promise] = {
    Lack.EMPTY: _("Nothing is written yet."),
    Lack.SAME: _("The same words stand in the note of %(other)s. Write what was different."),
    Lack.NO_OBJECTIVE: _("Choose the objective this session served."),
    Lack.RISK_UNTOLD: _("A concern is marked: write what was said and what was done."),
    Lack.SHORT: _("Only a few words about this person."),
    Lack.ALIKE: _("%(percent)s alike with the note of %(other)s: “%(passage)s”"),
    Lack.LIKE_BEFORE: _("%(percent)s alike with an earlier note of this person: “%(passage)s”"),
    Lack.NAMED: _("May name another patient: “%(passage)s”"),
    Lack.SHARED_NAMED: _("The shared part may name a patient: “%(passage)s”"),
    Lack.NO_PLAN: _("No plan in force: no objective can be linked."),
    Lack.PART_MISSING: _("Write: %(part)s."),
    Lack.RISK_UNASKED: _("Mark what was said or seen about risk."),
}

REFUSALS: dict[NotAllowed, Promise] = {
    NotAllowed.NO_CREDENTIAL: _("No credential is recorded for you. Ask an administrator to record it."),
    NotAllowed.UNKNOWN_CREDENTIAL: _("Your credential is not in the clinic’s table of who may sign."),
    NotAllowed.NOT_THEIR_SESSION: _("You did not lead this session. Take it over to write its notes."),
    NotAllowed.NOT_THIS_KIND: _("Your credential does not cover this kind of note."),
    NotAllowed.OWN_NOTE: _("This is your own note. Somebody else co-signs it."),
    NotAllowed.NO_SUPERVISOR: _("Only an independently licensed colleague may co-sign."),
    NotAllowed.LAPSED: _("Your credential has run out. Ask the director to record the renewal."),
    NotAllowed.UNSUPERVISED: _("Your supervision has ended. Ask the director to record who answers for you."),
}

PARTS: dict[Part, Promise] = {
    Part.WHO: _("Who took part"),
    Part.AGREED_TO: _("What the person agreed may be talked about"),
    Part.FOCUS: _("What was worked on"),
    Part.DONE: _("What you did"),
    Part.RESPONSE: _("How the person responded"),
    Part.STATE: _("How the person is: what was seen, what was said"),
    Part.WORKED: _("What helped and what did not"),
    Part.HOW: _("How, how long, with whom"),
    Part.ABOUT: _("What it was about"),
    Part.AGREED: _("What was agreed"),
    Part.HAPPENED: _("What happened"),
    Part.SAFETY: _("Safety plan and access to means"),
    Part.FOLLOW_UP: _("Who follows up, and when"),
    Part.REASON: _("The reason"),
    Part.MEDICATIONS: _("Medications, effects and side effects"),
    Part.OFFERED: _("Medication for opioid or alcohol use: what was offered, what was decided"),
    Part.CHANGES: _("What changes, and why"),
    Part.TESTS: _("Vital signs and tests"),
    Part.TRIED: _("How and when we tried"),
    Part.BY_OBJECTIVE: _("Progress, objective by objective"),
    Part.STAY: _("Why this level of care continues or changes"),
    Part.PERSON_SAID: _("What the person says"),
    Part.COURSE: _("What was done, and how far each problem came"),
    Part.ONWARD: _("Where the person goes on: referrals, appointments, who has a copy"),
}

FINDINGS: dict[Finding, tuple[Promise, Promise]] = {
    Finding.ALIKE: (
        _("Much like another note"),
        _("Read both. If the words are true of both people, say in an addendum what was different."),
    ),
    Finding.NO_OBJECTIVE: (
        _("No objective named"),
        _("There was no plan in force. Bring one into force; the next notes can name its objectives."),
    ),
    Finding.LATE: (
        _("Late entries"),
        _("Both times stand on the note. Talk about what kept the writer from signing in time."),
    ),
    Finding.WAIVED: (
        _("Signed in spite of a question"),
        _("Read the reason. If it does not hold, ask for an addendum."),
    ),
}

PRIVATE: dict[Kind, Promise] = {
    Kind.COUNSELING: _("SUD counseling note"),
    Kind.PSYCHOTHERAPY: _("Psychotherapy note"),
}

BELONGS: dict[BelongsInChart, Promise] = {
    BelongsInChart.MEDICATION: _("Medications belong in the chart."),
    BelongsInChart.TIMES: _("When a session began and ended belongs in the chart."),
    BelongsInChart.TEST_RESULT: _("Results of tests belong in the chart."),
    BelongsInChart.DIAGNOSIS: _("A diagnosis belongs in the chart."),
    BelongsInChart.VITAL_SIGN: _("Vital signs belong in the chart."),
}

ATTENTION: dict[str, Promise] = {
    "": _("in order"),
    "no_letters": _("no credential recorded"),
    "lapsed": _("credential has run out"),
    "unsupervised": _("supervision has ended: signs nothing"),
    "nobody_answers": _("nobody answers for these notes yet"),
    "lapses_soon": _("credential ends within 30 days"),
    "ends_soon": _("supervision ends within 30 days"),
}

RIGHTS: dict[Rights, Promise] = {
    Rights.OWN: _("written by us"),
    Rights.PUBLIC_DOMAIN: _("public domain"),
    Rights.OPEN_LICENCE: _("open licence"),
    Rights.PERMISSION: _("with permission"),
}

UNFIT: dict[Unfit, Promise] = {
    Unfit.NO_PDF: _("This is no PDF."),
    Unfit.TOO_LARGE: _("The file is larger than 1 MB. Make the pictures in it smaller."),
    Unfit.ENCRYPTED: _("The file is locked with a password. Save it without one."),
    Unfit.ACTIVE: _("The file can do things (scripts, forms, attachments). Print it to a plain PDF first."),
}
