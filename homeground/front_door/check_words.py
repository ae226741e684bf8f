"""The self-check in plain words: questions, answers, what to do and why. Grade 6 or lower."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from homeground.front_door.rules.self_check import Advice, Question, Reason, Urgency

QUESTIONS = {
    Question.EMERGENCY: _("Is one of these true right now, for you or the person you worry about?"),
    Question.SELF_HARM: _("Do you think about ending your life, or about hurting someone?"),
    Question.PAST_WITHDRAWAL: _(
        "Did you ever have a seizure, or see things, when you stopped drinking or using?"
    ),
    Question.STOPPED_DRINKING: _(
        "Did you stop or cut daily drinking in the last three days, and do you shake or sweat now?"
    ),
    Question.SEDATIVES: _(
        "Do you take calming pills, sleeping pills or GHB most days, and want to stop or just stopped?"
    ),
    Question.BODY: _("Are you pregnant, or do you have a serious illness that is not under control?"),
    Question.OVERDOSE: _("In the last month: did you overdose, or come out of jail, a hospital or detox?"),
    Question.HOME: _("Do you have a safe place to sleep, with at least one person on your side?"),
    Question.READY: _("Do you want a change for yourself, and could you come three or more times a week?"),
    Question.LIFE: _("Do you need to keep a job, a school or a family going?"),
    Question.STEADY: _(
        "Can you go a day without drinking or using? Or did you finish detox or live-in care?"
    ),
}
HINTS = {
    Question.EMERGENCY: _(
        "Hard to wake. Slow breath. A seizure. Sees or hears things. Very mixed up. Pain in the chest. "
        "A high fever."
    ),
    Question.SEDATIVES: _("Pills like Xanax, Ativan, Klonopin or Valium."),
}

ACTIONS = {
    Urgency.CALL_NOW: _("Call now"),
    Urgency.CALL_TODAY: _("Call today"),
    Urgency.TALK: _("Talk to us"),
}

# The first line anyone reads says whom to call (check B05).
FIRST_LINES = {
    Reason.EMERGENCY: _("Call 911 now. Stay with the person. If you have naloxone (Narcan), give it."),
    Reason.SELF_HARM: _("Call or text 988 now. Someone listens, day and night."),
    Reason.SEVERE_WITHDRAWAL: _(
        "Call 911 or go to an emergency room now. Stopping can be dangerous after a seizure."
    ),
}
TODAY_LINE = _("See a doctor or an emergency room today, or call us. If it gets worse, call 911.")
TALK_LINE = _("Talk with us. We listen first, then find out together what helps.")

REASONS = {
    Reason.EMERGENCY: _("These signs can be life-threatening. They need a doctor right away."),
    Reason.SELF_HARM: _("You should not be alone with these thoughts. People at 988 can help right now."),
    Reason.SEVERE_WITHDRAWAL: _(
        "You shake or sweat now, and had a bad time stopping before. It can happen again."
    ),
    Reason.WITHDRAWAL: _(
        "Shaking and sweating after you stop drinking can get worse fast. A doctor can help."
    ),
    Reason.PAST_WITHDRAWAL: _("You had a bad time stopping before. Please do not stop on your own."),
    Reason.SEDATIVES: _("Do not stop these pills all at once. A doctor can plan it with you."),
    Reason.BODY: _("Your body needs a doctor's eye before you stop or cut down."),
    Reason.OVERDOSE: _(
        "After a break your body takes less than before. Keep naloxone near, and do not use alone."
    ),
    Reason.HOME: _("A safe place comes first. We can help you look for one."),
    Reason.READY: _("You do not need to be sure. Many people start with one talk."),
    Reason.LIFE: _("Groups meet in the day and in the evening. Work, school and family can go on."),
    Reason.START_STEADY: _("A few days of care for the body may be the best first step. We help find it."),
    Reason.SUITS: _("Groups a few times a week may suit you. A talk will tell."),
}


@dataclass(frozen=True, slots=True)
class AnswerWords:
    """An advice as the page says it: whom to call first, then why."""

    action: Promise
    first_line: Promise
    reasons: tuple[Promise, ...]


def answer(advice: Advice) -> AnswerWords:
    """The words of an advice."""
    lines = {Urgency.CALL_NOW: FIRST_LINES.get(advice.reasons[0]), Urgency.CALL_TODAY: TODAY_LINE}
    return AnswerWords(
        action=ACTIONS[advice.urgency],
        first_line=lines.get(advice.urgency) or TALK_LINE,
        reasons=tuple(REASONS[reason] for reason in advice.reasons),
    )
