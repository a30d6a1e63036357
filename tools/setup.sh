#!/usr/bin/env bash
# Makes .venv and installs the pinned packages of the requirement files given as arguments. Called by make.
set -euo pipefail
cd "$(dirname "$0")/.."

python="${PYTHON:-}"
is_311() { command -v "$1" >/dev/null && "$1" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))'; }
has_venv() { "$1" -c 'import ensurepip, venv' 2>/dev/null; }

# Debian's own comes first: it is built with profile-guided optimisation and mended by Debian. One that was compiled
# by hand or by a version manager mostly is not, and pages take a fifth longer (ADR 0097).
candidates=(/usr/bin/python3.11 python3.11 python3 python)
for candidate in "${candidates[@]}"; do
  [ -n "$python" ] && break
  is_311 "$candidate" && has_venv "$candidate" && python="$candidate"
done
for candidate in "${candidates[@]}"; do
  [ -n "$python" ] && break
  is_311 "$candidate" && python="$candidate"
done
[ -n "$python" ] || { echo "setup: Python 3.11 is missing (on Debian 12: apt-get install python3 python3-venv)" >&2; exit 1; }

make_venv() {
  rm -rf .venv
  "$python" -m venv .venv
}

if ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
  echo "Creating .venv"
  if ! has_venv "$python"; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
      echo "Installing python3-venv from Debian"
      tools/debian.sh python3-venv
    else
      echo "setup: the package python3-venv is missing: sudo apt-get install python3-venv" >&2
      exit 1
    fi
  fi
  make_venv
fi

for file in "$@"; do
  echo "Installing $file"
  # Most modules are never imported: those that are, Python compiles then.
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes \
    --only-binary :all: --no-compile -r "$file"
done

site=$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
echo "$PWD/src" > "$site/motcua-src.pth"
printf '#!%s\nimport sys\n\nfrom motcua.config.cli import main\n\nsys.exit(main())\n' "$PWD/.venv/bin/python" > .venv/bin/motcua
chmod 755 .venv/bin/motcua
