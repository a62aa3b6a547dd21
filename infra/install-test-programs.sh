#!/usr/bin/env bash
# Installs what the tests use beside .NET and what is missing: PostgreSQL's server programs and Chromium, on Debian and Ubuntu.
# Ends with 1, and says what to install, where it cannot.
set -euo pipefail

has_postgres() { compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; }
has_chromium() { [ -x /usr/bin/chromium ] || [ -x /usr/bin/chromium-browser ] || [ -x /usr/bin/google-chrome ]; }

missing=()
has_postgres || missing+=("PostgreSQL's server programs (Debian 12: postgresql-15, otherwise postgresql)")
has_chromium || missing+=('Chromium (chromium)')
[ ${#missing[@]} -gt 0 ] || exit 0
echo "The tests need $(printf '%s, ' "${missing[@]}" | sed 's/, $//')."

give_up() {
  echo "$1 Install it yourself, or pass --allow-skips to go on: the tests that need it are then skipped." >&2
  exit 1
}
command -v apt-get >/dev/null || give_up 'This script only knows apt-get.'
as_root=()
if [ "$(id -u)" -ne 0 ]; then
  sudo -n true 2>/dev/null || give_up 'That takes root, and sudo is not there or wants a password.'
  as_root=(sudo)
fi

export DEBIAN_FRONTEND=noninteractive
known() { apt-cache show "$1" >/dev/null 2>&1; }
known postgresql && known chromium || "${as_root[@]}" apt-get update

packages=()
if ! has_postgres; then
  # The tests start a server of their own; the package's would only take a port.
  "${as_root[@]}" mkdir -p /etc/postgresql-common
  echo 'create_main_cluster = false' | "${as_root[@]}" tee -a /etc/postgresql-common/createcluster.conf >/dev/null
  packages+=("$(known postgresql-15 && echo postgresql-15 || echo postgresql)")
fi
has_chromium || packages+=(chromium fonts-dejavu-core)

install() {
  "${as_root[@]}" apt-get install --yes --no-install-recommends -o Dpkg::Options::=--force-confold "${packages[@]}"
}
install || { "${as_root[@]}" apt-get update && install; } || give_up 'apt-get could not install it.'
has_postgres && has_chromium || give_up 'It was installed where the tests do not look (/usr/lib/postgresql, /usr/bin).'
