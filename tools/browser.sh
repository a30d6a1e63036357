#!/usr/bin/env bash
# Makes sure there is a Chromium for the browser tests. As root it is installed from Debian. Otherwise one line
# says what is missing, and the exit status is 1: the caller then leaves the browser tests out.
set -euo pipefail

for name in chromium-headless-shell chromium chromium-browser; do
  command -v "$name" >/dev/null && exit 0
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing chromium-headless-shell from Debian"
  "$(dirname "$0")/debian.sh" chromium-headless-shell
  exit 0
fi
echo "Browser tests are left out: the package chromium-headless-shell is missing (sudo apt-get install chromium-headless-shell)." >&2
exit 1
