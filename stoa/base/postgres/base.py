"""Django's PostgreSQL engine with one difference: a worker's connections wait for nobody without end, and nobody for them."""

from django.db.backends.postgresql import base

from stoa.base.postgres import limits


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection. Its limits are said once, when it is opened, in a way that poolers between us and the server understand."""

    def init_connection_state(self) -> None:
        super().init_connection_state()
        wanted = limits.wanted()
        if not wanted:
            return
        with self.connection.cursor() as cursor:
            for name, milliseconds in wanted.items():
                cursor.execute("SELECT set_config(%s, %s, false)", [name, milliseconds])
        if not self.get_autocommit():
            self.connection.commit()
