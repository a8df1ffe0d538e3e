import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('tenancy', '0001_scope_and_roles'),
        ('municipalities', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Job',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=40)),
                ('title', models.CharField(help_text='English text, translated when shown', max_length=160)),
                ('task_name', models.CharField(max_length=80)),
                ('parameters', models.JSONField(default=dict)),
                ('state', models.CharField(choices=[('queued', 'Waiting for its turn'), ('running', 'Running'), ('done', 'Done'), ('failed', 'Failed')], default='queued', max_length=8)),
                ('attempt', models.PositiveSmallIntegerField(default=1)),
                ('starts', models.PositiveSmallIntegerField(db_default=0, default=0, help_text='How often a worker began it in this attempt')),
                ('leased_until', models.DateTimeField(help_text='A worker is at it until then', null=True)),
                ('leased_by', models.UUIDField(help_text='Drawn by chance at each start of a worker', null=True)),
                ('total', models.PositiveIntegerField(default=0)),
                ('done_count', models.PositiveIntegerField(default=0)),
                ('failed_count', models.PositiveIntegerField(default=0)),
                ('doing', models.CharField(blank=True, max_length=200)),
                ('error', models.TextField(blank=True)),
                ('result_url', models.CharField(blank=True, max_length=300)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('started_at', models.DateTimeField(null=True)),
                ('moved_at', models.DateTimeField(help_text='When it last went forward', null=True)),
                ('finished_at', models.DateTimeField(null=True)),
                ('municipality', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipalities.municipality')),
                ('started_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='JobItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=80)),
                ('parameters', models.JSONField(default=dict)),
                ('state', models.CharField(choices=[('queued', 'Waiting for its turn'), ('running', 'Running'), ('done', 'Done'), ('failed', 'Failed')], default='queued', max_length=8)),
                ('starts', models.PositiveSmallIntegerField(db_default=0, default=0, help_text='How often a worker began it in this attempt')),
                ('leased_until', models.DateTimeField(help_text='A worker is at it until then', null=True)),
                ('leased_by', models.UUIDField(help_text='Drawn by chance at each start of a worker', null=True)),
                ('error', models.TextField(blank=True)),
                ('finished_at', models.DateTimeField(null=True)),
                ('job', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='jobs.job')),
                ('municipality', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipalities.municipality')),
            ],
        ),
        migrations.AddConstraint(
            model_name='job',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('finished_at__isnull', True), ('state__in', ('queued', 'running'))), models.Q(('finished_at__isnull', False), ('state__in', ('done', 'failed'))), _connector='OR'), name='job_finished_has_its_moment'),
        ),
        migrations.AddConstraint(
            model_name='job',
            constraint=models.CheckConstraint(condition=models.Q(('total', 0), ('done_count__lte', django.db.models.expressions.CombinedExpression(models.F('total'), '-', models.F('failed_count'))), _connector='OR'), name='job_done_not_above_total'),
        ),
        migrations.AddConstraint(
            model_name='jobitem',
            constraint=models.UniqueConstraint(fields=('job', 'key'), name='job_item_once'),
        ),
    ]
