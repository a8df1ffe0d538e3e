import django.db.models.deletion
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
            name='Workshop',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slot', models.PositiveSmallIntegerField(verbose_name='number')),
                ('topic', models.CharField(max_length=160, verbose_name='topic')),
                ('wish', models.TextField(max_length=2000, verbose_name='what is wanted and for whom')),
                ('wished_time', models.CharField(blank=True, max_length=120, verbose_name='wished time')),
                ('state', models.CharField(choices=[('wished', 'Wished for'), ('planned', 'Agreed'), ('held', 'Held'), ('cancelled', 'Cancelled')], default='wished', max_length=9, verbose_name='state')),
                ('asked_at', models.DateTimeField(verbose_name='wished')),
                ('question', models.TextField(blank=True, max_length=1000, verbose_name='question to the municipality')),
                ('asked_back_at', models.DateTimeField(blank=True, null=True, verbose_name='asked back')),
                ('planned_on', models.DateField(blank=True, null=True, verbose_name='agreed day')),
                ('held_on', models.DateField(blank=True, null=True, verbose_name='held')),
                ('cancelled_at', models.DateTimeField(blank=True, null=True, verbose_name='cancelled')),
                ('notified_days', models.JSONField(db_default={}, default=dict, editable=False, help_text='Day each user was last notified of.')),
                ('sequence', models.PositiveIntegerField(db_default=0, default=0, editable=False, help_text='Of the calendar entries: raised with every message.')),
                ('asked_back_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('cancelled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='workshops', to='municipalities.municipality')),
                ('season', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='workshops', to='seasons.season')),
                ('theme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='seasons.workshoptheme', verbose_name='subject')),
            ],
        ),
        migrations.CreateModel(
            name='WorkshopEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('slot', models.PositiveSmallIntegerField(verbose_name='number')),
                ('wished_time', models.CharField(blank=True, max_length=120, verbose_name='wished time')),
                ('state', models.CharField(choices=[('wished', 'Wished for'), ('planned', 'Agreed'), ('held', 'Held'), ('cancelled', 'Cancelled')], default='wished', max_length=9, verbose_name='state')),
                ('asked_at', models.DateTimeField(verbose_name='wished')),
                ('asked_back_at', models.DateTimeField(blank=True, null=True, verbose_name='asked back')),
                ('planned_on', models.DateField(blank=True, null=True, verbose_name='agreed day')),
                ('held_on', models.DateField(blank=True, null=True, verbose_name='held')),
                ('cancelled_at', models.DateTimeField(blank=True, null=True, verbose_name='cancelled')),
                ('asked_back_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('cancelled_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='municipalities.municipality')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workshops.workshop')),
                ('season', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='seasons.season')),
                ('theme', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='seasons.workshoptheme', verbose_name='subject')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='workshop',
            index=models.Index(fields=['season', 'municipality'], name='workshop_by_season'),
        ),
        migrations.AddConstraint(
            model_name='workshop',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'cancelled'), _negated=True), fields=('municipality', 'season', 'slot'), name='workshop_slot_once', violation_error_message='This workshop of the season is in use already.'),
        ),
        migrations.AddConstraint(
            model_name='workshop',
            constraint=models.CheckConstraint(condition=models.Q(('slot__gte', 1)), name='workshop_slots_start_at_one'),
        ),
        migrations.AddConstraint(
            model_name='workshop',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'planned'), _negated=True), ('planned_on__isnull', False), _connector='OR'), name='workshop_planned_has_its_day'),
        ),
        migrations.AddConstraint(
            model_name='workshop',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('held_on__isnull', False), ('state', 'held')), models.Q(models.Q(('state', 'held'), _negated=True), ('held_on__isnull', True)), _connector='OR'), name='workshop_held_has_its_day'),
        ),
        migrations.AddConstraint(
            model_name='workshop',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('asked_back_at__isnull', True), ('asked_back_by__isnull', True), ('question', '')), models.Q(models.Q(('question', ''), _negated=True), ('asked_back_at__isnull', False), ('asked_back_by__isnull', False)), _connector='OR'), name='workshop_question_at_with_by'),
        ),
        migrations.AddConstraint(
            model_name='workshop',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('cancelled_at__isnull', False), ('cancelled_by__isnull', False), ('state', 'cancelled')), models.Q(('cancelled_at__isnull', True), ('cancelled_by__isnull', True), models.Q(('state', 'cancelled'), _negated=True)), _connector='OR'), name='workshop_cancelled_at_with_by'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='workshop',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "workshops_workshopevent" ("asked_at", "asked_back_at", "asked_back_by_id", "asked_by_id", "cancelled_at", "cancelled_by_id", "held_on", "id", "municipality_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_on", "season_id", "slot", "state", "theme_id", "wished_time") VALUES (NEW."asked_at", NEW."asked_back_at", NEW."asked_back_by_id", NEW."asked_by_id", NEW."cancelled_at", NEW."cancelled_by_id", NEW."held_on", NEW."id", NEW."municipality_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."planned_on", NEW."season_id", NEW."slot", NEW."state", NEW."theme_id", NEW."wished_time"); RETURN NULL;', hash='393c89bfaf3b3c5c3c56fa14eaef37f957fcf3cc', operation='INSERT', pgid='pgtrigger_insert_insert_4483b', table='workshops_workshop', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='workshop',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."asked_at" IS DISTINCT FROM (NEW."asked_at") OR OLD."asked_back_at" IS DISTINCT FROM (NEW."asked_back_at") OR OLD."asked_back_by_id" IS DISTINCT FROM (NEW."asked_back_by_id") OR OLD."asked_by_id" IS DISTINCT FROM (NEW."asked_by_id") OR OLD."cancelled_at" IS DISTINCT FROM (NEW."cancelled_at") OR OLD."cancelled_by_id" IS DISTINCT FROM (NEW."cancelled_by_id") OR OLD."held_on" IS DISTINCT FROM (NEW."held_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."municipality_id" IS DISTINCT FROM (NEW."municipality_id") OR OLD."planned_on" IS DISTINCT FROM (NEW."planned_on") OR OLD."season_id" IS DISTINCT FROM (NEW."season_id") OR OLD."slot" IS DISTINCT FROM (NEW."slot") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."theme_id" IS DISTINCT FROM (NEW."theme_id") OR OLD."wished_time" IS DISTINCT FROM (NEW."wished_time"))', func='INSERT INTO "workshops_workshopevent" ("asked_at", "asked_back_at", "asked_back_by_id", "asked_by_id", "cancelled_at", "cancelled_by_id", "held_on", "id", "municipality_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_on", "season_id", "slot", "state", "theme_id", "wished_time") VALUES (NEW."asked_at", NEW."asked_back_at", NEW."asked_back_by_id", NEW."asked_by_id", NEW."cancelled_at", NEW."cancelled_by_id", NEW."held_on", NEW."id", NEW."municipality_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."planned_on", NEW."season_id", NEW."slot", NEW."state", NEW."theme_id", NEW."wished_time"); RETURN NULL;', hash='4769f7671414fb548748125cddf99afcbdc602ac', operation='UPDATE', pgid='pgtrigger_update_update_0272d', table='workshops_workshop', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='workshop',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "workshops_workshopevent" ("asked_at", "asked_back_at", "asked_back_by_id", "asked_by_id", "cancelled_at", "cancelled_by_id", "held_on", "id", "municipality_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_on", "season_id", "slot", "state", "theme_id", "wished_time") VALUES (OLD."asked_at", OLD."asked_back_at", OLD."asked_back_by_id", OLD."asked_by_id", OLD."cancelled_at", OLD."cancelled_by_id", OLD."held_on", OLD."id", OLD."municipality_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."planned_on", OLD."season_id", OLD."slot", OLD."state", OLD."theme_id", OLD."wished_time"); RETURN NULL;', hash='2294b847b5309088e6ab223d63b641995b2526e5', operation='DELETE', pgid='pgtrigger_delete_delete_9aa37', table='workshops_workshop', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='workshopevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ed353e4b228059db90a5ec2757b7d45e5272aa33', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_25ce4', table='workshops_workshopevent', when='BEFORE')),
        ),
    ]
