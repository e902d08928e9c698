from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0036_images_are_pictures'),
    ]

    operations = [
        migrations.AddField(
            model_name='outboxconsumer',
            name='built_until',
            field=models.TextField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='outboxconsumer',
            name='built_with',
            field=models.PositiveIntegerField(db_default=0, default=0, help_text='Its version.'),
        ),
    ]
