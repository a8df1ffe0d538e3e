import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.functions
import django.core.validators
import django.db.models.constraints
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
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Entitlement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                ('kind', models.CharField(choices=[('seminar', 'Theme seminars'), ('sparring', 'Sparrings for elected officials'), ('contact_meeting', "Contact persons' meetings"), ('live_contact_meeting', "Contact persons' meetings on site"), ('developer_seminar', 'Working seminars for developers'), ('elected_training', 'Training for elected officials'), ('foresight', 'Joint foresight process'), ('change_clinic', 'Change clinics'), ('peer_discussion', 'Peer discussions and development events'), ('reviews', 'Reviews and materials'), ('council_materials', 'Materials for new councils'), ('workshop', 'Development workshops'), ('analysis', 'Situation analysis'), ('development_plan', 'Development plan'), ('support', 'Other support')], max_length=24, verbose_name='kind')),
                ('name_fi', models.CharField(blank=True, max_length=160, verbose_name='name in Finnish')),
                ('name_sv', models.CharField(blank=True, max_length=160, verbose_name='name in Swedish')),
                ('name_en', models.CharField(blank=True, max_length=160, verbose_name='name in English')),
                ('quantity', models.PositiveSmallIntegerField(blank=True, help_text='Empty where no number was promised.', null=True, verbose_name='how many')),
                ('yearly', models.BooleanField(default=False, verbose_name='each year')),
                ('ongoing', models.BooleanField(default=False, verbose_name='runs through the season, without a number')),
                ('for_each_municipality', models.BooleanField(default=False, help_text='Otherwise all share it.', verbose_name='for each municipality')),
            ],
        ),
        migrations.CreateModel(
            name='FeeTier',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('population', django.contrib.postgres.fields.ranges.IntegerRangeField(help_text='From, and up to but not including.', verbose_name='population')),
                ('annual_fee_eur', models.DecimalField(blank=True, decimal_places=2, max_digits=9, null=True, verbose_name='annual fee')),
                ('replaced_at', models.DateTimeField(editable=False, help_text='When an amendment put other tiers in its place; confirmed fees rest on it still.', null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Phase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='position')),
                ('starts_on', models.DateField(verbose_name='starts')),
                ('ends_on', models.DateField(verbose_name='ends')),
                ('name_fi', models.CharField(max_length=60, verbose_name='name in Finnish')),
                ('name_sv', models.CharField(blank=True, max_length=60, verbose_name='name in Swedish')),
                ('name_en', models.CharField(blank=True, max_length=60, verbose_name='name in English')),
                ('focus_fi', models.TextField(blank=True, verbose_name='focus in Finnish')),
                ('focus_sv', models.TextField(blank=True, verbose_name='focus in Swedish')),
                ('focus_en', models.TextField(blank=True, verbose_name='focus in English')),
            ],
        ),
        migrations.CreateModel(
            name='SeasonContact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='position')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('title_fi', models.CharField(blank=True, max_length=120, verbose_name='title in Finnish')),
                ('title_sv', models.CharField(blank=True, max_length=120, verbose_name='title in Swedish')),
                ('title_en', models.CharField(blank=True, max_length=120, verbose_name='title in English')),
                ('organisation', models.CharField(blank=True, max_length=120, verbose_name='organisation')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='phone')),
            ],
        ),
        migrations.CreateModel(
            name='SeasonEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                ('first_year', models.PositiveSmallIntegerField(verbose_name='first year')),
                ('last_year', models.PositiveSmallIntegerField(verbose_name='last year')),
                ('theme_fi', models.CharField(blank=True, max_length=120, verbose_name='lead theme in Finnish')),
                ('theme_sv', models.CharField(blank=True, max_length=120, verbose_name='lead theme in Swedish')),
                ('theme_en', models.CharField(blank=True, max_length=120, verbose_name='lead theme in English')),
                ('background_fi', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, size=None)),
                ('background_sv', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, size=None)),
                ('background_en', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, size=None)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('open', 'Published'), ('closed', 'Ended')], default='draft', max_length=8, verbose_name='state')),
                ('population_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='year of the population that decides the fee')),
                ('fee_low_eur', models.DecimalField(blank=True, decimal_places=2, max_digits=9, null=True, verbose_name='lowest annual fee')),
                ('fee_high_eur', models.DecimalField(blank=True, decimal_places=2, max_digits=9, null=True, verbose_name='highest annual fee')),
                ('vat_on_top', models.BooleanField(default=False, verbose_name='VAT comes on top of the fee')),
                ('travel_on_top', models.BooleanField(default=False, verbose_name="experts' travel costs come on top, at actual cost")),
                ('billing_months', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(12)]), blank=True, default=list, help_text='One or two; empty where it is not settled.', size=None, verbose_name="months in which the year's fee is billed")),
                ('late_joining', models.CharField(blank=True, choices=[('full', 'The full fee of the year'), ('by_months', 'By the months that are left')], help_text='Empty where it is not settled.', max_length=9, verbose_name="the first year's fee of who joins late")),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Theme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='position')),
                ('name_fi', models.CharField(max_length=160, verbose_name='name in Finnish')),
                ('name_sv', models.CharField(blank=True, max_length=160, verbose_name='name in Swedish')),
                ('name_en', models.CharField(blank=True, max_length=160, verbose_name='name in English')),
                ('topics_fi', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, size=None)),
                ('topics_sv', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, size=None)),
                ('topics_en', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, size=None)),
            ],
        ),
        migrations.CreateModel(
            name='ThemeEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('position', models.PositiveSmallIntegerField(verbose_name='position')),
                ('name_fi', models.CharField(max_length=160, verbose_name='name in Finnish')),
                ('name_sv', models.CharField(blank=True, max_length=160, verbose_name='name in Swedish')),
                ('name_en', models.CharField(blank=True, max_length=160, verbose_name='name in English')),
                ('topics_fi', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, size=None)),
                ('topics_sv', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, size=None)),
                ('topics_en', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, size=None)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='WorkshopTheme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='position')),
                ('name_fi', models.CharField(max_length=160, verbose_name='name in Finnish')),
                ('name_sv', models.CharField(blank=True, max_length=160, verbose_name='name in Swedish')),
                ('name_en', models.CharField(blank=True, max_length=160, verbose_name='name in English')),
            ],
        ),
        migrations.CreateModel(
            name='WorkshopThemeEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('position', models.PositiveSmallIntegerField(verbose_name='position')),
                ('name_fi', models.CharField(max_length=160, verbose_name='name in Finnish')),
                ('name_sv', models.CharField(blank=True, max_length=160, verbose_name='name in Swedish')),
                ('name_en', models.CharField(blank=True, max_length=160, verbose_name='name in English')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Participation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('invited', 'Invited'), ('interested', 'Interested'), ('deciding', 'Deciding'), ('decided', 'Decided'), ('confirmed', 'Taking part'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn')], default='invited', max_length=12, verbose_name='state')),
                ('state_on', models.DateField(blank=True, null=True, verbose_name='in this state since')),
                ('source', models.CharField(choices=[('coordinator', 'Added by a coordinator'), ('public_page', 'Expressed interest on the public page'), ('record', "Named in the network's records")], default='coordinator', max_length=11, verbose_name='how it came to the list')),
                ('next_step', models.CharField(blank=True, max_length=200, verbose_name='next step')),
                ('next_step_on', models.DateField(blank=True, null=True, verbose_name='by')),
                ('exit_stage', models.CharField(blank=True, choices=[('invited', 'Invited'), ('interested', 'Interested'), ('deciding', 'Deciding'), ('decided', 'Decided'), ('confirmed', 'Taking part'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn')], max_length=12, verbose_name='stage before')),
                ('exit_reason', models.CharField(blank=True, choices=[('finances', 'Finances'), ('no_time', 'No time or people now'), ('other_programme', 'Another network or programme'), ('merger', 'A merger of municipalities'), ('offer', 'The offer did not fit'), ('not_told', 'The reason was not told'), ('other', 'Another reason')], max_length=15, verbose_name='reason')),
                ('exit_note', models.CharField(blank=True, max_length=300, verbose_name='in their own words')),
                ('decided_by_fi', models.CharField(blank=True, max_length=80, verbose_name='deciding body')),
                ('decided_on', models.DateField(blank=True, null=True, verbose_name='decided on')),
                ('decision_section', models.CharField(blank=True, max_length=12, verbose_name='section')),
                ('diary_number', models.CharField(blank=True, max_length=40, verbose_name='diary number')),
                ('contact_fi', models.CharField(blank=True, max_length=120, verbose_name='contact person named')),
                ('on_site_fi', models.CharField(blank=True, max_length=300, verbose_name='who may attend on site')),
                ('population', models.PositiveIntegerField(blank=True, null=True, verbose_name='population')),
                ('population_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='year of the population')),
                ('annual_fee_eur', models.DecimalField(blank=True, decimal_places=2, max_digits=9, null=True, verbose_name='annual fee')),
                ('first_year_fee_eur', models.DecimalField(blank=True, decimal_places=2, max_digits=9, null=True, verbose_name='fee of its first year')),
                ('joining_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='first year that it pays for')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmed')),
                ('paper_link', models.PositiveSmallIntegerField(default=1, editable=False, help_text="Which link to the board's paper works; renewing it makes the one before worthless.")),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('fee_tier', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='participations', to='seasons.feetier')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='participations', to='municipalities.municipality')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='coordinator in charge')),
            ],
        ),
        migrations.CreateModel(
            name='DecisionDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='name of the file')),
                ('content', models.BinaryField()),
                ('sha256', models.CharField(max_length=64, verbose_name='fingerprint')),
                ('at', models.DateTimeField(verbose_name='stored')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipalities.municipality')),
                ('participation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='decision_documents', to='seasons.participation')),
            ],
        ),
        migrations.CreateModel(
            name='Season',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(unique=True, verbose_name='number')),
                ('first_year', models.PositiveSmallIntegerField(verbose_name='first year')),
                ('last_year', models.PositiveSmallIntegerField(verbose_name='last year')),
                ('theme_fi', models.CharField(blank=True, max_length=120, verbose_name='lead theme in Finnish')),
                ('theme_sv', models.CharField(blank=True, max_length=120, verbose_name='lead theme in Swedish')),
                ('theme_en', models.CharField(blank=True, max_length=120, verbose_name='lead theme in English')),
                ('background_fi', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, size=None)),
                ('background_sv', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, size=None)),
                ('background_en', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, size=None)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('open', 'Published'), ('closed', 'Ended')], default='draft', max_length=8, verbose_name='state')),
                ('population_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='year of the population that decides the fee')),
                ('fee_low_eur', models.DecimalField(blank=True, decimal_places=2, max_digits=9, null=True, verbose_name='lowest annual fee')),
                ('fee_high_eur', models.DecimalField(blank=True, decimal_places=2, max_digits=9, null=True, verbose_name='highest annual fee')),
                ('vat_on_top', models.BooleanField(default=False, verbose_name='VAT comes on top of the fee')),
                ('travel_on_top', models.BooleanField(default=False, verbose_name="experts' travel costs come on top, at actual cost")),
                ('billing_months', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(12)]), blank=True, default=list, help_text='One or two; empty where it is not settled.', size=None, verbose_name="months in which the year's fee is billed")),
                ('late_joining', models.CharField(blank=True, choices=[('full', 'The full fee of the year'), ('by_months', 'By the months that are left')], help_text='Empty where it is not settled.', max_length=9, verbose_name="the first year's fee of who joins late")),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('last_year__gte', models.F('first_year'))), name='season_years_in_order'), models.CheckConstraint(condition=models.Q(('billing_months__len__lte', 2)), name='season_billed_at_most_twice_a_year'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func(models.F('first_year'), models.F('last_year'), models.Value('[]'), function='int4range'), '&&')], name='season_years_do_not_overlap', violation_error_code='first_year', violation_error_message='Another season has some of these years.')],
            },
        ),
        migrations.CreateModel(
            name='PhaseEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('position', models.PositiveSmallIntegerField(verbose_name='position')),
                ('starts_on', models.DateField(verbose_name='starts')),
                ('ends_on', models.DateField(verbose_name='ends')),
                ('name_fi', models.CharField(max_length=60, verbose_name='name in Finnish')),
                ('name_sv', models.CharField(blank=True, max_length=60, verbose_name='name in Swedish')),
                ('name_en', models.CharField(blank=True, max_length=60, verbose_name='name in English')),
                ('focus_fi', models.TextField(blank=True, verbose_name='focus in Finnish')),
                ('focus_sv', models.TextField(blank=True, verbose_name='focus in Swedish')),
                ('focus_en', models.TextField(blank=True, verbose_name='focus in English')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='seasons.phase')),
                ('season', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='seasons.season')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='phase',
            name='season',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='phases', to='seasons.season'),
        ),
        migrations.CreateModel(
            name='ParticipationEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('state', models.CharField(choices=[('invited', 'Invited'), ('interested', 'Interested'), ('deciding', 'Deciding'), ('decided', 'Decided'), ('confirmed', 'Taking part'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn')], default='invited', max_length=12, verbose_name='state')),
                ('state_on', models.DateField(blank=True, null=True, verbose_name='in this state since')),
                ('source', models.CharField(choices=[('coordinator', 'Added by a coordinator'), ('public_page', 'Expressed interest on the public page'), ('record', "Named in the network's records")], default='coordinator', max_length=11, verbose_name='how it came to the list')),
                ('next_step', models.CharField(blank=True, max_length=200, verbose_name='next step')),
                ('next_step_on', models.DateField(blank=True, null=True, verbose_name='by')),
                ('exit_stage', models.CharField(blank=True, choices=[('invited', 'Invited'), ('interested', 'Interested'), ('deciding', 'Deciding'), ('decided', 'Decided'), ('confirmed', 'Taking part'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn')], max_length=12, verbose_name='stage before')),
                ('exit_reason', models.CharField(blank=True, choices=[('finances', 'Finances'), ('no_time', 'No time or people now'), ('other_programme', 'Another network or programme'), ('merger', 'A merger of municipalities'), ('offer', 'The offer did not fit'), ('not_told', 'The reason was not told'), ('other', 'Another reason')], max_length=15, verbose_name='reason')),
                ('exit_note', models.CharField(blank=True, max_length=300, verbose_name='in their own words')),
                ('decided_by_fi', models.CharField(blank=True, max_length=80, verbose_name='deciding body')),
                ('decided_on', models.DateField(blank=True, null=True, verbose_name='decided on')),
                ('decision_section', models.CharField(blank=True, max_length=12, verbose_name='section')),
                ('diary_number', models.CharField(blank=True, max_length=40, verbose_name='diary number')),
                ('contact_fi', models.CharField(blank=True, max_length=120, verbose_name='contact person named')),
                ('on_site_fi', models.CharField(blank=True, max_length=300, verbose_name='who may attend on site')),
                ('population', models.PositiveIntegerField(blank=True, null=True, verbose_name='population')),
                ('population_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='year of the population')),
                ('annual_fee_eur', models.DecimalField(blank=True, decimal_places=2, max_digits=9, null=True, verbose_name='annual fee')),
                ('first_year_fee_eur', models.DecimalField(blank=True, decimal_places=2, max_digits=9, null=True, verbose_name='fee of its first year')),
                ('joining_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='first year that it pays for')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmed')),
                ('paper_link', models.PositiveSmallIntegerField(default=1, editable=False, help_text="Which link to the board's paper works; renewing it makes the one before worthless.")),
                ('confirmed_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('fee_tier', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='seasons.feetier')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='municipalities.municipality')),
                ('owner', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='coordinator in charge')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='seasons.participation')),
                ('season', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='seasons.season')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='participation',
            name='season',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='participations', to='seasons.season'),
        ),
        migrations.CreateModel(
            name='InvitationDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=[('fi', 'Suomi'), ('sv', 'Svenska'), ('en', 'English')], max_length=2, verbose_name='language')),
                ('content', models.BinaryField()),
                ('sha256', models.CharField(max_length=64, verbose_name='fingerprint')),
                ('of_sha256', models.CharField(help_text='Fingerprint of what was printed: another one asks for a new file.', max_length=64)),
                ('pages', models.PositiveSmallIntegerField(verbose_name='pages')),
                ('made_at', models.DateTimeField(verbose_name='made')),
                ('season', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='seasons.season')),
            ],
        ),
        migrations.CreateModel(
            name='Interest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('title', models.CharField(blank=True, max_length=120, verbose_name='title or position')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail')),
                ('message', models.TextField(blank=True, max_length=2000, verbose_name='message')),
                ('language', models.CharField(choices=[('fi', 'Suomi'), ('sv', 'Svenska'), ('en', 'English')], max_length=2, verbose_name='language')),
                ('at', models.DateTimeField(verbose_name='sent')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='interests', to='municipalities.municipality')),
                ('season', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='interests', to='seasons.season')),
            ],
        ),
        migrations.CreateModel(
            name='FeeTierEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('population', django.contrib.postgres.fields.ranges.IntegerRangeField(help_text='From, and up to but not including.', verbose_name='population')),
                ('annual_fee_eur', models.DecimalField(blank=True, decimal_places=2, max_digits=9, null=True, verbose_name='annual fee')),
                ('replaced_at', models.DateTimeField(editable=False, help_text='When an amendment put other tiers in its place; confirmed fees rest on it still.', null=True)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='seasons.feetier')),
                ('season', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='seasons.season')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='feetier',
            name='season',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='fee_tiers', to='seasons.season'),
        ),
        migrations.CreateModel(
            name='EntitlementEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                ('kind', models.CharField(choices=[('seminar', 'Theme seminars'), ('sparring', 'Sparrings for elected officials'), ('contact_meeting', "Contact persons' meetings"), ('live_contact_meeting', "Contact persons' meetings on site"), ('developer_seminar', 'Working seminars for developers'), ('elected_training', 'Training for elected officials'), ('foresight', 'Joint foresight process'), ('change_clinic', 'Change clinics'), ('peer_discussion', 'Peer discussions and development events'), ('reviews', 'Reviews and materials'), ('council_materials', 'Materials for new councils'), ('workshop', 'Development workshops'), ('analysis', 'Situation analysis'), ('development_plan', 'Development plan'), ('support', 'Other support')], max_length=24, verbose_name='kind')),
                ('name_fi', models.CharField(blank=True, max_length=160, verbose_name='name in Finnish')),
                ('name_sv', models.CharField(blank=True, max_length=160, verbose_name='name in Swedish')),
                ('name_en', models.CharField(blank=True, max_length=160, verbose_name='name in English')),
                ('quantity', models.PositiveSmallIntegerField(blank=True, help_text='Empty where no number was promised.', null=True, verbose_name='how many')),
                ('yearly', models.BooleanField(default=False, verbose_name='each year')),
                ('ongoing', models.BooleanField(default=False, verbose_name='runs through the season, without a number')),
                ('for_each_municipality', models.BooleanField(default=False, help_text='Otherwise all share it.', verbose_name='for each municipality')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='seasons.entitlement')),
                ('season', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='seasons.season')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='entitlement',
            name='season',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entitlements', to='seasons.season'),
        ),
        migrations.CreateModel(
            name='Amendment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', models.CharField(choices=[('basics', 'Lead theme and why now'), ('themes', 'Themes'), ('phases', 'Phases'), ('package', 'What the fee gives'), ('fees', 'Annual fee'), ('terms', 'Terms of the fee'), ('workshop_themes', 'Subjects offered for workshops'), ('contacts', 'Contacts')], max_length=16, verbose_name='part')),
                ('holds_from', models.DateField(verbose_name='holds from')),
                ('reason_fi', models.TextField(max_length=2000, verbose_name='reason in Finnish')),
                ('reason_sv', models.TextField(blank=True, max_length=2000, verbose_name='reason in Swedish')),
                ('reason_en', models.TextField(blank=True, max_length=2000, verbose_name='reason in English')),
                ('changes', models.JSONField(help_text='By language: a list of [what, as it was, as it is], in words.')),
                ('at', models.DateTimeField(verbose_name='made')),
                ('stored_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, help_text='When its transaction began: what a part changes by is of the same one.')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('season', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='amendments', to='seasons.season')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('reason_fi', ''), _negated=True), name='amendment_says_why')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='season',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "seasons_seasonevent" ("background_en", "background_fi", "background_sv", "billing_months", "fee_high_eur", "fee_low_eur", "first_year", "id", "last_year", "late_joining", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "population_year", "state", "theme_en", "theme_fi", "theme_sv", "travel_on_top", "vat_on_top") VALUES (NEW."background_en", NEW."background_fi", NEW."background_sv", NEW."billing_months", NEW."fee_high_eur", NEW."fee_low_eur", NEW."first_year", NEW."id", NEW."last_year", NEW."late_joining", NEW."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."population_year", NEW."state", NEW."theme_en", NEW."theme_fi", NEW."theme_sv", NEW."travel_on_top", NEW."vat_on_top"); RETURN NULL;', hash='7b0b2a8b91f25f73b510c4d0727c946eb29fba5b', operation='INSERT', pgid='pgtrigger_insert_insert_263e3', table='seasons_season', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='season',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "seasons_seasonevent" ("background_en", "background_fi", "background_sv", "billing_months", "fee_high_eur", "fee_low_eur", "first_year", "id", "last_year", "late_joining", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "population_year", "state", "theme_en", "theme_fi", "theme_sv", "travel_on_top", "vat_on_top") VALUES (NEW."background_en", NEW."background_fi", NEW."background_sv", NEW."billing_months", NEW."fee_high_eur", NEW."fee_low_eur", NEW."first_year", NEW."id", NEW."last_year", NEW."late_joining", NEW."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."population_year", NEW."state", NEW."theme_en", NEW."theme_fi", NEW."theme_sv", NEW."travel_on_top", NEW."vat_on_top"); RETURN NULL;', hash='befced6a024043b779b36d2d0f4f07df90ec2048', operation='UPDATE', pgid='pgtrigger_update_update_cdbf1', table='seasons_season', when='AFTER')),
        ),
        migrations.AddField(
            model_name='seasoncontact',
            name='season',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contacts', to='seasons.season'),
        ),
        migrations.AddField(
            model_name='seasonevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='seasons.season'),
        ),
        migrations.AddField(
            model_name='theme',
            name='season',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='themes', to='seasons.season'),
        ),
        migrations.AddField(
            model_name='themeevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='seasons.theme'),
        ),
        migrations.AddField(
            model_name='themeevent',
            name='season',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='seasons.season'),
        ),
        migrations.AddField(
            model_name='workshoptheme',
            name='season',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='workshop_themes', to='seasons.season'),
        ),
        migrations.AddField(
            model_name='workshopthemeevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='seasons.workshoptheme'),
        ),
        migrations.AddField(
            model_name='workshopthemeevent',
            name='season',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='seasons.season'),
        ),
        migrations.AddConstraint(
            model_name='decisiondocument',
            constraint=models.UniqueConstraint(fields=('participation',), name='decision_document_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='phaseevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='040ea58708f7839e164a2fc125478735d22495c5', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ce379', table='seasons_phaseevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='phase',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('season', 'position'), name='phase_position_once'),
        ),
        migrations.AddConstraint(
            model_name='phase',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='phase_dates_in_order'),
        ),
        migrations.AddConstraint(
            model_name='phase',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], expressions=[('season', '='), (models.Func(models.F('starts_on'), models.F('ends_on'), models.Value('[]'), function='daterange'), '&&')], name='phases_do_not_overlap', violation_error_code='starts_on', violation_error_message='Another phase of the season has some of these days.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='phase',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "seasons_phaseevent" ("ends_on", "focus_en", "focus_fi", "focus_sv", "id", "name_en", "name_fi", "name_sv", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "season_id", "starts_on") VALUES (NEW."ends_on", NEW."focus_en", NEW."focus_fi", NEW."focus_sv", NEW."id", NEW."name_en", NEW."name_fi", NEW."name_sv", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."position", NEW."season_id", NEW."starts_on"); RETURN NULL;', hash='094bbcbaf6c350f281954b024baa686c1791f073', operation='INSERT', pgid='pgtrigger_insert_insert_00f6d', table='seasons_phase', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='phase',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "seasons_phaseevent" ("ends_on", "focus_en", "focus_fi", "focus_sv", "id", "name_en", "name_fi", "name_sv", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "season_id", "starts_on") VALUES (NEW."ends_on", NEW."focus_en", NEW."focus_fi", NEW."focus_sv", NEW."id", NEW."name_en", NEW."name_fi", NEW."name_sv", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."position", NEW."season_id", NEW."starts_on"); RETURN NULL;', hash='82b599c4cef60cbcff5c89e78eeea006965d0dc5', operation='UPDATE', pgid='pgtrigger_update_update_67c75', table='seasons_phase', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='phase',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "seasons_phaseevent" ("ends_on", "focus_en", "focus_fi", "focus_sv", "id", "name_en", "name_fi", "name_sv", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "season_id", "starts_on") VALUES (OLD."ends_on", OLD."focus_en", OLD."focus_fi", OLD."focus_sv", OLD."id", OLD."name_en", OLD."name_fi", OLD."name_sv", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."position", OLD."season_id", OLD."starts_on"); RETURN NULL;', hash='c2a41910d5d54bdaa7ec3cc8a4d95f6fe2267ae6', operation='DELETE', pgid='pgtrigger_delete_delete_3da2b', table='seasons_phase', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='participationevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6af236eca3c791d543e472e7cbf1858f0845b513', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_63294', table='seasons_participationevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='participation',
            constraint=models.UniqueConstraint(fields=('municipality', 'season'), name='participation_once', violation_error_message="The municipality is on this season's list already."),
        ),
        migrations.AddConstraint(
            model_name='participation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'confirmed'), _negated=True), ('confirmed_at__isnull', False), ('source', 'record'), _connector='OR'), name='participation_confirmed_has_its_moment'),
        ),
        migrations.AddConstraint(
            model_name='participation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state_on__isnull', False), models.Q(('source', 'record'), _negated=True)), models.Q(('annual_fee_eur__isnull', True), ('confirmed_at__isnull', True), ('decided_on__isnull', True), ('fee_tier__isnull', True), ('population__isnull', True), ('source', 'record'), ('state', 'confirmed'), ('state_on__isnull', True)), _connector='OR'), name='participation_of_a_record_is_its_name_alone'),
        ),
        migrations.AddConstraint(
            model_name='participation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False)), models.Q(('confirmed_at__isnull', True), ('confirmed_by__isnull', True)), _connector='OR'), name='participation_confirmed_at_with_by'),
        ),
        migrations.AddConstraint(
            model_name='participation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('population__isnull', False), ('population_year__isnull', False)), models.Q(('population__isnull', True), ('population_year__isnull', True)), _connector='OR'), name='participation_population_with_year'),
        ),
        migrations.AddConstraint(
            model_name='participation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('first_year_fee_eur__isnull', False), ('joining_year__isnull', False)), models.Q(('first_year_fee_eur__isnull', True), ('joining_year__isnull', True)), _connector='OR'), name='participation_first_year_fee_with_year'),
        ),
        migrations.AddConstraint(
            model_name='participation',
            constraint=models.CheckConstraint(condition=models.Q(('first_year_fee_eur__isnull', True), models.Q(('first_year_fee_eur__gte', 0), ('first_year_fee_eur__lte', models.F('annual_fee_eur'))), _connector='OR'), name='participation_first_year_costs_a_year_at_most'),
        ),
        migrations.AddConstraint(
            model_name='participation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('next_step', ''), ('next_step_on__isnull', True)), models.Q(models.Q(('next_step', ''), _negated=True), ('next_step_on__isnull', False), ('state__in', ['decided', 'deciding', 'interested', 'invited'])), _connector='OR'), name='participation_next_step_has_its_day'),
        ),
        migrations.AddConstraint(
            model_name='participation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('exit_stage__in', ['deciding', 'interested', 'invited']), ('state', 'declined'), models.Q(('exit_reason', ''), _negated=True)), models.Q(('exit_stage__in', ['confirmed', 'decided']), ('state', 'withdrawn'), models.Q(('exit_reason', ''), _negated=True)), models.Q(models.Q(('state__in', ['declined', 'withdrawn']), _negated=True), ('exit_note', ''), ('exit_reason', ''), ('exit_stage', '')), _connector='OR'), name='participation_exit_has_its_reason'),
        ),
        migrations.AddConstraint(
            model_name='participation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('exit_reason', 'other'), _negated=True), models.Q(('exit_note', ''), _negated=True), _connector='OR'), name='participation_other_reason_in_words'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='participation',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "seasons_participationevent" ("annual_fee_eur", "confirmed_at", "confirmed_by_id", "contact_fi", "decided_by_fi", "decided_on", "decision_section", "diary_number", "exit_note", "exit_reason", "exit_stage", "fee_tier_id", "first_year_fee_eur", "id", "joining_year", "municipality_id", "next_step", "next_step_on", "on_site_fi", "owner_id", "paper_link", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "population", "population_year", "season_id", "source", "state", "state_on") VALUES (NEW."annual_fee_eur", NEW."confirmed_at", NEW."confirmed_by_id", NEW."contact_fi", NEW."decided_by_fi", NEW."decided_on", NEW."decision_section", NEW."diary_number", NEW."exit_note", NEW."exit_reason", NEW."exit_stage", NEW."fee_tier_id", NEW."first_year_fee_eur", NEW."id", NEW."joining_year", NEW."municipality_id", NEW."next_step", NEW."next_step_on", NEW."on_site_fi", NEW."owner_id", NEW."paper_link", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."population", NEW."population_year", NEW."season_id", NEW."source", NEW."state", NEW."state_on"); RETURN NULL;', hash='11a69fb4ef58beb33ad6494a2bc56a1670c35af3', operation='INSERT', pgid='pgtrigger_insert_insert_84a6b', table='seasons_participation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='participation',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "seasons_participationevent" ("annual_fee_eur", "confirmed_at", "confirmed_by_id", "contact_fi", "decided_by_fi", "decided_on", "decision_section", "diary_number", "exit_note", "exit_reason", "exit_stage", "fee_tier_id", "first_year_fee_eur", "id", "joining_year", "municipality_id", "next_step", "next_step_on", "on_site_fi", "owner_id", "paper_link", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "population", "population_year", "season_id", "source", "state", "state_on") VALUES (NEW."annual_fee_eur", NEW."confirmed_at", NEW."confirmed_by_id", NEW."contact_fi", NEW."decided_by_fi", NEW."decided_on", NEW."decision_section", NEW."diary_number", NEW."exit_note", NEW."exit_reason", NEW."exit_stage", NEW."fee_tier_id", NEW."first_year_fee_eur", NEW."id", NEW."joining_year", NEW."municipality_id", NEW."next_step", NEW."next_step_on", NEW."on_site_fi", NEW."owner_id", NEW."paper_link", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."population", NEW."population_year", NEW."season_id", NEW."source", NEW."state", NEW."state_on"); RETURN NULL;', hash='2d800de2b8e80b5ba97ad75526eebd1f6bf676e1', operation='UPDATE', pgid='pgtrigger_update_update_6ca01', table='seasons_participation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='participation',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "seasons_participationevent" ("annual_fee_eur", "confirmed_at", "confirmed_by_id", "contact_fi", "decided_by_fi", "decided_on", "decision_section", "diary_number", "exit_note", "exit_reason", "exit_stage", "fee_tier_id", "first_year_fee_eur", "id", "joining_year", "municipality_id", "next_step", "next_step_on", "on_site_fi", "owner_id", "paper_link", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "population", "population_year", "season_id", "source", "state", "state_on") VALUES (OLD."annual_fee_eur", OLD."confirmed_at", OLD."confirmed_by_id", OLD."contact_fi", OLD."decided_by_fi", OLD."decided_on", OLD."decision_section", OLD."diary_number", OLD."exit_note", OLD."exit_reason", OLD."exit_stage", OLD."fee_tier_id", OLD."first_year_fee_eur", OLD."id", OLD."joining_year", OLD."municipality_id", OLD."next_step", OLD."next_step_on", OLD."on_site_fi", OLD."owner_id", OLD."paper_link", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."population", OLD."population_year", OLD."season_id", OLD."source", OLD."state", OLD."state_on"); RETURN NULL;', hash='5744f41715ea45b4160758d5f1b40012fb65a3d3', operation='DELETE', pgid='pgtrigger_delete_delete_3ff6c', table='seasons_participation', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='invitationdocument',
            constraint=models.UniqueConstraint(fields=('season', 'language'), name='invitation_document_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='feetierevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4d96ddb3b61bc282662a0d50b3f1e27a82944266', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_62b0d', table='seasons_feetierevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='feetier',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('replaced_at__isnull', True)), expressions=[('season', '='), ('population', '&&')], name='fee_tiers_do_not_overlap', violation_error_message='This range overlaps another tier of the season.'),
        ),
        migrations.AddConstraint(
            model_name='feetier',
            constraint=models.CheckConstraint(condition=models.Q(('annual_fee_eur__isnull', True), ('annual_fee_eur__gte', 0), _connector='OR'), name='fee_tier_fee_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='feetier',
            constraint=models.CheckConstraint(condition=models.Q(('population__isempty', False), ('population__lower_inf', False), ('population__startswith__gte', 0)), name='fee_tier_starts_somewhere', violation_error_message='A tier starts at 0 inhabitants or above.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='feetier',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "seasons_feetierevent" ("annual_fee_eur", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "population", "replaced_at", "season_id") VALUES (NEW."annual_fee_eur", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."population", NEW."replaced_at", NEW."season_id"); RETURN NULL;', hash='b1b5ad3bc7cf5d5861bebd3eb9bf30ec1cd53e65', operation='INSERT', pgid='pgtrigger_insert_insert_cacb7', table='seasons_feetier', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='feetier',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "seasons_feetierevent" ("annual_fee_eur", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "population", "replaced_at", "season_id") VALUES (NEW."annual_fee_eur", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."population", NEW."replaced_at", NEW."season_id"); RETURN NULL;', hash='cba516bfe9e53fca66556ac3fc43fe98e2a0a877', operation='UPDATE', pgid='pgtrigger_update_update_63ddb', table='seasons_feetier', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='feetier',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "seasons_feetierevent" ("annual_fee_eur", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "population", "replaced_at", "season_id") VALUES (OLD."annual_fee_eur", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."population", OLD."replaced_at", OLD."season_id"); RETURN NULL;', hash='d9578a3e53facf25a77424b1bebbdf5be0f19205', operation='DELETE', pgid='pgtrigger_delete_delete_5328f', table='seasons_feetier', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='entitlementevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='17450c7fc219309cf95a9720c1720d5cf1eb9b3f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f00bc', table='seasons_entitlementevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='entitlement',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('season', 'kind'), name='entitlement_kind_once', violation_error_code='kind', violation_error_message='The package has a line of this kind already.'),
        ),
        migrations.AddConstraint(
            model_name='entitlement',
            constraint=models.CheckConstraint(condition=models.Q(('ongoing', False), ('quantity__isnull', True), _connector='OR'), name='entitlement_ongoing_has_no_number', violation_error_code='quantity', violation_error_message='What runs through the whole season has no number.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='entitlement',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "seasons_entitlementevent" ("for_each_municipality", "id", "kind", "name_en", "name_fi", "name_sv", "ongoing", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "quantity", "season_id", "yearly") VALUES (NEW."for_each_municipality", NEW."id", NEW."kind", NEW."name_en", NEW."name_fi", NEW."name_sv", NEW."ongoing", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."position", NEW."quantity", NEW."season_id", NEW."yearly"); RETURN NULL;', hash='4bf437636c9e76cdfca0d84491caa36aaa25e5f8', operation='INSERT', pgid='pgtrigger_insert_insert_9fe95', table='seasons_entitlement', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='entitlement',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "seasons_entitlementevent" ("for_each_municipality", "id", "kind", "name_en", "name_fi", "name_sv", "ongoing", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "quantity", "season_id", "yearly") VALUES (NEW."for_each_municipality", NEW."id", NEW."kind", NEW."name_en", NEW."name_fi", NEW."name_sv", NEW."ongoing", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."position", NEW."quantity", NEW."season_id", NEW."yearly"); RETURN NULL;', hash='6afce43d39fdf15b97f85a7e34f6700c6fe1177a', operation='UPDATE', pgid='pgtrigger_update_update_6cb99', table='seasons_entitlement', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='entitlement',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "seasons_entitlementevent" ("for_each_municipality", "id", "kind", "name_en", "name_fi", "name_sv", "ongoing", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "quantity", "season_id", "yearly") VALUES (OLD."for_each_municipality", OLD."id", OLD."kind", OLD."name_en", OLD."name_fi", OLD."name_sv", OLD."ongoing", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."position", OLD."quantity", OLD."season_id", OLD."yearly"); RETURN NULL;', hash='a8c59538d44ae74cf01ba2068ce6770c476e6638', operation='DELETE', pgid='pgtrigger_delete_delete_78217', table='seasons_entitlement', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='amendment',
            index=models.Index(fields=['season', 'at'], name='amendment_by_season'),
        ),
        migrations.AddConstraint(
            model_name='seasoncontact',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('season', 'position'), name='season_contact_position_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='seasonevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b4fe754290e3a13eb546a5df869312cb0c702587', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_96fc3', table='seasons_seasonevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='theme',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('season', 'position'), name='theme_position_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='theme',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "seasons_themeevent" ("id", "name_en", "name_fi", "name_sv", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "season_id", "topics_en", "topics_fi", "topics_sv") VALUES (NEW."id", NEW."name_en", NEW."name_fi", NEW."name_sv", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."position", NEW."season_id", NEW."topics_en", NEW."topics_fi", NEW."topics_sv"); RETURN NULL;', hash='37f67001ec70fcc4d0e38bdbd5d9ee9d001c4e7f', operation='INSERT', pgid='pgtrigger_insert_insert_3b739', table='seasons_theme', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='theme',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "seasons_themeevent" ("id", "name_en", "name_fi", "name_sv", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "season_id", "topics_en", "topics_fi", "topics_sv") VALUES (NEW."id", NEW."name_en", NEW."name_fi", NEW."name_sv", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."position", NEW."season_id", NEW."topics_en", NEW."topics_fi", NEW."topics_sv"); RETURN NULL;', hash='ab79f2a6bff320d178551cc10a53274172361bab', operation='UPDATE', pgid='pgtrigger_update_update_a4e8f', table='seasons_theme', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='theme',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "seasons_themeevent" ("id", "name_en", "name_fi", "name_sv", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "season_id", "topics_en", "topics_fi", "topics_sv") VALUES (OLD."id", OLD."name_en", OLD."name_fi", OLD."name_sv", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."position", OLD."season_id", OLD."topics_en", OLD."topics_fi", OLD."topics_sv"); RETURN NULL;', hash='577ad79816b2bf6b56ae5e9d78e0274e598d3f21', operation='DELETE', pgid='pgtrigger_delete_delete_91c1f', table='seasons_theme', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='themeevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='63611e47d21155d6636ce61e1c19c1ef5e938585', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_83094', table='seasons_themeevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='workshoptheme',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('season', 'position'), name='workshop_theme_position_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='workshoptheme',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "seasons_workshopthemeevent" ("id", "name_en", "name_fi", "name_sv", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "season_id") VALUES (NEW."id", NEW."name_en", NEW."name_fi", NEW."name_sv", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."position", NEW."season_id"); RETURN NULL;', hash='79de58237bcd5aa39b0de2e69a6e74c8829ddef8', operation='INSERT', pgid='pgtrigger_insert_insert_adfa2', table='seasons_workshoptheme', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='workshoptheme',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "seasons_workshopthemeevent" ("id", "name_en", "name_fi", "name_sv", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "season_id") VALUES (NEW."id", NEW."name_en", NEW."name_fi", NEW."name_sv", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."position", NEW."season_id"); RETURN NULL;', hash='aec39718d6aac61295d1a1d3715c869c7d731e0d', operation='UPDATE', pgid='pgtrigger_update_update_a5571', table='seasons_workshoptheme', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='workshoptheme',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "seasons_workshopthemeevent" ("id", "name_en", "name_fi", "name_sv", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "season_id") VALUES (OLD."id", OLD."name_en", OLD."name_fi", OLD."name_sv", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."position", OLD."season_id"); RETURN NULL;', hash='49a02b6ead45bd884ba72370881593fe5f60d3a9', operation='DELETE', pgid='pgtrigger_delete_delete_dec93', table='seasons_workshoptheme', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='workshopthemeevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='22461137e50329dc28a52a66128c61c66cf105ac', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_3355b', table='seasons_workshopthemeevent', when='BEFORE')),
        ),
    ]
