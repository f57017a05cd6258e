"""What libraries send by Django's mail functions comes into the outbox too: one way out for all mail."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from stoa.base.mail.write import write_letter

KIND = "account"


class OutboxBackend(BaseEmailBackend):
    """Django's mail backend that writes letters."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Writes one letter per reader. Gives how many messages that were."""
        with transaction.atomic():
            for message in email_messages:
                html = next(
                    (str(body) for body, kind in getattr(message, "alternatives", []) if kind == "text/html"), ""
                )
                for address in message.recipients():
                    write_letter(KIND, subject=str(message.subject), text=str(message.body), html=html, address=address)
        return len(email_messages)
