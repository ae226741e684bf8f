"""What somebody does with a link in a browser."""

import re

from django.urls import reverse


def begin(client, address):
    """Open the link as a person does: look, then begin."""
    assert client.get(address).status_code == 200
    answer = client.post(address)
    assert answer.status_code == 302
    return client.get(answer["Location"])


def tap(client, value, **more):
    """Choose an answer on the page that is open."""
    page = client.get(reverse("placement:check")).content.decode()
    fields = dict(re.findall(r'<input type="hidden" name="(form|item|was)" value="([^"]*)"', page))
    return client.post(reverse("placement:check"), {**fields, "value": value, **more})
