"""Words of the pages that put rooms together, for people who receive care and for staff."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from homeground.confidentiality.rules.vocabulary import ConsentKind

CONSENT_KINDS: dict[ConsentKind, tuple[Promise, Promise]] = {
    ConsentKind.SPECIFIC: (
        _("One person or place"),
        _("Like my family, my work, my school, my doctor or my lawyer."),
    ),
    ConsentKind.CARE_AND_PAY: (
        _("My care and who pays for it"),
        _("Those who treat me, my health plan, and people who help run this place."),
    ),
    ConsentKind.COUNSELING_NOTES: (
        _("My counselor's private notes"),
        _("They are kept apart. This form is for them alone."),
    ),
    ConsentKind.SUPERVISION: (
        _("Someone from the court who checks on me"),
        _("Like a probation officer. We need to know their name."),
    ),
    ConsentKind.PROCEEDING: (
        _("A court case about me"),
        _("This form is for the case alone. Talk with your lawyer first."),
    ),
    ConsentKind.INTERMEDIARY: (
        _("A network that passes my record on"),
        _("You say to whom it may be passed on."),
    ),
}
"""What each class of consent is for, in plain words, and what to know before choosing it."""
