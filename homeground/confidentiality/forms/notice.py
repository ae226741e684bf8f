from django import forms
from django.utils.translation import gettext_lazy as _


class ContactForm(forms.Form):
    """Whom the privacy notice names: the law wants a name or office, a telephone and an e-mail."""

    title = forms.CharField(
        label=_("Name or office"),
        max_length=100,
        error_messages={"required": _("The notice names somebody.")},
    )
    phone = forms.CharField(
        label=_("Telephone"), max_length=20, error_messages={"required": _("The notice has a telephone.")}
    )
    email = forms.EmailField(
        label=_("E-mail"), error_messages={"required": _("The notice has an e-mail address.")}
    )
