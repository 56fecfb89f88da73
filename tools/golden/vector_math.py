#!/usr/bin/env python3
"""Writes tests/Backprop.Tests/Golden/vector-math.json: exp, log, tanh, sigmoid, eˣ − 1, erf and powers of doubles, in 60 digits, standard library only.

Every case is [x, y, fraction]: y is the double nearest to f(x), and f(x) = y + fraction·(the unit of y's last place).
`vector_math.py 20000 FILE` writes that many cases per function elsewhere, for `dotnet run tools/accuracy.cs -- FILE`.
"""
from decimal import Decimal as D, getcontext
import json
import math
import os
import struct
import sys

getcontext().prec = 60
getcontext().Emin, getcontext().Emax = -999999, 999999
PI = D("3.14159265358979323846264338327950288419716939937510582097494")
COUNT = int(sys.argv[1]) if len(sys.argv) > 1 else 200
HERE = os.path.dirname(os.path.abspath(__file__))
TARGET = sys.argv[2] if len(sys.argv) > 2 else os.path.join(HERE, "../../tests/Backprop.Tests/Golden/vector-math.json")


def spread(i):
    """Whole numbers below 2⁶⁴ without a pattern, by formula: splitmix64's finaliser."""
    z = (i + 1) * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 & 0xFFFFFFFFFFFFFFFF
    z = (z ^ z >> 27) * 0x94D049BB133111EB & 0xFFFFFFFFFFFFFFFF
    return z ^ z >> 31


def unit(i):
    return (spread(i) >> 11) / 2.0**53


def from_bits(bits):
    return struct.unpack("d", struct.pack("Q", bits))[0]


def tanh(x):
    if abs(x) < D("1e-12"):
        return x - x**3 / 3 + 2 * x**5 / 15
    e = (2 * x).exp()
    return (e - 1) / (e + 1)


def sigmoid(x):
    return 1 / (1 + (-x).exp())


def expm1(x):
    return sum(x**k / math.factorial(k) for k in range(1, 12)) if abs(x) < D("1e-6") else x.exp() - 1


def erf(x):
    """2/√π·Σ (−1)ⁿ·x²ⁿ⁺¹/(n!·(2n + 1)); beyond 7 nothing but 1 is left in 20 digits."""
    if abs(x) > 7:
        return D(1).copy_sign(x) * (1 - D("1e-22"))
    total, term, k = D(0), x, 0
    while abs(term) > abs(x) * D("1e-50"):
        total += term / (2 * k + 1)
        k += 1
        term *= -x * x / k
    return total * 2 / PI.sqrt()


def case(f, x):
    truth = f(D(x))
    y = float(truth)
    if math.isinf(y):
        return [x, "Infinity" if y > 0 else "-Infinity", 0]
    return [x, y, float((truth - D(y)) / D(math.ulp(y)))]


def everywhere(i):
    """Any positive double, subnormal ones included."""
    return from_bits(spread(i) % 0x7FF0000000000000)


def mixed(i, ranges):
    """Numbers in turn from ranges around 0, and from all magnitudes below 1."""
    k = i % (len(ranges) + 1)
    if k == len(ranges):
        return math.copysign(from_bits(spread(i) % 0x3FF0000000000000), unit(i + 7) - 0.5)
    return (2 * unit(i) - 1) * ranges[k]


def near_one(i):
    return 1 + (unit(i) - 0.5) * 2.0 ** -(i % 50) if i % 3 == 0 else 0.5 + 1.5 * unit(i) if i % 3 == 1 else everywhere(i)


def power_input(exponent):
    limit = min(700 / abs(exponent), 700)
    return lambda i: math.exp((2 * unit(i) - 1) * (limit if i % 2 else min(limit, 1)))


def powers(exponent):
    return lambda x: (D(exponent) * x.ln()).exp()


FUNCTIONS = {
    "exp": (lambda x: x.exp(), lambda i: mixed(i, [1, 20, 745, 708]), [709.782712893384, 709.7827128933841, -745.13, -745.2, -708.4, 0.0]),
    "log": (lambda x: x.ln(), near_one, [5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, 0.7071067811865475, 0.7071067811865476, 1.4142135623730951]),
    "tanh": (tanh, lambda i: mixed(i, [0.5, 1, 3, 22]), [5e-324, 19.0, 20.0, 0.1732867951399863]),
    "sigmoid": (sigmoid, lambda i: mixed(i, [1, 5, 40, 745]), [-745.13, -745.2, -708.4, 36.7, 37.5]),
    "expm1": (expm1, lambda i: mixed(i, [0.35, 1, 37, 708]), [709.782712893384, 709.7827128933841, -40.0, 0.34657359027997264, 5e-324]),
    "erf": (erf, lambda i: mixed(i, [0.5, 1, 3, 6]), [5e-324, 5.86, 5.93, 6.5, 2.2250738585072014e-308]),
    "power 1.7": (powers(1.7), power_input(1.7), [5e-324]),
    "power -0.3": (powers(-0.3), power_input(0.3), [5e-324, 1.7976931348623157e308]),
    "power 20": (powers(20), power_input(20), [1.0000000000000002]),
    "power 1000.5": (powers(1000.5), power_input(1000.5), [0.5, 2.0]),
}

result = {}
for name, (f, x, extra) in FUNCTIONS.items():
    getcontext().prec = 60
    result[name] = [case(f, v) for v in extra + [x(i) for i in range(COUNT)]]
with open(TARGET, "w", encoding="utf-8", newline="\n") as file:
    file.write("{\n")
    for k, (name, cases) in enumerate(result.items()):
        file.write(f'  "{name}": [\n' + ",\n".join("    " + json.dumps(c) for c in cases) + "\n  ]" + (",\n" if k + 1 < len(result) else "\n"))
    file.write("}\n")
