"""The wrapper Django looks for in an ENGINE."""

from typing import Any

from django.db.backends.postgresql import base
from psycopg import Connection, OperationalError
from psycopg_pool import ConnectionPool


class DatabaseWrapper(base.DatabaseWrapper):
    """Give a request a connection that answers.

    The pool's own check (CONN_HEALTH_CHECKS) waits one second, two, four before it looks at the
    next connection; a server that has restarted has cut all of them, so all are replaced at once.
    """

    def get_new_connection(self, conn_params: dict[str, Any]) -> Connection:
        """Take a connection of the pool; where it is dead, replace them all and take a new one."""
        connection: Connection = super().get_new_connection(conn_params)
        if self.pool:
            try:
                ConnectionPool.check_connection(connection)
            except OperationalError:
                self.pool.drain()
                self.pool.putconn(connection)
                connection = super().get_new_connection(conn_params)
        return connection
