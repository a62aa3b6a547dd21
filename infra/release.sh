#!/usr/bin/env bash
# Makes a release from the source as it stands: infra/release.sh
# In artifacts/release: sessionguard-VERSION-linux-x64.tar.gz, its .sha256, the bill of materials (CycloneDX) and the notices of others.
set -euo pipefail
cd "$(dirname "$0")/.."
. infra/require-dotnet.sh
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 CI=true

version=$(dotnet msbuild src/SessionGuard -getProperty:Version)
name=sessionguard-$version
out=artifacts/release
rm -rf "$out"
mkdir -p "$out/$name"

# The paths of this machine would otherwise stand in the symbols. The analyzers are infra/test.sh's part.
dotnet publish src/SessionGuard --configuration Release --output "$out/$name" -p:ContinuousIntegrationBuild=true -p:RunAnalyzers=false
packages=$(dotnet nuget locals global-packages --list | sed 's/^global-packages: //')
dotnet run --project infra/release --configuration Release -- "$out/$name/sessionguard.deps.json" "$packages" "$out/$name.cdx.json" "$out/THIRD-PARTY-NOTICES.txt"

# What an installation needs beside the program comes along, so that the archive is enough.
cp LICENSE README.md CHANGELOG.md appsettings.sample.json "$out/$name.cdx.json" "$out/THIRD-PARTY-NOTICES.txt" "$out/$name"
mkdir "$out/$name/infra"
cp -r infra/systemd infra/proxy infra/monitoring infra/examples infra/*.md "$out/$name/infra"
chmod -R u=rwX,go=rX "$out/$name"

archive=$name-linux-x64.tar.gz
time=$(git log -1 --format=%ct 2>/dev/null || date +%s)
tar --create --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$time" --directory "$out" "$name" | gzip --no-name --best >"$out/$archive"
rm -rf "${out:?}/$name"
(cd "$out" && sha256sum "$archive" >"$archive.sha256")
ls -l "$out"
