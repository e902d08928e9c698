"""What an upgrade does to the database, and whether it can be taken back."""

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations.base import Operation

# Changes after which an older version asks for what is not there.
TAKING_AWAY = ("RemoveField", "DeleteModel", "RenameField", "RenameModel")


def newest_applied() -> dict[str, str]:
    """Of each app, the newest migration that the database has."""
    loader = MigrationExecutor(connection).loader
    applied = set(loader.applied_migrations)
    return {
        app: name
        for app, name in applied
        if not any(
            child.key[0] == app and child.key in applied
            for child in loader.graph.node_map[(app, name)].children
        )
    }


def unknown() -> list[str]:
    """Migrations of ours that the database has and this version does not know: it is an older one."""
    loader = MigrationExecutor(connection).loader
    return sorted(
        name
        for app, name in set(loader.applied_migrations) - set(loader.disk_migrations)
        if app == "articles"
    )


def plan_forward() -> list:
    executor = MigrationExecutor(connection)
    return [migration for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]


def targets_back(migrations: dict[str, str]) -> list[tuple[str, str | None]]:
    """Of each app that migration; None for what came with an app that was not there then."""
    return [(app, migrations.get(app)) for app in newest_applied()]


def plan_back(migrations: dict[str, str]) -> list:
    targets = targets_back(migrations)
    return [migration for migration, _ in MigrationExecutor(connection).migration_plan(targets)]


def operations(plan: list) -> list[tuple[str, Operation]]:
    return [(migration.name, operation) for migration in plan for operation in migration.operations]


def taken_away(plan: list) -> list[str]:
    """Names of migrations that the older version can't go on with."""
    return sorted({name for name, operation in operations(plan) if type(operation).__name__ in TAKING_AWAY})


def not_reversible(plan: list) -> list[str]:
    return sorted({name for name, operation in operations(plan) if not operation.reversible})
