#!/usr/bin/env bash
# Sets up what is needed in .venv, compiles an example to C++ and renders it to a .wav.
set -euo pipefail
cd "$(dirname "$0")"

if [ ! -x .venv/bin/python ]; then
  python3 -m venv .venv
fi
.venv/bin/pip install --quiet --upgrade pip
.venv/bin/pip install --quiet -e '.[audio,plot]'

backend=cpp
if ! command -v c++ >/dev/null; then
  # Without a C++ compiler LLVM makes the machine code.
  .venv/bin/pip install --quiet -e '.[jit]'
  backend=llvm
fi
if [ -z "${FAUST_LIB_PATH:-}" ] && [ ! -f /usr/share/faust/stdfaust.lib ]; then
  # No Faust libraries on this machine: the package cyfaust carries them.
  .venv/bin/pip install --quiet -e '.[libraries]'
fi

mkdir -p build
.venv/bin/dspc -double examples/plucked_strings.dsp -o build/plucked_strings.cpp
.venv/bin/dspc-run -double examples/plucked_strings.dsp --seconds 12 --backend "$backend" \
  -o build/plucked_strings.wav --plot build/plucked_strings.png
echo "C++:     build/plucked_strings.cpp"
echo "sound:   build/plucked_strings.wav"
echo "picture: build/plucked_strings.png"
