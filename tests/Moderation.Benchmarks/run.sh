#!/usr/bin/env bash
# Measures everything in one run, and writes the report to tests/Moderation.Benchmarks/results/DATE.md and .json. Takes about five minutes, of a
# machine that does nothing else. Needs RabbitMQ's program files (the broker is the run's own, on the loopback address) and Node.js.
#   --stages          also the parts one by one, with BenchmarkDotNet: results/DATE-stages.md; some minutes more
#   --write-good DIR  the npm package write-good's folder [default: installed into a temporary folder]
#   Other options are handed on to 'moderation bench'.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

stages=0 write_good=
others=()
while [ $# -gt 0 ]; do
  case $1 in
    --stages) stages=1 ;;
    --write-good) [ $# -gt 1 ] || { echo "run.sh: --write-good needs a folder" >&2; exit 2; }; write_good=$2; shift ;;
    -h|--help) sed -n '2,6s/^# \{0,1\}//p' "$0"; exit 0 ;;
    *) others+=("$1") ;;
  esac
  shift
done

server=/usr/lib/rabbitmq/bin/rabbitmq-server
[ -x "$server" ] || { echo "run.sh: $server is not there: apt-get install rabbitmq-server" >&2; exit 1; }
command -v npm >/dev/null 2>&1 || [ -n "$write_good" ] || { echo "run.sh: npm is not there to install write-good with: install Node.js, or give --write-good" >&2; exit 1; }

work=$(mktemp -d)
broker=
epmd=
stop() {
  if [ -n "$broker" ]; then
    kill -TERM "$broker" 2>/dev/null || true
    wait "$broker" 2>/dev/null || true
    epmd -port "$epmd" -kill >/dev/null 2>&1 || true
  fi
  rm -rf "$work"
}
trap stop EXIT

if [ -z "$write_good" ]; then
  npm install --silent --no-fund --no-audit --prefix "$work/npm" write-good >/dev/null
  write_good=$work/npm/node_modules/write-good
fi

# Ports that nobody listens on now.
free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 12000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
  done
}

port=$(free_port) epmd=$(free_port) distribution=$(free_port)
mkdir "$work/mnesia" "$work/log" "$work/home"
printf 'listeners.tcp.1 = 127.0.0.1:%s\ndisk_free_limit.absolute = 50MB\n' "$port" >"$work/rabbitmq.conf"
echo '[].' >"$work/plugins"
HOME=$work/home RABBITMQ_NODENAME=bench$$@localhost RABBITMQ_MNESIA_BASE=$work/mnesia RABBITMQ_LOG_BASE=$work/log RABBITMQ_CONFIG_FILE=$work/rabbitmq.conf \
  RABBITMQ_ENABLED_PLUGINS_FILE=$work/plugins RABBITMQ_DIST_PORT=$distribution ERL_EPMD_PORT=$epmd ERL_EPMD_ADDRESS=127.0.0.1 \
  RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS='-kernel inet_dist_use_interface {127,0,0,1}' "$server" >"$work/log/console" 2>&1 &
broker=$!
for _ in $(seq 600); do
  (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break
  kill -0 "$broker" 2>/dev/null || { echo "run.sh: the broker did not start:" >&2; tail -5 "$work/log/console" >&2; exit 1; }
  sleep 0.1
done

results=tests/Moderation.Benchmarks/results
mkdir -p "$results"
report=$results/$(date -u +%Y-%m-%d)
./moderation bench --uri "amqp://127.0.0.1:$port" --write-good "$write_good" --report "$report" ${others[@]+"${others[@]}"}

if [ "$stages" -eq 1 ]; then
  dotnet run -c Release --project tests/Moderation.Benchmarks -- --filter '*' --artifacts "$work/stages" >"$work/stages.log" 2>&1 || { tail -20 "$work/stages.log" >&2; exit 1; }
  cat "$work"/stages/results/*-report-github.md >"$report-stages.md"
  cat "$report-stages.md"
fi
