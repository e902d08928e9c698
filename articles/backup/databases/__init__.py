"""The database in an archive: copied at one moment while the site writes, and loaded whole or not at all."""

from django.db import connection

from .interface import Copy, Database
from .postgres import PostgresDatabase
from .sqlite import SqliteDatabase

__all__ = ["Copy", "Database", "of_this_site"]


def of_this_site() -> Database:
    if connection.vendor == "postgresql":
        parameters = connection.get_connection_params()
        return PostgresDatabase(connection.settings_dict, parameters)
    return SqliteDatabase(connection.settings_dict["NAME"])
