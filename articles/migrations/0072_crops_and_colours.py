from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0071_pictures_are_found'),
    ]

    operations = [
        migrations.AddField(
            model_name='image',
            name='crops',
            field=models.CharField(blank=True, db_default='', default='', help_text='Crops that were set by hand, as images/crops.py writes them.', max_length=200),
        ),
        migrations.AddField(
            model_name='image',
            name='color',
            field=models.CharField(blank=True, db_default='', default='', editable=False, help_text='How it looks from afar, as on the web: 8a7.', max_length=3),
        ),
    ]
