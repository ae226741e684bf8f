"""What a browser sends back from a sheet."""

import re

from django.urls import reverse


def url(meeting):
    return reverse("treatment:sheet", args=[meeting.id])


def form_of(page):
    """What a browser would send back from a sheet: every field as the page shows it."""
    text = page.content.decode()
    fields = {}
    rows = re.findall(r'name="row" value="([^"]+)"', text)
    for tag in re.findall(r"<input[^>]*>", text):
        name = re.search(r'name="([^"]*)"', tag)
        kind = re.search(r'type="([^"]*)"', tag)
        if not name or name[1] in ("csrfmiddlewaretoken", "row", "next"):
            continue
        if kind and kind[1] in ("radio", "checkbox") and " checked" not in tag:
            continue
        fields[name[1]] = (re.search(r'value="([^"]*)"', tag) or [None, "on"])[1]
    return {**fields, "row": rows}


def opened(client, meeting):
    page = client.get(url(meeting))
    assert page.status_code == 200
    return form_of(page)
