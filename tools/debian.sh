#!/usr/bin/env bash
# Installs Debian packages given as arguments, as root; another call in the meantime waits until this one is done.
set -euo pipefail

exec 9>"${TMPDIR:-/tmp}/motcua-debian.lock"
flock 9
export DEBIAN_FRONTEND=noninteractive
apt-get -qq update </dev/null
apt-get -qq install -y --no-install-recommends "$@" </dev/null >/dev/null
