"""Who may open the pages of this room."""

from homeground.ground.access import Table
from homeground.people.roles import CLINICIANS, Role

_OWN = frozenset({Role.PATIENT})

PAGES: Table = {
    **dict.fromkeys(
        [
            "plan:plan",
            "plan:problems",
            "plan:deferral",
            "plan:versions",
            "plan:draft",
            "plan:giving_up",
            "plan:offer",
            "plan:version",
            "plan:refusal",
            "plan:cosignature",
            "plan:assessment",
            "plan:assessments",
            "plan:assessment_signature",
            "plan:substances",
            "plan:substance_removal",
            "plan:reviews",
            "plan:review",
            "plan:review_closing",
            "plan:safety",
            "plan:safety_finishing",
            "plan:safety_reading",
            "plan:risks",
            "plan:tests",
            "plan:test",
            "plan:result",
            "plan:laboratory",
            "plan:confirmation",
            "plan:discussion",
            "plan:draws",
            "plan:draw",
        ],
        CLINICIANS,
    ),
    "plan:my_plan": _OWN,
    "plan:my_words": _OWN,
    "plan:my_signature": _OWN,
    "plan:my_change": _OWN,
    "plan:my_story": _OWN,
    "plan:my_safety": _OWN,
    "plan:my_safety_finishing": _OWN,
    "plan:my_card": _OWN,
    "plan:my_worker": _OWN,
}
