#!/usr/bin/env bash
# Everything a change must pass: build without a warning, format, every test.
#   infra/test.sh [--allow-skips] [FILTER]
# --allow-skips  goes on without PostgreSQL or Chromium; tests that need them are skipped and say so
# FILTER         runs only matching tests and leaves the format check out: a part of a test's full name, such as Webhooks, or
#                FullyQualifiedName~X, DisplayName~X, Name~X; several are joined by | or &, and !~ leaves out
# Logs and results stand in artifacts/tests. The last line is "N passed, N failed", with ", N skipped" where some were.
set -euo pipefail
cd "$(dirname "$0")/.."
readonly configuration=Release no_result_for=10m at_most=30m logs=artifacts/tests

allow_skips=false
if [ "${1:-}" = --allow-skips ]; then allow_skips=true; shift; fi
filter=${1:-}

stop() { echo "$1" >&2; exit 1; }
# The runner takes a filter that it does not understand for one that matches nothing, so that is said here.
understand() {
  local part opening=${1//[^(]/} closing=${1//[^)]/}
  [ ${#opening} -eq ${#closing} ] || stop "The filter $1 has a bracket without its other half. No test was run."
  while read -r part; do
    [[ $part =~ ^((FullyQualifiedName|Name)!?[~=])?[[:alnum:]_.+]+$|^DisplayName!?[~=].+$ && $part != Name=* && $part != Name!=* ]] ||
      stop "The filter has \"$part\": only TEXT, FullyQualifiedName~TEXT, DisplayName~TEXT and Name~TEXT are understood. No test was run."
  done < <(tr '|&' '\n\n' <<<"$1" | sed 's/^(*//; s/)*$//')
}
if [ -n "$filter" ]; then
  understand "$filter"
  # The runner has no property for a test's own name; its full name has it as a part.
  filter=$(sed -E 's/(^|[|&(])Name(!?~)/\1FullyQualifiedName\2/g' <<<"$filter")
fi

. infra/require-dotnet.sh
infra/install-test-programs.sh || $allow_skips || exit 1

# The closing lines are read below, so they must be in English; the compiler server is this run's own, so that it can be ended.
export DOTNET_CLI_UI_LANGUAGE=en DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
export UseSharedCompilation=true SharedCompilationId="sessionguard-$$"
scratch=$(mktemp -d)
chmod 711 "$scratch" # the tests' database server runs as another user below it

running=
clean_up() {
  if [ -n "$running" ]; then kill "$running" 2>/dev/null && wait "$running" || true; fi
  local sdk
  sdk=$(dotnet --list-sdks | sed -n "s/^$(dotnet --version) \[\(.*\)\]$/\1/p")/$(dotnet --version)
  dotnet exec "$sdk/Roslyn/bincore/VBCSCompiler.dll" -shutdown "-pipename:$SharedCompilationId" >/dev/null 2>&1 || true
  # A test run that had to be ended may leave its database server; each wrote its process id into its own folder.
  for file in "$scratch"/*/data/postmaster.pid; do
    local folder=${file%/*} server
    server=$(head -n 1 "$file" 2>/dev/null) || continue
    if [ "$(readlink "/proc/$server/cwd")" = "$folder" ]; then kill -QUIT "$server" || true; fi
  done
  rm -rf "$scratch"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# With CI=true the restore takes exactly what the lock files say (Directory.Build.props).
dotnet restore || stop 'The packages could not be restored; no test was run.'
dotnet build --no-restore --configuration "$configuration" || stop 'The build failed; no test was run.'
if [ -z "$filter" ]; then
  dotnet format --no-restore --verify-no-changes || stop 'The format differs: run dotnet format. No test was run.'
fi

# Each project closes with a summary, one line for each of total, failed, succeeded and skipped, and "error" where the run itself broke.
closing() { awk -v what="$2:" '/^Test run summary:/ { closing = 1; is = 0 } closing && $1 == what { is = $2 } END { print is + 0 }' "$1"; }
count() { local sum=0 log; for log in "$logs"/*.log; do sum=$((sum + $(closing "$log" "$1"))); done; echo "$sum"; }

# The runner ends with 2 where a test failed, and with 8 where none ran, which is as it should be when a filter matches nothing in a project.
finished() { [ "$1" -eq 0 ] || { [ "$1" -eq 2 ] && [ "$(closing "$2" error)" -eq 0 ] && [ "$(closing "$2" failed)" -gt 0 ]; }; }

rm -rf "$logs"
mkdir -p "$logs"
unfinished=0
for project in $(grep -l '<IsTestProject>true' tests/*/*.csproj); do
  name=$(basename "$project" .csproj)
  log=$logs/$name.log
  echo "== $name"
  : >"$log" # there for tail, whichever of the two starts first
  # In the background, so that ending this script ends the tests too: a shell hears no signal while it waits in the foreground.
  TMPDIR=$scratch timeout --kill-after=30s "$at_most" dotnet test --project "$project" --no-build --configuration "$configuration" \
    --no-ansi --no-progress --hangdump --hangdump-timeout "$no_result_for" --hangdump-type None \
    --results-directory "$logs" --report-trx --report-trx-filename "$name.trx" ${filter:+--ignore-exit-code 8 --filter "$filter"} >"$log" 2>&1 &
  running=$!
  tail --lines=+1 --follow --pid="$running" "$log" &
  status=0
  wait "$running" || status=$?
  running=
  wait
  finished "$status" "$log" || { echo "$name did not finish (exit code $status); it counts as one failure." >&2; unfinished=$((unfinished + 1)); }
done

if [ -f "$logs/resilience.txt" ]; then cat "$logs/resilience.txt"; fi

passed=$(count succeeded) failed=$(count failed) skipped=$(count skipped)
failed=$((failed + unfinished))
[ $((passed + failed + skipped)) -gt 0 ] || stop "No test ran${filter:+: none matches $filter}."
if [ "$skipped" -gt 0 ]; then
  echo "$passed passed, $failed failed, $skipped skipped"
else
  echo "$passed passed, $failed failed"
fi
[ "$failed" -eq 0 ]
