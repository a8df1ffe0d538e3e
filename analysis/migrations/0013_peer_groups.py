"""A ready group may take the place of an own choice of peers; the weights it was suggested by."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('analysis', '0012_live_sources'),
    ]

    operations = [
        migrations.AddField(
            model_name='peerset',
            name='group',
            field=models.CharField(choices=[('own', 'Our own choice'), ('region', 'Our region'), ('size', 'Our size class'), ('network', "The season's network"), ('country', 'Every municipality of the country')], db_default='own', default='own', max_length=8, verbose_name='group'),
        ),
        migrations.AddField(
            model_name='peerset',
            name='weights',
            field=models.JSONField(blank=True, db_default={}, default=dict, verbose_name='weights of likeness'),
        ),
    ]
