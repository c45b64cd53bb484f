"""What was loaded for Law 241-VIII of 17 December 2025 holds from its entry into force.

Loading the shipped policies finds an edition by its first day: without this it would stand twice.
"""

from datetime import date

from django.db import migrations

SIGNED, IN_FORCE = date(2025, 12, 17), date(2025, 12, 29)
LAST_BEFORE_SIGNED, LAST_BEFORE = date(2025, 12, 16), date(2025, 12, 28)
BY_THE_CODE = ['appeal', 'appeal-return', 'hearing-notice', 'hearing-objection', 'message']


def _move(apps, since, to, last, last_to):
    policies = apps.get_model('deadlines', 'DeadlinePolicy').objects.filter(key__in=BY_THE_CODE)
    policies.filter(valid_from=since).update(valid_from=to)
    policies.filter(valid_to=last).update(valid_to=last_to)


def to_entry_into_force(apps, schema_editor):
    _move(apps, SIGNED, IN_FORCE, LAST_BEFORE_SIGNED, LAST_BEFORE)
    policies = apps.get_model('deadlines', 'DeadlinePolicy').objects
    policies.filter(key__in=BY_THE_CODE, extension_unit='month').update(extension_start='after_decision')
    policies.filter(key='appeal', start='day_of_receipt', after_hours='next_working_day').update(
        after_hours='days_off_only'
    )


def to_signing(apps, schema_editor):
    _move(apps, IN_FORCE, SIGNED, LAST_BEFORE, LAST_BEFORE_SIGNED)
    policies = apps.get_model('deadlines', 'DeadlinePolicy').objects
    policies.filter(after_hours='days_off_only').update(after_hours='next_working_day')


class Migration(migrations.Migration):

    dependencies = [
        ('deadlines', '0005_extension_start'),
    ]

    operations = [migrations.RunPython(to_entry_into_force, to_signing)]
