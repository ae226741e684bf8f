"""How to make a page. Every part is shown at /style/ (demo only; ?as=public or patient or staff).

1. Shell: extend one of
     ground/public.html    one column, crisis strip and card, quick exit, language switch; no htmx
     ground/patient.html   phone first, bottom bar, "I need help now" and quick exit on top
     ground/staff.html     left rail, search, account menu, content up to 1200 px
     ground/staff_side.html  the same with a side column: fill block `side` with <aside class="panel">
     ground/base.html      a plain page (sign-in, errors): brand, quick exit, crisis card
   Blocks: title (neutral outside words, " · Homeground" is added), heading (the h1), actions (buttons beside
   it), content, side; staff also search, tools, print_header; public also foot. `rail` comes from the context
   processor: objects with .label .url .current and, where wanted, .count (staff) and .icon (patient).

       {% extends "ground/staff.html" %}{% load i18n ui %}
       {% block title %}{% translate "Requests" %}{% endblock %}
       {% block heading %}{% translate "Requests" %}{% endblock %}
       {% block content %} ... {% endblock %}

   One primary button a page. No inline style, script or on-attributes: the policy of the house blocks them.

2. Forms: FORM_RENDERER draws every Django form with our templates.
       <form class="form" method="post">{% csrf_token %}
         {% include "ground/ui/error_summary.html" %}          uses `form`
         {{ form.name.as_field_group }} {{ form.when.as_field_group }}
         <div class="form-end">{% include "ground/ui/button.html" with label=_("Send") kind="primary" %}</div>
       </form>
   or `{{ form }}` for summary and all fields; short fields side by side inside <div class="form-row">.
   Widgets: widgets.ChoiceCards(across=False), widgets.CheckboxRows().
   Fields: fields.TimeEntry(near=time(18)), fields.DateEntry(today=...),
   week.WeekField (value: frozenset of (weekday 0 = Monday, half-hour 0..47)).
   A form with a WeekField inherits week.WithWeek: its preset buttons then work without script.
   Two forms on one page: give one a prefix, ids must be unique.
   Input widths: attrs {"class": "short"} (times, ZIP) or "middle" (dates, telephones).

3. Includes in ground/ui/ (never with `only` where a form is inside, the token would be lost):
     button.html        label, kind ("primary" "quiet" "stop" "small"), url | type name value, symbol
     chip.html          label, state ("ok" "notice" "stop" "accent" or none), shape (a symbol; "draft")
     message.html       text, tone ("ok" "notice" "stop" "note"), title, url + link
     empty.html         title, text, url + label: one next step
     confirm.html       question, consequence, label, action, back_url, kind, hidden (dict of extra values)
     progress.html      title, done + total | nothing, elapsed, stages (.label .done .current), stop_url
     timeline.html      entries (.at .title .text .current .url .link)
     facts.html         facts: pairs of term and fact
     tabs.html          label, tabs (.label .url .current .count)
     pages.html         page: a Django Page; keeps the rest of the query
     keys.html          name, value, legend, keys (pairs letter and word): one row of an attendance sheet
     keys_legend.html   keys: what the letters mean
     saved.html         saved_at: "Saved 18:04"; see data-saves below
     draft_kept.html    nothing; inside a form with data-draft, shown when typed text came back
     print_header.html  title, subtitle, printed_at, note: only on paper
     crisis_card.html, crisis_strip.html, quick_exit.html, language.html: already in the shells

4. Tags and filters, {% load ui %}:
     {% icon "phone" %}                        a word always stands beside it
     {% meter minutes floor planned label=… %} hours against the floor, all in minutes
     {% week items 3 %}                        items: week_grid.GridItem(...); 3 = heading level
     at|clock 18:04   at|day Tue 24 Nov   at|moment Tue 24 Nov, 18:04   on|long_day   on|days_away:today
     number|phone 303-555-0142   n|duration 2 h 15 min   n|weekday Monday

5. Classes for containers: flow, cluster, spread, columns, stack, card (card next), panel, list + list-row,
   table (thead sticky; where it may be wider than the page, inside
   <div class="table-scroll" tabindex="0" role="group" aria-label="…">), sheet, stacks (on a
   table: below 700 px every row is a block; cells carry data-label, class wide takes the whole line; the
   roles table, rowgroup, row, columnheader, rowheader and cell are then written out: see /style/), num,
   soft, small, strong, lead, nowrap, visually-hidden, no-print, print-only.
   A class of a room does not exist: what a page lacks is added here and to /style/.

6. Script hooks (the page works without them):
     data-row on <tr> with one <a class="row-link">: the whole row follows it
     data-list on a table or list: up and down move between a.row-link or [data-list-link]
     data-sheet on a table of ground/ui/keys.html: up and down stay in the column, letters mark the row
     data-saves on a form with saved.html inside: "Not saved yet" while typing
     data-draft="key" on a staff form: typed text survives in this tab until sent; not for patients
     data-forget on a sign-out form: drops those drafts
"""
