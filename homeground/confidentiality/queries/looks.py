"""What came of asking why somebody opened a chart."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from homeground.confidentiality.models import LookReview
from homeground.confidentiality.rules.looks import Finding
from homeground.ground.sealed_text import unlocked


@dataclass(frozen=True, slots=True)
class LookReviewed:
    """The review of one reader's openings of one record in one week."""

    finding: Finding
    words: str = field(repr=False)
    reviewed_by_id: UUID
    reviewed_at: datetime
    breach_id: UUID | None


def look_reviews(week_of: date) -> dict[tuple[UUID, UUID], LookReviewed]:
    """The reviews of a week, by reader and person. Two statements."""
    return {
        (row.reader_id, row.person_id): LookReviewed(
            Finding(row.finding), row.words, row.reviewed_by_id, row.reviewed_at, row.breach_id
        )
        for row in unlocked(LookReview.objects.filter(week_of=week_of))
    }
