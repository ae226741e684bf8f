"""Uploads stay in memory: what a person's calendar says must never reach the disk."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

LIMIT = 1_048_576


class MemoryOnly(FileUploadHandler):
    """Keeps an upload in memory up to one byte more than LIMIT and drops the rest.

    A form therefore sees that a file is too large (`size > LIMIT`) and can say so at its field,
    keeping everything else that was typed.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.content = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        room = LIMIT + 1 - self.content.tell()
        self.content.write(raw_data[: max(room, 0)])

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        size = self.content.tell()
        self.content.seek(0)
        return InMemoryUploadedFile(
            file=self.content,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
