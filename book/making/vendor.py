"""MathJax and the fonts travel with the book: fetched once by npm, copied below `book/_static`."""

import hashlib
import shutil
import subprocess

from coursecnn._files import write

from .places import ROOT, VENDOR, BuildError

LOCK = ROOT / "package-lock.json"
MODULES = ROOT / "node_modules"
STAMP = ".coursecnn-lock"
FONTS = {
    "source-serif-4": ("400-normal", "400-italic", "600-normal", "600-italic"),
    "source-sans-3": ("400-normal", "400-italic", "600-normal"),
    "source-code-pro": ("400-normal", "600-normal"),
}


def fetch():
    """Install the locked packages and copy the needed files, unless both are up to date."""
    key = hashlib.sha256(LOCK.read_bytes() + repr(FONTS).encode()).hexdigest()
    if not _stamped(MODULES, key):
        _install()
        write(MODULES / STAMP, key)
    if not _stamped(VENDOR, key):
        _copy(key)


def _stamped(folder, key):
    stamp = folder / STAMP
    return stamp.is_file() and stamp.read_text() == key


def _install():
    npm = shutil.which("npm")
    if npm is None:
        raise BuildError("`npm` was not found; install Node.js 18 or later, then run this again.")
    # No package here needs its install scripts, so none of them gets to run.
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    if subprocess.run(command, cwd=ROOT).returncode:
        raise BuildError(
            "`npm ci` failed (above); the first build needs the npm registry, later ones do not."
        )


def _copy(key):
    part = VENDOR.with_name("vendor.part")
    shutil.rmtree(part, ignore_errors=True)
    _copy_mathjax(MODULES / "mathjax" / "es5", part / "mathjax")
    for family, styles in FONTS.items():
        _copy_font(MODULES / "@fontsource" / family, styles, part / "fonts")
    write(part / STAMP, key)
    shutil.rmtree(VENDOR, ignore_errors=True)
    part.replace(VENDOR)


def _copy_mathjax(source, target):
    fonts, extensions = "output/chtml/fonts/woff-v2", "input/tex/extensions"
    shutil.copytree(source / fonts, target / fonts)
    # The extensions are loaded one by one on demand; the bundle of all of them never is.
    ignore = shutil.ignore_patterns("all-packages.js")
    shutil.copytree(source / extensions, target / extensions, ignore=ignore)
    shutil.copy(source / "tex-chtml.js", target)
    shutil.copy(source.parent / "LICENSE", target)


def _copy_font(package, styles, target):
    target.mkdir(parents=True, exist_ok=True)
    for style in styles:
        shutil.copy(package / "files" / f"{package.name}-latin-{style}.woff2", target)
    shutil.copy(package / "LICENSE", target / f"{package.name}-LICENSE.txt")
