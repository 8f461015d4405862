"""The tables of accounts."""

import django.db.models.deletion
import tugiplaan.audit.rows
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Grant',
            fields=[
                ('id', models.UUIDField(default=tugiplaan.audit.rows.new_id, editable=False, primary_key=True, serialize=False)),
                ('role', models.CharField(max_length=40, verbose_name='roll')),
                ('funder', models.CharField(blank=True, max_length=20, verbose_name='rahastaja registrikood')),
                ('valid_from', models.DateField(verbose_name='alates')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='kuni')),
                ('reason', models.TextField(blank=True, verbose_name='põhjus')),
            ],
            options={
                'verbose_name': 'õigus',
                'verbose_name_plural': 'õigused',
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.UUIDField(default=tugiplaan.audit.rows.new_id, editable=False, primary_key=True, serialize=False)),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='e-post')),
                ('name', models.CharField(max_length=200, verbose_name='nimi')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='telefon')),
                ('language', models.CharField(default='et', max_length=2, verbose_name='keel')),
                ('is_active', models.BooleanField(default=True, verbose_name='kasutusel')),
            ],
            options={
                'verbose_name': 'kasutaja',
                'verbose_name_plural': 'kasutajad',
                'constraints': [models.CheckConstraint(condition=models.Q(('language__in', ['et', 'en', 'ru'])), name='accounts_user_language')],
            },
        ),
        migrations.CreateModel(
            name='Caseload',
            fields=[
                ('id', models.UUIDField(default=tugiplaan.audit.rows.new_id, editable=False, primary_key=True, serialize=False)),
                ('valid_from', models.DateField(verbose_name='alates')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='kuni')),
                ('deputy_for', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'töötab inimesega',
                'verbose_name_plural': 'kes kellega töötab',
            },
        ),
    ]
