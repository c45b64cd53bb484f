from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("answering", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="signaturefile",
            name="over_sha256",
            field=models.CharField(
                blank=True, default="", help_text="of the text it is over, in hexadecimal", max_length=64
            ),
        ),
    ]
