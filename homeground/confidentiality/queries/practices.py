"""The privacy notice of the clinic in scope."""

from uuid import UUID

from homeground.confidentiality.models import NoticeAcknowledgement, PrivacyContact
from homeground.confidentiality.rules import practices


def privacy_contact() -> practices.Contact | None:
    """Whom the notice names, None before anybody has said it. One statement."""
    row = PrivacyContact.objects.order_by("-starts_at", "-id").first()
    return practices.Contact(row.title, row.phone, row.email) if row else None


def privacy_notice(program: str, language: str) -> practices.Notice:
    """The notice in force. One statement. Raises practices.NoticeIncomplete without a complete contact."""
    contact = privacy_contact() or practices.Contact("", "", "")
    return practices.notice(program, contact, language)


def has_read_notice(person_id: UUID) -> bool:
    """Whether a person was given the version in force. One statement."""
    return NoticeAcknowledgement.objects.filter(person_id=person_id, text_version=practices.VERSION).exists()
