#!/usr/bin/env bash
# Sets up what the tests need in .venv and passes them; arguments go to pytest.
# As root on Debian it installs what is missing: the Faust compiler and what its architecture files
# include, two C++ compilers with sanitizers, two OpenCL devices without a GPU, cross compilers with
# emulators of two ARM boards, and for WebAssembly a linker and a browser.
set -euo pipefail
cd "$(dirname "$0")"

missing=()
command -v faust >/dev/null || missing+=(faust)
command -v g++ >/dev/null || missing+=(g++)
python3 -c 'import venv, ensurepip' 2>/dev/null || missing+=(python3-venv)
[ -e /usr/include/sndfile.h ] || missing+=(libsndfile1-dev)
[ -e /usr/include/ladspa.h ] || missing+=(ladspa-sdk)
command -v clang++ >/dev/null || missing+=(clang)
compgen -G '/usr/lib/llvm-*/lib/clang/*/lib/linux/libclang_rt.asan*' >/dev/null ||
  missing+=(libclang-rt-dev)
compgen -G '/usr/lib/llvm-*/lib/libomp.so*' >/dev/null || missing+=(libomp-dev)
command -v oclgrind >/dev/null || missing+=(oclgrind)
[ -e /etc/OpenCL/vendors/pocl.icd ] || missing+=(pocl-opencl-icd)
[ -e /usr/include/CL/opencl.hpp ] || missing+=(opencl-clhpp-headers)
compgen -G '/usr/lib/*/libOpenCL.so' >/dev/null || missing+=(ocl-icd-opencl-dev)
command -v arm-none-eabi-g++ >/dev/null || missing+=(gcc-arm-none-eabi libstdc++-arm-none-eabi-newlib)
command -v qemu-system-arm >/dev/null || missing+=(qemu-system-arm)
command -v aarch64-linux-gnu-g++ >/dev/null || missing+=(g++-aarch64-linux-gnu)
command -v qemu-aarch64 >/dev/null || missing+=(qemu-user)
command -v mlir-opt-19 >/dev/null || missing+=(mlir-19-tools)
command -v wasm-ld >/dev/null || missing+=(lld)
compgen -G '/usr/lib/*/libportaudio.so*' >/dev/null || missing+=(libportaudio2)
command -v chromium >/dev/null || missing+=(chromium)
if [ ${#missing[@]} -gt 0 ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  install_packages() {
    apt-get update -qq &&
      DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
  }
  install_packages "${missing[@]}" || { sleep 10; install_packages "${missing[@]}"; }
fi

if [ ! -x .venv/bin/python ]; then
  python3 -m venv .venv
fi
.venv/bin/pip install --quiet --upgrade pip
.venv/bin/pip install --quiet -e '.[pocl,jit,audio,midi,play,plot,place,prove,gui,notebook,widgets,docs,test]'
# Pyodide runs in Node; without npm its test is skipped.
if [ ! -d .venv/node_modules/pyodide ] && command -v npm >/dev/null; then
  timeout 180 npm install --silent --no-audit --no-fund --prefix .venv pyodide@314 >/dev/null || true
fi
exec .venv/bin/python -m pytest -q -rs -n "${DSPC_TEST_JOBS:-2}" "$@"
