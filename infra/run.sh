#!/usr/bin/env bash
# Builds SessionGuard and starts its demo, which prints the addresses to open. Arguments go to the demo: infra/run.sh --help
set -euo pipefail
cd "$(dirname "$0")/.."
. infra/require-dotnet.sh
exec dotnet run --project src/SessionGuard.Demo --configuration Release -- demo "$@"
