"""A file that was chosen waits with its run until somebody says how it is read."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('analysis', '0021_group_by_weighted_mean'),
    ]

    operations = [
        migrations.AlterField(
            model_name='importrun',
            name='state',
            field=models.CharField(choices=[('chosen', 'File chosen, not read yet'), ('running', 'Running'), ('stored', 'Stored'), ('unchanged', 'Nothing changed'), ('held', 'Held for a check'), ('offered', 'Read, waits to be taken'), ('declined', 'Not taken'), ('failed', 'Failed')], default='running', max_length=10, verbose_name='state'),
        ),
    ]
