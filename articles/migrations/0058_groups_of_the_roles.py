"""Editors and Reporters become groups of the roles that there are now, with their members and their permissions.

Nobody loses anything, nor gains more than new permissions bring: what an operator has ticked stays ticked. A group of
the site's own that has the name of a role gets its number added, so that its members do not get the rights of the role.
"""

from django.db import migrations

NOW = {'Editors': 'Publishers', 'Reporters': 'Editors'}
OTHERS = ('Contributors', 'Publishers', 'Administrators')


def rename(apps, schema_editor):
    groups = apps.get_model('auth', 'Group').objects.using(schema_editor.connection.alias)
    for group in groups.filter(name__in=OTHERS):
        group.name = f'{group.name} {group.pk}'
        group.save()
    for old, new in NOW.items():
        groups.filter(name=old).update(name=new)


def rename_back(apps, schema_editor):
    groups = apps.get_model('auth', 'Group').objects.using(schema_editor.connection.alias)
    for old, new in reversed(NOW.items()):
        groups.filter(name=new).update(name=old)


class Migration(migrations.Migration):
    dependencies = [('articles', '0057_roles')]
    operations = [migrations.RunPython(rename, rename_back)]
