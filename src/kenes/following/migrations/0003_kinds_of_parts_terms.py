from django.db import migrations, models

KINDS = [
    ("registered", "registered"),
    ("published", "put on the public list"),
    ("assigned", "assigned to a unit"),
    ("due_changed", "due on another day"),
    ("paused", "the clock stopped"),
    ("part_passed", "passed on in part"),
    ("part_moved", "due in part on another day"),
    ("part_done", "answered in part"),
    ("answered", "answered"),
    ("refused", "refused"),
    ("overruled", "taken up again after a refusal"),
    ("reopened", "reopened by its asker"),
    ("merged", "merged into another question"),
    ("unmerged", "on its own again"),
    ("passed_on", "passed on as a formal appeal"),
    ("withdrawn", "withdrawn by its asker"),
    ("due_soon", "due soon"),
    ("overdue", "overdue"),
    ("part_soon", "due soon in part"),
    ("part_late", "overdue in part"),
]


class Migration(migrations.Migration):
    dependencies = [("following", "0002_kinds_of_parts_and_pauses")]

    operations = [
        migrations.AlterField("happening", "kind", models.CharField(choices=KINDS, max_length=12)),
    ]
