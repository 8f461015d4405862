"""The tables of plans."""

import django.db.models.deletion
import tugiplaan.audit.rows
import tugiplaan.rules.vocabulary
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('people', '0001_initial'),
        ('providers', '0001_initial'),
        ('referrals', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Plan',
            fields=[
                ('id', models.UUIDField(default=tugiplaan.audit.rows.new_id, editable=False, primary_key=True, serialize=False)),
                ('event_id', models.UUIDField(editable=False, verbose_name='sündmus')),
                ('number', models.PositiveSmallIntegerField(verbose_name='versioon')),
                ('made_on', models.DateField(verbose_name='koostatud')),
                ('valid_from', models.DateField(verbose_name='alates')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='kuni')),
                ('ability', models.TextField(blank=True, verbose_name='võimed')),
                ('recovery_stage', models.CharField(blank=True, max_length=100, verbose_name='taastumisaste')),
                ('wishes', models.TextField(blank=True, verbose_name='soovid ja huvid')),
                ('plain', models.TextField(blank=True, verbose_name='lihtsas keeles')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
                ('referral', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='referrals.referral')),
            ],
            options={
                'verbose_name': 'tegevusplaan',
                'verbose_name_plural': 'tegevusplaanid',
                'indexes': [models.Index(fields=['provider', 'person'], name='plans_plan_of_person')],
                'constraints': [models.UniqueConstraint(fields=('referral', 'number'), name='plans_plan_version_once'), models.UniqueConstraint(condition=models.Q(('referral__isnull', True)), fields=('person', 'number'), name='plans_plan_without_referral_version_once'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='plans_plan_dates'), models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='plans_plan_number')],
            },
        ),
        migrations.CreateModel(
            name='Goal',
            fields=[
                ('id', models.UUIDField(default=tugiplaan.audit.rows.new_id, editable=False, primary_key=True, serialize=False)),
                ('event_id', models.UUIDField(editable=False, verbose_name='sündmus')),
                ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                ('domain', models.PositiveSmallIntegerField(verbose_name='eluvaldkond')),
                ('text', models.TextField(verbose_name='eesmärk')),
                ('plain', models.TextField(blank=True, verbose_name='lihtsas keeles')),
                ('origin', models.CharField(blank=True, max_length=40, verbose_name='lähtub')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='tähtaeg')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='goals', to='plans.plan')),
            ],
            options={
                'verbose_name': 'eesmärk',
                'verbose_name_plural': 'eesmärgid',
                'constraints': [models.UniqueConstraint(fields=('plan', 'number'), name='plans_goal_number_once'), models.CheckConstraint(condition=models.Q(('domain__gte', 1), ('domain__lte', 7)), name='plans_goal_domain'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='plans_goal_text')],
            },
        ),
        migrations.CreateModel(
            name='PackageLine',
            fields=[
                ('id', models.UUIDField(default=tugiplaan.audit.rows.new_id, editable=False, primary_key=True, serialize=False)),
                ('event_id', models.UUIDField(editable=False, verbose_name='sündmus')),
                ('funder', models.CharField(max_length=64, verbose_name='rahastaja registrikood')),
                ('component', models.CharField(max_length=64, verbose_name='komponent')),
                ('mode', models.CharField(choices=[(tugiplaan.rules.vocabulary.Mode['INDIVIDUAL'], tugiplaan.rules.vocabulary.Mode['INDIVIDUAL']), (tugiplaan.rules.vocabulary.Mode['GROUP'], tugiplaan.rules.vocabulary.Mode['GROUP'])], max_length=12, verbose_name='viis')),
                ('audience', models.CharField(choices=[(tugiplaan.rules.vocabulary.Audience['PERSON'], tugiplaan.rules.vocabulary.Audience['PERSON']), (tugiplaan.rules.vocabulary.Audience['FAMILY'], tugiplaan.rules.vocabulary.Audience['FAMILY']), (tugiplaan.rules.vocabulary.Audience['EMPLOYER'], tugiplaan.rules.vocabulary.Audience['EMPLOYER']), (tugiplaan.rules.vocabulary.Audience['COWORKERS'], tugiplaan.rules.vocabulary.Audience['COWORKERS']), (tugiplaan.rules.vocabulary.Audience['PROVIDER'], tugiplaan.rules.vocabulary.Audience['PROVIDER'])], max_length=12, verbose_name='kellele')),
                ('planned_minutes', models.PositiveIntegerField(verbose_name='minuteid kuus')),
                ('valid_from', models.DateField(verbose_name='alates')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='kuni')),
                ('goal', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.goal')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='package', to='plans.plan')),
            ],
            options={
                'verbose_name': 'paketi rida',
                'verbose_name_plural': 'paketi read',
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='plans_package_dates'), models.CheckConstraint(condition=models.Q(('planned_minutes__gte', 1)), name='plans_package_minutes'), models.UniqueConstraint(fields=('plan', 'funder', 'component', 'mode', 'audience', 'valid_from'), name='plans_package_line_once')],
            },
        ),
        migrations.CreateModel(
            name='PlanAnswer',
            fields=[
                ('id', models.UUIDField(default=tugiplaan.audit.rows.new_id, editable=False, primary_key=True, serialize=False)),
                ('event_id', models.UUIDField(editable=False, verbose_name='sündmus')),
                ('party', models.CharField(choices=[('person', 'inimene'), ('representative', 'esindaja'), ('network', 'võrgustik'), ('provider', 'teenuseosutaja')], max_length=40, verbose_name='kes')),
                ('name', models.CharField(blank=True, max_length=200, verbose_name='nimi')),
                ('is_agreed', models.BooleanField(verbose_name='nõus')),
                ('day', models.DateField(verbose_name='päev')),
                ('why', models.TextField(blank=True, verbose_name='põhjus')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='plans.plan')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
            ],
            options={
                'verbose_name': 'vastus tegevusplaanile',
                'verbose_name_plural': 'vastused tegevusplaanidele',
                'indexes': [models.Index(fields=['plan'], name='plans_answer_of_plan')],
                'constraints': [models.CheckConstraint(condition=models.Q(('is_agreed', True), models.Q(('why', ''), _negated=True), _connector='OR'), name='plans_answer_refusal_has_reason')],
            },
        ),
        migrations.CreateModel(
            name='PlanState',
            fields=[
                ('id', models.UUIDField(default=tugiplaan.audit.rows.new_id, editable=False, primary_key=True, serialize=False)),
                ('event_id', models.UUIDField(editable=False, verbose_name='sündmus')),
                ('state', models.CharField(choices=[('drafted', 'koostatud'), ('agreed', 'kokku lepitud'), ('refused', 'keeldutud'), ('closed', 'lõpetatud')], max_length=12, verbose_name='seis')),
                ('day', models.DateField(verbose_name='päev')),
                ('party', models.CharField(blank=True, max_length=40, verbose_name='kes')),
                ('why', models.TextField(blank=True, verbose_name='põhjus')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='states', to='plans.plan')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
            ],
            options={
                'verbose_name': 'tegevusplaani seis',
                'verbose_name_plural': 'tegevusplaanide seisud',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['agreed', 'refused']), _negated=True), models.Q(('party', ''), _negated=True), _connector='OR'), name='plans_state_agreement_has_party')],
            },
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.UUIDField(default=tugiplaan.audit.rows.new_id, editable=False, primary_key=True, serialize=False)),
                ('event_id', models.UUIDField(editable=False, verbose_name='sündmus')),
                ('is_cancellation', models.BooleanField(default=False, verbose_name='tühistab')),
                ('why', models.TextField(blank=True, default='', verbose_name='põhjus')),
                ('kind', models.CharField(choices=[('quarterly', 'kvartali hinnang'), ('yearly', 'aasta kirjalik hinnang')], max_length=12, verbose_name='liik')),
                ('period_from', models.DateField(verbose_name='alates')),
                ('period_to', models.DateField(verbose_name='kuni')),
                ('written_on', models.DateField(verbose_name='kirjutatud')),
                ('outcome', models.CharField(blank=True, choices=[('met', 'täidetud'), ('partly', 'osaliselt täidetud'), ('not_met', 'täitmata')], max_length=12, verbose_name='täitmine')),
                ('text', models.TextField(verbose_name='hinnang')),
                ('corrects', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='plans.review', verbose_name='parandab kirjet')),
                ('goal', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='plans.goal')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='plans.plan')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
            ],
            options={
                'verbose_name': 'plaani hinnang',
                'verbose_name_plural': 'plaanide hinnangud',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('corrects__isnull', True), ('is_cancellation', False)), models.Q(('corrects__isnull', False), models.Q(('why', ''), _negated=True), models.Q(('corrects', models.F('id')), _negated=True)), _connector='OR'), name='plans_review_correction_says_why'), models.UniqueConstraint(condition=models.Q(('corrects__isnull', False)), fields=('corrects',), name='plans_review_corrected_once'), models.CheckConstraint(condition=models.Q(('period_to__gte', models.F('period_from'))), name='plans_review_dates')],
            },
        ),
        migrations.CreateModel(
            name='Summary',
            fields=[
                ('id', models.UUIDField(default=tugiplaan.audit.rows.new_id, editable=False, primary_key=True, serialize=False)),
                ('event_id', models.UUIDField(editable=False, verbose_name='sündmus')),
                ('is_cancellation', models.BooleanField(default=False, verbose_name='tühistab')),
                ('why', models.TextField(blank=True, default='', verbose_name='põhjus')),
                ('written_on', models.DateField(verbose_name='kirjutatud')),
                ('goals', models.JSONField(default=list, verbose_name='eesmärkide täitmine')),
                ('done', models.TextField(blank=True, verbose_name='tehtud tegevused')),
                ('need', models.TextField(blank=True, verbose_name='toetusvajadus lõpus')),
                ('needs', models.JSONField(default=list, verbose_name='toetusvajadus valdkonniti')),
                ('own_view', models.TextField(blank=True, verbose_name='inimese oma arvamus')),
                ('advice', models.CharField(blank=True, choices=[('continue', 'jätkata'), ('change', 'muuta'), ('end', 'lõpetada')], max_length=12, verbose_name='ettepanek')),
                ('recommendation', models.TextField(blank=True, verbose_name='soovitus')),
                ('took_part', models.TextField(blank=True, verbose_name='kes osalesid')),
                ('approved_on', models.DateField(blank=True, null=True, verbose_name='kinnitatud')),
                ('sent_on', models.DateField(blank=True, null=True, verbose_name='saadetud')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='kirjutas')),
                ('approved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('corrects', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='plans.summary', verbose_name='parandab kirjet')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('plan', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='summaries', to='plans.plan')),
                ('referral', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='summaries', to='referrals.referral')),
            ],
            options={
                'verbose_name': 'kokkuvõttev hinnang',
                'verbose_name_plural': 'kokkuvõtvad hinnangud',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('corrects__isnull', True), ('is_cancellation', False)), models.Q(('corrects__isnull', False), models.Q(('why', ''), _negated=True), models.Q(('corrects', models.F('id')), _negated=True)), _connector='OR'), name='plans_summary_correction_says_why'), models.UniqueConstraint(condition=models.Q(('corrects__isnull', False)), fields=('corrects',), name='plans_summary_corrected_once'), models.CheckConstraint(condition=models.Q(models.Q(('approved_by__isnull', True), ('approved_on__isnull', True)), models.Q(('approved_by__isnull', False), ('approved_on__isnull', False)), _connector='OR'), name='plans_summary_approval_whole'), models.CheckConstraint(condition=models.Q(('approved_on__isnull', True), ('approved_on__gte', models.F('written_on')), _connector='OR'), name='plans_summary_approval_after'), models.UniqueConstraint(condition=models.Q(('corrects__isnull', True)), fields=('referral',), name='plans_summary_begins_once'), models.UniqueConstraint(condition=models.Q(('corrects__isnull', True), ('referral__isnull', True)), fields=('plan',), name='plans_summary_of_plan_begins_once'), models.CheckConstraint(condition=models.Q(('referral__isnull', False), ('plan__isnull', False), _connector='OR'), name='plans_summary_of_something')],
            },
        ),
        migrations.CreateModel(
            name='Activity',
            fields=[
                ('id', models.UUIDField(default=tugiplaan.audit.rows.new_id, editable=False, primary_key=True, serialize=False)),
                ('event_id', models.UUIDField(editable=False, verbose_name='sündmus')),
                ('kind', models.CharField(blank=True, max_length=40, verbose_name='tegevuse liik')),
                ('text', models.TextField(verbose_name='tegevus')),
                ('schedule', models.CharField(blank=True, max_length=200, verbose_name='ajakava')),
                ('frequency', models.CharField(blank=True, max_length=100, verbose_name='sagedus')),
                ('planned_minutes', models.PositiveIntegerField(blank=True, null=True, verbose_name='minuteid kuus')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
                ('responsible', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.staff')),
                ('goal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='plans.goal')),
            ],
            options={
                'verbose_name': 'tegevus',
                'verbose_name_plural': 'tegevused',
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='plans_activity_text')],
            },
        ),
    ]
