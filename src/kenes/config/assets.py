"""What is built once at set-up: catalogues, the font's subset, front-end packages, static files.

Sources are the installed npm packages and the `.po` files; results go to `build/`, never into git.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path

FONT_LIMIT_BYTES = 35 * 1024
KAZAKH_LETTERS = "ӘәҒғҚқҢңӨөҰұҮүҺһІі"
RUSSIAN_LETTERS = "".join(map(chr, range(0x0410, 0x0450))) + "Ёё"
LATIN = "".join(map(chr, range(0x20, 0x7F)))
PUNCTUATION = "\u00a0§«»±·×°–—‘’“”„•…‹›↑↓−№"
TENGE = "₸"
WEIGHTS = (400, 700)


@dataclass(frozen=True, slots=True)
class FontPart:
    """One file of the font: the package's file it is cut from, and the characters it keeps."""

    name: str
    characters: str


FONT_PARTS = (
    FontPart("latin", LATIN + PUNCTUATION),
    FontPart("cyrillic", RUSSIAN_LETTERS + KAZAKH_LETTERS + PUNCTUATION),
    FontPart("cyrillic-ext", KAZAKH_LETTERS + PUNCTUATION),
    FontPart("latin-ext", TENGE),
)


def subset_font(files: Path, target: Path) -> dict[str, int]:
    """Cut the variable font to the letters of kk, ru and en; return {file name: bytes}.

    Kazakh letters are split over two of the package's files; the tenge sign stands in a third.
    Raises ValueError when the whole is larger than `FONT_LIMIT_BYTES`.
    """
    target.mkdir(parents=True, exist_ok=True)
    sizes = {}
    for part in FONT_PARTS:
        path = target / f"onest-{part.name}.woff2"
        _subset(files / f"onest-{part.name}-wght-normal.woff2", part.characters, path)
        sizes[path.name] = path.stat().st_size
    if sum(sizes.values()) > FONT_LIMIT_BYTES:
        raise ValueError(
            f"The font's subset is {sum(sizes.values())} bytes; the limit is {FONT_LIMIT_BYTES}."
        )
    return sizes


def _subset(source: Path, characters: str, path: Path) -> None:
    from fontTools import subset
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    font = instancer.instantiateVariableFont(TTFont(source), {"wght": WEIGHTS})
    options = subset.Options(flavor="woff2", layout_features=["kern", "tnum", "ccmp", "mark"], hinting=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=characters)
    subsetter.subset(font)
    subset.save_font(font, str(path), options)


def merge_paper_fonts(files: Path, target: Path) -> dict[str, int]:
    """Make one whole font of each weight for papers (PDF); return {file name: bytes}.

    A page loads the parts its letters need; a paper that joined them would lose its spaces, which
    not every part has.
    """
    target.mkdir(parents=True, exist_ok=True)
    sizes = {}
    for weight in WEIGHTS:
        path = target / f"onest-paper-{weight}.ttf"
        _merge(files, weight, path)
        sizes[path.name] = path.stat().st_size
    return sizes


def _merge(files: Path, weight: int, path: Path) -> None:
    from tempfile import TemporaryDirectory

    from fontTools import subset
    from fontTools.merge import Merger
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    taken: set[int] = set()
    with TemporaryDirectory() as folder:
        parts = []
        for part in FONT_PARTS:
            variable = TTFont(files / f"onest-{part.name}-wght-normal.woff2")
            font = instancer.instantiateVariableFont(variable, {"wght": weight})
            font.flavor = None
            own = set(font.getBestCmap()) - taken
            taken |= own
            subsetter = subset.Subsetter(
                subset.Options(layout_features=["kern", "ccmp", "mark"], hinting=False)
            )
            subsetter.populate(unicodes=own)
            subsetter.subset(font)
            parts.append(str(Path(folder) / f"{part.name}.ttf"))
            font.save(parts[-1])
        Merger().merge(parts).save(path)


def copy_packages(node_modules: Path, target: Path) -> list[str]:
    """Copy the front-end packages' files that pages load; return their names."""
    target.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(node_modules / "hls.js" / "dist" / "hls.light.min.mjs", target / "hls.light.min.mjs")
    return ["hls.light.min.mjs"]


def compile_catalogues(locale: Path) -> dict[str, int]:
    """Compile every `.po` beside its source with Babel, without msgfmt; return counts of messages."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    counts = {}
    for source in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parts[-3], domain=source.stem)
        with source.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalogue)
        counts[f"{source.parts[-3]}/{source.stem}"] = len(catalogue)
    return counts
