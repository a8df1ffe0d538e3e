import analysis.models.editions
import django.db.models.deletion
import django.db.models.fields.json
import django.utils.timezone
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('tenancy', '0001_scope_and_roles'),
        ('municipalities', '0001_tables'),
        ('seasons', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Analysis',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('edition', models.PositiveSmallIntegerField(verbose_name='edition')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('approved', 'Approved'), ('published', 'Published')], default='draft', max_length=10, verbose_name='state')),
                ('content', models.JSONField(verbose_name='content')),
                ('versions', models.GeneratedField(db_persist=True, expression=django.db.models.fields.json.KeyTransform('versions', 'content'), output_field=models.JSONField(null=True))),
                ('measure_keys', models.GeneratedField(db_persist=True, expression=analysis.models.editions.MeasureKeys('content'), output_field=models.JSONField())),
                ('sha256', models.CharField(max_length=64, verbose_name='fingerprint of the content')),
                ('built_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='built')),
                ('approved_at', models.DateTimeField(blank=True, null=True, verbose_name='approved')),
                ('approved_sha256', models.CharField(blank=True, db_default='', default='', help_text='Empty in editions published before approvals were recorded.', max_length=64, verbose_name='fingerprint of what was approved')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='published')),
                ('approved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('built_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipalities.municipality')),
                ('published_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('season', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='seasons.season')),
            ],
        ),
        migrations.CreateModel(
            name='AnalysisDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=[('fi', 'Suomi'), ('sv', 'Svenska'), ('en', 'English')], max_length=2, verbose_name='language')),
                ('kind', models.CharField(choices=[('pdf', 'PDF')], max_length=4, verbose_name='kind')),
                ('content', models.BinaryField()),
                ('sha256', models.CharField(max_length=64, verbose_name='fingerprint')),
                ('pages', models.PositiveSmallIntegerField(verbose_name='pages')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='made')),
                ('analysis', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='documents', to='analysis.analysis')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipalities.municipality')),
            ],
        ),
        migrations.CreateModel(
            name='AnalysisDownload',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('pdf', 'PDF'), ('tables', 'Tables')], max_length=6, verbose_name='kind')),
                ('language', models.CharField(choices=[('fi', 'Suomi'), ('sv', 'Svenska'), ('en', 'English')], max_length=2, verbose_name='language')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='downloaded')),
                ('analysis', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='downloads', to='analysis.analysis')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipalities.municipality')),
            ],
        ),
        migrations.CreateModel(
            name='AnalysisEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('edition', models.PositiveSmallIntegerField(verbose_name='edition')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('approved', 'Approved'), ('published', 'Published')], default='draft', max_length=10, verbose_name='state')),
                ('sha256', models.CharField(max_length=64, verbose_name='fingerprint of the content')),
                ('built_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='built')),
                ('approved_at', models.DateTimeField(blank=True, null=True, verbose_name='approved')),
                ('approved_sha256', models.CharField(blank=True, db_default='', default='', help_text='Empty in editions published before approvals were recorded.', max_length=64, verbose_name='fingerprint of what was approved')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='published')),
                ('approved_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('built_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='municipalities.municipality')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='analysis.analysis')),
                ('published_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('season', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='seasons.season')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ExpertAssignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('assigned_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='assigned')),
                ('ready_at', models.DateTimeField(blank=True, null=True, verbose_name='ready')),
                ('assigned_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('expert', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipalities.municipality')),
                ('season', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='seasons.season')),
            ],
        ),
        migrations.CreateModel(
            name='ExpertAssignmentEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('assigned_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='assigned')),
                ('ready_at', models.DateTimeField(blank=True, null=True, verbose_name='ready')),
                ('assigned_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('expert', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='municipalities.municipality')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='analysis.expertassignment')),
                ('season', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='seasons.season')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ExpertComment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('measure', models.SlugField(blank=True, help_text='Empty when it is of the whole.', max_length=60, verbose_name='indicator')),
                ('audience', models.CharField(choices=[('report', 'The municipality: it stands in the report with your name and the day'), ('internal', 'The coordinator alone: an internal note')], default='report', max_length=8, verbose_name='for whom')),
                ('text', models.JSONField(verbose_name='text')),
                ('proposed', models.BooleanField(default=False, help_text='Carried over from the edition before.', verbose_name='proposed')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='written')),
                ('analysis', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='analysis.analysis')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipalities.municipality')),
            ],
        ),
        migrations.CreateModel(
            name='ExpertCommentEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('measure', models.SlugField(blank=True, db_index=False, help_text='Empty when it is of the whole.', max_length=60, verbose_name='indicator')),
                ('audience', models.CharField(choices=[('report', 'The municipality: it stands in the report with your name and the day'), ('internal', 'The coordinator alone: an internal note')], default='report', max_length=8, verbose_name='for whom')),
                ('proposed', models.BooleanField(default=False, help_text='Carried over from the edition before.', verbose_name='proposed')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='written')),
                ('analysis', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='analysis.analysis')),
                ('by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='municipalities.municipality')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='analysis.expertcomment')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='FindingEdit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('measure', models.SlugField(max_length=60, verbose_name='indicator')),
                ('rule', models.SlugField(max_length=60, verbose_name='rule')),
                ('text', models.JSONField(verbose_name='text')),
                ('original', models.JSONField(verbose_name='sentence it was written from')),
                ('proposed', models.BooleanField(default=False, help_text='Carried over from the edition before.', verbose_name='proposed')),
                ('outdated', models.BooleanField(default=False, help_text='The sentence it was written from has changed.', verbose_name='outdated')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='written')),
                ('analysis', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='edits', to='analysis.analysis')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipalities.municipality')),
            ],
        ),
        migrations.CreateModel(
            name='FindingEditEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('measure', models.SlugField(db_index=False, max_length=60, verbose_name='indicator')),
                ('rule', models.SlugField(db_index=False, max_length=60, verbose_name='rule')),
                ('proposed', models.BooleanField(default=False, help_text='Carried over from the edition before.', verbose_name='proposed')),
                ('outdated', models.BooleanField(default=False, help_text='The sentence it was written from has changed.', verbose_name='outdated')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='written')),
                ('analysis', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='analysis.analysis')),
                ('by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='municipalities.municipality')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='analysis.findingedit')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PeerSet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField(blank=True, verbose_name='why these')),
                ('group', models.CharField(choices=[('own', 'Our own choice'), ('region', 'Our region'), ('size', 'Our size class'), ('network', "The season's network"), ('country', 'Every municipality of the country')], db_default='own', default='own', max_length=8, verbose_name='group')),
                ('weights', models.JSONField(blank=True, db_default={}, default=dict, verbose_name='weights of likeness')),
                ('chosen_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='chosen')),
                ('chosen_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipalities.municipality')),
                ('season', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='seasons.season')),
            ],
        ),
        migrations.CreateModel(
            name='PeerSetMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='position')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipalities.municipality')),
                ('peer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipalities.municipality')),
                ('peer_set', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='members', to='analysis.peerset')),
            ],
        ),
        migrations.AddConstraint(
            model_name='analysis',
            constraint=models.UniqueConstraint(fields=('municipality', 'season', 'edition'), name='analysis_edition_once'),
        ),
        migrations.AddConstraint(
            model_name='analysis',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('draft', 'approved'))), fields=('municipality', 'season'), name='analysis_one_draft_at_a_time', violation_error_message='There is a draft already.'),
        ),
        migrations.AddConstraint(
            model_name='analysis',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('published_at__isnull', False), ('published_by__isnull', False), ('state', 'published')), models.Q(('published_at__isnull', True), ('published_by__isnull', True), ('state__in', ('draft', 'approved'))), _connector='OR'), name='analysis_published_at_with_by'),
        ),
        migrations.AddConstraint(
            model_name='analysis',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('state', 'approved'), _negated=True), ('approved_at__isnull', True), ('approved_by__isnull', True), ('approved_sha256', '')), models.Q(models.Q(('state', 'draft'), _negated=True), ('approved_at__isnull', False), ('approved_by__isnull', False), ('approved_sha256', models.F('sha256'))), _connector='OR'), name='analysis_approved_as_it_is', violation_error_message='The approval is of another content.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='analysis',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "analysis_analysisevent" ("approved_at", "approved_by_id", "approved_sha256", "built_at", "built_by_id", "edition", "id", "municipality_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "season_id", "sha256", "state") VALUES (NEW."approved_at", NEW."approved_by_id", NEW."approved_sha256", NEW."built_at", NEW."built_by_id", NEW."edition", NEW."id", NEW."municipality_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."published_at", NEW."published_by_id", NEW."season_id", NEW."sha256", NEW."state"); RETURN NULL;', hash='29a7707328149b3e9be5202c7001eaf9d243393b', operation='INSERT', pgid='pgtrigger_insert_insert_31781', table='analysis_analysis', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='analysis',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."approved_at" IS DISTINCT FROM (NEW."approved_at") OR OLD."approved_by_id" IS DISTINCT FROM (NEW."approved_by_id") OR OLD."approved_sha256" IS DISTINCT FROM (NEW."approved_sha256") OR OLD."built_at" IS DISTINCT FROM (NEW."built_at") OR OLD."built_by_id" IS DISTINCT FROM (NEW."built_by_id") OR OLD."edition" IS DISTINCT FROM (NEW."edition") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."municipality_id" IS DISTINCT FROM (NEW."municipality_id") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."published_by_id" IS DISTINCT FROM (NEW."published_by_id") OR OLD."season_id" IS DISTINCT FROM (NEW."season_id") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."state" IS DISTINCT FROM (NEW."state"))', func='INSERT INTO "analysis_analysisevent" ("approved_at", "approved_by_id", "approved_sha256", "built_at", "built_by_id", "edition", "id", "municipality_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "season_id", "sha256", "state") VALUES (NEW."approved_at", NEW."approved_by_id", NEW."approved_sha256", NEW."built_at", NEW."built_by_id", NEW."edition", NEW."id", NEW."municipality_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."published_at", NEW."published_by_id", NEW."season_id", NEW."sha256", NEW."state"); RETURN NULL;', hash='82affdc67441c2cbb85592b3be91dd49aa054bc9', operation='UPDATE', pgid='pgtrigger_update_update_c0bec', table='analysis_analysis', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='analysis',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "analysis_analysisevent" ("approved_at", "approved_by_id", "approved_sha256", "built_at", "built_by_id", "edition", "id", "municipality_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "season_id", "sha256", "state") VALUES (OLD."approved_at", OLD."approved_by_id", OLD."approved_sha256", OLD."built_at", OLD."built_by_id", OLD."edition", OLD."id", OLD."municipality_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."published_at", OLD."published_by_id", OLD."season_id", OLD."sha256", OLD."state"); RETURN NULL;', hash='6a0d7f92595f0b7dfc3d13c6bc3b7df3a6cb9d92', operation='DELETE', pgid='pgtrigger_delete_delete_c9c91', table='analysis_analysis', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='analysisdocument',
            constraint=models.UniqueConstraint(fields=('analysis', 'language', 'kind'), name='analysis_document_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='analysisevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d6c5b9830467efd33d7e4d6a3cfdcee26953f2e8', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f9dcc', table='analysis_analysisevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='expertassignment',
            constraint=models.UniqueConstraint(fields=('municipality', 'season', 'expert'), name='expert_assigned_once', violation_error_message='The expert has this analysis already.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='expertassignment',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "analysis_expertassignmentevent" ("assigned_at", "assigned_by_id", "expert_id", "id", "municipality_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "ready_at", "season_id") VALUES (NEW."assigned_at", NEW."assigned_by_id", NEW."expert_id", NEW."id", NEW."municipality_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."ready_at", NEW."season_id"); RETURN NULL;', hash='453c1e2e4da17a2a65f8c7da68418e3ba0855d18', operation='INSERT', pgid='pgtrigger_insert_insert_ccc92', table='analysis_expertassignment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='expertassignment',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "analysis_expertassignmentevent" ("assigned_at", "assigned_by_id", "expert_id", "id", "municipality_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "ready_at", "season_id") VALUES (NEW."assigned_at", NEW."assigned_by_id", NEW."expert_id", NEW."id", NEW."municipality_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."ready_at", NEW."season_id"); RETURN NULL;', hash='e906aa66479f55f82e158a197bed7cb9e6f4498f', operation='UPDATE', pgid='pgtrigger_update_update_ce818', table='analysis_expertassignment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='expertassignment',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "analysis_expertassignmentevent" ("assigned_at", "assigned_by_id", "expert_id", "id", "municipality_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "ready_at", "season_id") VALUES (OLD."assigned_at", OLD."assigned_by_id", OLD."expert_id", OLD."id", OLD."municipality_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."ready_at", OLD."season_id"); RETURN NULL;', hash='7b7ab58a808da65b08c68923d9859e76bda6937b', operation='DELETE', pgid='pgtrigger_delete_delete_0fd5a', table='analysis_expertassignment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='expertassignmentevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9200d5338b6ac3d1e8027d3af87665c5eb4b1bfb', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6ab6b', table='analysis_expertassignmentevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='expertcomment',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "analysis_expertcommentevent" ("analysis_id", "at", "audience", "by_id", "id", "measure", "municipality_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed") VALUES (NEW."analysis_id", NEW."at", NEW."audience", NEW."by_id", NEW."id", NEW."measure", NEW."municipality_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."proposed"); RETURN NULL;', hash='1e2e8f0381e8eb72938a27108dfe15c91d5ac66e', operation='INSERT', pgid='pgtrigger_insert_insert_ec793', table='analysis_expertcomment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='expertcomment',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."analysis_id" IS DISTINCT FROM (NEW."analysis_id") OR OLD."at" IS DISTINCT FROM (NEW."at") OR OLD."audience" IS DISTINCT FROM (NEW."audience") OR OLD."by_id" IS DISTINCT FROM (NEW."by_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."measure" IS DISTINCT FROM (NEW."measure") OR OLD."municipality_id" IS DISTINCT FROM (NEW."municipality_id") OR OLD."proposed" IS DISTINCT FROM (NEW."proposed"))', func='INSERT INTO "analysis_expertcommentevent" ("analysis_id", "at", "audience", "by_id", "id", "measure", "municipality_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed") VALUES (NEW."analysis_id", NEW."at", NEW."audience", NEW."by_id", NEW."id", NEW."measure", NEW."municipality_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."proposed"); RETURN NULL;', hash='7a0a2059f0b70428fc99e1116ac49dfbc00bcc7a', operation='UPDATE', pgid='pgtrigger_update_update_81192', table='analysis_expertcomment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='expertcomment',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "analysis_expertcommentevent" ("analysis_id", "at", "audience", "by_id", "id", "measure", "municipality_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed") VALUES (OLD."analysis_id", OLD."at", OLD."audience", OLD."by_id", OLD."id", OLD."measure", OLD."municipality_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."proposed"); RETURN NULL;', hash='f0c58757e72b1bcb8b8082fcfb9f335e8494a6e1', operation='DELETE', pgid='pgtrigger_delete_delete_f6bad', table='analysis_expertcomment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='expertcommentevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='438ae418a18f66d39c438ba3eb04390e5aa8c506', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_2bafb', table='analysis_expertcommentevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='findingedit',
            constraint=models.UniqueConstraint(fields=('analysis', 'measure', 'rule'), name='finding_edited_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='findingedit',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "analysis_findingeditevent" ("analysis_id", "at", "by_id", "id", "measure", "municipality_id", "outdated", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed", "rule") VALUES (NEW."analysis_id", NEW."at", NEW."by_id", NEW."id", NEW."measure", NEW."municipality_id", NEW."outdated", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."proposed", NEW."rule"); RETURN NULL;', hash='531d0700a27c6848eb63f3c11cc950eca8eaa931', operation='INSERT', pgid='pgtrigger_insert_insert_ef558', table='analysis_findingedit', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='findingedit',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."analysis_id" IS DISTINCT FROM (NEW."analysis_id") OR OLD."at" IS DISTINCT FROM (NEW."at") OR OLD."by_id" IS DISTINCT FROM (NEW."by_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."measure" IS DISTINCT FROM (NEW."measure") OR OLD."municipality_id" IS DISTINCT FROM (NEW."municipality_id") OR OLD."outdated" IS DISTINCT FROM (NEW."outdated") OR OLD."proposed" IS DISTINCT FROM (NEW."proposed") OR OLD."rule" IS DISTINCT FROM (NEW."rule"))', func='INSERT INTO "analysis_findingeditevent" ("analysis_id", "at", "by_id", "id", "measure", "municipality_id", "outdated", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed", "rule") VALUES (NEW."analysis_id", NEW."at", NEW."by_id", NEW."id", NEW."measure", NEW."municipality_id", NEW."outdated", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."proposed", NEW."rule"); RETURN NULL;', hash='fce4ca55f0385b12a5787974805c2760d036da66', operation='UPDATE', pgid='pgtrigger_update_update_c5389', table='analysis_findingedit', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='findingedit',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "analysis_findingeditevent" ("analysis_id", "at", "by_id", "id", "measure", "municipality_id", "outdated", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed", "rule") VALUES (OLD."analysis_id", OLD."at", OLD."by_id", OLD."id", OLD."measure", OLD."municipality_id", OLD."outdated", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."proposed", OLD."rule"); RETURN NULL;', hash='664184d8575378a36b848cd2c4088c8202dd879d', operation='DELETE', pgid='pgtrigger_delete_delete_1832d', table='analysis_findingedit', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='findingeditevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4771e873ac71a255bc8d0a2cef73a6bbf23ca870', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e54eb', table='analysis_findingeditevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='peerset',
            constraint=models.UniqueConstraint(fields=('municipality', 'season'), name='peer_set_once_a_season', violation_error_message='The peers of this season are chosen already.'),
        ),
        migrations.AddConstraint(
            model_name='peersetmember',
            constraint=models.UniqueConstraint(fields=('peer_set', 'peer'), name='peer_once_in_a_set', violation_error_message='The municipality is among the peers already.'),
        ),
        migrations.AddConstraint(
            model_name='peersetmember',
            constraint=models.CheckConstraint(condition=models.Q(('peer', models.F('municipality')), _negated=True), name='peer_is_somebody_else', violation_error_message='A municipality is not its own peer.'),
        ),
    ]
