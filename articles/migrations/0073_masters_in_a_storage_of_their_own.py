from django.db import migrations, models

import articles.picture_files


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0072_crops_and_colours'),
    ]

    operations = [
        migrations.AlterField(
            model_name='image',
            name='file',
            field=models.ImageField(editable=False, storage=articles.picture_files.masters, upload_to='masters'),
        ),
    ]
