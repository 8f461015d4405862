"""The tables of audit."""

import django.db.models.deletion
import tugiplaan.audit.rows
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
    ]

    operations = [
        migrations.CreateModel(
            name='ChainHead',
            fields=[
                ('chain', models.UUIDField(primary_key=True, serialize=False)),
                ('number', models.BigIntegerField(default=0)),
                ('hash', models.CharField(blank=True, default='', max_length=64)),
            ],
            options={
                'verbose_name': 'ahela ots',
                'verbose_name_plural': 'ahelate otsad',
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.UUIDField(default=tugiplaan.audit.rows.new_id, editable=False, primary_key=True, serialize=False)),
                ('chain', models.UUIDField(editable=False, verbose_name='ahel')),
                ('number', models.BigIntegerField(editable=False, verbose_name='järjekorranumber')),
                ('at', models.DateTimeField(editable=False, verbose_name='aeg')),
                ('by_id', models.UUIDField(editable=False, verbose_name='kasutaja')),
                ('name', models.CharField(editable=False, max_length=80, verbose_name='tegevus')),
                ('why', models.TextField(blank=True, editable=False, verbose_name='põhjus')),
                ('details', models.JSONField(default=dict, editable=False, verbose_name='sisu')),
                ('previous', models.CharField(blank=True, editable=False, max_length=64, verbose_name='eelmise räsi')),
                ('hash', models.CharField(editable=False, max_length=64, verbose_name='räsi')),
            ],
            options={
                'verbose_name': 'sündmus',
                'verbose_name_plural': 'sündmused',
                'indexes': [models.Index(fields=['chain', 'at'], name='audit_event_by_time')],
                'constraints': [models.UniqueConstraint(fields=('chain', 'number'), name='audit_event_number_once'), models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='audit_event_number_from_1')],
            },
        ),
        migrations.CreateModel(
            name='EventSubject',
            fields=[
                ('id', models.UUIDField(default=tugiplaan.audit.rows.new_id, editable=False, primary_key=True, serialize=False)),
                ('person_id', models.UUIDField(editable=False, verbose_name='isik')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='subjects', to='audit.event')),
            ],
            options={
                'verbose_name': 'sündmusega seotud isik',
                'verbose_name_plural': 'sündmusega seotud isikud',
                'indexes': [models.Index(fields=['person_id'], name='audit_subject_person')],
                'constraints': [models.UniqueConstraint(fields=('event', 'person_id'), name='audit_subject_once')],
            },
        ),
        migrations.CreateModel(
            name='History',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('session_id', models.UUIDField(editable=False)),
                ('session_date', models.DateTimeField(editable=False)),
                ('change_type', models.CharField(choices=[('I', 'Insert'), ('D', 'Delete'), ('U', 'Update')], editable=False, max_length=1)),
                ('snapshot', models.JSONField(blank=True, editable=False, null=True)),
                ('changes', models.JSONField(blank=True, editable=False, null=True)),
                ('object_id', models.UUIDField(editable=False)),
                ('content_type', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contenttypes.contenttype')),
            ],
            options={
                'verbose_name': 'rea ajalugu',
                'verbose_name_plural': 'ridade ajalugu',
                'get_latest_by': ['session_date', 'id'],
                'abstract': False,
                'indexes': [models.Index(fields=['content_type', 'object_id'], name='audit_history_row'), models.Index(fields=['session_id'], name='audit_history_event')],
            },
        ),
    ]
