#!/usr/bin/env bash
# Builds the solution and runs every test project. The last line is the total.
#   --long            also the tests that take minutes (sets MODERATION_LONG_TESTS=1)
#   --filter TEXT     only tests whose full name holds TEXT
#   UseMicrosoftML=true in the environment: with ML.NET, which a package source must have; its tests are skipped otherwise
#   --no-broker       do not install RabbitMQ if it is missing; the tests that need it are then skipped
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

filter=()
install_broker=1
while [ $# -gt 0 ]; do
  case $1 in
    --long) export MODERATION_LONG_TESTS=1 ;;
    --filter) [ $# -gt 1 ] || { echo "test.sh: --filter needs a text" >&2; exit 2; }; filter=(-method "*$2*"); shift ;;
    --no-broker) install_broker=0 ;;
    -h|--help) sed -n '2,6s/^# \{0,1\}//p' "$0"; exit 0 ;;
    *) echo "test.sh: unknown option $1 (see --help)" >&2; exit 2 ;;
  esac
  shift
done

# The broker's program files are enough: the tests start brokers of their own, on ports of their own.
install_rabbitmq() {
  command -v apt-get >/dev/null 2>&1 || { echo "test.sh: no apt-get to install RabbitMQ with: its tests will be skipped" >&2; return 0; }
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null 2>&1 || { echo "test.sh: not root, and no sudo, to install RabbitMQ with: its tests will be skipped" >&2; return 0; }
    as_root=(sudo -n)
  fi
  echo "Installing rabbitmq-server for the broker tests ..."
  # While this answers "not allowed", package scripts start no service: no broker of the system's comes up.
  local policy=/usr/sbin/policy-rc.d created=0
  if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" >/dev/null && "${as_root[@]}" chmod +x "$policy" && created=1
  fi
  local log failed=0
  log=$({ "${as_root[@]}" apt-get update -q && DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -q --no-install-recommends rabbitmq-server; } 2>&1) || failed=1
  [ "$created" -eq 0 ] || "${as_root[@]}" rm -f "$policy"
  if [ "$failed" -ne 0 ]; then
    printf '%s\n' "$log" | tail -5 >&2
    echo "test.sh: RabbitMQ could not be installed: its tests will be skipped" >&2
  fi
}

if [ ! -d /usr/lib/rabbitmq ] && [ "$install_broker" -eq 1 ]; then install_rabbitmq; fi

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
echo "Building ..."
if ! log=$(dotnet build Moderation.sln -v q -nologo --tl:off 2>&1); then
  printf '%s\n' "$log" >&2
  echo "test.sh: the build failed" >&2
  exit 1
fi

artifacts=.artifacts
[ "${UseMicrosoftML:-}" != true ] || artifacts=$artifacts/mlnet
passed=0 failed=0 skipped=0 broken=0
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT
for project in tests/*.Tests; do
  name=$(basename "$project")
  program=$artifacts/bin/$name/debug/$name
  [ -x "$program" ] || { echo "$name: was not built" >&2; broken=1; continue; }
  report=$logs/$name.xml
  # A project without a test that fits the filter, or without any test yet, is no failure.
  if ! "$program" -noLogo -noColor -ignoreFailures -xml "$report" "${filter[@]}" >"$logs/$name.log" 2>&1; then
    cat "$logs/$name.log"
    echo "$name: did not run to its end" >&2
    broken=1
    continue
  fi
  read -r p f s < <(sed -n 's/.*<assembly [^>]*>.*/&/p' "$report" | awk '
    function value(name) { return match($0, " " name "=\"[0-9]+\"") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) : 0 }
    { p += value("passed"); f += value("failed") + value("errors"); s += value("skipped") + value("not-run") }
    END { print p + 0, f + 0, s + 0 }')
  passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
  echo "$name: $p passed, $f failed, $s skipped"
  if [ "$f" -gt 0 ]; then cat "$logs/$name.log"; fi
done

[ "$broken" -eq 0 ] || failed=$((failed + 1))
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
