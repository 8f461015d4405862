"""The tables of providers."""

import django.core.validators
import django.db.models.deletion
import tugiplaan.audit.rows
import tugiplaan.rules.vocabulary
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Provider',
            fields=[
                ('id', models.UUIDField(default=tugiplaan.audit.rows.new_id, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(blank=True, max_length=200, verbose_name='nimi')),
                ('registry_code', models.CharField(blank=True, max_length=20, verbose_name='registrikood')),
                ('vat_number', models.CharField(blank=True, max_length=20, verbose_name='KMKR number')),
                ('iban', models.CharField(blank=True, max_length=40, verbose_name='IBAN')),
                ('address', models.CharField(blank=True, max_length=300, verbose_name='aadress')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-post')),
            ],
            options={
                'verbose_name': 'teenuseosutaja',
                'verbose_name_plural': 'teenuseosutajad',
                'constraints': [models.UniqueConstraint(condition=models.Q(('registry_code', ''), _negated=True), fields=('registry_code',), name='providers_provider_registry_code_once')],
            },
        ),
        migrations.CreateModel(
            name='Building',
            fields=[
                ('id', models.UUIDField(default=tugiplaan.audit.rows.new_id, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=200, verbose_name='kood')),
                ('address', models.CharField(blank=True, max_length=300, verbose_name='aadress')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
            ],
            options={
                'verbose_name': 'hoone',
                'verbose_name_plural': 'hooned',
                'constraints': [models.UniqueConstraint(fields=('provider', 'code'), name='providers_building_code_once')],
            },
        ),
        migrations.CreateModel(
            name='MonthBook',
            fields=[
                ('id', models.UUIDField(default=tugiplaan.audit.rows.new_id, editable=False, primary_key=True, serialize=False)),
                ('period', models.PositiveIntegerField(verbose_name='kuu')),
                ('state', models.CharField(choices=[('open', 'avatud'), ('closed', 'suletud'), ('issued', 'arveldatud')], default='open', max_length=10, verbose_name='seis')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
            ],
            options={
                'verbose_name': 'kuu raamat',
                'verbose_name_plural': 'kuude raamatud',
                'constraints': [models.UniqueConstraint(fields=('provider', 'period'), name='providers_book_once'), models.CheckConstraint(condition=models.Q(('state__in', ['open', 'closed', 'issued'])), name='providers_book_state')],
            },
        ),
        migrations.CreateModel(
            name='Place',
            fields=[
                ('id', models.UUIDField(default=tugiplaan.audit.rows.new_id, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=64, verbose_name='kood')),
                ('name', models.CharField(max_length=200, verbose_name='nimi')),
                ('address', models.CharField(blank=True, max_length=300, verbose_name='aadress')),
                ('county', models.CharField(blank=True, max_length=40, verbose_name='maakond')),
                ('building', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='places', to='providers.building')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
            ],
            options={
                'verbose_name': 'teenuskoht',
                'verbose_name_plural': 'teenuskohad',
                'constraints': [models.UniqueConstraint(fields=('provider', 'code'), name='providers_place_code_once')],
            },
        ),
        migrations.CreateModel(
            name='MonthState',
            fields=[
                ('id', models.UUIDField(default=tugiplaan.audit.rows.new_id, editable=False, primary_key=True, serialize=False)),
                ('event_id', models.UUIDField(editable=False, verbose_name='sündmus')),
                ('state', models.CharField(choices=[('open', 'avatud'), ('closed', 'suletud'), ('issued', 'arveldatud')], max_length=10, verbose_name='seis')),
                ('why', models.TextField(blank=True, verbose_name='põhjus')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='aeg')),
                ('book', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='states', to='providers.monthbook')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
            ],
            options={
                'verbose_name': 'kuu seis',
                'verbose_name_plural': 'kuude seisud',
            },
        ),
        migrations.CreateModel(
            name='Licence',
            fields=[
                ('id', models.UUIDField(default=tugiplaan.audit.rows.new_id, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=64, verbose_name='number')),
                ('service', models.CharField(choices=[(tugiplaan.rules.vocabulary.Service['IET'], tugiplaan.rules.vocabulary.Service['IET']), (tugiplaan.rules.vocabulary.Service['TTT'], tugiplaan.rules.vocabulary.Service['TTT']), (tugiplaan.rules.vocabulary.Service['TE'], tugiplaan.rules.vocabulary.Service['TE']), (tugiplaan.rules.vocabulary.Service['KE'], tugiplaan.rules.vocabulary.Service['KE']), (tugiplaan.rules.vocabulary.Service['PNH'], tugiplaan.rules.vocabulary.Service['PNH']), (tugiplaan.rules.vocabulary.Service['OEH'], tugiplaan.rules.vocabulary.Service['OEH'])], max_length=8, verbose_name='teenus')),
                ('valid_from', models.DateField(verbose_name='alates')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='kuni')),
                ('max_persons', models.PositiveIntegerField(verbose_name='kohti')),
                ('target_groups', models.CharField(blank=True, max_length=80, verbose_name='sihtrühmad')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='licences', to='providers.place')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
            ],
            options={
                'verbose_name': 'tegevusluba',
                'verbose_name_plural': 'tegevusload',
                'constraints': [models.UniqueConstraint(fields=('provider', 'code'), name='providers_licence_code_once'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='providers_licence_dates'), models.CheckConstraint(condition=models.Q(('service__in', ['IET', 'TTT', 'TE', 'KE', 'PNH', 'OEH'])), name='providers_licence_service')],
            },
        ),
        migrations.CreateModel(
            name='ComponentContract',
            fields=[
                ('id', models.UUIDField(default=tugiplaan.audit.rows.new_id, editable=False, primary_key=True, serialize=False)),
                ('funder', models.CharField(max_length=64, verbose_name='rahastaja registrikood')),
                ('valid_from', models.DateField(verbose_name='alates')),
                ('minutes_per_hour', models.PositiveSmallIntegerField(default=60, validators=[django.core.validators.MinValueValidator(1)], verbose_name='minuteid tunnis')),
                ('increment_minutes', models.PositiveSmallIntegerField(default=15, validators=[django.core.validators.MinValueValidator(1)], verbose_name='arvestusühik minutites')),
                ('increment_rounding', models.CharField(choices=[(tugiplaan.rules.vocabulary.IncrementRounding['NEAREST'], tugiplaan.rules.vocabulary.IncrementRounding['NEAREST']), (tugiplaan.rules.vocabulary.IncrementRounding['UP'], tugiplaan.rules.vocabulary.IncrementRounding['UP']), (tugiplaan.rules.vocabulary.IncrementRounding['DOWN'], tugiplaan.rules.vocabulary.IncrementRounding['DOWN'])], default='nearest', max_length=10, verbose_name='ümardamine')),
                ('group_price', models.CharField(choices=[(tugiplaan.rules.vocabulary.GroupPrice['PER_PARTICIPANT'], tugiplaan.rules.vocabulary.GroupPrice['PER_PARTICIPANT']), (tugiplaan.rules.vocabulary.GroupPrice['SPLIT'], tugiplaan.rules.vocabulary.GroupPrice['SPLIT']), (tugiplaan.rules.vocabulary.GroupPrice['ONCE'], tugiplaan.rules.vocabulary.GroupPrice['ONCE'])], default='per_participant', max_length=20, verbose_name='rühma hind')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
            ],
            options={
                'verbose_name': 'komponenditeenuste leping',
                'verbose_name_plural': 'komponenditeenuste lepingud',
                'constraints': [models.UniqueConstraint(fields=('provider', 'funder', 'valid_from'), name='providers_component_contract_once'), models.CheckConstraint(condition=models.Q(('increment_minutes__gte', 1), ('minutes_per_hour__gte', 1)), name='providers_component_contract_minutes'), models.CheckConstraint(condition=models.Q(('increment_rounding__in', ['nearest', 'up', 'down'])), name='providers_component_contract_rounding'), models.CheckConstraint(condition=models.Q(('group_price__in', ['per_participant', 'split', 'once'])), name='providers_component_contract_group')],
            },
        ),
        migrations.CreateModel(
            name='BillingTerms',
            fields=[
                ('id', models.UUIDField(default=tugiplaan.audit.rows.new_id, editable=False, primary_key=True, serialize=False)),
                ('funder', models.CharField(max_length=64, verbose_name='rahastaja registrikood')),
                ('funder_name', models.CharField(max_length=200, verbose_name='rahastaja nimi')),
                ('valid_from', models.DateField(verbose_name='alates')),
                ('payment_days', models.PositiveSmallIntegerField(verbose_name='maksetähtaeg päevades')),
                ('buyer_reference', models.CharField(blank=True, max_length=100, verbose_name='ostja viide')),
                ('reference_number', models.CharField(blank=True, max_length=20, verbose_name='viitenumber')),
                ('contract_number', models.CharField(blank=True, max_length=100, verbose_name='lepingu number')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
            ],
            options={
                'verbose_name': 'arvelduse tingimused',
                'verbose_name_plural': 'arvelduse tingimused',
                'constraints': [models.UniqueConstraint(fields=('provider', 'funder', 'valid_from'), name='providers_billing_terms_once')],
            },
        ),
        migrations.CreateModel(
            name='SizePeriod',
            fields=[
                ('id', models.UUIDField(default=tugiplaan.audit.rows.new_id, editable=False, primary_key=True, serialize=False)),
                ('first_day', models.DateField(verbose_name='alates')),
                ('last_day', models.DateField(blank=True, null=True, verbose_name='kuni')),
                ('size_class', models.CharField(choices=[(tugiplaan.rules.vocabulary.SizeClass['GT12'], tugiplaan.rules.vocabulary.SizeClass['GT12']), (tugiplaan.rules.vocabulary.SizeClass['LE12'], tugiplaan.rules.vocabulary.SizeClass['LE12']), (tugiplaan.rules.vocabulary.SizeClass['G10'], tugiplaan.rules.vocabulary.SizeClass['G10']), (tugiplaan.rules.vocabulary.SizeClass['G6'], tugiplaan.rules.vocabulary.SizeClass['G6'])], max_length=10, verbose_name='suurusklass')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='size_periods', to='providers.place')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
            ],
            options={
                'verbose_name': 'suurusklassi aeg',
                'verbose_name_plural': 'suurusklassi ajad',
                'constraints': [models.UniqueConstraint(fields=('place', 'first_day'), name='providers_size_period_once'), models.CheckConstraint(condition=models.Q(('last_day__isnull', True), ('last_day__gte', models.F('first_day')), _connector='OR'), name='providers_size_period_dates'), models.CheckConstraint(condition=models.Q(('size_class__in', ['GT12', 'LE12', 'G10', 'G6'])), name='providers_size_period_class')],
            },
        ),
        migrations.CreateModel(
            name='Staff',
            fields=[
                ('id', models.UUIDField(default=tugiplaan.audit.rows.new_id, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=64, verbose_name='kood')),
                ('name', models.CharField(blank=True, max_length=200, verbose_name='nimi')),
                ('occupation', models.CharField(blank=True, max_length=100, verbose_name='amet')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='tööl alates')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='tööl kuni')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'töötaja',
                'verbose_name_plural': 'töötajad',
                'constraints': [models.UniqueConstraint(fields=('provider', 'code'), name='providers_staff_code_once'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), ('valid_from__isnull', True), _connector='OR'), name='providers_staff_dates')],
            },
        ),
        migrations.CreateModel(
            name='Qualification',
            fields=[
                ('id', models.UUIDField(default=tugiplaan.audit.rows.new_id, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=200, verbose_name='nimetus')),
                ('valid_from', models.DateField(verbose_name='alates')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='kuni')),
                ('document', models.CharField(blank=True, max_length=200, verbose_name='dokument')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
                ('staff', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='qualifications', to='providers.staff')),
            ],
            options={
                'verbose_name': 'kvalifikatsioon',
                'verbose_name_plural': 'kvalifikatsioonid',
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='providers_qualification')],
            },
        ),
        migrations.CreateModel(
            name='Position',
            fields=[
                ('id', models.UUIDField(default=tugiplaan.audit.rows.new_id, editable=False, primary_key=True, serialize=False)),
                ('service', models.CharField(choices=[(tugiplaan.rules.vocabulary.Service['IET'], tugiplaan.rules.vocabulary.Service['IET']), (tugiplaan.rules.vocabulary.Service['TTT'], tugiplaan.rules.vocabulary.Service['TTT']), (tugiplaan.rules.vocabulary.Service['TE'], tugiplaan.rules.vocabulary.Service['TE']), (tugiplaan.rules.vocabulary.Service['KE'], tugiplaan.rules.vocabulary.Service['KE']), (tugiplaan.rules.vocabulary.Service['PNH'], tugiplaan.rules.vocabulary.Service['PNH']), (tugiplaan.rules.vocabulary.Service['OEH'], tugiplaan.rules.vocabulary.Service['OEH'])], max_length=8, verbose_name='teenus')),
                ('full_time_share', models.DecimalField(decimal_places=3, max_digits=4, verbose_name='koormus')),
                ('valid_from', models.DateField(verbose_name='alates')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='kuni')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.place')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
                ('staff', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='positions', to='providers.staff')),
            ],
            options={
                'verbose_name': 'ametikoht',
                'verbose_name_plural': 'ametikohad',
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='providers_position_dates'), models.CheckConstraint(condition=models.Q(('full_time_share__gt', 0)), name='providers_position_share')],
            },
        ),
        migrations.CreateModel(
            name='Course',
            fields=[
                ('id', models.UUIDField(default=tugiplaan.audit.rows.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('full_260', 'tegevusjuhendaja koolitus 260 h'), ('basic_40', 'algkoolitus 40 h'), ('rest_220', 'ülejäänud koolitus 220 h'), ('work_40', 'töötamise toetamise koolitus 40 h'), ('need_40', 'suure abivajaduse koolitus 40 h'), ('court_60', 'kohtumäärusega teenuse koolitus 60 h'), ('rights', 'QualityRightsi e-koolitus'), ('other', 'muu koolitus')], max_length=20, verbose_name='liik')),
                ('title', models.CharField(blank=True, max_length=200, verbose_name='nimetus')),
                ('hours', models.PositiveSmallIntegerField(verbose_name='tunde')),
                ('started_on', models.DateField(verbose_name='algus')),
                ('completed_on', models.DateField(blank=True, null=True, verbose_name='lõpetatud')),
                ('certificate', models.CharField(blank=True, max_length=100, verbose_name='tunnistus')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
                ('staff', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='courses', to='providers.staff')),
            ],
            options={
                'verbose_name': 'koolitus',
                'verbose_name_plural': 'koolitused',
                'constraints': [models.CheckConstraint(condition=models.Q(('completed_on__isnull', True), ('completed_on__gte', models.F('started_on')), _connector='OR'), name='providers_course_dates')],
            },
        ),
        migrations.CreateModel(
            name='StateContract',
            fields=[
                ('id', models.UUIDField(default=tugiplaan.audit.rows.new_id, editable=False, primary_key=True, serialize=False)),
                ('valid_from', models.DateField(verbose_name='alates')),
                ('history_from', models.DateField(blank=True, null=True, verbose_name='andmed on täielikud alates')),
                ('part_month_denominator', models.CharField(choices=[(tugiplaan.rules.vocabulary.PartMonthDenominator['CALENDAR_DAYS'], tugiplaan.rules.vocabulary.PartMonthDenominator['CALENDAR_DAYS']), (tugiplaan.rules.vocabulary.PartMonthDenominator['THIRTY'], tugiplaan.rules.vocabulary.PartMonthDenominator['THIRTY'])], default='calendar_days', max_length=20, verbose_name='osalise kuu nimetaja')),
                ('absence_year', models.CharField(choices=[(tugiplaan.rules.vocabulary.AbsenceYear['ROLLING'], tugiplaan.rules.vocabulary.AbsenceYear['ROLLING']), (tugiplaan.rules.vocabulary.AbsenceYear['CALENDAR'], tugiplaan.rules.vocabulary.AbsenceYear['CALENDAR'])], default='rolling_12_months', max_length=20, verbose_name='eemaloleku aasta')),
                ('absence_year_limit_days', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='eemaloleku päevi aastas')),
                ('hospital_year_limit_days', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='haiglapäevi aastas')),
                ('te_minimum', models.CharField(choices=[(tugiplaan.rules.vocabulary.TeMinimum['MONTH_TOTAL'], tugiplaan.rules.vocabulary.TeMinimum['MONTH_TOTAL']), (tugiplaan.rules.vocabulary.TeMinimum['WEEK_BY_WEEK'], tugiplaan.rules.vocabulary.TeMinimum['WEEK_BY_WEEK'])], default='month_total', max_length=20, verbose_name='toetatud elamise miinimum')),
                ('pays_unused_pnh_days', models.BooleanField(default=True, verbose_name='kasutamata PNH päevad tasutakse')),
                ('pays_unused_int_days', models.BooleanField(default=True, verbose_name='kasutamata INT päevad tasutakse')),
                ('pays_empty_court_places', models.BooleanField(default=False, verbose_name='tühjad KM kohad tasutakse')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
            ],
            options={
                'verbose_name': 'haldusleping SKA-ga',
                'verbose_name_plural': 'halduslepingud SKA-ga',
                'constraints': [models.UniqueConstraint(fields=('provider', 'valid_from'), name='providers_state_contract_once'), models.CheckConstraint(condition=models.Q(('part_month_denominator__in', ['calendar_days', 'thirty'])), name='providers_state_contract_denominator'), models.CheckConstraint(condition=models.Q(('absence_year__in', ['rolling_12_months', 'calendar_year'])), name='providers_state_contract_year'), models.CheckConstraint(condition=models.Q(('te_minimum__in', ['month_total', 'week_by_week'])), name='providers_state_contract_te_minimum')],
            },
        ),
        migrations.CreateModel(
            name='Supervision',
            fields=[
                ('id', models.UUIDField(default=tugiplaan.audit.rows.new_id, editable=False, primary_key=True, serialize=False)),
                ('valid_from', models.DateField(verbose_name='alates')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='kuni')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
                ('staff', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='supervisions', to='providers.staff')),
                ('supervisor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.staff')),
            ],
            options={
                'verbose_name': 'juhendamine',
                'verbose_name_plural': 'juhendamised',
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='providers_supervision_dates'), models.CheckConstraint(condition=models.Q(('staff', models.F('supervisor')), _negated=True), name='providers_supervision_of_another')],
            },
        ),
    ]
