"""The tables of pricelists."""

import django.db.models.deletion
import tugiplaan.audit.rows
import tugiplaan.rules.vocabulary
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('providers', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ComponentPrice',
            fields=[
                ('id', models.UUIDField(default=tugiplaan.audit.rows.new_id, editable=False, primary_key=True, serialize=False)),
                ('funder', models.CharField(max_length=64, verbose_name='rahastaja registrikood')),
                ('component', models.CharField(max_length=64, verbose_name='komponent')),
                ('mode', models.CharField(choices=[(tugiplaan.rules.vocabulary.Mode['INDIVIDUAL'], tugiplaan.rules.vocabulary.Mode['INDIVIDUAL']), (tugiplaan.rules.vocabulary.Mode['GROUP'], tugiplaan.rules.vocabulary.Mode['GROUP'])], max_length=12, verbose_name='viis')),
                ('audience', models.CharField(choices=[(tugiplaan.rules.vocabulary.Audience['PERSON'], tugiplaan.rules.vocabulary.Audience['PERSON']), (tugiplaan.rules.vocabulary.Audience['FAMILY'], tugiplaan.rules.vocabulary.Audience['FAMILY']), (tugiplaan.rules.vocabulary.Audience['EMPLOYER'], tugiplaan.rules.vocabulary.Audience['EMPLOYER']), (tugiplaan.rules.vocabulary.Audience['COWORKERS'], tugiplaan.rules.vocabulary.Audience['COWORKERS']), (tugiplaan.rules.vocabulary.Audience['PROVIDER'], tugiplaan.rules.vocabulary.Audience['PROVIDER'])], max_length=12, verbose_name='kellele')),
                ('valid_from', models.DateField(verbose_name='alates')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='kuni')),
                ('version', models.CharField(blank=True, max_length=200, verbose_name='versioon')),
                ('tier', models.CharField(choices=[(tugiplaan.rules.vocabulary.Tier['BASE'], tugiplaan.rules.vocabulary.Tier['BASE']), (tugiplaan.rules.vocabulary.Tier['ADDITIONAL'], tugiplaan.rules.vocabulary.Tier['ADDITIONAL'])], max_length=12, verbose_name='aste')),
                ('name', models.CharField(max_length=300, verbose_name='nimetus')),
                ('price', models.DecimalField(decimal_places=6, max_digits=15, verbose_name='tunnihind')),
                ('ceiling', models.DecimalField(blank=True, decimal_places=6, max_digits=15, null=True, verbose_name='piirmäär')),
                ('ceiling_period', models.CharField(blank=True, choices=[(tugiplaan.rules.vocabulary.CeilingPeriod['CALENDAR_YEAR'], tugiplaan.rules.vocabulary.CeilingPeriod['CALENDAR_YEAR']), (tugiplaan.rules.vocabulary.CeilingPeriod['MONTH'], tugiplaan.rules.vocabulary.CeilingPeriod['MONTH'])], max_length=16, verbose_name='piirmäära aeg')),
                ('source', models.TextField(blank=True, verbose_name='allikas')),
                ('is_confirmed', models.BooleanField(default=False, verbose_name='kinnitatud')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
            ],
            options={
                'verbose_name': 'komponendi hind',
                'verbose_name_plural': 'komponentide hinnad',
                'constraints': [models.UniqueConstraint(fields=('provider', 'funder', 'component', 'mode', 'audience', 'valid_from'), name='pricelists_component_price_once'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='pricelists_component_price_dates'), models.CheckConstraint(condition=models.Q(('price__gte', 0)), name='pricelists_component_price_amount'), models.CheckConstraint(condition=models.Q(models.Q(('ceiling__isnull', True), ('ceiling_period', '')), models.Q(('ceiling__isnull', False), models.Q(('ceiling_period', ''), _negated=True)), _connector='OR'), name='pricelists_component_price_ceiling_whole'), models.CheckConstraint(condition=models.Q(('mode__in', ['individual', 'group']), ('tier__in', ['base', 'additional'])), name='pricelists_component_price_codes')],
            },
        ),
        migrations.CreateModel(
            name='OwnPrice',
            fields=[
                ('id', models.UUIDField(default=tugiplaan.audit.rows.new_id, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=20, verbose_name='määra kood')),
                ('amount', models.DecimalField(decimal_places=6, max_digits=15, verbose_name='hind')),
                ('valid_from', models.DateField(verbose_name='alates')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='kuni')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
            ],
            options={
                'verbose_name': 'oma hind',
                'verbose_name_plural': 'oma hinnad',
                'constraints': [models.UniqueConstraint(fields=('provider', 'code', 'valid_from'), name='pricelists_own_price_once'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='pricelists_own_price_dates'), models.CheckConstraint(condition=models.Q(('amount__gte', 0)), name='pricelists_own_price_amount')],
            },
        ),
        migrations.CreateModel(
            name='Rate',
            fields=[
                ('id', models.UUIDField(default=tugiplaan.audit.rows.new_id, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=20, verbose_name='määra kood')),
                ('valid_from', models.DateField(verbose_name='alates')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='kuni')),
                ('known_from', models.DateField(blank=True, null=True, verbose_name='teada alates')),
                ('unit', models.CharField(max_length=40, verbose_name='ühik')),
                ('amount', models.DecimalField(decimal_places=6, max_digits=15, verbose_name='määr')),
                ('cap', models.TextField(blank=True, verbose_name='piirang')),
                ('source', models.TextField(verbose_name='allikas')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
            ],
            options={
                'verbose_name': 'sisestatud määr',
                'verbose_name_plural': 'sisestatud määrad',
                'constraints': [models.UniqueConstraint(fields=('provider', 'code', 'valid_from'), name='pricelists_rate_once'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='pricelists_rate_dates'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='pricelists_rate_has_source')],
            },
        ),
    ]
