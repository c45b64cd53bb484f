from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('deadlines', '0004_notices'),
    ]

    operations = [
        migrations.AddField(
            model_name='deadlinepolicy',
            name='extension_start',
            field=models.CharField(choices=[('after_last_day', 'the day after the last day of the term'), ('after_decision', 'the day after the decision to extend')], default='after_last_day', max_length=20, verbose_name='First day of an extension'),
        ),
        migrations.AlterField(
            model_name='deadlinepolicy',
            name='after_hours',
            field=models.CharField(choices=[('next_working_day', 'on the next working day'), ('days_off_only', 'on the same day; on a day off, on the next working day'), ('same_day', 'on the same day')], max_length=20, verbose_name='What comes after hours is registered'),
        ),
    ]
