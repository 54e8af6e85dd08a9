# Sourced by scripts/run and scripts/test: installs missing packages and builds a preset.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

# Relative paths let several checkouts share the ccache.
export CCACHE_BASEDIR=$root CCACHE_NOHASHDIR=1

say() { printf '\033[1m==> %s\033[0m\n' "$*"; }

# Prints the packages of scripts/packages.txt that are not installed.
missing_packages() {
  local name
  grep -vE '^(#|$)' scripts/packages.txt | while read -r name; do
    dpkg-query -W -f='${Status}' "$name" 2>/dev/null | grep -q '^install ok installed$' || echo "$name"
  done
}

install_packages() {
  local missing as_root=()
  mapfile -t missing < <(missing_packages)
  [ "${#missing[@]}" -eq 0 ] && return
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { echo "Install these packages as root first: ${missing[*]}" >&2; exit 1; }
    as_root=(sudo)
  fi
  say "Installing ${#missing[@]} packages"
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
}

configure() {
  local log
  log=$(mktemp)
  cmake --preset "$1" >"$log" || { cat "$log"; exit 1; }
  rm -f "$log"
}

# build PRESET [TARGET…]
build() {
  local preset=$1
  shift
  say "Building $preset"
  configure "$preset"
  cmake --build "build/$preset" ${1:+--target "$@"}
}

# Checks the formatting before each commit, unless the checkout has its own hooks.
install_hooks() {
  [ -z "${CI:-}" ] || return 0
  git rev-parse --git-dir >/dev/null 2>&1 || return 0
  git config core.hooksPath >/dev/null || git config core.hooksPath scripts/hooks
}
