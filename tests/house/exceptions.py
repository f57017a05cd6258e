"""Reviewed exceptions to the laws: each a place and the reason why it may stand. Fewer is better."""

# Files over 300 lines ("path") and functions over 40 ("path:function").
LONG: dict[str, str] = {
    "tests/access/rules.py": "one line for each route of the application, in one place that people review",
    "tests/access/ceilings.py": "one line for each page, in one place that people review",
}

# Who may open connections besides base.http. A path that ends in / is a folder.
SPEAKS_TO_THE_NETWORK: dict[str, str] = {
    "stoa/base/http.py": "the one guarded client",
    "stoa/base/http/": "the one guarded client",
    "stoa/base/mail/send.py": "reads the mail library's refusals; the letters go out by Django's mail backend",
    "stoa/base/mail/carrying.py": "speaks to the mail server over the line that send.py opens, and must know what became of each message",
    "stoa/base/server/": "listens; opens no connection to anybody",
    "stoa/base/management/commands/serve.py": "listens; opens no connection to anybody",
}

# Django's signals: never for facts of the product.
SIGNALS: dict[str, str] = {
    "stoa/spaces/apps.py": "after migrating, the shipped roles take up rights that rooms have newly named: no fact of the product",
    "stoa/base/standing_rows.py": "asks whether anybody hears of instances being made, and hears of none itself",
    "stoa/base/standing_writes.py": "asks whether anybody hears of rows being saved, and hears of none itself",
}

# Who may ask another clock than base's.
CLOCKS: dict[str, str] = {
    "stoa/base/work/engine.py": "compares with the job engine's own rows, which that engine dates by the real clock",
    "stoa/people/sessions.py": "compares with Django's own rows of sessions, which it dates by the real clock",
}

# Who may read the environment besides settings.py.
READS_THE_ENVIRONMENT: dict[str, str] = {
    "stoa/wsgi.py": "names the settings module, before there are settings",
    "stoa/asgi.py": "names the settings module, before there are settings",
    "stoa/base/backup.py": "hands it on to PostgreSQL's programs, with the password",
}

# SQL outside base.
RAW_SQL: dict[str, str] = {}

# Doors that read without visible_to.
UNSCOPED: dict[str, str] = {
    "stoa/social/networks/plaza/home/": "a network of its own: every post is public, an account proves itself by token",
    "stoa/social/networks/web_feed/home/": "a network of its own: every entry is public, a feed is written with its token",
    "stoa/social/networks/newsletter/home/": "a network of its own: public pages, letters' signed addresses, and one right for all else",
}

# Models that override save() or delete().
SAVES: dict[str, str] = {}

# Base's dictionaries at module level that are caches and not sockets ("module:name").
NOT_SOCKETS: dict[str, str] = {
    "base.ids:_drawn": "the random parts already drawn in this millisecond",
    "base.drawn:_parts": "the texts of pieces that are drawn already",
}

# Templates whose text is not for people (machine formats).
TEXTS: dict[str, str] = {}

# Words that templates may show untranslated: names and signs.
UNTRANSLATED = {"Stoa"}

# GETs that write, by URL name. Two kinds only: the counting redirect of a link, and a network's sign-in return.
WRITING_GETS: dict[str, str] = {
    "publish:link": "the counting redirect of a link",
    "networks:sign_in_return": "a network's sign-in return",
}
