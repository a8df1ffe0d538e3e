"""Who changed what an indicator says, and when."""

import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from municipalities.tenancy import AppendOnly


class Migration(migrations.Migration):

    dependencies = [
        ('analysis', '0018_group_figure'),
    ]

    operations = [
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
                ('telling', models.CharField(blank=True, choices=[('level', 'As it is published'), ('count', 'By its change, as an index')], db_default='', max_length=8, verbose_name='told in the analysis')),
                ('steady', models.FloatField(db_default=0, default=0, help_text='Change over about five years; per cent for what is told by its change.', verbose_name='called stable below')),
                ('breaks', models.JSONField(blank=True, db_default=[], default=list, verbose_name='comparability breaks')),
                ('group_figure', models.CharField(choices=[('median', 'Median of the municipalities'), ('published', 'Only as published: none is formed of chosen municipalities')], db_default='median', default='median', max_length=10, verbose_name='figure of a group')),
                ('is_read', models.BooleanField(db_default=True, default=True, verbose_name='read from its source')),
                ('is_active', models.BooleanField(default=True, verbose_name='in use')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='indicator',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "analysis_indicatorevent" ("breaks", "code", "comparability_en", "comparability_fi", "comparability_sv", "content_code", "content_label", "decimals", "definition_en", "definition_fi", "definition_sv", "direction", "group", "group_figure", "id", "influence_en", "influence_fi", "influence_sv", "is_active", "is_read", "merge_rule", "name_en", "name_fi", "name_sv", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "selection", "source_id", "steady", "table", "telling", "unit_en", "unit_fi", "unit_sv", "weight_id") VALUES (NEW."breaks", NEW."code", NEW."comparability_en", NEW."comparability_fi", NEW."comparability_sv", NEW."content_code", NEW."content_label", NEW."decimals", NEW."definition_en", NEW."definition_fi", NEW."definition_sv", NEW."direction", NEW."group", NEW."group_figure", NEW."id", NEW."influence_en", NEW."influence_fi", NEW."influence_sv", NEW."is_active", NEW."is_read", NEW."merge_rule", NEW."name_en", NEW."name_fi", NEW."name_sv", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."position", NEW."selection", NEW."source_id", NEW."steady", NEW."table", NEW."telling", NEW."unit_en", NEW."unit_fi", NEW."unit_sv", NEW."weight_id"); RETURN NULL;', hash='42e2aea0c09f463d29b48df27480e2b5da1d2339', operation='INSERT', pgid='pgtrigger_insert_insert_47b29', table='analysis_indicator', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='indicator',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "analysis_indicatorevent" ("breaks", "code", "comparability_en", "comparability_fi", "comparability_sv", "content_code", "content_label", "decimals", "definition_en", "definition_fi", "definition_sv", "direction", "group", "group_figure", "id", "influence_en", "influence_fi", "influence_sv", "is_active", "is_read", "merge_rule", "name_en", "name_fi", "name_sv", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "selection", "source_id", "steady", "table", "telling", "unit_en", "unit_fi", "unit_sv", "weight_id") VALUES (NEW."breaks", NEW."code", NEW."comparability_en", NEW."comparability_fi", NEW."comparability_sv", NEW."content_code", NEW."content_label", NEW."decimals", NEW."definition_en", NEW."definition_fi", NEW."definition_sv", NEW."direction", NEW."group", NEW."group_figure", NEW."id", NEW."influence_en", NEW."influence_fi", NEW."influence_sv", NEW."is_active", NEW."is_read", NEW."merge_rule", NEW."name_en", NEW."name_fi", NEW."name_sv", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."position", NEW."selection", NEW."source_id", NEW."steady", NEW."table", NEW."telling", NEW."unit_en", NEW."unit_fi", NEW."unit_sv", NEW."weight_id"); RETURN NULL;', hash='de760ca8646c2272471bce21582abce2e7d64b8d', operation='UPDATE', pgid='pgtrigger_update_update_6df49', table='analysis_indicator', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='indicator',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "analysis_indicatorevent" ("breaks", "code", "comparability_en", "comparability_fi", "comparability_sv", "content_code", "content_label", "decimals", "definition_en", "definition_fi", "definition_sv", "direction", "group", "group_figure", "id", "influence_en", "influence_fi", "influence_sv", "is_active", "is_read", "merge_rule", "name_en", "name_fi", "name_sv", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "selection", "source_id", "steady", "table", "telling", "unit_en", "unit_fi", "unit_sv", "weight_id") VALUES (OLD."breaks", OLD."code", OLD."comparability_en", OLD."comparability_fi", OLD."comparability_sv", OLD."content_code", OLD."content_label", OLD."decimals", OLD."definition_en", OLD."definition_fi", OLD."definition_sv", OLD."direction", OLD."group", OLD."group_figure", OLD."id", OLD."influence_en", OLD."influence_fi", OLD."influence_sv", OLD."is_active", OLD."is_read", OLD."merge_rule", OLD."name_en", OLD."name_fi", OLD."name_sv", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."position", OLD."selection", OLD."source_id", OLD."steady", OLD."table", OLD."telling", OLD."unit_en", OLD."unit_fi", OLD."unit_sv", OLD."weight_id"); RETURN NULL;', hash='cc6cbb6f9fc65a350af0201ae4e4bf35f464e044', operation='DELETE', pgid='pgtrigger_delete_delete_c5abc', table='analysis_indicator', when='AFTER')),
        ),
        migrations.AddField(
            model_name='indicatorevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='analysis.indicator'),
        ),
        migrations.AddField(
            model_name='indicatorevent',
            name='source',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='analysis.source'),
        ),
        migrations.AddField(
            model_name='indicatorevent',
            name='weight',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='analysis.indicator', verbose_name='weight'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='indicatorevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9e02687055ad6a2b05fb5bcfd070838c4a46190b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_711de', table='analysis_indicatorevent', when='BEFORE')),
        ),
        AppendOnly("analysis", "IndicatorEvent"),
    ]
