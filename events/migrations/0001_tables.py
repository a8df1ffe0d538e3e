import django.db.models.deletion
import django.utils.timezone
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
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
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('seminar', 'Theme seminar'), ('sparring', 'Sparring for elected officials'), ('live_contact_meeting', "Contact persons' meeting on site"), ('contact_meeting', "Contact persons' meeting on Teams"), ('developer_seminar', 'Working seminar for developers'), ('elected_training', 'Training for elected officials'), ('change_clinic', 'Change clinic'), ('peer_discussion', 'Peer discussion or development event'), ('other', 'Other event')], max_length=24, verbose_name='kind')),
                ('position', models.PositiveSmallIntegerField(blank=True, help_text='Its number among events of its kind.', null=True, verbose_name='number')),
                ('title_fi', models.CharField(max_length=160, verbose_name='title in Finnish')),
                ('title_sv', models.CharField(blank=True, max_length=160, verbose_name='title in Swedish')),
                ('title_en', models.CharField(blank=True, max_length=160, verbose_name='title in English')),
                ('description_fi', models.TextField(blank=True, verbose_name='description in Finnish')),
                ('description_sv', models.TextField(blank=True, verbose_name='description in Swedish')),
                ('description_en', models.TextField(blank=True, verbose_name='description in English')),
                ('starts_at', models.DateTimeField(blank=True, null=True, verbose_name='starts')),
                ('ends_at', models.DateTimeField(blank=True, null=True, verbose_name='ends')),
                ('place_fi', models.CharField(blank=True, max_length=120, verbose_name='place in Finnish')),
                ('place_sv', models.CharField(blank=True, max_length=120, verbose_name='place in Swedish')),
                ('place_en', models.CharField(blank=True, max_length=120, verbose_name='place in English')),
                ('remote_url', models.URLField(blank=True, max_length=500, verbose_name='link for remote participants')),
                ('deadline_at', models.DateTimeField(blank=True, null=True, verbose_name='registration ends')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('published', 'Published'), ('cancelled', 'Cancelled')], default='draft', max_length=9, verbose_name='state')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='published')),
                ('announced_at', models.DateTimeField(editable=False, help_text='When contact persons were notified that it is open.', null=True)),
                ('cancelled_at', models.DateTimeField(blank=True, null=True, verbose_name='cancelled')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('cancelled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('phase', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='seasons.phase')),
                ('published_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('season', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='seasons.season')),
            ],
        ),
        migrations.CreateModel(
            name='EventEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('seminar', 'Theme seminar'), ('sparring', 'Sparring for elected officials'), ('live_contact_meeting', "Contact persons' meeting on site"), ('contact_meeting', "Contact persons' meeting on Teams"), ('developer_seminar', 'Working seminar for developers'), ('elected_training', 'Training for elected officials'), ('change_clinic', 'Change clinic'), ('peer_discussion', 'Peer discussion or development event'), ('other', 'Other event')], max_length=24, verbose_name='kind')),
                ('position', models.PositiveSmallIntegerField(blank=True, help_text='Its number among events of its kind.', null=True, verbose_name='number')),
                ('title_fi', models.CharField(max_length=160, verbose_name='title in Finnish')),
                ('title_sv', models.CharField(blank=True, max_length=160, verbose_name='title in Swedish')),
                ('title_en', models.CharField(blank=True, max_length=160, verbose_name='title in English')),
                ('description_fi', models.TextField(blank=True, verbose_name='description in Finnish')),
                ('description_sv', models.TextField(blank=True, verbose_name='description in Swedish')),
                ('description_en', models.TextField(blank=True, verbose_name='description in English')),
                ('starts_at', models.DateTimeField(blank=True, null=True, verbose_name='starts')),
                ('ends_at', models.DateTimeField(blank=True, null=True, verbose_name='ends')),
                ('place_fi', models.CharField(blank=True, max_length=120, verbose_name='place in Finnish')),
                ('place_sv', models.CharField(blank=True, max_length=120, verbose_name='place in Swedish')),
                ('place_en', models.CharField(blank=True, max_length=120, verbose_name='place in English')),
                ('remote_url', models.URLField(blank=True, max_length=500, verbose_name='link for remote participants')),
                ('deadline_at', models.DateTimeField(blank=True, null=True, verbose_name='registration ends')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('published', 'Published'), ('cancelled', 'Cancelled')], default='draft', max_length=9, verbose_name='state')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='published')),
                ('announced_at', models.DateTimeField(editable=False, help_text='When contact persons were notified that it is open.', null=True)),
                ('cancelled_at', models.DateTimeField(blank=True, null=True, verbose_name='cancelled')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('cancelled_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='events.event')),
                ('phase', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='seasons.phase')),
                ('published_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('season', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='seasons.season')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Registration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mode', models.CharField(choices=[('in_person', 'In person'), ('remote', 'Remotely')], max_length=9, verbose_name='way of attending')),
                ('state', models.CharField(choices=[('confirmed', 'Registered'), ('cancelled', 'Withdrawn')], default='confirmed', max_length=9, verbose_name='state')),
                ('registered_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='registered')),
                ('cancelled_at', models.DateTimeField(blank=True, null=True, verbose_name='withdrawn')),
                ('last_notice', models.JSONField(editable=False, help_text='What the person knows: events.notices.Notice', null=True)),
                ('sequence', models.PositiveIntegerField(default=0, editable=False, help_text='Of the calendar entry: raised with every message.')),
                ('cancelled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='registrations', to='events.event')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='registrations', to='municipalities.municipality')),
                ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='registrations', to='municipalities.person')),
                ('registered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='RegistrationEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('mode', models.CharField(choices=[('in_person', 'In person'), ('remote', 'Remotely')], max_length=9, verbose_name='way of attending')),
                ('state', models.CharField(choices=[('confirmed', 'Registered'), ('cancelled', 'Withdrawn')], default='confirmed', max_length=9, verbose_name='state')),
                ('registered_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='registered')),
                ('cancelled_at', models.DateTimeField(blank=True, null=True, verbose_name='withdrawn')),
                ('cancelled_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('event', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='events.event')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='municipalities.municipality')),
                ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='municipalities.person')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='events.registration')),
                ('registered_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Seats',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mode', models.CharField(choices=[('in_person', 'In person'), ('remote', 'Remotely')], max_length=9, verbose_name='way of attending')),
                ('capacity', models.PositiveIntegerField(blank=True, help_text='Empty means room for everybody.', null=True, verbose_name='seats')),
                ('taken', models.PositiveIntegerField(default=0, editable=False, verbose_name='taken')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seats', to='events.event')),
            ],
        ),
        migrations.CreateModel(
            name='SeatsEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('mode', models.CharField(choices=[('in_person', 'In person'), ('remote', 'Remotely')], max_length=9, verbose_name='way of attending')),
                ('capacity', models.PositiveIntegerField(blank=True, help_text='Empty means room for everybody.', null=True, verbose_name='seats')),
                ('event', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='events.event')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='events.seats')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(fields=['season', 'starts_at'], name='event_by_season_and_time'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.UniqueConstraint(fields=('season', 'kind', 'position'), name='event_position_once', violation_error_code='position', violation_error_message='The season has an event of this kind and number.'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__isnull', True), ('ends_at__gt', models.F('starts_at')), _connector='OR'), name='event_ends_after_it_starts', violation_error_code='ends_at', violation_error_message='The event ends before it starts: mend the times.'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('deadline_at__isnull', True), ('starts_at__isnull', True), ('deadline_at__lte', models.F('starts_at')), _connector='OR'), name='event_deadline_before_it_starts', violation_error_code='deadline_at', violation_error_message='Registration ends after the event starts: choose an earlier deadline.'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'draft'), models.Q(('deadline_at__isnull', False), ('ends_at__isnull', False), ('starts_at__isnull', False)), _connector='OR'), name='event_published_has_its_dates', violation_error_message='A published event keeps its beginning, its end and its deadline.'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('published_at__isnull', False), ('published_by__isnull', False), models.Q(('state', 'draft'), _negated=True)), models.Q(('published_at__isnull', True), ('published_by__isnull', True), ('state', 'draft')), _connector='OR'), name='event_published_at_with_by'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('cancelled_at__isnull', False), ('cancelled_by__isnull', False), ('state', 'cancelled')), models.Q(('cancelled_at__isnull', True), ('cancelled_by__isnull', True), models.Q(('state', 'cancelled'), _negated=True)), _connector='OR'), name='event_cancelled_at_with_by'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='event',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_eventevent" ("announced_at", "cancelled_at", "cancelled_by_id", "deadline_at", "description_en", "description_fi", "description_sv", "ends_at", "id", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phase_id", "place_en", "place_fi", "place_sv", "position", "published_at", "published_by_id", "remote_url", "season_id", "starts_at", "state", "title_en", "title_fi", "title_sv", "uid") VALUES (NEW."announced_at", NEW."cancelled_at", NEW."cancelled_by_id", NEW."deadline_at", NEW."description_en", NEW."description_fi", NEW."description_sv", NEW."ends_at", NEW."id", NEW."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."phase_id", NEW."place_en", NEW."place_fi", NEW."place_sv", NEW."position", NEW."published_at", NEW."published_by_id", NEW."remote_url", NEW."season_id", NEW."starts_at", NEW."state", NEW."title_en", NEW."title_fi", NEW."title_sv", NEW."uid"); RETURN NULL;', hash='daf03635694d3a1e01298476ba06d610b06d7ea0', operation='INSERT', pgid='pgtrigger_insert_insert_82b94', table='events_event', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='event',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "events_eventevent" ("announced_at", "cancelled_at", "cancelled_by_id", "deadline_at", "description_en", "description_fi", "description_sv", "ends_at", "id", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phase_id", "place_en", "place_fi", "place_sv", "position", "published_at", "published_by_id", "remote_url", "season_id", "starts_at", "state", "title_en", "title_fi", "title_sv", "uid") VALUES (NEW."announced_at", NEW."cancelled_at", NEW."cancelled_by_id", NEW."deadline_at", NEW."description_en", NEW."description_fi", NEW."description_sv", NEW."ends_at", NEW."id", NEW."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."phase_id", NEW."place_en", NEW."place_fi", NEW."place_sv", NEW."position", NEW."published_at", NEW."published_by_id", NEW."remote_url", NEW."season_id", NEW."starts_at", NEW."state", NEW."title_en", NEW."title_fi", NEW."title_sv", NEW."uid"); RETURN NULL;', hash='81a1657fa26c4186a0cec1aa17ead3d4f23b8fe7', operation='UPDATE', pgid='pgtrigger_update_update_73f59', table='events_event', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='event',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_eventevent" ("announced_at", "cancelled_at", "cancelled_by_id", "deadline_at", "description_en", "description_fi", "description_sv", "ends_at", "id", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phase_id", "place_en", "place_fi", "place_sv", "position", "published_at", "published_by_id", "remote_url", "season_id", "starts_at", "state", "title_en", "title_fi", "title_sv", "uid") VALUES (OLD."announced_at", OLD."cancelled_at", OLD."cancelled_by_id", OLD."deadline_at", OLD."description_en", OLD."description_fi", OLD."description_sv", OLD."ends_at", OLD."id", OLD."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."phase_id", OLD."place_en", OLD."place_fi", OLD."place_sv", OLD."position", OLD."published_at", OLD."published_by_id", OLD."remote_url", OLD."season_id", OLD."starts_at", OLD."state", OLD."title_en", OLD."title_fi", OLD."title_sv", OLD."uid"); RETURN NULL;', hash='6be2654e7dc9cea45b0a6e0afc8b40c417fcd844', operation='DELETE', pgid='pgtrigger_delete_delete_d74a6', table='events_event', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='eventevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='43347ccbdab496444ed254deb4882c4dd53f9e9f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_5b378', table='events_eventevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='registration',
            constraint=models.UniqueConstraint(fields=('municipality', 'event', 'person'), name='registration_once', violation_error_message='This person is registered already.'),
        ),
        migrations.AddConstraint(
            model_name='registration',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('cancelled_at__isnull', False), ('cancelled_by__isnull', False), ('state', 'cancelled')), models.Q(('cancelled_at__isnull', True), ('cancelled_by__isnull', True), ('state', 'confirmed')), _connector='OR'), name='registration_cancelled_at_with_by'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='registration',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_registrationevent" ("cancelled_at", "cancelled_by_id", "event_id", "id", "mode", "municipality_id", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "registered_at", "registered_by_id", "state") VALUES (NEW."cancelled_at", NEW."cancelled_by_id", NEW."event_id", NEW."id", NEW."mode", NEW."municipality_id", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."registered_at", NEW."registered_by_id", NEW."state"); RETURN NULL;', hash='a222c7e34a0feb9412a2a0b349c989880bef67bf', operation='INSERT', pgid='pgtrigger_insert_insert_c84d7', table='events_registration', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='registration',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."cancelled_at" IS DISTINCT FROM (NEW."cancelled_at") OR OLD."cancelled_by_id" IS DISTINCT FROM (NEW."cancelled_by_id") OR OLD."event_id" IS DISTINCT FROM (NEW."event_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."mode" IS DISTINCT FROM (NEW."mode") OR OLD."municipality_id" IS DISTINCT FROM (NEW."municipality_id") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."registered_at" IS DISTINCT FROM (NEW."registered_at") OR OLD."registered_by_id" IS DISTINCT FROM (NEW."registered_by_id") OR OLD."state" IS DISTINCT FROM (NEW."state"))', func='INSERT INTO "events_registrationevent" ("cancelled_at", "cancelled_by_id", "event_id", "id", "mode", "municipality_id", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "registered_at", "registered_by_id", "state") VALUES (NEW."cancelled_at", NEW."cancelled_by_id", NEW."event_id", NEW."id", NEW."mode", NEW."municipality_id", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."registered_at", NEW."registered_by_id", NEW."state"); RETURN NULL;', hash='61fc6a3285daf7582df59eb2465c28a75d17fd59', operation='UPDATE', pgid='pgtrigger_update_update_87442', table='events_registration', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='registration',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_registrationevent" ("cancelled_at", "cancelled_by_id", "event_id", "id", "mode", "municipality_id", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "registered_at", "registered_by_id", "state") VALUES (OLD."cancelled_at", OLD."cancelled_by_id", OLD."event_id", OLD."id", OLD."mode", OLD."municipality_id", OLD."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."registered_at", OLD."registered_by_id", OLD."state"); RETURN NULL;', hash='01ec010ef7cc11197edb1c88c5a8b27661372691', operation='DELETE', pgid='pgtrigger_delete_delete_893c7', table='events_registration', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='registrationevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='61692b6e3cf67f85b61a72c5caa4e10a709bb867', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e12c4', table='events_registrationevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='seats',
            constraint=models.UniqueConstraint(fields=('event', 'mode'), name='seats_mode_once'),
        ),
        migrations.AddConstraint(
            model_name='seats',
            constraint=models.CheckConstraint(condition=models.Q(('capacity__isnull', True), ('taken__lte', models.F('capacity')), _connector='OR'), name='seats_never_oversold', violation_error_message='There are more registrations than that already.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='seats',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_seatsevent" ("capacity", "event_id", "mode", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."capacity", NEW."event_id", NEW."mode", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='6f34e7d1df582ba6ab7c3f9c851459e9b164a961', operation='INSERT', pgid='pgtrigger_insert_insert_fea7a', table='events_seats', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='seats',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."capacity" IS DISTINCT FROM (NEW."capacity") OR OLD."event_id" IS DISTINCT FROM (NEW."event_id") OR OLD."mode" IS DISTINCT FROM (NEW."mode"))', func='INSERT INTO "events_seatsevent" ("capacity", "event_id", "mode", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."capacity", NEW."event_id", NEW."mode", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id"); RETURN NULL;', hash='83c7914407577c22209279ac611f6f36742207dc', operation='UPDATE', pgid='pgtrigger_update_update_9c86d', table='events_seats', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='seats',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_seatsevent" ("capacity", "event_id", "mode", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."capacity", OLD."event_id", OLD."mode", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='6c7982a50d9f921ccd741937ac9df6c18baea6f1', operation='DELETE', pgid='pgtrigger_delete_delete_848cc', table='events_seats', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='seatsevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6baf27f3aa2710200f0a1e787a0dd2fce688fe03', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_3c570', table='events_seatsevent', when='BEFORE')),
        ),
    ]
