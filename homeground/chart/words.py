"""What staff read where a stay ends."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from homeground.chart.rules import DischargeReason

REASONS: dict[DischargeReason, Promise] = {
    DischargeReason.COMPLETED: _("Reached what was planned"),
    DischargeReason.LESS_CARE: _("Goes on at a lower level of care"),
    DischargeReason.MORE_CARE: _("Needs a higher level of care"),
    DischargeReason.ELSEWHERE: _("Goes on with another program"),
    DischargeReason.OWN_WISH: _("Ended by their own wish"),
    DischargeReason.NOT_REACHED: _("Could not be reached any more"),
    DischargeReason.MOVED: _("Moved away"),
    DischargeReason.COST: _("Cost or insurance"),
    DischargeReason.CUSTODY: _("Is in jail or prison"),
    DischargeReason.SAFETY: _("The program could not keep everybody safe"),
    DischargeReason.DIED: _("Died"),
    DischargeReason.OTHER: _("Another reason"),
}
