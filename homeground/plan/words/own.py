"""The person's own pages: questions in plain words, English here, Spanish in the catalog."""

from django.utils.translation import gettext_lazy as _

QUESTIONS = {
    "goals": (_("What do you want to be different?"), _("What matters most to you now?")),
    "strengths": (
        _("What are you good at?"),
        _("What has helped you before? People, faith, work, pets: it all counts."),
    ),
    "daily_life": (_("What fills your week?"), _("Work, school, children, people you care for.")),
    "home": (_("How is it at home?"), _("Who lives with you? Do you feel safe there?")),
    "family": (_("Who is close to you?"), _("Who should help you here? Who should not know?")),
    "culture": (_("What should we know to treat you well?"), _("Your language, your faith, who you are.")),
    "body": (_("How is your body?"), _("Sleep, pain, food, illness.")),
    "mind": (_("How do you feel most days?"), _("Mood, worry, sleep, memory.")),
}
PARTS = {
    "strengths": _("What I am good at"),
    "obligations": _("What my week must leave room for"),
    "work": _("My work"),
    "school": _("My school"),
    "parenting": _("My children"),
    "physical": _("My body"),
    "emotional": _("My feelings"),
    "psychological": _("My mind"),
    "family": _("My family"),
}
KINDS = {
    "group": _("Group"),
    "individual": _("Talk with my counselor"),
    "family": _("Talk with my family"),
    "medication": _("Medicine"),
    "case": _("Help with daily things"),
    "peer": _("Talk with someone who has been there"),
    "skills": _("Learn new skills"),
    "experiential": _("Music, art, moving"),
    "own": _("My own step"),
}
SAFETY = {
    "signs": (
        _("How I notice that it gets bad"),
        _("What I think, feel or do when a hard time starts."),
    ),
    "own_ways": (_("What I can do by myself"), _("Things that take my mind off it.")),
    "places": (_("People and places that do me good"), _("Where I can go. Who I like to be with.")),
    "people": (_("People I can ask for help"), _("Names and phone numbers.")),
    "professionals": (
        _("Helpers I can call"),
        _("My counselor, a doctor, a hospital. Call or text 988 at any hour."),
    ),
    "safer": (
        _("How I make my home safer"),
        _("What to lock up, give away or have someone else keep."),
    ),
}
