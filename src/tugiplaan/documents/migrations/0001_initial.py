"""The tables of documents."""

import django.db.models.deletion
import tugiplaan.audit.rows
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
        ('providers', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.UUIDField(default=tugiplaan.audit.rows.new_id, editable=False, primary_key=True, serialize=False)),
                ('event_id', models.UUIDField(editable=False, verbose_name='sündmus')),
                ('is_cancellation', models.BooleanField(default=False, verbose_name='tühistab')),
                ('why', models.TextField(blank=True, default='', verbose_name='põhjus')),
                ('kind', models.CharField(max_length=40, verbose_name='liik')),
                ('title', models.CharField(max_length=300, verbose_name='pealkiri')),
                ('media_type', models.CharField(max_length=100, verbose_name='vorming')),
                ('size', models.PositiveBigIntegerField(verbose_name='baite')),
                ('digest', models.CharField(max_length=64, verbose_name='räsi')),
                ('path', models.CharField(max_length=300, verbose_name='asukoht')),
                ('dated_on', models.DateField(blank=True, null=True, verbose_name='dokumendi kuupäev')),
                ('retention', models.CharField(choices=[('care', 'hooldusdokument (SHS § 83(3): 10 aastat teenuse lõpust)'), ('accounting', 'raamatupidamine (RPS § 12: 7 aastat)'), ('house', 'asutuse oma')], max_length=12, verbose_name='säilitamine')),
                ('corrects', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='documents.document', verbose_name='parandab kirjet')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
            ],
            options={
                'verbose_name': 'dokument',
                'verbose_name_plural': 'dokumendid',
                'abstract': False,
                'indexes': [models.Index(fields=['provider', 'person', 'kind'], name='documents_document_of')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('corrects__isnull', True), ('is_cancellation', False)), models.Q(('corrects__isnull', False), models.Q(('why', ''), _negated=True), models.Q(('corrects', models.F('id')), _negated=True)), _connector='OR'), name='documents_document_correction_says_why'), models.UniqueConstraint(condition=models.Q(('corrects__isnull', False)), fields=('corrects',), name='documents_document_corrected_once')],
            },
        ),
        migrations.CreateModel(
            name='Template',
            fields=[
                ('id', models.UUIDField(default=tugiplaan.audit.rows.new_id, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=64, verbose_name='kood')),
                ('language', models.CharField(default='et', max_length=2, verbose_name='keel')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versioon')),
                ('media_type', models.CharField(max_length=100, verbose_name='vorming')),
                ('content', models.BinaryField(verbose_name='sisu')),
                ('provider', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
            ],
            options={
                'verbose_name': 'dokumendi mall',
                'verbose_name_plural': 'dokumendimallid',
                'constraints': [models.UniqueConstraint(fields=('provider', 'code', 'language', 'version'), name='documents_template_once'), models.CheckConstraint(condition=models.Q(('version__gte', 1)), name='documents_template_version')],
            },
        ),
        migrations.CreateModel(
            name='Paper',
            fields=[
                ('id', models.UUIDField(default=tugiplaan.audit.rows.new_id, editable=False, primary_key=True, serialize=False)),
                ('event_id', models.UUIDField(editable=False, verbose_name='sündmus')),
                ('kind', models.CharField(max_length=40, verbose_name='liik')),
                ('about', models.UUIDField(verbose_name='mille kohta')),
                ('title', models.CharField(max_length=300, verbose_name='pealkiri')),
                ('language', models.CharField(max_length=2, verbose_name='keel')),
                ('made_on', models.DateField(verbose_name='koostatud')),
                ('to_whom', models.JSONField(default=list, verbose_name='kellele')),
                ('values', models.JSONField(verbose_name='andmed')),
                ('content', models.JSONField(verbose_name='sisu')),
                ('layout', models.CharField(max_length=64, verbose_name='kujundus')),
                ('pdf_digest', models.CharField(max_length=64, verbose_name='PDFi räsi')),
                ('word_digest', models.CharField(max_length=64, verbose_name='DOCXi räsi')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
                ('template', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.template')),
            ],
            options={
                'verbose_name': 'koostatud dokument',
                'verbose_name_plural': 'koostatud dokumendid',
                'indexes': [models.Index(fields=['provider', 'person', 'kind'], name='documents_paper_of')],
                'constraints': [models.CheckConstraint(condition=models.Q(('language__in', ['et', 'en', 'ru'])), name='documents_paper_language')],
            },
        ),
        migrations.CreateModel(
            name='PaperSent',
            fields=[
                ('id', models.UUIDField(default=tugiplaan.audit.rows.new_id, editable=False, primary_key=True, serialize=False)),
                ('event_id', models.UUIDField(editable=False, verbose_name='sündmus')),
                ('is_cancellation', models.BooleanField(default=False, verbose_name='tühistab')),
                ('why', models.TextField(blank=True, default='', verbose_name='põhjus')),
                ('to_whom', models.CharField(choices=[('person', 'inimene'), ('representative', 'esindaja'), ('authority', 'Sotsiaalkindlustusamet'), ('other', 'keegi muu')], max_length=16, verbose_name='kellele')),
                ('way', models.CharField(choices=[('hand', 'üle antud'), ('post', 'postiga'), ('email', 'krüpteeritult e-postiga'), ('system', 'infosüsteemi kaudu')], max_length=8, verbose_name='kuidas')),
                ('receiver', models.CharField(blank=True, max_length=200, verbose_name='saaja')),
                ('sent_on', models.DateField(verbose_name='saadetud')),
                ('corrects', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='documents.papersent', verbose_name='parandab kirjet')),
                ('paper', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sendings', to='documents.paper')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
            ],
            options={
                'verbose_name': 'dokumendi saatmine',
                'verbose_name_plural': 'dokumentide saatmised',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('corrects__isnull', True), ('is_cancellation', False)), models.Q(('corrects__isnull', False), models.Q(('why', ''), _negated=True), models.Q(('corrects', models.F('id')), _negated=True)), _connector='OR'), name='documents_papersent_correction_says_why'), models.UniqueConstraint(condition=models.Q(('corrects__isnull', False)), fields=('corrects',), name='documents_papersent_corrected_once')],
            },
        ),
    ]
