"""How many database queries each page may ask, the Actor and the session counted. A ceiling is raised only with a reason in the commit."""

CEILINGS: dict[str, int] = {}
