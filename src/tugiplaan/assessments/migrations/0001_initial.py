"""The tables of assessments."""

import django.db.models.deletion
import tugiplaan.audit.rows
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
            name='InstrumentVersion',
            fields=[
                ('id', models.UUIDField(default=tugiplaan.audit.rows.new_id, editable=False, primary_key=True, serialize=False)),
                ('event_id', models.UUIDField(editable=False, verbose_name='sündmus')),
                ('code', models.CharField(max_length=64, verbose_name='kood')),
                ('version', models.CharField(max_length=40, verbose_name='versioon')),
                ('title', models.CharField(max_length=200, verbose_name='nimetus')),
                ('licence', models.TextField(verbose_name='litsents')),
                ('content', models.JSONField(verbose_name='sisu')),
                ('provider', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
            ],
            options={
                'verbose_name': 'hindamisvahendi versioon',
                'verbose_name_plural': 'hindamisvahendite versioonid',
                'constraints': [models.UniqueConstraint(fields=('provider', 'code', 'version'), name='assessments_instrument_once'), models.UniqueConstraint(condition=models.Q(('provider__isnull', True)), fields=('code', 'version'), name='assessments_built_in_instrument_once'), models.CheckConstraint(condition=models.Q(('licence', ''), _negated=True), name='assessments_instrument_licence')],
            },
        ),
        migrations.CreateModel(
            name='Assessment',
            fields=[
                ('id', models.UUIDField(default=tugiplaan.audit.rows.new_id, editable=False, primary_key=True, serialize=False)),
                ('event_id', models.UUIDField(editable=False, verbose_name='sündmus')),
                ('assessed_on', models.DateField(verbose_name='hindamise päev')),
                ('assessor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
                ('referral', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='referrals.referral')),
                ('instrument', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='assessments.instrumentversion')),
            ],
            options={
                'verbose_name': 'hindamine',
                'verbose_name_plural': 'hindamised',
                'indexes': [models.Index(fields=['provider', 'person'], name='assessments_of_person')],
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.UUIDField(default=tugiplaan.audit.rows.new_id, editable=False, primary_key=True, serialize=False)),
                ('event_id', models.UUIDField(editable=False, verbose_name='sündmus')),
                ('is_cancellation', models.BooleanField(default=False, verbose_name='tühistab')),
                ('why', models.TextField(blank=True, default='', verbose_name='põhjus')),
                ('item', models.CharField(max_length=64, verbose_name='küsimus')),
                ('view', models.CharField(choices=[('specialist', 'spetsialist'), ('person', 'inimene ise'), ('relative', 'lähedane')], max_length=12, verbose_name='kelle vaade')),
                ('value', models.CharField(blank=True, max_length=20, verbose_name='vastus')),
                ('comment', models.TextField(blank=True, verbose_name='selgitus')),
                ('corrects', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='assessments.answer', verbose_name='parandab kirjet')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='assessments.assessment')),
            ],
            options={
                'verbose_name': 'vastus',
                'verbose_name_plural': 'vastused',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('corrects__isnull', True), ('is_cancellation', False)), models.Q(('corrects__isnull', False), models.Q(('why', ''), _negated=True), models.Q(('corrects', models.F('id')), _negated=True)), _connector='OR'), name='assessments_answer_correction_says_why'), models.UniqueConstraint(condition=models.Q(('corrects__isnull', False)), fields=('corrects',), name='assessments_answer_corrected_once'), models.UniqueConstraint(condition=models.Q(('corrects__isnull', True)), fields=('assessment', 'item', 'view'), name='assessments_answer_once'), models.CheckConstraint(condition=models.Q(models.Q(('value', ''), _negated=True), models.Q(('comment', ''), _negated=True), ('is_cancellation', True), _connector='OR'), name='assessments_answer_says_something')],
            },
        ),
        migrations.CreateModel(
            name='AssessmentDraft',
            fields=[
                ('id', models.UUIDField(default=tugiplaan.audit.rows.new_id, editable=False, primary_key=True, serialize=False)),
                ('assessed_on', models.DateField(verbose_name='hindamise päev')),
                ('answers', models.JSONField(blank=True, default=dict, verbose_name='vastused')),
                ('assessment', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='draft', to='assessments.assessment')),
                ('assessor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('instrument', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='assessments.instrumentversion')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
                ('referral', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='referrals.referral')),
            ],
            options={
                'verbose_name': 'pooleli hindamine',
                'verbose_name_plural': 'pooleli hindamised',
                'indexes': [models.Index(fields=['provider', 'person'], name='assessments_drafts_of')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('assessment__isnull', True)), fields=('person', 'instrument'), name='assessments_one_draft_under_way')],
            },
        ),
    ]
