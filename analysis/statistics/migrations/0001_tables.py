import django.db.models.deletion

import django.db.models.deletion
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
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=20, unique=True, verbose_name='code')),
                ('name_fi', models.CharField(max_length=80, verbose_name='name in Finnish')),
                ('name_sv', models.CharField(blank=True, max_length=80, verbose_name='name in Swedish')),
                ('name_en', models.CharField(blank=True, max_length=80, verbose_name='name in English')),
                ('publisher_fi', models.CharField(max_length=80, verbose_name='publisher in Finnish')),
                ('publisher_sv', models.CharField(blank=True, max_length=80, verbose_name='publisher in Swedish')),
                ('publisher_en', models.CharField(blank=True, max_length=80, verbose_name='publisher in English')),
                ('url', models.URLField(blank=True, verbose_name='address')),
                ('licence', models.CharField(default='CC BY 4.0', max_length=40, verbose_name='licence')),
            ],
        ),
        migrations.CreateModel(
            name='ImportRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('job_id', models.UUIDField(editable=False, null=True, unique=True, verbose_name='job')),
                ('origin', models.CharField(max_length=300, verbose_name='read from')),
                ('state', models.CharField(choices=[('uploaded', 'File chosen, not read yet'), ('running', 'Running'), ('stored', 'Stored'), ('unchanged', 'Nothing changed'), ('held', 'Held for a check'), ('previewed', 'Read, waits to be taken'), ('declined', 'Not taken'), ('failed', 'Failed')], default='running', max_length=10, verbose_name='state')),
                ('started_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='started')),
                ('finished_at', models.DateTimeField(null=True, verbose_name='finished')),
                ('report', models.JSONField(default=dict, verbose_name='report')),
                ('error', models.TextField(blank=True, verbose_name='error')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='runs', to='statistics.source')),
            ],
        ),
        migrations.CreateModel(
            name='Indicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(unique=True, verbose_name='code')),
                ('group', models.CharField(choices=[('population', 'Population development'), ('finances', 'Municipal finances and leadership'), ('vitality', 'Vitality and employment'), ('environment', 'Environment'), ('wellbeing', 'Wellbeing and participation')], max_length=12, verbose_name='group')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                ('name_fi', models.CharField(max_length=120, verbose_name='name in Finnish')),
                ('name_sv', models.CharField(blank=True, max_length=120, verbose_name='name in Swedish')),
                ('name_en', models.CharField(blank=True, max_length=120, verbose_name='name in English')),
                ('definition_fi', models.TextField(blank=True, verbose_name='definition in Finnish')),
                ('definition_sv', models.TextField(blank=True, verbose_name='definition in Swedish')),
                ('definition_en', models.TextField(blank=True, verbose_name='definition in English')),
                ('unit_fi', models.CharField(max_length=40, verbose_name='unit in Finnish')),
                ('unit_sv', models.CharField(blank=True, max_length=40, verbose_name='unit in Swedish')),
                ('unit_en', models.CharField(blank=True, max_length=40, verbose_name='unit in English')),
                ('decimals', models.PositiveSmallIntegerField(default=0, verbose_name='decimals')),
                ('direction', models.CharField(choices=[('up', 'Higher is better'), ('down', 'Lower is better'), ('neutral', 'Neither is better')], default='neutral', max_length=8, verbose_name='direction')),
                ('table', models.CharField(help_text='Path in the source, such as StatFin/vaerak/11re.', max_length=120, verbose_name='table')),
                ('content_code', models.CharField(blank=True, help_text='Without a prefix.', max_length=60, verbose_name='content code')),
                ('content_label', models.CharField(blank=True, help_text='Used where no code is known.', max_length=160, verbose_name='content text')),
                ('selection', models.JSONField(blank=True, default=dict, help_text='Text of a variable to the code of its value; others are read at their total.', verbose_name='further variables')),
                ('merge_rule', models.CharField(choices=[('sum', 'Counts are added up'), ('weighted', 'Figures are averaged, weighted by another indicator'), ('not_comparable', 'Figures before a merger are not comparable')], default='not_comparable', max_length=16, verbose_name='mergers')),
                ('comparability_fi', models.TextField(blank=True, verbose_name='remark on comparability in Finnish')),
                ('comparability_sv', models.TextField(blank=True, verbose_name='remark on comparability in Swedish')),
                ('comparability_en', models.TextField(blank=True, verbose_name='remark on comparability in English')),
                ('influence_fi', models.TextField(blank=True, db_default='', verbose_name='what the municipality decides, in Finnish')),
                ('influence_sv', models.TextField(blank=True, db_default='', verbose_name='what the municipality decides, in Swedish')),
                ('influence_en', models.TextField(blank=True, db_default='', verbose_name='what the municipality decides, in English')),
                ('display_mode', models.CharField(blank=True, choices=[('level', 'As it is published'), ('count', 'By its change, as an index')], db_default='', max_length=8, verbose_name='told in the analysis')),
                ('stable_below', models.FloatField(db_default=0, default=0, help_text='Change over about five years; per cent for what is told by its change.', verbose_name='called stable below')),
                ('breaks', models.JSONField(blank=True, db_default=[], default=list, verbose_name='comparability breaks')),
                ('group_figure', models.CharField(choices=[('median', 'Median of the municipalities'), ('weighted', 'Mean of the municipalities, weighted by another indicator'), ('published', 'Only as published: none is formed of chosen municipalities')], db_default='median', default='median', max_length=10, verbose_name='figure of a group')),
                ('is_read', models.BooleanField(db_default=True, default=True, verbose_name='read from its source')),
                ('is_active', models.BooleanField(default=True, verbose_name='in use')),
                ('weight', models.ForeignKey(blank=True, help_text='The indicator that is the denominator. It weighs the parts of a merger and the municipalities of a group alike.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='statistics.indicator', verbose_name='weight')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='indicators', to='statistics.source')),
            ],
        ),
        migrations.CreateModel(
            name='RawAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('table', models.CharField(max_length=120, verbose_name='table')),
                ('origin', models.CharField(max_length=300, verbose_name='read from')),
                ('query', models.JSONField(null=True, verbose_name='query')),
                ('retrieved_at', models.DateTimeField(verbose_name='retrieved')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('body_gzip', models.BinaryField(verbose_name='answer')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='statistics.importrun')),
            ],
        ),
        migrations.CreateModel(
            name='IndicatorEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('code', models.SlugField(db_index=False, verbose_name='code')),
                ('group', models.CharField(choices=[('population', 'Population development'), ('finances', 'Municipal finances and leadership'), ('vitality', 'Vitality and employment'), ('environment', 'Environment'), ('wellbeing', 'Wellbeing and participation')], max_length=12, verbose_name='group')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                ('name_fi', models.CharField(max_length=120, verbose_name='name in Finnish')),
                ('name_sv', models.CharField(blank=True, max_length=120, verbose_name='name in Swedish')),
                ('name_en', models.CharField(blank=True, max_length=120, verbose_name='name in English')),
                ('definition_fi', models.TextField(blank=True, verbose_name='definition in Finnish')),
                ('definition_sv', models.TextField(blank=True, verbose_name='definition in Swedish')),
                ('definition_en', models.TextField(blank=True, verbose_name='definition in English')),
                ('unit_fi', models.CharField(max_length=40, verbose_name='unit in Finnish')),
                ('unit_sv', models.CharField(blank=True, max_length=40, verbose_name='unit in Swedish')),
                ('unit_en', models.CharField(blank=True, max_length=40, verbose_name='unit in English')),
                ('decimals', models.PositiveSmallIntegerField(default=0, verbose_name='decimals')),
                ('direction', models.CharField(choices=[('up', 'Higher is better'), ('down', 'Lower is better'), ('neutral', 'Neither is better')], default='neutral', max_length=8, verbose_name='direction')),
                ('table', models.CharField(help_text='Path in the source, such as StatFin/vaerak/11re.', max_length=120, verbose_name='table')),
                ('content_code', models.CharField(blank=True, help_text='Without a prefix.', max_length=60, verbose_name='content code')),
                ('content_label', models.CharField(blank=True, help_text='Used where no code is known.', max_length=160, verbose_name='content text')),
                ('selection', models.JSONField(blank=True, default=dict, help_text='Text of a variable to the code of its value; others are read at their total.', verbose_name='further variables')),
                ('merge_rule', models.CharField(choices=[('sum', 'Counts are added up'), ('weighted', 'Figures are averaged, weighted by another indicator'), ('not_comparable', 'Figures before a merger are not comparable')], default='not_comparable', max_length=16, verbose_name='mergers')),
                ('comparability_fi', models.TextField(blank=True, verbose_name='remark on comparability in Finnish')),
                ('comparability_sv', models.TextField(blank=True, verbose_name='remark on comparability in Swedish')),
                ('comparability_en', models.TextField(blank=True, verbose_name='remark on comparability in English')),
                ('influence_fi', models.TextField(blank=True, db_default='', verbose_name='what the municipality decides, in Finnish')),
                ('influence_sv', models.TextField(blank=True, db_default='', verbose_name='what the municipality decides, in Swedish')),
                ('influence_en', models.TextField(blank=True, db_default='', verbose_name='what the municipality decides, in English')),
                ('display_mode', models.CharField(blank=True, choices=[('level', 'As it is published'), ('count', 'By its change, as an index')], db_default='', max_length=8, verbose_name='told in the analysis')),
                ('stable_below', models.FloatField(db_default=0, default=0, help_text='Change over about five years; per cent for what is told by its change.', verbose_name='called stable below')),
                ('breaks', models.JSONField(blank=True, db_default=[], default=list, verbose_name='comparability breaks')),
                ('group_figure', models.CharField(choices=[('median', 'Median of the municipalities'), ('weighted', 'Mean of the municipalities, weighted by another indicator'), ('published', 'Only as published: none is formed of chosen municipalities')], db_default='median', default='median', max_length=10, verbose_name='figure of a group')),
                ('is_read', models.BooleanField(db_default=True, default=True, verbose_name='read from its source')),
                ('is_active', models.BooleanField(default=True, verbose_name='in use')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='statistics.indicator')),
                ('weight', models.ForeignKey(blank=True, db_constraint=False, help_text='The indicator that is the denominator. It weighs the parts of a merger and the municipalities of a group alike.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='statistics.indicator', verbose_name='weight')),
                ('source', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='statistics.source')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='DataVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('table', models.CharField(max_length=120, verbose_name='table')),
                ('number', models.PositiveIntegerField(verbose_name='number')),
                ('since', models.PositiveSmallIntegerField(help_text='First year of a whole table; empty where the answer may be a part.', null=True, verbose_name='whole from')),
                ('label', models.CharField(blank=True, max_length=300, verbose_name='title in the source')),
                ('publisher', models.CharField(blank=True, max_length=300, verbose_name='publisher in the answer')),
                ('source_updated_at', models.DateTimeField(null=True, verbose_name='published')),
                ('stored_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='stored')),
                ('answer', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='version', to='statistics.rawanswer')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='statistics.source')),
            ],
        ),
        migrations.CreateModel(
            name='Observation',
            fields=[
                ('pk', models.CompositePrimaryKey('indicator', 'area', 'year', 'breakdown', 'version', blank=True, editable=False, primary_key=True, serialize=False)),
                ('area', models.CharField(help_text='Code of a municipality, SSS for the whole country.', max_length=5, verbose_name='area')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('breakdown', models.CharField(blank=True, max_length=40, verbose_name='part')),
                ('value', models.FloatField(null=True, verbose_name='value')),
                ('missing', models.CharField(blank=True, choices=[('not_published', 'Not published'), ('not_applicable', 'Not applicable'), ('unavailable', 'Not available or too uncertain'), ('confidential', 'Hidden for privacy'), ('not_collected', 'Not collected'), ('not_comparable', 'Not comparable: the area has changed')], max_length=16, verbose_name='why missing')),
                ('preliminary', models.BooleanField(default=False, verbose_name='preliminary')),
                ('indicator', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='statistics.indicator')),
                ('version', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='statistics.dataversion')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('missing__in', ['not_published', 'not_applicable', 'unavailable', 'confidential', 'not_collected', 'not_comparable']), ('value__isnull', True)), models.Q(('missing', ''), ('value__isnull', False)), _connector='OR'), name='observation_value_or_reason'), models.CheckConstraint(condition=models.Q(('value__isnull', True), models.Q(('value__gt', float("-inf")), ('value__lt', float("inf"))), _connector='OR'), name='observation_value_is_finite')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='indicatorevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='48fcbb0df5cad9369fd619e7304da059d8f148b2', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9710b', table='statistics_indicatorevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.CheckConstraint(condition=models.Q(('content_code', ''), ('content_label', ''), _negated=True), name='indicator_names_its_content', violation_error_message='Give the code or the text of the content.'),
        ),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.CheckConstraint(condition=models.Q(('weight__isnull', False), models.Q(models.Q(('merge_rule', 'weighted'), _negated=True), models.Q(('group_figure', 'weighted'), _negated=True)), _connector='OR'), name='indicator_weighted_names_its_weight', violation_error_message='Name the indicator that is the weight.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='indicator',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "statistics_indicatorevent" ("breaks", "code", "comparability_en", "comparability_fi", "comparability_sv", "content_code", "content_label", "decimals", "definition_en", "definition_fi", "definition_sv", "direction", "display_mode", "group", "group_figure", "id", "influence_en", "influence_fi", "influence_sv", "is_active", "is_read", "merge_rule", "name_en", "name_fi", "name_sv", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "selection", "source_id", "stable_below", "table", "unit_en", "unit_fi", "unit_sv", "weight_id") VALUES (NEW."breaks", NEW."code", NEW."comparability_en", NEW."comparability_fi", NEW."comparability_sv", NEW."content_code", NEW."content_label", NEW."decimals", NEW."definition_en", NEW."definition_fi", NEW."definition_sv", NEW."direction", NEW."display_mode", NEW."group", NEW."group_figure", NEW."id", NEW."influence_en", NEW."influence_fi", NEW."influence_sv", NEW."is_active", NEW."is_read", NEW."merge_rule", NEW."name_en", NEW."name_fi", NEW."name_sv", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."position", NEW."selection", NEW."source_id", NEW."stable_below", NEW."table", NEW."unit_en", NEW."unit_fi", NEW."unit_sv", NEW."weight_id"); RETURN NULL;', hash='4052b2df0a69eb04c7cf38e5e17e8de6069c63c0', operation='INSERT', pgid='pgtrigger_insert_insert_a27e8', table='statistics_indicator', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='indicator',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "statistics_indicatorevent" ("breaks", "code", "comparability_en", "comparability_fi", "comparability_sv", "content_code", "content_label", "decimals", "definition_en", "definition_fi", "definition_sv", "direction", "display_mode", "group", "group_figure", "id", "influence_en", "influence_fi", "influence_sv", "is_active", "is_read", "merge_rule", "name_en", "name_fi", "name_sv", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "selection", "source_id", "stable_below", "table", "unit_en", "unit_fi", "unit_sv", "weight_id") VALUES (NEW."breaks", NEW."code", NEW."comparability_en", NEW."comparability_fi", NEW."comparability_sv", NEW."content_code", NEW."content_label", NEW."decimals", NEW."definition_en", NEW."definition_fi", NEW."definition_sv", NEW."direction", NEW."display_mode", NEW."group", NEW."group_figure", NEW."id", NEW."influence_en", NEW."influence_fi", NEW."influence_sv", NEW."is_active", NEW."is_read", NEW."merge_rule", NEW."name_en", NEW."name_fi", NEW."name_sv", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."position", NEW."selection", NEW."source_id", NEW."stable_below", NEW."table", NEW."unit_en", NEW."unit_fi", NEW."unit_sv", NEW."weight_id"); RETURN NULL;', hash='2bb92995a6c4b5e07fe3e6fd4af32e7c2f169be3', operation='UPDATE', pgid='pgtrigger_update_update_35e7c', table='statistics_indicator', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='indicator',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "statistics_indicatorevent" ("breaks", "code", "comparability_en", "comparability_fi", "comparability_sv", "content_code", "content_label", "decimals", "definition_en", "definition_fi", "definition_sv", "direction", "display_mode", "group", "group_figure", "id", "influence_en", "influence_fi", "influence_sv", "is_active", "is_read", "merge_rule", "name_en", "name_fi", "name_sv", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "selection", "source_id", "stable_below", "table", "unit_en", "unit_fi", "unit_sv", "weight_id") VALUES (OLD."breaks", OLD."code", OLD."comparability_en", OLD."comparability_fi", OLD."comparability_sv", OLD."content_code", OLD."content_label", OLD."decimals", OLD."definition_en", OLD."definition_fi", OLD."definition_sv", OLD."direction", OLD."display_mode", OLD."group", OLD."group_figure", OLD."id", OLD."influence_en", OLD."influence_fi", OLD."influence_sv", OLD."is_active", OLD."is_read", OLD."merge_rule", OLD."name_en", OLD."name_fi", OLD."name_sv", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."position", OLD."selection", OLD."source_id", OLD."stable_below", OLD."table", OLD."unit_en", OLD."unit_fi", OLD."unit_sv", OLD."weight_id"); RETURN NULL;', hash='f8d087ea403bca437ed1ee049f8745d4a7449a7b', operation='DELETE', pgid='pgtrigger_delete_delete_ba918', table='statistics_indicator', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='importrun',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('finished_at__isnull', True), ('state', 'running')), models.Q(models.Q(('state', 'running'), _negated=True), ('finished_at__isnull', False)), _connector='OR'), name='import_run_finished_has_its_moment'),
        ),
        migrations.AddConstraint(
            model_name='dataversion',
            constraint=models.UniqueConstraint(fields=('source', 'table', 'number'), name='data_version_number_once'),
        ),
    ]
