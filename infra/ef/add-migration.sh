#!/usr/bin/env bash
# One schema change, for both engines: infra/ef/add-migration.sh NAME
set -euo pipefail
name=${1:?usage: infra/ef/add-migration.sh NAME}
cd "$(dirname "$0")"
dotnet tool restore >/dev/null
dotnet build --nologo -v quiet
for engine in Sqlite Postgres; do
  dotnet ef migrations add "$name" --no-build --context "${engine}Db" --project ../../src/SessionGuard --startup-project . \
    --output-dir "../SessionGuard.Migrations/$engine" --namespace "SessionGuard.Migrations.$engine"
done
# The tool writes a byte-order mark; the house does not.
sed -i '1s/^\xEF\xBB\xBF//' ../../src/SessionGuard.Migrations/*/*.cs
