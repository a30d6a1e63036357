#!/usr/bin/env bash
# What a screen reader says of a page: Orca and Chromium on a screen that nobody sees. See docs/howto/hear-a-page.md.
#
#   tools/hear.sh ADDRESS [KEY | text:WORDS]…
#
# Opens the page, prints what is said of it, then presses the keys one by one (xdotool's names: Tab, Return, h, Down)
# or types the words, and prints what is said after each.
set -euo pipefail

if [ $# -lt 1 ]; then
  sed -n '2,7s/^# \{0,1\}//p' "$0"
  exit 2
fi
if [ -z "${HEAR_FOLDER:-}" ]; then
  HEAR_FOLDER=$(mktemp -d)
  export HEAR_FOLDER
  trap 'rm -rf "$HEAR_FOLDER"' EXIT
  xvfb-run -a -s "-screen 0 ${HEAR_WIDTH:-1280}x1000x24" dbus-run-session -- "$0" "$@" 2>"$HEAR_FOLDER/noise"
  exit
fi

address=$1
shift
export HOME=$HEAR_FOLDER XDG_RUNTIME_DIR=$HEAR_FOLDER SPOKEN=$HEAR_FOLDER/spoken.txt
export ACCESSIBILITY_ENABLED=1 GTK_MODULES=gail:atk-bridge LANG=C.UTF-8
mkdir -p "$HOME/.local/share/orca"
: >"$SPOKEN"
# Orca speaks into a file, one utterance a line: no loudspeaker and no voice is needed.
cat >"$HOME/.local/share/orca/orca-customizations.py" <<'PYTHON'
import os

from orca import speech


def write(text, acss=None, interrupt=True):
    with open(os.environ["SPOKEN"], "a", encoding="utf-8") as spoken:
        spoken.write(" ".join(text.split()) + "\n")


def write_all(utterances, progress):
    for context, _voice in utterances:
        write(context.utterance)


speech.init = lambda: None
speech._speak = speech.speakCharacter = write
speech.speakKeyEvent = lambda event, acss=None: None
speech.sayAll = write_all
PYTHON

started=()
trap 'kill "${started[@]}" 2>/dev/null || true' EXIT
openbox & started+=($!)
gsettings set org.gnome.desktop.interface toolkit-accessibility true
gsettings set org.gnome.desktop.a11y.applications screen-reader-enabled true
orca & started+=($!)
sleep 3
chromium --no-sandbox --disable-gpu --no-first-run --force-renderer-accessibility --user-data-dir="$HOME/profile" \
  --disable-background-networking --window-size="${HEAR_WIDTH:-1280},1000" --app="$address" & started+=($!)

# Prints what was said since the last time, once it has been quiet for a while.
told=0
listen() {
  local size=-1 quiet=0 waited=0
  while [ "$quiet" -lt "$1" ] && [ "$waited" -lt 60 ]; do
    sleep 0.5
    waited=$((waited + 1))
    if [ "$(stat -c %s "$SPOKEN")" = "$size" ]; then quiet=$((quiet + 1)); else quiet=0; fi
    size=$(stat -c %s "$SPOKEN")
  done
  tail -n +$((told + 1)) "$SPOKEN"
  told=$(wc -l <"$SPOKEN")
}

sleep 3
listen 6
for key in "$@"; do
  echo "[$key]"
  case $key in
    text:*) xdotool type --delay 40 "${key#text:}" ;;
    *) xdotool key --clearmodifiers "$key" ;;
  esac
  listen 2
done
