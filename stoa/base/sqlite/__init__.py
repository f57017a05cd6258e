"""SQLite as this house uses it (decision 19): writers of one process take turns, and only the worker moves the log into the file.

The package is Django's database engine of that name; what differs from Django's own stands in `base`, the turns in `turns`, the
log in `log`.
"""
