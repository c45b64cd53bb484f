"""`kenes build-assets`: catalogues, font, front-end packages and hashed, compressed static files."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from kenes.config import assets


class Command(BaseCommand):
    help = "Build what pages load: catalogues, the font's subset, front-end packages, static files."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        modules = settings.ROOT_DIR / "node_modules"
        target = settings.ROOT_DIR / "build" / "assets"
        for folder in settings.LOCALE_PATHS:
            for name, count in assets.compile_catalogues(folder).items():
                self.stdout.write(f"    catalogue {folder.name}/{name}: {count} texts")
        files, fonts = modules / "@fontsource-variable" / "onest" / "files", target / "core" / "fonts"
        for sizes in (assets.subset_font(files, fonts), assets.merge_paper_fonts(files, fonts)):
            self.stdout.write(f"    font: {sum(sizes.values())} bytes in {len(sizes)} files")
        assets.copy_packages(modules, target / "vendor")
        if target not in map(type(target), settings.STATICFILES_DIRS):
            settings.STATICFILES_DIRS = [*settings.STATICFILES_DIRS, target]
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        self.stdout.write(f"    static files: {settings.STATIC_ROOT}")
