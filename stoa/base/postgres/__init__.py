"""PostgreSQL as this house uses it: a worker that is stopped keeps nothing locked for long.

The package is Django's database engine of that name; what differs from Django's own stands in `base`, what it tells the server in
`limits`.
"""
