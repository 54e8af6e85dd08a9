#!/bin/sh
# Compiles the headers of the plugin ABI with every compiler that is there.  check_headers.sh SOURCE_TREE
set -eu
root=$1
warnings="-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror"
checked=0
check() {
  command -v "$1" >/dev/null || { echo "skipped: there is no $1"; return; }
  # shellcheck disable=SC2086
  "$@" $warnings -fsyntax-only
  echo "ok: $*"
  checked=$((checked + 1))
}
for file in "$root/tests/abi/layout.c"; do
  includes="-I$root/proto -I$root/plugins/sdk"
  # shellcheck disable=SC2086
  for compiler in gcc clang; do check $compiler -std=c11 $includes "$file"; done
  # shellcheck disable=SC2086
  for compiler in g++ clang++; do check $compiler -std=c++20 -Wold-style-cast $includes -x c++ "$file"; done
done
for compiler in g++ clang++; do check $compiler -std=c++20 -Wold-style-cast "-I$root/plugins/sdk" "$root/tests/abi/headers.cpp"; done
[ "$checked" -gt 0 ]
