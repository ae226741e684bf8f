from uuid import UUID

from django.core.exceptions import PermissionDenied


class ChartClosed(PermissionDenied):
    """The decision gives this member of staff nothing of a person's record, for they do not work with them.

    A page that raises it answers 403; to those who may, that page offers emergency access to `person_id`.
    """

    def __init__(self, person_id: UUID) -> None:
        super().__init__("no treatment relationship")
        self.person_id = person_id
