#!/usr/bin/env bash
# One schema change, for both engines: infra/ef/add-migration.sh NAME
set -euo pipefail
name=${1:?usage: infra/ef/add-migration.sh NAME}
cd "$(dirname "$0")"
readonly service=../../src/SessionGuard migrations=../../src/SessionGuard.Migrations
dotnet tool restore >/dev/null
dotnet build --nologo -v quiet
for engine in Sqlite Postgres; do
  dotnet ef migrations add "$name" --no-build --context "${engine}Db" --project "$service" --startup-project . \
    --output-dir "../SessionGuard.Migrations/$engine" --namespace "SessionGuard.Migrations.$engine"
  # The tool looks for the model's snapshot inside the project alone, and writes it anew where the namespace would lie there.
  mv "$service/SessionGuard/Migrations/$engine/${engine}DbModelSnapshot.cs" "$migrations/$engine/"
done
rm -r "$service/SessionGuard"
# The tool writes a byte-order mark; the house does not.
sed -i '1s/^\xEF\xBB\xBF//' "$migrations"/*/*.cs
