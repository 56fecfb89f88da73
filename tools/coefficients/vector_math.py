#!/usr/bin/env python3
"""Prints the polynomials of src/Backprop/Kernels/VectorMath.*.cs, standard library only.

Each polynomial interpolates its function in the Chebyshev nodes of the interval, in 60 digits; that is within a small
factor of the best polynomial of that degree. The one of erf, whose error counts less and less as x grows, is the best
one by that weight, found by exchange. The largest relative error that it adds to the result is printed beside it.
"""
from decimal import Decimal as D, getcontext
import struct

getcontext().prec = 60
LN2 = D(2).ln()
PI = D("3.14159265358979323846264338327950288419716939937510582097494")


def cosine(x):
    term, total, k = D(1), D(1), 0
    while abs(term) > D(10) ** -58:
        k += 2
        term *= -x * x / (k * (k - 1))
        total += term
    return total


def interpolate(f, low, high, degree):
    """Coefficients, ascending, of the polynomial through f in the Chebyshev nodes."""
    n = degree + 1
    xs = [(low + high) / 2 + (high - low) / 2 * cosine(PI * (2 * i + 1) / (2 * n)) for i in range(n)]
    divided = [f(x) for x in xs]
    for j in range(1, n):
        for i in range(n - 1, j - 1, -1):
            divided[i] = (divided[i] - divided[i - 1]) / (xs[i] - xs[i - j])
    coefficients = [D(0)] * n
    for i in range(n - 1, -1, -1):  # Horner over Newton's form: p = p·(x − xᵢ) + dᵢ
        shifted = [D(0)] + coefficients[:-1]
        coefficients = [s - xs[i] * c for s, c in zip(shifted, coefficients)]
        coefficients[0] += divided[i]
    return coefficients


def evaluate(coefficients, x):
    total = D(0)
    for c in reversed(coefficients):
        total = total * x + c
    return total


def rounded(value, single):
    return D(struct.unpack("f", struct.pack("f", float(value)))[0]) if single else D(float(value))


def solve(rows):
    """The solution of linear equations, the right-hand sides in the last column."""
    n = len(rows)
    for c in range(n):
        pivot = max(range(c, n), key=lambda r: abs(rows[r][c]))
        rows[c], rows[pivot] = rows[pivot], rows[c]
        for r in range(c + 1, n):
            factor = rows[r][c] / rows[c][c]
            rows[r] = [a - factor * b for a, b in zip(rows[r], rows[c])]
    x = [D(0)] * n
    for r in range(n - 1, -1, -1):
        x[r] = (rows[r][n] - sum(rows[r][k] * x[k] for k in range(r + 1, n))) / rows[r][r]
    return x


def exchange(f, high, degree, weight):
    """Remez's exchange over a grid from 0 to high: the polynomial whose largest weighted error is least."""
    steps, n = 700, degree + 2
    grid = [high * (D(i) / steps) ** 2 for i in range(1, steps + 1)]
    values, weights = [f(x) for x in grid], [weight(x) for x in grid]
    points = [int((steps - 1) * (1 - cosine(PI * (2 * i + 1) / (2 * n))) / 2) for i in range(n)]
    while True:
        *coefficients, level = solve([[grid[i] ** k for k in range(n - 1)] + [(-1) ** j / weights[i], values[i]] for j, i in enumerate(points)])
        errors = [(v - evaluate(coefficients, x)) * w for v, x, w in zip(values, grid, weights)]
        points = []  # the largest error of each run of one sign
        for i, error in enumerate(errors):
            if not points or (error > 0) != (errors[points[-1]] > 0):
                points.append(i)
            elif abs(error) > abs(errors[points[-1]]):
                points[-1] = i
        while len(points) > n:
            points.pop(0 if abs(errors[points[0]]) < abs(errors[points[-1]]) else -1)
        if max(map(abs, errors)) < abs(level) * D("1.02"):
            return coefficients


def report(name, f, low, high, degree, single, weight, best=False):
    exact = exchange(f, high, degree, weight) if best else interpolate(f, low, high, degree)
    coefficients = [rounded(c, single) for c in exact]
    steps = 2000
    points = [low + (high - low) * i / steps for i in range(1, steps)]
    error = max(abs((evaluate(coefficients, x) - f(x)) * weight(x)) for x in points if x != 0)
    print(f"{name} {'float' if single else 'double'} degree {degree}: adds at most 2^{float(error.ln() / LN2):.2f}")
    for k, c in enumerate(coefficients):
        print(f"    c{k} = {float(c)!r}")


def exp_tail(r):
    """(eʳ − 1 − r) / r², by its series: no cancellation near 0."""
    total, term, k = D(0), D(1) / 2, 2
    while abs(term) > D(10) ** -58:
        total += term
        k += 1
        term *= r / k
        if r == 0:
            break
    return total


def log_tail(z):
    """(2·atanh(s) − 2s) / (s·z) with z = s², by its series 2/3 + 2/5·z + 2/7·z² + …"""
    total, power, k = D(0), D(1), 3
    while power / k > D(10) ** -58:
        total += 2 * power / k
        power *= z
        k += 2
        if z == 0:
            break
    return total


def log_tail_5(z):
    """The same without its first term: 2/5 + 2/7·z + …"""
    total, power, k = D(0), D(1), 5
    while power / k > D(10) ** -58:
        total += 2 * power / k
        power *= z
        k += 2
        if z == 0:
            break
    return total


def erf(x):
    """2/√π·Σ (−1)ⁿ·x²ⁿ⁺¹/(n!·(2n + 1))"""
    total, term, k = D(0), x, 0
    while abs(term) > D(10) ** -58:
        total += term / (2 * k + 1)
        k += 1
        term *= -x * x / k
    return 2 * total / PI.sqrt()


def erf_tail(x):
    """(−log(1 − erf x) − 2/√π·x) / x²"""
    return (-(1 - erf(x)).ln() - 2 / PI.sqrt() * x) / (x * x)


def erf_weight(x):
    """What an error of the tail adds to erf x, relative to it."""
    return x * x * (1 - erf(x)) / erf(x)


def split(name, value, single):
    high = rounded(value, single)
    middle = rounded(value - high, single)
    print(f"{name} {'float' if single else 'double'}: high {float(high)!r}, low {float(middle)!r}")


half = LN2 / 2
# s = (m − 1)/(m + 1) for m in [√½, √2]
z_high = (((D(2).sqrt() - 1) / (D(2).sqrt() + 1)) ** 2)
for single in (True, False):
    split("ln 2", LN2, single)
    split("2/3", D(2) / 3, single)
    print("log2 e", repr(float(rounded(1 / LN2, single))))
    for degree in (4, 5) if single else (9, 10):
        report("exp tail (relative to expm1)", exp_tail, -half, half, degree, single, lambda r: r * r / (r.exp() - 1))
    for degree in (2, 3) if single else (6, 7):
        report("log tail (relative to log)", log_tail, D(0), z_high, degree, single, lambda z: z / 2)
    for degree in (1, 2, 3) if single else (5, 6, 7):
        report("log tail from z² (relative to log)", log_tail_5, D(0), z_high, degree, single, lambda z: z * z / 2)
    split("2/√π", 2 / PI.sqrt(), single)
    for degree in (6, 7) if single else (22,):
        report("erf tail (relative to erf)", erf_tail, D(0), D(4 if single else 6), degree, single, erf_weight, best=True)
