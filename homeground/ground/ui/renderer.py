"""The form renderer: every Django form is drawn with our own field and form templates."""

from django.forms.renderers import DjangoTemplates


class Renderer(DjangoTemplates):
    """FORM_RENDERER. `{{ form.name.as_field_group }}` draws our field, `{{ form }}` summary and fields."""

    form_template_name = "ground/ui/form.html"
    field_template_name = "ground/ui/field.html"
