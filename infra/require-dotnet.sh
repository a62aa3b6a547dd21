# Sourced by the scripts beside it, from the repository's own folder: global.json there says which SDK is wanted.
if ! command -v dotnet >/dev/null; then
  found='there is none on the PATH'
elif ! dotnet --version >/dev/null 2>&1; then
  found="found only: $(dotnet --list-sdks | cut -d' ' -f1 | paste -sd' ')"
fi
if [ -n "${found:-}" ]; then
  cat >&2 <<MESSAGE
SessionGuard needs the .NET 10 SDK; $found.
  Ubuntu:  sudo apt-get install dotnet-sdk-10.0
  others:  https://dotnet.microsoft.com/download/dotnet/10.0
MESSAGE
  exit 1
fi
