#!/usr/bin/env python3
"""The five-condition rule of five.json in cel-cpp, through PyPI's cel-expr-python, for comparison.

    pip install cel-expr-python
    bench/cel_cpp.py            prints one JSON object

Python hands over the five values and takes the result; what such a hand-over costs is measured with the expression
`true` over the same values and taken off, so that `net_ns` is the evaluator's own time, binding and result included
where the binding reads the values lazily. Run it together with `stamgast bench all --only cel`: compare within one run.
"""

import json
import pathlib
import time

from cel_expr_python import cel

document = json.loads((pathlib.Path(__file__).parent / "five.json").read_text())
inputs = document["inputs"]
# Flat names, as our own layout resolves fields to slots: no map is built per evaluation.
flat = document["expression"]
for name in ("event.type", "event.share", "event.seconds", "member.tier", "member.paused"):
    flat = flat.replace(name, name.replace(".", "_"))
types = {
    "event_type": cel.Type.STRING, "event_share": cel.Type.DOUBLE, "event_seconds": cel.Type.INT,
    "member_tier": cel.Type.STRING, "member_paused": cel.Type.BOOL,
}
environment = cel.NewEnv(variables=types)
rule, nothing = environment.compile(flat), environment.compile("true")
rows = [
    {
        "event_type": one["type"], "event_share": float(one["share"]), "event_seconds": one["seconds"],
        "member_tier": one["tier"], "member_paused": one["paused"],
    }
    for one in inputs
]


def measure(expression, rounds=40):
    best, matches = float("inf"), 0
    for _ in range(5):
        start = time.perf_counter()
        for _ in range(rounds):
            matches = 0
            for row in rows:
                if expression.eval(data=row).value():
                    matches += 1
        best = min(best, time.perf_counter() - start)
    return best / rounds / len(rows) * 1e9, matches


gross, matches = measure(rule)
overhead, _ = measure(nothing)
expected = sum(
    one["type"] == "article.read" and one["share"] >= 0.7 and one["seconds"] >= 30
    and one["tier"] in ("silver", "gold", "platinum") and not one["paused"]
    for one in inputs
)
assert matches == expected, (matches, expected)
print(json.dumps({"gross_ns": round(gross), "hand_over_ns": round(overhead), "net_ns": round(gross - overhead), "matches": matches}))
