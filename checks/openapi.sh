#!/bin/bash
# Holds the running server against the OpenAPI document it serves, with PyPI's schemathesis and all of its checks.
#
#   checks/openapi.sh URL [CASES] [SCHEMATHESIS OPTIONS...]
#
# URL is the server's, without a path; the document is expected at URL/openapi.json. STAMGAST_API_KEY holds the API key to
# use. CASES is how many requests of chance each operation gets besides those that cover its schema (default 3): a number, not a
# time, so that a slow machine finds what a fast one finds. Further options go to schemathesis as they are, for instance
# `--exclude-path /v1/stream` for streams that never end, or `--report junit --report-dir DIR`.
#
# Needs `pip install -r checks/requirements.txt`, in the virtual environment CHECKS_VENV names or on the PATH. Exits with
# 0 when every check passed, with 1 otherwise.
set -euo pipefail

fail() { echo "checks/openapi.sh: $*" >&2; exit 2; }

[ $# -ge 1 ] || { sed -n '2,12s/^# \{0,1\}//p' "$0" >&2; exit 2; }
url=${1%/}
shift
cases=3
if [[ ${1:-} =~ ^[0-9]+$ ]]; then cases=$1; shift; fi
[ -n "${STAMGAST_API_KEY:-}" ] || fail "STAMGAST_API_KEY is not set"

schemathesis=$(command -v "${CHECKS_VENV:+$CHECKS_VENV/bin/}schemathesis" || true)
[ -x "$schemathesis" ] || fail "schemathesis is missing (pip install -r checks/requirements.txt)"

# Its settings and its memory of earlier runs stay outside the working folder; the seed makes a failure repeatable.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
schemathesis=$(realpath -s "$schemathesis")
cd "$work"
# The limit is for a server that hangs.
check() {
    timeout --kill-after=10 $((cases * 60 + 900)) "$schemathesis" run "$url/openapi.json" \
        --url "$url" \
        --header "Authorization: Bearer $STAMGAST_API_KEY" \
        --checks all --phases examples,coverage,fuzzing,stateful --mode all \
        --max-examples "$cases" --workers 2 --continue-on-failure \
        --request-timeout 10 --wait-for-schema 30 \
        --generation-database none --seed $((${CHECKS_SEED:-20260301} + attempt - 1)) --no-color \
        "$@" 2>&1 | tee "$work/output"
}

for attempt in 1 2 3; do
    if check "$@"; then exit 0; fi
    # A fault of CPython 3.11 within Hypothesis (python/cpython issue 106905), now and then, or one of schemathesis itself
    # that ends its run, says nothing about the server: only then it is asked again, with the next seed.
    grep -q "AST constructor recursion depth mismatch\|consider reporting the traceback above" "$work/output" || exit 1
    grep -q "^FAILED\|Test Case ID" "$work/output" && exit 1
    echo "schemathesis itself broke down (attempt $attempt)" >&2
done
exit 1
