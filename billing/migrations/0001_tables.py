
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
import django.db.models.functions.math
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
            name='VatRateEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('vat_pct', models.DecimalField(decimal_places=2, max_digits=4, verbose_name='VAT, %')),
                ('valid', django.contrib.postgres.fields.ranges.DateRangeField(help_text='From, and up to but not including; by date of supply.', verbose_name='in force')),
                ('source', models.CharField(max_length=200, verbose_name='source')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='BusinessIdConfirmation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('business_id', models.CharField(max_length=9, verbose_name='business id')),
                ('confirmed_at', models.DateTimeField(verbose_name='confirmed')),
                ('confirmed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipalities.municipality')),
            ],
        ),
        migrations.CreateModel(
            name='BuyerDetails',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('einvoice_address', models.CharField(blank=True, max_length=35, verbose_name='e-invoice address')),
                ('operator', models.CharField(blank=True, max_length=35, verbose_name='operator of e-invoices')),
                ('peppol_endpoint', models.CharField(blank=True, max_length=55, verbose_name='Peppol address')),
                ('reference', models.CharField(blank=True, max_length=70, verbose_name="buyer's reference")),
                ('language', models.CharField(choices=[('fi', 'Suomi'), ('sv', 'Svenska'), ('en', 'English')], max_length=2, verbose_name='language of invoices')),
                ('street', models.CharField(blank=True, max_length=80, verbose_name='street address or PO box')),
                ('postal_code', models.CharField(blank=True, max_length=5, verbose_name='postal code')),
                ('post_office', models.CharField(blank=True, max_length=60, verbose_name='post office')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail for invoices')),
                ('confirmed_at', models.DateTimeField(verbose_name='confirmed')),
                ('confirmed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('municipality', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='buyer_details', to='municipalities.municipality')),
            ],
        ),
        migrations.CreateModel(
            name='BuyerDetailsEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('einvoice_address', models.CharField(blank=True, max_length=35, verbose_name='e-invoice address')),
                ('operator', models.CharField(blank=True, max_length=35, verbose_name='operator of e-invoices')),
                ('peppol_endpoint', models.CharField(blank=True, max_length=55, verbose_name='Peppol address')),
                ('reference', models.CharField(blank=True, max_length=70, verbose_name="buyer's reference")),
                ('language', models.CharField(choices=[('fi', 'Suomi'), ('sv', 'Svenska'), ('en', 'English')], max_length=2, verbose_name='language of invoices')),
                ('street', models.CharField(blank=True, max_length=80, verbose_name='street address or PO box')),
                ('postal_code', models.CharField(blank=True, max_length=5, verbose_name='postal code')),
                ('post_office', models.CharField(blank=True, max_length=60, verbose_name='post office')),
                ('confirmed_at', models.DateTimeField(verbose_name='confirmed')),
                ('confirmed_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='municipalities.municipality')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='billing.buyerdetails')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Invoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('fee', 'Annual fee')], default='fee', max_length=8, verbose_name='kind')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('issued', 'Issued'), ('credited', 'Credited')], default='draft', max_length=8, verbose_name='state')),
                ('number', models.PositiveIntegerField(blank=True, help_text='Given when the invoice is issued.', null=True, verbose_name='number')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('supply_on', models.DateField(help_text='The day that decides the rate of VAT.', verbose_name='date of supply')),
                ('language', models.CharField(choices=[('fi', 'Suomi'), ('sv', 'Svenska'), ('en', 'English')], default='fi', max_length=2, verbose_name='language')),
                ('buyer_name', models.CharField(max_length=120, verbose_name='buyer')),
                ('buyer_business_id', models.CharField(blank=True, max_length=9, verbose_name="buyer's business id")),
                ('tier', django.contrib.postgres.fields.ranges.IntegerRangeField(verbose_name='population of the fee tier')),
                ('population', models.PositiveIntegerField(verbose_name='population')),
                ('population_year', models.PositiveSmallIntegerField(verbose_name='year of the population')),
                ('vat_pct', models.DecimalField(decimal_places=2, max_digits=4, verbose_name='VAT, %')),
                ('net_eur', models.DecimalField(decimal_places=2, max_digits=11, verbose_name='net')),
                ('vat_eur', models.DecimalField(decimal_places=2, max_digits=11, verbose_name='VAT')),
                ('gross_eur', models.DecimalField(decimal_places=2, max_digits=11, verbose_name='total')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='made')),
                ('made_by', models.ForeignKey(blank=True, help_text="Empty where an operator's command made it.", null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invoices', to='municipalities.municipality')),
                ('participation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='invoices', to='seasons.participation')),
            ],
        ),
        migrations.CreateModel(
            name='InvoiceEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('fee', 'Annual fee')], default='fee', max_length=8, verbose_name='kind')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('issued', 'Issued'), ('credited', 'Credited')], default='draft', max_length=8, verbose_name='state')),
                ('number', models.PositiveIntegerField(blank=True, help_text='Given when the invoice is issued.', null=True, verbose_name='number')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('supply_on', models.DateField(help_text='The day that decides the rate of VAT.', verbose_name='date of supply')),
                ('language', models.CharField(choices=[('fi', 'Suomi'), ('sv', 'Svenska'), ('en', 'English')], default='fi', max_length=2, verbose_name='language')),
                ('buyer_name', models.CharField(max_length=120, verbose_name='buyer')),
                ('buyer_business_id', models.CharField(blank=True, max_length=9, verbose_name="buyer's business id")),
                ('tier', django.contrib.postgres.fields.ranges.IntegerRangeField(verbose_name='population of the fee tier')),
                ('population', models.PositiveIntegerField(verbose_name='population')),
                ('population_year', models.PositiveSmallIntegerField(verbose_name='year of the population')),
                ('vat_pct', models.DecimalField(decimal_places=2, max_digits=4, verbose_name='VAT, %')),
                ('net_eur', models.DecimalField(decimal_places=2, max_digits=11, verbose_name='net')),
                ('vat_eur', models.DecimalField(decimal_places=2, max_digits=11, verbose_name='VAT')),
                ('gross_eur', models.DecimalField(decimal_places=2, max_digits=11, verbose_name='total')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='made')),
                ('made_by', models.ForeignKey(blank=True, db_constraint=False, help_text="Empty where an operator's command made it.", null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='municipalities.municipality')),
                ('participation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='seasons.participation')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='billing.invoice')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='InvoiceLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=1, verbose_name='position')),
                ('text', models.CharField(max_length=200, verbose_name='what is sold')),
                ('quantity', models.DecimalField(decimal_places=2, default=1, max_digits=9, verbose_name='quantity')),
                ('unit_price_eur', models.DecimalField(decimal_places=2, max_digits=11, verbose_name='price of one, without VAT')),
                ('net_eur', models.DecimalField(decimal_places=2, max_digits=11, verbose_name='net')),
                ('invoice', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='billing.invoice')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invoice_lines', to='municipalities.municipality')),
            ],
        ),
        migrations.CreateModel(
            name='InvoiceLineEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('position', models.PositiveSmallIntegerField(default=1, verbose_name='position')),
                ('text', models.CharField(max_length=200, verbose_name='what is sold')),
                ('quantity', models.DecimalField(decimal_places=2, default=1, max_digits=9, verbose_name='quantity')),
                ('unit_price_eur', models.DecimalField(decimal_places=2, max_digits=11, verbose_name='price of one, without VAT')),
                ('net_eur', models.DecimalField(decimal_places=2, max_digits=11, verbose_name='net')),
                ('invoice', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='billing.invoice')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='municipalities.municipality')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='billing.invoiceline')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='VatRate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('vat_pct', models.DecimalField(decimal_places=2, max_digits=4, verbose_name='VAT, %')),
                ('valid', django.contrib.postgres.fields.ranges.DateRangeField(help_text='From, and up to but not including; by date of supply.', verbose_name='in force')),
                ('source', models.CharField(max_length=200, verbose_name='source')),
            ],
            options={
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('valid', '&&')], name='vat_rates_do_not_overlap', violation_error_message='Another rate of VAT is in force at that time.'), models.CheckConstraint(condition=models.Q(('valid__isempty', False), ('valid__lower_inf', False)), name='vat_rate_starts_somewhere'), models.CheckConstraint(condition=models.Q(('vat_pct__gte', 0), ('vat_pct__lt', 100)), name='vat_rate_is_a_percentage')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='vatrate',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "billing_vatrateevent" ("id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "valid", "vat_pct") VALUES (NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."source", NEW."valid", NEW."vat_pct"); RETURN NULL;', hash='a9bd61f8b2dba42206f6fb07a3a45b2014d315b9', operation='INSERT', pgid='pgtrigger_insert_insert_61546', table='billing_vatrate', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='vatrate',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "billing_vatrateevent" ("id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "valid", "vat_pct") VALUES (NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."source", NEW."valid", NEW."vat_pct"); RETURN NULL;', hash='8835f30c20cc80e73ef7c594ee7edc21d462c796', operation='UPDATE', pgid='pgtrigger_update_update_6dfd9', table='billing_vatrate', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='vatrate',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "billing_vatrateevent" ("id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "valid", "vat_pct") VALUES (OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."source", OLD."valid", OLD."vat_pct"); RETURN NULL;', hash='a4dfb77c2dc81e5971ec2c246b018da2f88fa26b', operation='DELETE', pgid='pgtrigger_delete_delete_64726', table='billing_vatrate', when='AFTER')),
        ),
        migrations.AddField(
            model_name='vatrateevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='billing.vatrate'),
        ),
        migrations.AddConstraint(
            model_name='businessidconfirmation',
            constraint=models.CheckConstraint(condition=models.Q(('business_id__regex', '^[0-9]{7}-[0-9]$')), name='business_id_as_written'),
        ),
        migrations.AddConstraint(
            model_name='buyerdetails',
            constraint=models.CheckConstraint(condition=models.Q(('einvoice_address', ''), ('einvoice_address__regex', '^[A-Z0-9]{6,35}$'), _connector='OR'), name='buyer_einvoice_address_as_written'),
        ),
        migrations.AddConstraint(
            model_name='buyerdetails',
            constraint=models.CheckConstraint(condition=models.Q(('operator', ''), ('operator__regex', '^[A-Z0-9]{6,35}$'), _connector='OR'), name='buyer_operator_as_written'),
        ),
        migrations.AddConstraint(
            model_name='buyerdetails',
            constraint=models.CheckConstraint(condition=models.Q(('peppol_endpoint', ''), ('peppol_endpoint__regex', '^[0-9]{4}:[A-Za-z0-9.\\-]{1,50}$'), _connector='OR'), name='buyer_peppol_endpoint_as_written'),
        ),
        migrations.AddConstraint(
            model_name='buyerdetails',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('post_office', ''), ('postal_code', ''), ('street', '')), models.Q(('postal_code__regex', '^[0-9]{5}$'), models.Q(('post_office', ''), _negated=True), models.Q(('street', ''), _negated=True)), _connector='OR'), name='buyer_postal_address_whole'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='buyerdetails',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "billing_buyerdetailsevent" ("confirmed_at", "confirmed_by_id", "einvoice_address", "id", "language", "municipality_id", "operator", "peppol_endpoint", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post_office", "postal_code", "reference", "street") VALUES (NEW."confirmed_at", NEW."confirmed_by_id", NEW."einvoice_address", NEW."id", NEW."language", NEW."municipality_id", NEW."operator", NEW."peppol_endpoint", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."post_office", NEW."postal_code", NEW."reference", NEW."street"); RETURN NULL;', hash='229c1e3a0cabb488820148458cab29008aeac098', operation='INSERT', pgid='pgtrigger_insert_insert_f816e', table='billing_buyerdetails', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='buyerdetails',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."confirmed_at" IS DISTINCT FROM (NEW."confirmed_at") OR OLD."confirmed_by_id" IS DISTINCT FROM (NEW."confirmed_by_id") OR OLD."einvoice_address" IS DISTINCT FROM (NEW."einvoice_address") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."municipality_id" IS DISTINCT FROM (NEW."municipality_id") OR OLD."operator" IS DISTINCT FROM (NEW."operator") OR OLD."peppol_endpoint" IS DISTINCT FROM (NEW."peppol_endpoint") OR OLD."post_office" IS DISTINCT FROM (NEW."post_office") OR OLD."postal_code" IS DISTINCT FROM (NEW."postal_code") OR OLD."reference" IS DISTINCT FROM (NEW."reference") OR OLD."street" IS DISTINCT FROM (NEW."street"))', func='INSERT INTO "billing_buyerdetailsevent" ("confirmed_at", "confirmed_by_id", "einvoice_address", "id", "language", "municipality_id", "operator", "peppol_endpoint", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post_office", "postal_code", "reference", "street") VALUES (NEW."confirmed_at", NEW."confirmed_by_id", NEW."einvoice_address", NEW."id", NEW."language", NEW."municipality_id", NEW."operator", NEW."peppol_endpoint", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."post_office", NEW."postal_code", NEW."reference", NEW."street"); RETURN NULL;', hash='eacea26aaed024fdd0fa99f4589a0da83fa1a45b', operation='UPDATE', pgid='pgtrigger_update_update_89d05', table='billing_buyerdetails', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='buyerdetails',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "billing_buyerdetailsevent" ("confirmed_at", "confirmed_by_id", "einvoice_address", "id", "language", "municipality_id", "operator", "peppol_endpoint", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post_office", "postal_code", "reference", "street") VALUES (OLD."confirmed_at", OLD."confirmed_by_id", OLD."einvoice_address", OLD."id", OLD."language", OLD."municipality_id", OLD."operator", OLD."peppol_endpoint", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."post_office", OLD."postal_code", OLD."reference", OLD."street"); RETURN NULL;', hash='6c13d45f3d53a662fb591f1245dc0789b2f089d1', operation='DELETE', pgid='pgtrigger_delete_delete_390dc', table='billing_buyerdetails', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='buyerdetailsevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='74a9f8f09e53a0097736f723ab7d675df3ea7d36', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_5d2cc', table='billing_buyerdetailsevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='invoice',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'fee'), models.Q(('state', 'credited'), _negated=True)), fields=('municipality', 'participation', 'year'), name='invoice_fee_once_a_year', violation_error_message="This year's fee is on an invoice already."),
        ),
        migrations.AddConstraint(
            model_name='invoice',
            constraint=models.CheckConstraint(condition=models.Q(('gross_eur', django.db.models.expressions.CombinedExpression(models.F('net_eur'), '+', models.F('vat_eur')))), name='invoice_net_and_vat_make_gross'),
        ),
        migrations.AddConstraint(
            model_name='invoice',
            constraint=models.CheckConstraint(condition=models.Q(('vat_eur', django.db.models.functions.math.Round(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('net_eur'), '*', models.F('vat_pct')), '/', models.Value(100)), precision=2))), name='invoice_vat_by_its_rate'),
        ),
        migrations.AddConstraint(
            model_name='invoice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'fee'), _negated=True), ('net_eur__gte', 0), _connector='OR'), name='invoice_fee_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='invoice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'fee'), _negated=True), ('year', django.db.models.functions.datetime.ExtractYear('supply_on')), _connector='OR'), name='invoice_fee_supplied_in_its_year', violation_error_message="The date of supply lies outside the invoice's year."),
        ),
        migrations.AddConstraint(
            model_name='invoice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('number__isnull', True), ('state', 'draft')), models.Q(models.Q(('state', 'draft'), _negated=True), ('number__isnull', False)), _connector='OR'), name='invoice_numbered_when_issued'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='invoice',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "billing_invoiceevent" ("buyer_business_id", "buyer_name", "gross_eur", "id", "kind", "language", "made_at", "made_by_id", "municipality_id", "net_eur", "number", "participation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "population", "population_year", "state", "supply_on", "tier", "vat_eur", "vat_pct", "year") VALUES (NEW."buyer_business_id", NEW."buyer_name", NEW."gross_eur", NEW."id", NEW."kind", NEW."language", NEW."made_at", NEW."made_by_id", NEW."municipality_id", NEW."net_eur", NEW."number", NEW."participation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."population", NEW."population_year", NEW."state", NEW."supply_on", NEW."tier", NEW."vat_eur", NEW."vat_pct", NEW."year"); RETURN NULL;', hash='9eccc65a27109e730af0f2c76034ca68774d6495', operation='INSERT', pgid='pgtrigger_insert_insert_0c624', table='billing_invoice', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='invoice',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "billing_invoiceevent" ("buyer_business_id", "buyer_name", "gross_eur", "id", "kind", "language", "made_at", "made_by_id", "municipality_id", "net_eur", "number", "participation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "population", "population_year", "state", "supply_on", "tier", "vat_eur", "vat_pct", "year") VALUES (NEW."buyer_business_id", NEW."buyer_name", NEW."gross_eur", NEW."id", NEW."kind", NEW."language", NEW."made_at", NEW."made_by_id", NEW."municipality_id", NEW."net_eur", NEW."number", NEW."participation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."population", NEW."population_year", NEW."state", NEW."supply_on", NEW."tier", NEW."vat_eur", NEW."vat_pct", NEW."year"); RETURN NULL;', hash='565aaadc4ae407b4e530d7298b21711d23a18bee', operation='UPDATE', pgid='pgtrigger_update_update_28c43', table='billing_invoice', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='invoice',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "billing_invoiceevent" ("buyer_business_id", "buyer_name", "gross_eur", "id", "kind", "language", "made_at", "made_by_id", "municipality_id", "net_eur", "number", "participation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "population", "population_year", "state", "supply_on", "tier", "vat_eur", "vat_pct", "year") VALUES (OLD."buyer_business_id", OLD."buyer_name", OLD."gross_eur", OLD."id", OLD."kind", OLD."language", OLD."made_at", OLD."made_by_id", OLD."municipality_id", OLD."net_eur", OLD."number", OLD."participation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."population", OLD."population_year", OLD."state", OLD."supply_on", OLD."tier", OLD."vat_eur", OLD."vat_pct", OLD."year"); RETURN NULL;', hash='fa4f7c4e8f4a293b64812f3cc2567bbec8de009f', operation='DELETE', pgid='pgtrigger_delete_delete_6493d', table='billing_invoice', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='invoiceevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='05b718cad763793ddb677bf941071b79bc8029ff', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d262c', table='billing_invoiceevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='invoiceline',
            constraint=models.UniqueConstraint(fields=('municipality', 'invoice', 'position'), name='invoice_line_position_once'),
        ),
        migrations.AddConstraint(
            model_name='invoiceline',
            constraint=models.CheckConstraint(condition=models.Q(('net_eur', django.db.models.functions.math.Round(django.db.models.expressions.CombinedExpression(models.F('quantity'), '*', models.F('unit_price_eur')), precision=2))), name='invoice_line_quantity_times_price'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='invoiceline',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "billing_invoicelineevent" ("id", "invoice_id", "municipality_id", "net_eur", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "quantity", "text", "unit_price_eur") VALUES (NEW."id", NEW."invoice_id", NEW."municipality_id", NEW."net_eur", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."position", NEW."quantity", NEW."text", NEW."unit_price_eur"); RETURN NULL;', hash='6fe5c0b8fdb7da2fc98f6e1f4b305805b1acb6c5', operation='INSERT', pgid='pgtrigger_insert_insert_8c429', table='billing_invoiceline', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='invoiceline',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "billing_invoicelineevent" ("id", "invoice_id", "municipality_id", "net_eur", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "quantity", "text", "unit_price_eur") VALUES (NEW."id", NEW."invoice_id", NEW."municipality_id", NEW."net_eur", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."position", NEW."quantity", NEW."text", NEW."unit_price_eur"); RETURN NULL;', hash='0c6cafd4c9930ce0fc9fe6c4b63e2810ef09d0d7', operation='UPDATE', pgid='pgtrigger_update_update_c2b22', table='billing_invoiceline', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='invoiceline',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "billing_invoicelineevent" ("id", "invoice_id", "municipality_id", "net_eur", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "quantity", "text", "unit_price_eur") VALUES (OLD."id", OLD."invoice_id", OLD."municipality_id", OLD."net_eur", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."position", OLD."quantity", OLD."text", OLD."unit_price_eur"); RETURN NULL;', hash='4987407d1ae0f6c239bec53d3b59b51785833fb2', operation='DELETE', pgid='pgtrigger_delete_delete_7184d', table='billing_invoiceline', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='invoicelineevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='28a67c0d362936d36df9d28de107fc9b54314738', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b8f95', table='billing_invoicelineevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='vatrateevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d30f7bf4563cca84ea413d757ce3500a7b77eb44', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_8efaa', table='billing_vatrateevent', when='BEFORE')),
        ),
    ]
