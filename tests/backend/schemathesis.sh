#!/usr/bin/env bash
# Holds the reference backend to public/openapi.yaml with Schemathesis, which is installed into a
# virtual environment of its own. Arguments go on to `schemathesis run`, for instance
# `--max-examples 500` or `--seed 1`.
set -euo pipefail

cd "$(dirname "$0")/../.."
root="$PWD"
version=4.32.5
port="${PORT:-8765}"
venv="${VENV:-${TMPDIR:-/tmp}/zhixing-schemathesis-$version}"

if [ ! -x "$venv/bin/schemathesis" ]; then
    # Some Pythons come without the means to make environments, but with pip.
    if python3 -m venv "$venv"; then
        "$venv/bin/pip" install --quiet "schemathesis==$version"
    else
        rm -rf "$venv"
        python3 -m pip install --quiet --target "$venv" "schemathesis==$version"
    fi
fi
if [ ! -f "$venv/pyvenv.cfg" ]; then
    export PYTHONPATH="$venv"
fi

cargo build --quiet -p zhixing-backend
"${CARGO_TARGET_DIR:-target}/debug/zhixing-backend" --port "$port" --demo &
server=$!

# It remembers its findings in the folder that it runs in.
scratch="$(mktemp -d)"
trap 'kill "$server"; rm -rf "$scratch"' EXIT
cd "$scratch"
"$venv/bin/schemathesis" --config-file "$root/tests/backend/schemathesis.toml" \
    run "$root/public/openapi.yaml" --url "http://127.0.0.1:$port" --wait-for-schema 10 "$@"
