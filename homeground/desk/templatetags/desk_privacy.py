"""Words of the privacy side on composed pages."""

from collections.abc import Mapping
from uuid import UUID

from django import template
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from homeground.confidentiality.queries import Owed

register = template.Library()

_WORDS: dict[str, Promise] = {
    "right.access": _("A copy of the record"),
    "right.amendment": _("A correction"),
    "right.restriction": _("A wish that less is told"),
    "right.confidential_contact": _("Another way to be reached"),
    "right.accounting": _("A list of what was sent"),
    "right.intermediary_list": _("A list from an intermediary"),
    "right.complaint": _("A complaint"),
    "review": _("Review of emergency access"),
    "breach.persons": _("Breach: tell the people"),
    "breach.authority": _("Breach: tell the authority"),
    "breach.media": _("Breach: tell the media"),
    "breach.state": _("Breach: tell the state"),
    "notice": _("Privacy notice not given"),
    "consent.ending": _("A consent ends: ask whether to renew it"),
    "consent.last_days": _("A consent ends within days: renew it or let it end"),
}
_PAGES = {
    "right": "confidentiality:right",
    "review": "confidentiality:review",
    "breach": "confidentiality:breach",
    "notice": "confidentiality:person",
}


@register.simple_tag
def owed_word(each: Owed) -> str:
    """What is owed, in words."""
    return str(_WORDS[each.kind])


@register.simple_tag
def owed_link(each: Owed, charts: Mapping[UUID, UUID]) -> str:
    """Where it is done. A consent is renewed beside the person's other ones."""
    if each.kind.startswith("consent.") and each.person_id:
        chart = charts.get(each.person_id)
        if chart is None:  # somebody who has left: from their privacy page
            return reverse("confidentiality:person", args=[each.person_id])
        return reverse("desk:person_consents", args=[chart])
    return reverse(_PAGES[each.kind.partition(".")[0]], args=[each.subject_id])


@register.simple_tag
def owed_name(each: Owed, names: Mapping[UUID, str]) -> str:
    """Whom it is about; a breach may be about many."""
    return names.get(each.person_id, "") if each.person_id else "–"


@register.simple_tag
def owed_owner(each: Owed, names: Mapping[UUID, str]) -> str:
    """Whose work it is; what nobody has is the director's."""
    return names.get(each.owner_id, "") if each.owner_id else str(_("the director"))
