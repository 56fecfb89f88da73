#!/usr/bin/env python3
"""Writes tests/Backprop.Tests/Golden/numpy-random.json: what NumPy's legacy generator draws. Made with NumPy 1.24.2 (Debian 12)."""
import json
import os

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
TARGET = os.path.join(HERE, "../../tests/Backprop.Tests/Golden/numpy-random.json")

cases = []
for seed in (0, 1, 42, 2**32 - 1, [1, 2, 3], list(range(700))):
    draw = np.random.RandomState(seed)
    cases.append({
        "seed": seed,
        "random": draw.random_sample(330).tolist(),  # past the first 624 words
        "randn": draw.randn(101).tolist(),           # odd: one number waits
        "randint": [int(draw.randint(low, high)) for low, high in
                    [(0, 128), (0, 1), (-5, 6), (0, 2**31 - 1), (0, 2**32), (0, 2**32 + 1), (-2**62, 2**62), (3, 1000)] for _ in range(8)],
        "randnAfterRandint": draw.randn(2).tolist(),
        "bytes": list(draw.bytes(11)),
        "permutation": draw.permutation(50).tolist(),
        "shuffle": (lambda letters: (draw.shuffle(letters), letters)[1])(list("abcdefghij")),
        "last": draw.random_sample(),
    })
with open(TARGET, "w", encoding="utf-8", newline="\n") as file:
    file.write("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]\n")
