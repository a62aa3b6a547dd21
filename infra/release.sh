#!/usr/bin/env bash
# Makes a release from the source as it stands: infra/release.sh
# In artifacts/release: sessionguard-VERSION-linux-x64.tar.gz and -linux-arm64.tar.gz, a .sha256 of each, the bill of materials (CycloneDX)
# and the notices of others. Two runs on the same commit give the same bytes.
set -euo pipefail
cd "$(dirname "$0")/.."
. infra/require-dotnet.sh
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 CI=true

version=$(dotnet msbuild src/SessionGuard -getProperty:Version)
name=sessionguard-$version
out=artifacts/release
rm -rf "$out"
mkdir -p "$out"
time=$(git log -1 --format=%ct 2>/dev/null || date +%s)
packages=$(dotnet nuget locals global-packages --list | sed 's/^global-packages: //')

# The bill names what was restored, which is the same for both processors. It says when it was written; that line is optional.
dotnet tool restore
dotnet restore src/SessionGuard
dotnet CycloneDX src/SessionGuard/SessionGuard.csproj --output "$out" --filename "$name.cdx.json" --output-format UnsafeJson \
  --set-name sessionguard --set-version "$version" --disable-package-restore --exclude-dev --no-serial-number
sed -i '/^ *"timestamp": /d' "$out/$name.cdx.json"

for platform in linux-x64 linux-arm64; do
  mkdir "$out/$name"
  # The paths of this machine would otherwise stand in the symbols. The analyzers are infra/test.sh's part.
  dotnet publish src/SessionGuard --configuration Release --runtime "$platform" --output "$out/$name" \
    -p:ContinuousIntegrationBuild=true -p:RunAnalyzers=false
  dotnet run --project infra/release --configuration Release -- \
    "$out/$name/sessionguard.deps.json" "$packages" "$out/$name.cdx.json" "$out/THIRD-PARTY-NOTICES.txt"

  # What an installation needs beside the program comes along, so that the archive is enough.
  cp LICENSE README.md CHANGELOG.md appsettings.sample.json "$out/$name.cdx.json" "$out/THIRD-PARTY-NOTICES.txt" "$out/$name"
  mkdir "$out/$name/infra"
  cp -r infra/systemd infra/proxy infra/monitoring infra/examples infra/*.md "$out/$name/infra"
  chmod -R u=rwX,go=rX "$out/$name"

  archive=$name-$platform.tar.gz
  tar --create --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$time" --directory "$out" "$name" | gzip --no-name --best >"$out/$archive"
  rm -rf "${out:?}/$name"
  (cd "$out" && sha256sum "$archive" >"$archive.sha256")
done
ls -l "$out"
