"""ITC-2019 university course timetabling: times, rooms and students for classes, with rules between them.

`problem` reads and writes the format, `checker` judges a solution by the published rules and knows nothing of
the search, `tables` and `search` find and improve a timetable, `students` put people into classes, `exact`
makes neutral integer programs of parts and a relaxed one of the whole, `work` puts them together.
"""
