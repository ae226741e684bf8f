"""What the form renderer writes: labels, hints, errors, their links, and the week painter's ways in."""

from datetime import date, time

import pytest
from django import forms
from django.http import QueryDict
from django.utils import translation

from homeground.ground.tests.ui.markup import Page
from homeground.ground.ui.catalogue import SampleForm, WeekForm
from homeground.ground.ui.fields import DateEntry, TimeEntry
from homeground.ground.ui.week_cells import block, pack

OFFICE = frozenset(block(range(5), 8, 17))


def posted(**data: object) -> QueryDict:
    query = QueryDict(mutable=True)
    for name, value in data.items():
        query.setlist(name.replace("_", "-"), value if isinstance(value, list) else [str(value)])
    return query


def week(**data: object) -> WeekForm:
    return WeekForm(posted(**data))


def test_a_field_shows_label_hint_error_and_box_in_this_order() -> None:
    page = Page(str(SampleForm(data={"starts": "late"})["starts"].as_field_group()))
    (box,) = page.all("input")
    (label,) = page.all("label")
    assert label.attrs["for"] == box.attrs["id"]
    described = box.attrs["aria-describedby"].split()
    assert [page.by_id(key).text.strip() for key in described] == [
        "Like 6p, 18 or 6:30 pm.",
        "Write a time like 6:30 pm or 18:30.",
    ]
    places = [page.place(e) for e in (label, *(page.by_id(key) for key in described), box)]
    assert places == sorted(places)
    assert box.attrs["value"] == "late"
    assert box.attrs["aria-invalid"] == "true"


def test_choices_stand_in_a_fieldset_named_by_its_legend() -> None:
    page = Page(str(SampleForm()["how"].as_field_group()))
    (legend,) = page.all("legend")
    assert legend.text.strip() == "How may we reach you?"
    for radio in page.all("input", type="radio"):
        (label,) = page.all("label", for_=radio.attrs["id"])
        assert label in radio.inside, "the whole card can be pressed"


def test_optional_questions_say_so_and_required_ones_do_not() -> None:
    form = SampleForm()
    assert "optional" in str(form["words"].as_field_group())
    assert "optional" not in str(form["name"].as_field_group())


def test_the_summary_names_every_problem_and_leads_to_it() -> None:
    page = Page(str(SampleForm(data={"starts": "late", "born": "2/30/1990"})))
    (summary,) = page.all("div", class_="error-summary")
    links = [e for e in page.all("a") if summary in e.inside]
    assert len(links) == 5
    for link in links:
        page.by_id(link.attrs["href"].removeprefix("#"))
    assert page.by_id("id_how_set").tag == "fieldset"
    assert "What you typed is still here" in summary.text


def test_a_form_without_problems_has_no_summary() -> None:
    assert "error-summary" not in str(SampleForm())


def test_typed_text_is_escaped_where_it_is_kept() -> None:
    html = str(SampleForm(data={"name": '"><script>', "starts": "<b>"}))
    assert "<script>" not in html and "<b>" not in html


def test_django_asks_for_missing_answers_kindly_in_both_languages() -> None:
    for language, words in {"en": "Please answer this.", "es": "Responda aquí, por favor."}.items():
        with translation.override(language):
            assert SampleForm(data={}).errors["name"] == [words]


def test_time_and_date_fields_clean_to_values_and_show_them_again() -> None:
    class Sample(forms.Form):
        came = TimeEntry(near=time(18))
        born = DateEntry(required=False)

    form = Sample(data={"came": "6", "born": ""})
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {"came": time(18), "born": None}
    page = Page(str(Sample(initial={"came": time(18, 5), "born": date(1990, 11, 24)})))
    assert [box.attrs["value"] for box in page.all("input")] == ["18:05", "11/24/1990"]


def test_the_painter_offers_each_half_hour_once_with_a_name() -> None:
    page = Page(str(WeekForm(initial={"busy": OFFICE})["busy"].as_field_group()))
    cells = page.all("input", class_="week-cell")
    assert len({cell.attrs["value"] for cell in cells}) == len(cells) == 336
    assert len({cell.attrs["aria-label"] for cell in cells}) == 336
    marked = {cell.attrs["value"] for cell in cells if "checked" in cell.attrs}
    assert marked == {f"{day}-{half}" for day, half in OFFICE}
    (monday,) = page.all("input", name="busy-text-0")
    assert monday.attrs["value"] == "8-17"


def test_ticked_boxes_alone_are_a_week() -> None:
    form = week(busy=["0-16", "6-47"])
    assert form.is_valid()
    assert form.cleaned_data["busy"] == {(0, 16), (6, 47)}


def test_written_hours_alone_are_a_week() -> None:
    form = week(busy_text_0="8-5, 6p-8")
    assert form.is_valid()
    assert form.cleaned_data["busy"] == block(range(1), 8, 17) | block(range(1), 18, 20)


def test_table_and_text_edits_of_one_week_both_count() -> None:
    base = block(range(2), 8, 12)
    kept_on_tuesday = [f"1-{half}" for half in range(16, 20)]
    form = week(
        busy=[f"0-{half}" for half in range(16, 24)] + kept_on_tuesday,
        busy_was=pack(base),
        busy_text_0="8-12, 14-15",
        busy_text_1="8-12",
    )
    assert form.is_valid()
    assert form.cleaned_data["busy"] == block(range(1), 8, 12) | block(range(1), 14, 15) | block(
        range(1, 2), 8, 10
    )


@pytest.mark.parametrize("forged", ["7-0", "0-48", "-1-3", "a-b", "0-1-2", "99999-1", "", "\u0661-1"])
def test_a_forged_cell_is_dropped(forged: str) -> None:
    form = week(busy=[forged, "0-0"])
    assert form.is_valid()
    assert form.cleaned_data["busy"] == {(0, 0)}


def test_unreadable_hours_are_refused_by_day_and_kept_as_typed() -> None:
    form = week(busy=["2-4"], busy_text_6="mornings")
    assert not form.is_valid()
    assert form.errors["busy"] == ["Sunday: write hours like 8-17, 18:30-20."]
    page = Page(str(form["busy"].as_field_group()))
    assert page.all("input", name="busy-text-6")[0].attrs["value"] == "mornings"
    assert [c.attrs["value"] for c in page.all("input", class_="week-cell") if "checked" in c.attrs] == [
        "2-4"
    ]


def test_a_preset_button_marks_without_complaint_and_waits_for_the_own_button() -> None:
    form = week(busy=["6-0"], busy_preset="office", busy_text_5="nonsense")
    assert not form.is_valid()
    assert form.errors == {}
    page = Page(str(form["busy"].as_field_group()))
    marked = {c.attrs["value"] for c in page.all("input", class_="week-cell") if "checked" in c.attrs}
    assert marked == {f"{day}-{half}" for day, half in OFFICE | {(6, 0)}}
    assert page.all("input", name="busy-text-5")[0].attrs["value"] == "nonsense"


def test_enter_in_a_text_line_sends_the_form_and_presses_no_preset() -> None:
    page = Page(str(WeekForm()["busy"].as_field_group()))
    first = page.all("button")[0]
    assert "name" not in first.attrs and first.attrs["tabindex"] == "-1"
