"""The tables of accounts."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('people', '0001_initial'),
        ('providers', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='caseload',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person'),
        ),
        migrations.AddField(
            model_name='caseload',
            name='provider',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider'),
        ),
        migrations.AddField(
            model_name='caseload',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='caseload', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='grant',
            name='person',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person'),
        ),
        migrations.AddField(
            model_name='grant',
            name='place',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.place'),
        ),
        migrations.AddField(
            model_name='grant',
            name='provider',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider'),
        ),
        migrations.AddField(
            model_name='grant',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grants', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='caseload',
            index=models.Index(fields=['user', 'valid_from'], name='accounts_caseload_user'),
        ),
        migrations.AddConstraint(
            model_name='caseload',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='accounts_caseload_dates'),
        ),
        migrations.AddConstraint(
            model_name='caseload',
            constraint=models.CheckConstraint(condition=models.Q(('deputy_for__isnull', True), ('valid_to__isnull', False), _connector='OR'), name='accounts_caseload_deputy_ends'),
        ),
        migrations.AddConstraint(
            model_name='caseload',
            constraint=models.CheckConstraint(condition=models.Q(('deputy_for__isnull', True), models.Q(('deputy_for', models.F('user')), _negated=True), _connector='OR'), name='accounts_caseload_deputy_is_other'),
        ),
        migrations.AddConstraint(
            model_name='grant',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='accounts_grant_dates'),
        ),
        migrations.AddConstraint(
            model_name='grant',
            constraint=models.CheckConstraint(condition=models.Q(('place__isnull', True), ('provider__isnull', False), _connector='OR'), name='accounts_grant_place_of_provider'),
        ),
        migrations.AddConstraint(
            model_name='grant',
            constraint=models.CheckConstraint(condition=models.Q(('provider__isnull', False), models.Q(('reason', ''), _negated=True), _connector='OR'), name='accounts_grant_everywhere_says_why'),
        ),
        migrations.AddConstraint(
            model_name='grant',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('role', 'person'), ('person__isnull', False)), models.Q(models.Q(('role', 'person'), _negated=True), ('person__isnull', True)), _connector='OR'), name='accounts_grant_person'),
        ),
        migrations.AddConstraint(
            model_name='grant',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('role', 'municipality'), models.Q(('funder', ''), _negated=True)), models.Q(models.Q(('role', 'municipality'), _negated=True), ('funder', '')), _connector='OR'), name='accounts_grant_funder'),
        ),
    ]
