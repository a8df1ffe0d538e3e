import django.db.models.deletion
import django.db.models.functions.text
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
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='Municipality',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=3, unique=True, verbose_name='code')),
                ('slug', models.SlugField(max_length=60, unique=True, verbose_name='address')),
                ('name_fi', models.CharField(max_length=60, verbose_name='name in Finnish')),
                ('name_sv', models.CharField(max_length=60, verbose_name='name in Swedish')),
                ('genitive_fi', models.CharField(max_length=60, verbose_name='genitive in Finnish')),
                ('locative_fi', models.CharField(blank=True, max_length=60, verbose_name='local case in Finnish')),
                ('locative_sure', models.BooleanField(default=False, verbose_name='the local case is certain')),
                ('region_code', models.CharField(max_length=2, verbose_name='region code')),
                ('region_fi', models.CharField(max_length=60, verbose_name='region in Finnish')),
                ('region_sv', models.CharField(max_length=60, verbose_name='region in Swedish')),
                ('subregion_fi', models.CharField(blank=True, max_length=60, verbose_name='subregion')),
                ('grouping_fi', models.CharField(blank=True, max_length=60, verbose_name='urban–rural grouping')),
                ('welfare_area_fi', models.CharField(blank=True, max_length=80, verbose_name='wellbeing services county')),
                ('employment_area_fi', models.CharField(blank=True, max_length=80, verbose_name='employment area')),
                ('language_status', models.CharField(choices=[('fi', 'Finnish'), ('fi-sv', 'Bilingual, Finnish majority'), ('sv-fi', 'Bilingual, Swedish majority'), ('sv', 'Swedish')], max_length=5, verbose_name='language status')),
                ('business_id', models.CharField(blank=True, max_length=9, verbose_name='business id')),
            ],
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='e-mail')),
                ('first_name', models.CharField(max_length=60, verbose_name='first name')),
                ('last_name', models.CharField(max_length=60, verbose_name='last name')),
                ('language', models.CharField(choices=[('fi', 'Suomi'), ('sv', 'Svenska'), ('en', 'English')], default='fi', max_length=2, verbose_name='language')),
                ('is_active', models.BooleanField(default=True, verbose_name='may sign in')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('coordinator', 'Coordinator'), ('expert', 'Expert'), ('contact', 'Contact person'), ('leader', 'Municipal leader'), ('billing', 'Billing contact')], max_length=12, verbose_name='role')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='ends on')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                ('municipality', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='municipalities.municipality')),
            ],
        ),
        migrations.CreateModel(
            name='MembershipEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('role', models.CharField(choices=[('coordinator', 'Coordinator'), ('expert', 'Expert'), ('contact', 'Contact person'), ('leader', 'Municipal leader'), ('billing', 'Billing contact')], max_length=12, verbose_name='role')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='ends on')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='municipalities.membership')),
                ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('municipality', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='municipalities.municipality')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail')),
                ('role', models.CharField(choices=[('coordinator', 'Coordinator'), ('expert', 'Expert'), ('contact', 'Contact person'), ('leader', 'Municipal leader'), ('billing', 'Billing contact')], max_length=12, verbose_name='role')),
                ('language', models.CharField(choices=[('fi', 'Suomi'), ('sv', 'Svenska'), ('en', 'English')], default='fi', max_length=2, verbose_name='language')),
                ('token_hash', models.CharField(editable=False, max_length=64, unique=True)),
                ('invited_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('expires_at', models.DateTimeField(verbose_name='works until')),
                ('used_at', models.DateTimeField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('invited_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('used_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('municipality', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='municipalities.municipality')),
            ],
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_name', models.CharField(max_length=60, verbose_name='first name')),
                ('last_name', models.CharField(max_length=60, verbose_name='last name')),
                ('title', models.CharField(blank=True, max_length=80, verbose_name='title or position')),
                ('body', models.CharField(blank=True, max_length=80, verbose_name='body')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('phone', models.CharField(blank=True, max_length=16, verbose_name='telephone')),
                ('group', models.CharField(choices=[('elected', 'Elected official'), ('office', 'Office holder')], max_length=8, verbose_name='group')),
                ('language', models.CharField(choices=[('fi', 'Suomi'), ('sv', 'Svenska'), ('en', 'English')], default='fi', max_length=2, verbose_name='language')),
                ('left_on', models.DateField(blank=True, null=True, verbose_name='left the list')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='people', to='municipalities.municipality')),
            ],
        ),
        migrations.CreateModel(
            name='PersonEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('group', models.CharField(choices=[('elected', 'Elected official'), ('office', 'Office holder')], max_length=8, verbose_name='group')),
                ('left_on', models.DateField(blank=True, null=True, verbose_name='left the list')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='municipalities.municipality')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='municipalities.person')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Population',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('count', models.PositiveIntegerField(verbose_name='population')),
                ('source', models.CharField(max_length=120, verbose_name='source')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='populations', to='municipalities.municipality')),
            ],
        ),
        migrations.CreateModel(
            name='UserEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('is_active', models.BooleanField(default=True, verbose_name='may sign in')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='user_email_once_in_any_case'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "municipalities_userevent" ("is_active", "is_superuser", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."is_active", NEW."is_superuser", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='29faebbf63ff03d8f832d89ab3de0c1e26fb4847', operation='INSERT', pgid='pgtrigger_insert_insert_98465', table='municipalities_user', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."is_superuser" IS DISTINCT FROM (NEW."is_superuser"))', func='INSERT INTO "municipalities_userevent" ("is_active", "is_superuser", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."is_active", NEW."is_superuser", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id"); RETURN NULL;', hash='4c780e1002b9bbb6607ceb070ab7482083f7954b', operation='UPDATE', pgid='pgtrigger_update_update_03f93', table='municipalities_user', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='membershipevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='85b0b41ff99350bd85037111e11d4b597525e669', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_3086d', table='municipalities_membershipevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('municipality__isnull', True), ('role__in', ['coordinator', 'expert'])), models.Q(('municipality__isnull', False), ('role__in', ['billing', 'contact', 'leader'])), _connector='OR'), name='membership_role_fits_its_place', violation_error_message='This role belongs to a municipality, or to none.'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='membership_ends_after_it_starts', violation_error_message='The role ends before it starts: mend the dates.'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(fields=('user', 'municipality', 'role'), name='membership_once', nulls_distinct=False, violation_error_message='This person has the role already.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='membership',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "municipalities_membershipevent" ("ends_on", "id", "municipality_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "starts_on", "user_id") VALUES (NEW."ends_on", NEW."id", NEW."municipality_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."role", NEW."starts_on", NEW."user_id"); RETURN NULL;', hash='b6e9e890b20d5bb7d38b24a71bfd3f7ecf06fa22', operation='INSERT', pgid='pgtrigger_insert_insert_18ba1', table='municipalities_membership', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='membership',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "municipalities_membershipevent" ("ends_on", "id", "municipality_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "starts_on", "user_id") VALUES (NEW."ends_on", NEW."id", NEW."municipality_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."role", NEW."starts_on", NEW."user_id"); RETURN NULL;', hash='3ea8cb5d98e7ec61e674336b183d83eba07d474e', operation='UPDATE', pgid='pgtrigger_update_update_d9095', table='municipalities_membership', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='membership',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "municipalities_membershipevent" ("ends_on", "id", "municipality_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "starts_on", "user_id") VALUES (OLD."ends_on", OLD."id", OLD."municipality_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."role", OLD."starts_on", OLD."user_id"); RETURN NULL;', hash='cd452eea255a06b13c9e00fe7c4313fd5a59304d', operation='DELETE', pgid='pgtrigger_delete_delete_dc054', table='municipalities_membership', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('municipality__isnull', True), ('role__in', ['coordinator', 'expert'])), models.Q(('municipality__isnull', False), ('role__in', ['billing', 'contact', 'leader'])), _connector='OR'), name='invitation_role_fits_its_place', violation_error_message='This role belongs to a municipality, or to none.'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('used_at__isnull', False), ('used_by__isnull', False)), models.Q(('used_at__isnull', True), ('used_by__isnull', True)), _connector='OR'), name='invitation_used_with_by'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), models.Q(('withdrawn_at__isnull', True), ('withdrawn_by__isnull', True)), _connector='OR'), name='invitation_withdrawn_with_by'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('used_at__isnull', True), ('withdrawn_at__isnull', True), _connector='OR'), name='invitation_used_or_withdrawn'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('email'), models.F('municipality'), models.F('role'), condition=models.Q(('used_at__isnull', True), ('withdrawn_at__isnull', True)), name='invitation_once_at_a_time', nulls_distinct=False, violation_error_message='This address has this invitation already.'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.UniqueConstraint(models.F('municipality'), django.db.models.functions.text.Lower('first_name'), django.db.models.functions.text.Lower('last_name'), django.db.models.functions.text.Lower('email'), condition=models.Q(('email', ''), _negated=True), name='person_once_in_a_municipality', violation_error_message='This person is on your list already.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='person',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "municipalities_personevent" ("group", "left_on", "municipality_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."group", NEW."left_on", NEW."municipality_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='5612f1dd562c925bb77fdb19aa030d347c21c31e', operation='INSERT', pgid='pgtrigger_insert_insert_a8d07', table='municipalities_person', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='person',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."group" IS DISTINCT FROM (NEW."group") OR OLD."left_on" IS DISTINCT FROM (NEW."left_on") OR OLD."municipality_id" IS DISTINCT FROM (NEW."municipality_id"))', func='INSERT INTO "municipalities_personevent" ("group", "left_on", "municipality_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."group", NEW."left_on", NEW."municipality_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id"); RETURN NULL;', hash='935c8e10faf17bf7736e20d1cb00a2a3a26a9eb2', operation='UPDATE', pgid='pgtrigger_update_update_03e70', table='municipalities_person', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='person',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "municipalities_personevent" ("group", "left_on", "municipality_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."group", OLD."left_on", OLD."municipality_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='9adb230538d1e3cc48c979df50fae399dd85e515', operation='DELETE', pgid='pgtrigger_delete_delete_b9238', table='municipalities_person', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='personevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='cb8243fbf5bcf278fa89c469f5ded321221095ba', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_942d9', table='municipalities_personevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='population',
            constraint=models.UniqueConstraint(fields=('municipality', 'year'), name='population_once_a_year'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='userevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7991e630b0296db4b5437bb1ba3da24c078b6fa7', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e3fd1', table='municipalities_userevent', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='DistinctPeople',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipalities.municipality')),
                ('one', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='municipalities.person')),
                ('other', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='municipalities.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('municipality', 'one', 'other'), name='distinct_people_once'), models.CheckConstraint(condition=models.Q(('one__lt', models.F('other'))), name='distinct_people_in_order')],
            },
        ),
        migrations.CreateModel(
            name='MergedPerson',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('former_id', models.BigIntegerField()),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipalities.municipality')),
                ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='former_keys', to='municipalities.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('municipality', 'former_id'), name='merged_person_once')],
            },
        ),
        migrations.CreateModel(
            name='MunicipalityEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('code', models.CharField(max_length=3, verbose_name='code')),
                ('name_fi', models.CharField(max_length=60, verbose_name='name in Finnish')),
                ('founded_on', models.DateField(blank=True, editable=False, null=True, verbose_name='founded on')),
                ('merged_on', models.DateField(blank=True, editable=False, null=True, verbose_name='merged on')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PopulationEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('count', models.PositiveIntegerField(verbose_name='population')),
                ('source', models.CharField(max_length=120, verbose_name='source')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='municipality',
            name='founded_on',
            field=models.DateField(blank=True, editable=False, null=True, verbose_name='founded on'),
        ),
        migrations.AddField(
            model_name='municipality',
            name='merged_into',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='former_municipalities', to='municipalities.municipality', verbose_name='merged into'),
        ),
        migrations.AddField(
            model_name='municipality',
            name='merged_on',
            field=models.DateField(blank=True, editable=False, null=True, verbose_name='merged on'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='municipality',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "municipalities_municipalityevent" ("code", "founded_on", "merged_into_id", "merged_on", "name_fi", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."code", NEW."founded_on", NEW."merged_into_id", NEW."merged_on", NEW."name_fi", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='f7dc31317bd46e4f8751808c5ae90e946a0c4e4a', operation='INSERT', pgid='pgtrigger_insert_insert_fcc6e', table='municipalities_municipality', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='municipality',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."founded_on" IS DISTINCT FROM (NEW."founded_on") OR OLD."merged_into_id" IS DISTINCT FROM (NEW."merged_into_id") OR OLD."merged_on" IS DISTINCT FROM (NEW."merged_on") OR OLD."name_fi" IS DISTINCT FROM (NEW."name_fi"))', func='INSERT INTO "municipalities_municipalityevent" ("code", "founded_on", "merged_into_id", "merged_on", "name_fi", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."code", NEW."founded_on", NEW."merged_into_id", NEW."merged_on", NEW."name_fi", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id"); RETURN NULL;', hash='e083cadc567dfb05cf2bdf2792267c82377513e8', operation='UPDATE', pgid='pgtrigger_update_update_87f58', table='municipalities_municipality', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='population',
            trigger=pgtrigger.compiler.Trigger(name='revised_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "municipalities_populationevent" ("count", "id", "municipality_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "year") VALUES (OLD."count", OLD."id", OLD."municipality_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'revised\', OLD."id", OLD."source", OLD."year"); RETURN NULL;', hash='cf444d07113a820576902b8eb0d498b74d93a167', operation='UPDATE', pgid='pgtrigger_revised_update_4289f', table='municipalities_population', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='population',
            trigger=pgtrigger.compiler.Trigger(name='removed_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "municipalities_populationevent" ("count", "id", "municipality_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "year") VALUES (OLD."count", OLD."id", OLD."municipality_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'removed\', OLD."id", OLD."source", OLD."year"); RETURN NULL;', hash='5be7bd5d54536fef615a65bea4432543b00d8877', operation='DELETE', pgid='pgtrigger_removed_delete_8f493', table='municipalities_population', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='municipality',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('merged_into__isnull', False), ('merged_on__isnull', False)), models.Q(('merged_into__isnull', True), ('merged_on__isnull', True)), _connector='OR'), name='municipality_merged_on_with_into'),
        ),
        migrations.AddConstraint(
            model_name='municipality',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into', models.F('id')), _negated=True), name='municipality_not_into_itself'),
        ),
        migrations.AddConstraint(
            model_name='municipality',
            constraint=models.CheckConstraint(condition=models.Q(('founded_on__isnull', True), models.Q(('founded_on__day', 1), ('founded_on__month', 1)), _connector='OR'), name='municipality_founded_on_first_of_january'),
        ),
        migrations.AddConstraint(
            model_name='municipality',
            constraint=models.CheckConstraint(condition=models.Q(('merged_on__isnull', True), models.Q(('merged_on__day', 1), ('merged_on__month', 1)), _connector='OR'), name='municipality_merged_on_first_of_january'),
        ),
        migrations.AddField(
            model_name='municipalityevent',
            name='merged_into',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='municipalities.municipality', verbose_name='merged into'),
        ),
        migrations.AddField(
            model_name='municipalityevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='municipalities.municipality'),
        ),
        migrations.AddField(
            model_name='populationevent',
            name='municipality',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='municipalities.municipality'),
        ),
        migrations.AddField(
            model_name='populationevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='municipalities.population'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='municipalityevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='320e2f2adf8d13617285a09c9a51ec71ade6cd91', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d7e04', table='municipalities_municipalityevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='populationevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='37fb2e345e59ad22ecbc4b84e4a56a0c36ac19e3', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_fa066', table='municipalities_populationevent', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='ContactAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail')),
                ('label', models.CharField(max_length=80, verbose_name='whose mailbox')),
                ('language', models.CharField(choices=[('fi', 'Suomi'), ('sv', 'Svenska'), ('en', 'English')], default='fi', max_length=2, verbose_name='language')),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='added')),
                ('added_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contact_addresses', to='municipalities.municipality')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('municipality'), django.db.models.functions.text.Lower('email'), name='contact_address_once_in_a_municipality', violation_error_message='This address is on the list already.')],
            },
        ),
        migrations.AddField(
            model_name='municipality',
            name='former_names',
            field=models.CharField(blank=True, editable=False, max_length=600, verbose_name='names of those merged into it'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='hands_over',
            field=models.ForeignKey(blank=True, editable=False, help_text='Whose role passes on when it is accepted, with what waits for them', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='successors', to='municipalities.membership'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.UniqueConstraint(condition=models.Q(('used_at__isnull', True), ('withdrawn_at__isnull', True)), fields=('hands_over',), name='role_handed_over_to_one'),
        ),
    ]
