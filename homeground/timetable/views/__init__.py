"""The pages of the timetable: the week, groups, appointments, obligations, fit."""
