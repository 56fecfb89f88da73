"""What the golden scripts share: inputs made by formula, and the file that the tests read.

Run a script with Debian's own python3 (python3-torch): /usr/bin/python3 tools/golden/linear.py
It writes tests/Backprop.Tests/Golden/<name>.json anew; an unchanged script writes the same bytes.
"""
import json
import math
from pathlib import Path

import torch

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

FOLDER = Path(__file__).resolve().parents[2] / "tests" / "Backprop.Tests" / "Golden"


def wave(*shape, phase=0.0, scale=1.0):
    """scale·sin(1.7·i + phase) for each element i, row-major: any language can make the same numbers."""
    values = [scale * math.sin(1.7 * i + phase) for i in range(math.prod(shape))]
    return torch.tensor(values).reshape(shape)


def case(name, inputs, outputs, gradients=None, settings=None):
    """One case: tensors by name, gradients under the names of their inputs, settings as plain numbers, texts or lists."""
    return {
        "name": name,
        "inputs": {key: entry(value) for key, value in inputs.items()},
        "settings": settings or {},
        "outputs": {key: entry(value) for key, value in outputs.items()},
        "gradients": {key: entry(value) for key, value in (gradients or {}).items()},
    }


def checked(name, inputs, compute, settings=None, constants=()):
    """A case whose gradients are those of Σ y·dy, with the output gradient dy = sin(1.7·i + 0.4), which is stored as an input.

    compute gets the inputs as keyword arguments. Inputs named in constants (targets, class numbers) get no gradient."""
    leaves = {key: value.clone().requires_grad_(key not in constants and value.is_floating_point()) for key, value in inputs.items()}
    y = compute(**leaves)
    dy = wave(*y.shape, phase=0.4)
    y.backward(dy)
    gradients = {key: value.grad for key, value in leaves.items() if value.requires_grad}
    return case(name, {**inputs, "dy": dy}, {"y": y}, gradients, settings)


def entry(value):
    value = value.detach()
    return {"shape": list(value.shape), "values": value.reshape(-1).tolist()}


def write(name, cases):
    lines = ",\n".join(json.dumps(each, allow_nan=False, ensure_ascii=False) for each in cases)
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / f"{name}.json").write_text('{"cases":[\n' + lines + "\n]}\n", encoding="utf-8", newline="\n")
