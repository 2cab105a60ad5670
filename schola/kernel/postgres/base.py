"""The connection. Its policies (kernel/row_security) read the setting that is kept true here."""

from typing import Any

from django.db.backends.postgresql import base

from schola.kernel.acting import SETTING, database_setting

SAY = "SELECT set_config(%s, %s, false)"


class DatabaseWrapper(base.DatabaseWrapper):
    """Tells the server where we act, before the next query and only if it was told otherwise.

    An installation of one organization says it once per connection, so that it costs a request
    nothing.
    """

    _told: str | None = None  # what the server was told; None: not known

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        self._told = None
        return super().get_new_connection(conn_params)

    def create_cursor(self, name: str | None = None) -> Any:
        setting = database_setting()
        if setting != self._told:
            self._tell(setting)
        return super().create_cursor(name)

    def _tell(self, setting: str) -> None:
        with self.wrap_database_errors, self.connection.cursor() as cursor:
            cursor.execute(SAY, [SETTING, setting])
        self._told = setting

    def _rollback(self) -> None:
        self._told = None  # what was said in the transaction is taken back with it
        super()._rollback()

    def _savepoint_rollback(self, sid: str) -> None:
        self._told = database_setting()  # a broken transaction takes no other word but this one
        super()._savepoint_rollback(sid)
        self._told = None
