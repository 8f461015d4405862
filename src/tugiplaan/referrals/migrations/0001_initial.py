"""The tables of referrals."""

import django.db.models.deletion
import tugiplaan.audit.rows
import tugiplaan.rules.vocabulary
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('documents', '0001_initial'),
        ('people', '0001_initial'),
        ('providers', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Referral',
            fields=[
                ('id', models.UUIDField(default=tugiplaan.audit.rows.new_id, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=64, verbose_name='number')),
                ('service', models.CharField(choices=[(tugiplaan.rules.vocabulary.Service['IET'], tugiplaan.rules.vocabulary.Service['IET']), (tugiplaan.rules.vocabulary.Service['TTT'], tugiplaan.rules.vocabulary.Service['TTT']), (tugiplaan.rules.vocabulary.Service['TE'], tugiplaan.rules.vocabulary.Service['TE']), (tugiplaan.rules.vocabulary.Service['KE'], tugiplaan.rules.vocabulary.Service['KE']), (tugiplaan.rules.vocabulary.Service['PNH'], tugiplaan.rules.vocabulary.Service['PNH']), (tugiplaan.rules.vocabulary.Service['OEH'], tugiplaan.rules.vocabulary.Service['OEH'])], max_length=8, verbose_name='teenus')),
                ('variant', models.CharField(blank=True, choices=[(tugiplaan.rules.vocabulary.Variant['PLAIN'], tugiplaan.rules.vocabulary.Variant['PLAIN']), (tugiplaan.rules.vocabulary.Variant['AUT'], tugiplaan.rules.vocabulary.Variant['AUT']), (tugiplaan.rules.vocabulary.Variant['ER'], tugiplaan.rules.vocabulary.Variant['ER']), (tugiplaan.rules.vocabulary.Variant['AA'], tugiplaan.rules.vocabulary.Variant['AA']), (tugiplaan.rules.vocabulary.Variant['KM'], tugiplaan.rules.vocabulary.Variant['KM']), (tugiplaan.rules.vocabulary.Variant['INT'], tugiplaan.rules.vocabulary.Variant['INT']), (tugiplaan.rules.vocabulary.Variant['INTM'], tugiplaan.rules.vocabulary.Variant['INTM'])], default='', max_length=8, verbose_name='eriliik')),
                ('issued_on', models.DateField(verbose_name='otsuse kuupäev')),
                ('valid_from', models.DateField(verbose_name='alates')),
                ('valid_to', models.DateField(verbose_name='kuni')),
                ('planned_volume', models.DecimalField(blank=True, decimal_places=4, max_digits=12, null=True, verbose_name='soovituslik maht')),
                ('volume_unit', models.CharField(blank=True, choices=[(tugiplaan.rules.vocabulary.VolumeUnit['H_MONTH'], tugiplaan.rules.vocabulary.VolumeUnit['H_MONTH']), (tugiplaan.rules.vocabulary.VolumeUnit['H_WEEK'], tugiplaan.rules.vocabulary.VolumeUnit['H_WEEK']), (tugiplaan.rules.vocabulary.VolumeUnit['DAY_MONTH'], tugiplaan.rules.vocabulary.VolumeUnit['DAY_MONTH']), (tugiplaan.rules.vocabulary.VolumeUnit['OOP_MONTH'], tugiplaan.rules.vocabulary.VolumeUnit['OOP_MONTH'])], max_length=12, verbose_name='mahu ühik')),
                ('is_released', models.BooleanField(default=False, verbose_name='vabanenud sundravilt')),
                ('slot', models.CharField(blank=True, max_length=64, verbose_name='uus koht')),
                ('slot_new_from', models.DateField(blank=True, null=True, verbose_name='uus koht alates')),
                ('purpose', models.TextField(blank=True, verbose_name='teenuse eesmärk')),
                ('court_order', models.CharField(blank=True, max_length=200, verbose_name='kohtumäärus')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('place', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.place')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
            ],
            options={
                'verbose_name': 'suunamisotsus',
                'verbose_name_plural': 'suunamisotsused',
                'indexes': [models.Index(fields=['provider', 'person'], name='referrals_referral_person')],
                'constraints': [models.UniqueConstraint(fields=('provider', 'code'), name='referrals_referral_code_once'), models.CheckConstraint(condition=models.Q(('valid_to__gte', models.F('valid_from'))), name='referrals_referral_dates'), models.CheckConstraint(condition=models.Q(('service__in', ['IET', 'TTT', 'TE', 'KE', 'PNH', 'OEH'])), name='referrals_referral_service'), models.CheckConstraint(condition=models.Q(('variant__in', ['', 'AUT', 'ER', 'AA', 'KM', 'INT', 'INTM'])), name='referrals_referral_variant'), models.CheckConstraint(condition=models.Q(('planned_volume__isnull', True), ('planned_volume__gte', 0), _connector='OR'), name='referrals_referral_volume')],
            },
        ),
        migrations.CreateModel(
            name='Move',
            fields=[
                ('id', models.UUIDField(default=tugiplaan.audit.rows.new_id, editable=False, primary_key=True, serialize=False)),
                ('event_id', models.UUIDField(editable=False, verbose_name='sündmus')),
                ('is_cancellation', models.BooleanField(default=False, verbose_name='tühistab')),
                ('why', models.TextField(blank=True, default='', verbose_name='põhjus')),
                ('from_day', models.DateField(verbose_name='alates')),
                ('corrects', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='referrals.move', verbose_name='parandab kirjet')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.place')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
                ('referral', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moves', to='referrals.referral')),
            ],
            options={
                'verbose_name': 'kolimine',
                'verbose_name_plural': 'kolimised',
                'abstract': False,
                'indexes': [models.Index(fields=['provider', 'referral'], name='referrals_move_referral')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('corrects__isnull', True), ('is_cancellation', False)), models.Q(('corrects__isnull', False), models.Q(('why', ''), _negated=True), models.Q(('corrects', models.F('id')), _negated=True)), _connector='OR'), name='referrals_move_correction_says_why'), models.UniqueConstraint(condition=models.Q(('corrects__isnull', False)), fields=('corrects',), name='referrals_move_corrected_once')],
            },
        ),
        migrations.CreateModel(
            name='Confirmation',
            fields=[
                ('id', models.UUIDField(default=tugiplaan.audit.rows.new_id, editable=False, primary_key=True, serialize=False)),
                ('event_id', models.UUIDField(editable=False, verbose_name='sündmus')),
                ('is_cancellation', models.BooleanField(default=False, verbose_name='tühistab')),
                ('why', models.TextField(blank=True, default='', verbose_name='põhjus')),
                ('period', models.PositiveIntegerField(verbose_name='kuu')),
                ('received_on', models.DateField(verbose_name='saadud')),
                ('corrects', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='referrals.confirmation', verbose_name='parandab kirjet')),
                ('document', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.document')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
                ('referral', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='confirmations', to='referrals.referral')),
            ],
            options={
                'verbose_name': 'haigla kinnitus',
                'verbose_name_plural': 'haigla kinnitused',
                'abstract': False,
                'indexes': [models.Index(fields=['provider', 'referral'], name='referrals_confirmation_of')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('corrects__isnull', True), ('is_cancellation', False)), models.Q(('corrects__isnull', False), models.Q(('why', ''), _negated=True), models.Q(('corrects', models.F('id')), _negated=True)), _connector='OR'), name='referrals_confirmation_correction_says_why'), models.UniqueConstraint(condition=models.Q(('corrects__isnull', False)), fields=('corrects',), name='referrals_confirmation_corrected_once'), models.UniqueConstraint(condition=models.Q(('corrects__isnull', True)), fields=('referral', 'period'), name='referrals_confirmation_once')],
            },
        ),
        migrations.CreateModel(
            name='Absence',
            fields=[
                ('id', models.UUIDField(default=tugiplaan.audit.rows.new_id, editable=False, primary_key=True, serialize=False)),
                ('event_id', models.UUIDField(editable=False, verbose_name='sündmus')),
                ('is_cancellation', models.BooleanField(default=False, verbose_name='tühistab')),
                ('why', models.TextField(blank=True, default='', verbose_name='põhjus')),
                ('code', models.CharField(max_length=64, verbose_name='kood')),
                ('first_day', models.DateField(verbose_name='esimene täispäev')),
                ('last_day', models.DateField(verbose_name='viimane täispäev')),
                ('kind', models.CharField(choices=[(tugiplaan.rules.vocabulary.AbsenceKind['ABSENT'], tugiplaan.rules.vocabulary.AbsenceKind['ABSENT']), (tugiplaan.rules.vocabulary.AbsenceKind['HOSPITAL'], tugiplaan.rules.vocabulary.AbsenceKind['HOSPITAL']), (tugiplaan.rules.vocabulary.AbsenceKind['TUBERCULOSIS'], tugiplaan.rules.vocabulary.AbsenceKind['TUBERCULOSIS'])], max_length=16, verbose_name='liik')),
                ('learned_on', models.DateField(blank=True, null=True, verbose_name='teada saadud')),
                ('corrects', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='referrals.absence', verbose_name='parandab kirjet')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
                ('referral', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='absences', to='referrals.referral')),
            ],
            options={
                'verbose_name': 'eemalolek',
                'verbose_name_plural': 'eemalolekud',
                'abstract': False,
                'indexes': [models.Index(fields=['provider', 'referral'], name='referrals_absence_referral')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('corrects__isnull', True), ('is_cancellation', False)), models.Q(('corrects__isnull', False), models.Q(('why', ''), _negated=True), models.Q(('corrects', models.F('id')), _negated=True)), _connector='OR'), name='referrals_absence_correction_says_why'), models.UniqueConstraint(condition=models.Q(('corrects__isnull', False)), fields=('corrects',), name='referrals_absence_corrected_once'), models.CheckConstraint(condition=models.Q(('last_day__gte', models.F('first_day'))), name='referrals_absence_dates'), models.CheckConstraint(condition=models.Q(('kind__in', ['absent', 'hospital', 'tuberculosis'])), name='referrals_absence_kind'), models.UniqueConstraint(condition=models.Q(('corrects__isnull', True)), fields=('provider', 'code'), name='referrals_absence_code_once')],
            },
        ),
        migrations.CreateModel(
            name='StayDay',
            fields=[
                ('id', models.UUIDField(default=tugiplaan.audit.rows.new_id, editable=False, primary_key=True, serialize=False)),
                ('event_id', models.UUIDField(editable=False, verbose_name='sündmus')),
                ('is_cancellation', models.BooleanField(default=False, verbose_name='tühistab')),
                ('why', models.TextField(blank=True, default='', verbose_name='põhjus')),
                ('kind', models.CharField(choices=[('agreed', 'kokkulepitud algus'), ('arrived', 'saabus'), ('ended', 'lõppes')], max_length=10, verbose_name='liik')),
                ('day', models.DateField(verbose_name='päev')),
                ('reason', models.CharField(blank=True, choices=[(tugiplaan.rules.vocabulary.EndReason['TERM'], tugiplaan.rules.vocabulary.EndReason['TERM']), (tugiplaan.rules.vocabulary.EndReason['PERSON_WISH'], tugiplaan.rules.vocabulary.EndReason['PERSON_WISH']), (tugiplaan.rules.vocabulary.EndReason['NON_USE'], tugiplaan.rules.vocabulary.EndReason['NON_USE']), (tugiplaan.rules.vocabulary.EndReason['MOVED'], tugiplaan.rules.vocabulary.EndReason['MOVED']), (tugiplaan.rules.vocabulary.EndReason['DEATH'], tugiplaan.rules.vocabulary.EndReason['DEATH']), (tugiplaan.rules.vocabulary.EndReason['CONTRACT_END'], tugiplaan.rules.vocabulary.EndReason['CONTRACT_END']), (tugiplaan.rules.vocabulary.EndReason['DECISION_ANNULLED'], tugiplaan.rules.vocabulary.EndReason['DECISION_ANNULLED']), (tugiplaan.rules.vocabulary.EndReason['COURT_ENDED'], tugiplaan.rules.vocabulary.EndReason['COURT_ENDED'])], max_length=24, verbose_name='lõpu põhjus')),
                ('learned_on', models.DateField(blank=True, null=True, verbose_name='teada saadud')),
                ('corrects', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='referrals.stayday', verbose_name='parandab kirjet')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
                ('referral', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stay_days', to='referrals.referral')),
            ],
            options={
                'verbose_name': 'teenusel oleku päev',
                'verbose_name_plural': 'teenusel oleku päevad',
                'abstract': False,
                'indexes': [models.Index(fields=['provider', 'referral'], name='referrals_stay_referral')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('corrects__isnull', True), ('is_cancellation', False)), models.Q(('corrects__isnull', False), models.Q(('why', ''), _negated=True), models.Q(('corrects', models.F('id')), _negated=True)), _connector='OR'), name='referrals_stayday_correction_says_why'), models.UniqueConstraint(condition=models.Q(('corrects__isnull', False)), fields=('corrects',), name='referrals_stayday_corrected_once'), models.CheckConstraint(condition=models.Q(('kind', 'ended'), ('reason', ''), _connector='OR'), name='referrals_stay_reason_of_end'), models.CheckConstraint(condition=models.Q(('reason', ''), ('reason__in', ['term', 'person_wish', 'non_use', 'moved', 'death', 'contract_end', 'decision_annulled', 'court_ended']), _connector='OR'), name='referrals_stay_reason'), models.UniqueConstraint(condition=models.Q(('corrects__isnull', True)), fields=('referral', 'kind'), name='referrals_stay_kind_begins_once')],
            },
        ),
        migrations.CreateModel(
            name='Transfer',
            fields=[
                ('id', models.UUIDField(default=tugiplaan.audit.rows.new_id, editable=False, primary_key=True, serialize=False)),
                ('event_id', models.UUIDField(editable=False, verbose_name='sündmus')),
                ('is_cancellation', models.BooleanField(default=False, verbose_name='tühistab')),
                ('why', models.TextField(blank=True, default='', verbose_name='põhjus')),
                ('to_provider', models.CharField(max_length=200, verbose_name='uus teenuseosutaja')),
                ('moves_on', models.DateField(verbose_name='kolimise päev')),
                ('consent', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.consent')),
                ('corrects', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='referrals.transfer', verbose_name='parandab kirjet')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
                ('referral', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='transfers', to='referrals.referral')),
            ],
            options={
                'verbose_name': 'teenuseosutaja vahetus',
                'verbose_name_plural': 'teenuseosutaja vahetused',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Handover',
            fields=[
                ('id', models.UUIDField(default=tugiplaan.audit.rows.new_id, editable=False, primary_key=True, serialize=False)),
                ('event_id', models.UUIDField(editable=False, verbose_name='sündmus')),
                ('is_cancellation', models.BooleanField(default=False, verbose_name='tühistab')),
                ('why', models.TextField(blank=True, default='', verbose_name='põhjus')),
                ('handed_on', models.DateField(verbose_name='üle antud')),
                ('to_whom', models.CharField(max_length=200, verbose_name='kellele')),
                ('content', models.TextField(verbose_name='mis üle anti')),
                ('corrects', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='referrals.handover', verbose_name='parandab kirjet')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
                ('transfer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='handovers', to='referrals.transfer')),
            ],
            options={
                'verbose_name': 'üleandmispaki üleandmine',
                'verbose_name_plural': 'üleandmispakkide üleandmised',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Waiting',
            fields=[
                ('id', models.UUIDField(default=tugiplaan.audit.rows.new_id, editable=False, primary_key=True, serialize=False)),
                ('event_id', models.UUIDField(editable=False, verbose_name='sündmus')),
                ('service', models.CharField(choices=[(tugiplaan.rules.vocabulary.Service['IET'], tugiplaan.rules.vocabulary.Service['IET']), (tugiplaan.rules.vocabulary.Service['TTT'], tugiplaan.rules.vocabulary.Service['TTT']), (tugiplaan.rules.vocabulary.Service['TE'], tugiplaan.rules.vocabulary.Service['TE']), (tugiplaan.rules.vocabulary.Service['KE'], tugiplaan.rules.vocabulary.Service['KE']), (tugiplaan.rules.vocabulary.Service['PNH'], tugiplaan.rules.vocabulary.Service['PNH']), (tugiplaan.rules.vocabulary.Service['OEH'], tugiplaan.rules.vocabulary.Service['OEH'])], max_length=8, verbose_name='teenus')),
                ('county', models.CharField(max_length=40, verbose_name='maakond')),
                ('since', models.DateField(verbose_name='otsuse kuupäev')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
            ],
            options={
                'verbose_name': 'ootel inimene',
                'verbose_name_plural': 'ootel inimesed',
            },
        ),
        migrations.CreateModel(
            name='PlaceOffer',
            fields=[
                ('id', models.UUIDField(default=tugiplaan.audit.rows.new_id, editable=False, primary_key=True, serialize=False)),
                ('event_id', models.UUIDField(editable=False, verbose_name='sündmus')),
                ('is_cancellation', models.BooleanField(default=False, verbose_name='tühistab')),
                ('why', models.TextField(blank=True, default='', verbose_name='põhjus')),
                ('service', models.CharField(choices=[(tugiplaan.rules.vocabulary.Service['IET'], tugiplaan.rules.vocabulary.Service['IET']), (tugiplaan.rules.vocabulary.Service['TTT'], tugiplaan.rules.vocabulary.Service['TTT']), (tugiplaan.rules.vocabulary.Service['TE'], tugiplaan.rules.vocabulary.Service['TE']), (tugiplaan.rules.vocabulary.Service['KE'], tugiplaan.rules.vocabulary.Service['KE']), (tugiplaan.rules.vocabulary.Service['PNH'], tugiplaan.rules.vocabulary.Service['PNH']), (tugiplaan.rules.vocabulary.Service['OEH'], tugiplaan.rules.vocabulary.Service['OEH'])], max_length=8, verbose_name='teenus')),
                ('offered_on', models.DateField(verbose_name='pakutud')),
                ('corrects', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='referrals.placeoffer', verbose_name='parandab kirjet')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.place')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
                ('referral', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='offers', to='referrals.referral')),
                ('waiting', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='offers', to='referrals.waiting')),
            ],
            options={
                'verbose_name': 'kohapakkumine',
                'verbose_name_plural': 'kohapakkumised',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='WaitingEvent',
            fields=[
                ('id', models.UUIDField(default=tugiplaan.audit.rows.new_id, editable=False, primary_key=True, serialize=False)),
                ('event_id', models.UUIDField(editable=False, verbose_name='sündmus')),
                ('is_cancellation', models.BooleanField(default=False, verbose_name='tühistab')),
                ('why', models.TextField(blank=True, default='', verbose_name='põhjus')),
                ('kind', models.CharField(choices=[('group', 'eelisjärjekorra rühm'), ('unreachable', 'ei saadud kätte'), ('removed', 'nimekirjast välja'), ('placed', 'sai koha')], max_length=12, verbose_name='liik')),
                ('day', models.DateField(verbose_name='päev')),
                ('group', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='rühm')),
                ('tried_from', models.DateField(blank=True, null=True, verbose_name='esimene katse')),
                ('reason', models.TextField(verbose_name='selgitus')),
                ('corrects', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='referrals.waitingevent', verbose_name='parandab kirjet')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
                ('waiting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='referrals.waiting')),
            ],
            options={
                'verbose_name': 'ootamise sündmus',
                'verbose_name_plural': 'ootamise sündmused',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='OfferAnswer',
            fields=[
                ('id', models.UUIDField(default=tugiplaan.audit.rows.new_id, editable=False, primary_key=True, serialize=False)),
                ('event_id', models.UUIDField(editable=False, verbose_name='sündmus')),
                ('is_cancellation', models.BooleanField(default=False, verbose_name='tühistab')),
                ('why', models.TextField(blank=True, default='', verbose_name='põhjus')),
                ('answer', models.CharField(choices=[('accepted', 'võttis vastu'), ('refused_well', 'loobus mõjuval põhjusel'), ('refused', 'loobus mõjuva põhjuseta'), ('none', 'ei vastanud')], max_length=12, verbose_name='vastus')),
                ('answered_on', models.DateField(verbose_name='vastatud')),
                ('reason', models.TextField(blank=True, verbose_name='põhjus')),
                ('corrects', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='referrals.offeranswer', verbose_name='parandab kirjet')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
                ('offer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='referrals.placeoffer')),
            ],
            options={
                'verbose_name': 'vastus kohapakkumisele',
                'verbose_name_plural': 'vastused kohapakkumistele',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('corrects__isnull', True), ('is_cancellation', False)), models.Q(('corrects__isnull', False), models.Q(('why', ''), _negated=True), models.Q(('corrects', models.F('id')), _negated=True)), _connector='OR'), name='referrals_offeranswer_correction_says_why'), models.UniqueConstraint(condition=models.Q(('corrects__isnull', False)), fields=('corrects',), name='referrals_offeranswer_corrected_once'), models.CheckConstraint(condition=models.Q(('answer__in', ['accepted', 'refused_well', 'refused', 'none'])), name='referrals_offeranswer_answer'), models.CheckConstraint(condition=models.Q(('answer__in', ['accepted', 'none']), models.Q(('reason', ''), _negated=True), _connector='OR'), name='referrals_offeranswer_reason'), models.UniqueConstraint(condition=models.Q(('corrects__isnull', True)), fields=('offer',), name='referrals_offeranswer_once')],
            },
        ),
        migrations.AddIndex(
            model_name='transfer',
            index=models.Index(fields=['provider', 'moves_on'], name='referrals_transfer_day'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('corrects__isnull', True), ('is_cancellation', False)), models.Q(('corrects__isnull', False), models.Q(('why', ''), _negated=True), models.Q(('corrects', models.F('id')), _negated=True)), _connector='OR'), name='referrals_transfer_correction_says_why'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.UniqueConstraint(condition=models.Q(('corrects__isnull', False)), fields=('corrects',), name='referrals_transfer_corrected_once'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.CheckConstraint(condition=models.Q(('to_provider', ''), _negated=True), name='referrals_transfer_to_whom'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.UniqueConstraint(condition=models.Q(('corrects__isnull', True)), fields=('referral',), name='referrals_transfer_begins_once'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('corrects__isnull', True), ('is_cancellation', False)), models.Q(('corrects__isnull', False), models.Q(('why', ''), _negated=True), models.Q(('corrects', models.F('id')), _negated=True)), _connector='OR'), name='referrals_handover_correction_says_why'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.UniqueConstraint(condition=models.Q(('corrects__isnull', False)), fields=('corrects',), name='referrals_handover_corrected_once'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('to_whom', ''), _negated=True), models.Q(('content', ''), _negated=True)), name='referrals_handover_says'),
        ),
        migrations.AddIndex(
            model_name='waiting',
            index=models.Index(fields=['provider', 'service', 'county'], name='referrals_waiting_list'),
        ),
        migrations.AddConstraint(
            model_name='waiting',
            constraint=models.CheckConstraint(condition=models.Q(('service__in', ['IET', 'TTT', 'TE', 'KE', 'PNH', 'OEH'])), name='referrals_waiting_service'),
        ),
        migrations.AddConstraint(
            model_name='waiting',
            constraint=models.CheckConstraint(condition=models.Q(('county', ''), _negated=True), name='referrals_waiting_county'),
        ),
        migrations.AddIndex(
            model_name='placeoffer',
            index=models.Index(fields=['provider', 'offered_on'], name='referrals_placeoffer_day'),
        ),
        migrations.AddConstraint(
            model_name='placeoffer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('corrects__isnull', True), ('is_cancellation', False)), models.Q(('corrects__isnull', False), models.Q(('why', ''), _negated=True), models.Q(('corrects', models.F('id')), _negated=True)), _connector='OR'), name='referrals_placeoffer_correction_says_why'),
        ),
        migrations.AddConstraint(
            model_name='placeoffer',
            constraint=models.UniqueConstraint(condition=models.Q(('corrects__isnull', False)), fields=('corrects',), name='referrals_placeoffer_corrected_once'),
        ),
        migrations.AddConstraint(
            model_name='placeoffer',
            constraint=models.CheckConstraint(condition=models.Q(('service__in', ['IET', 'TTT', 'TE', 'KE', 'PNH', 'OEH'])), name='referrals_placeoffer_service'),
        ),
        migrations.AddConstraint(
            model_name='placeoffer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('referral__isnull', True), ('waiting__isnull', False)), models.Q(('referral__isnull', False), ('waiting__isnull', True)), _connector='OR'), name='referrals_placeoffer_of_one'),
        ),
        migrations.AddIndex(
            model_name='waitingevent',
            index=models.Index(fields=['provider', 'waiting'], name='referrals_waitingevent_of'),
        ),
        migrations.AddConstraint(
            model_name='waitingevent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('corrects__isnull', True), ('is_cancellation', False)), models.Q(('corrects__isnull', False), models.Q(('why', ''), _negated=True), models.Q(('corrects', models.F('id')), _negated=True)), _connector='OR'), name='referrals_waitingevent_correction_says_why'),
        ),
        migrations.AddConstraint(
            model_name='waitingevent',
            constraint=models.UniqueConstraint(condition=models.Q(('corrects__isnull', False)), fields=('corrects',), name='referrals_waitingevent_corrected_once'),
        ),
        migrations.AddConstraint(
            model_name='waitingevent',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['group', 'unreachable', 'removed', 'placed'])), name='referrals_waitingevent_kind'),
        ),
        migrations.AddConstraint(
            model_name='waitingevent',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='referrals_waitingevent_reason'),
        ),
        migrations.AddConstraint(
            model_name='waitingevent',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'group'), ('group__isnull', True), _connector='OR'), name='referrals_waitingevent_group'),
        ),
        migrations.AddConstraint(
            model_name='waitingevent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'unreachable'), ('tried_from__isnull', False)), models.Q(models.Q(('kind', 'unreachable'), _negated=True), ('tried_from__isnull', True)), _connector='OR'), name='referrals_waitingevent_tried'),
        ),
    ]
