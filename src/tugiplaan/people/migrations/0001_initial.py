"""The tables of people."""

import django.db.models.deletion
import tugiplaan.audit.rows
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('providers', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.UUIDField(default=tugiplaan.audit.rows.new_id, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=64, verbose_name='kood')),
                ('identifier_type', models.CharField(blank=True, choices=[('', 'puudub'), ('national', 'isikukood'), ('passport', 'reisidokument'), ('other', 'muu')], default='', max_length=20, verbose_name='tunnuse liik')),
                ('identifier_country', models.CharField(blank=True, default='', max_length=2, verbose_name='tunnuse riik')),
                ('identifier', models.CharField(blank=True, default='', max_length=40, verbose_name='isikukood või muu tunnus')),
                ('first_name', models.CharField(max_length=200, verbose_name='eesnimi')),
                ('last_name', models.CharField(max_length=200, verbose_name='perekonnanimi')),
                ('sort_name', models.BinaryField(verbose_name='järjestusvõti')),
                ('search_name', models.CharField(blank=True, default='', editable=False, max_length=1000, verbose_name='otsingunimi')),
                ('birth_date', models.DateField(verbose_name='sünniaeg')),
                ('first_pnh_start', models.DateField(blank=True, null=True, verbose_name='esimese PNH algus')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='telefon')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-post')),
                ('address', models.CharField(blank=True, max_length=300, verbose_name='aadress')),
                ('language', models.CharField(blank=True, max_length=2, verbose_name='suhtluskeel')),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='people.person')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
            ],
            options={
                'verbose_name': 'isik',
                'verbose_name_plural': 'isikud',
                'indexes': [models.Index(fields=['provider', 'sort_name'], name='people_person_by_name')],
                'constraints': [models.UniqueConstraint(fields=('provider', 'code'), name='people_person_code_once'), models.UniqueConstraint(condition=models.Q(models.Q(('identifier', ''), _negated=True), ('merged_into__isnull', True)), fields=('provider', 'identifier_type', 'identifier_country', 'identifier'), name='people_person_identifier_once'), models.CheckConstraint(condition=models.Q(models.Q(('identifier', ''), ('identifier_type', ''), ('identifier_country', '')), models.Q(models.Q(('identifier', ''), _negated=True), models.Q(('identifier_type', ''), _negated=True), models.Q(('identifier_country', ''), _negated=True)), _connector='OR'), name='people_person_identifier_whole'), models.CheckConstraint(condition=models.Q(('merged_into__isnull', True), models.Q(('merged_into', models.F('id')), _negated=True), _connector='OR'), name='people_person_not_merged_into_itself')],
            },
        ),
        migrations.CreateModel(
            name='NetworkMember',
            fields=[
                ('id', models.UUIDField(default=tugiplaan.audit.rows.new_id, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=200, verbose_name='nimi')),
                ('role', models.CharField(max_length=100, verbose_name='roll')),
                ('organisation', models.CharField(blank=True, max_length=200, verbose_name='asutus')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='telefon')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-post')),
                ('valid_from', models.DateField(verbose_name='alates')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='kuni')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='network', to='people.person')),
            ],
            options={
                'verbose_name': 'võrgustiku liige',
                'verbose_name_plural': 'võrgustik',
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='people_network_dates')],
            },
        ),
        migrations.CreateModel(
            name='Merge',
            fields=[
                ('id', models.UUIDField(default=tugiplaan.audit.rows.new_id, editable=False, primary_key=True, serialize=False)),
                ('event_id', models.UUIDField(editable=False, verbose_name='sündmus')),
                ('is_undone', models.BooleanField(default=False, verbose_name='tagasi võetud')),
                ('why', models.TextField(verbose_name='põhjus')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
                ('kept', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('merged', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'verbose_name': 'kirjete ühendamine',
                'verbose_name_plural': 'kirjete ühendamised',
                'constraints': [models.CheckConstraint(condition=models.Q(('kept', models.F('merged')), _negated=True), name='people_merge_two'), models.CheckConstraint(condition=models.Q(('why', ''), _negated=True), name='people_merge_says_why')],
            },
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.UUIDField(default=tugiplaan.audit.rows.new_id, editable=False, primary_key=True, serialize=False)),
                ('purpose', models.CharField(max_length=100, verbose_name='eesmärk')),
                ('scope', models.TextField(verbose_name='ulatus')),
                ('given_by', models.CharField(max_length=200, verbose_name='andis')),
                ('valid_from', models.DateField(verbose_name='alates')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='kuni')),
                ('withdrawn_on', models.DateField(blank=True, null=True, verbose_name='tagasi võetud')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='people.person')),
            ],
            options={
                'verbose_name': 'nõusolek',
                'verbose_name_plural': 'nõusolekud',
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='people_consent_dates'), models.CheckConstraint(condition=models.Q(('withdrawn_on__isnull', True), ('withdrawn_on__gte', models.F('valid_from')), _connector='OR'), name='people_consent_withdrawal')],
            },
        ),
        migrations.CreateModel(
            name='Representative',
            fields=[
                ('id', models.UUIDField(default=tugiplaan.audit.rows.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('guardian', 'eestkostja'), ('authorised', 'volitatud esindaja'), ('next_of_kin', 'lähedane')], max_length=20, verbose_name='liik')),
                ('name', models.CharField(max_length=200, verbose_name='nimi')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='telefon')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-post')),
                ('basis', models.CharField(blank=True, max_length=300, verbose_name='alus')),
                ('valid_from', models.DateField(verbose_name='alates')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='kuni')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='representatives', to='people.person')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
            ],
            options={
                'verbose_name': 'esindaja',
                'verbose_name_plural': 'esindajad',
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='people_representative_dates')],
            },
        ),
    ]
