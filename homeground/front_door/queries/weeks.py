from datetime import date
from uuid import UUID

from homeground.timetable.queries.board import clinic_week


def running_group(group_id: UUID | None, on: date) -> str | None:
    """The name of a group this clinic runs on a day; None for any other group. At most four statements.

    Who writes a group's key down asks first: a foreign key alone would also take another clinic's.
    """
    if group_id is None:
        return None
    return next((group.name for group in clinic_week(on).groups if group.id == group_id), None)
