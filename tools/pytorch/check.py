"""Runs exported PyTorch programs and holds what they give against what Backprop gave.

    python3 tools/pytorch/check.py FOLDER

FOLDER holds the programs, their archives, for each a safetensors file with its state dict, and cases.json:
[{ file, runs: [{ input: { type, sizes, values }, output: { sizes, values } }] }]. Each network is filled from both. An output passes within 1e-5, of its size where that is above 1. Exit code 0 where all pass, 1 where one does not, 2 where PyTorch is missing.
"""
import importlib.util
import itertools
import json
import pathlib
import sys

try:
    import numpy
    import torch
except ImportError as error:
    print(f"{error} (Debian: python3-torch)", file=sys.stderr)
    sys.exit(2)


def loaded(path):
    """The network filled from the archive, and once more from the state dict."""
    specification = importlib.util.spec_from_file_location(path.stem.replace("-", "_"), path)
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    again = module.Network()
    again.load_state_dict(state_dict(path.with_suffix(".safetensors")))
    return module.load(), again.eval()


def state_dict(path):
    """A safetensors file, read by the words of its format: the length of the header, the header, the numbers."""
    content = path.read_bytes()
    start = 8 + int.from_bytes(content[:8], "little")
    header = json.loads(content[8:start])
    assert header.pop("__metadata__")["format"] == "pt"
    kinds = {"F32": numpy.float32, "F64": numpy.float64}
    return {
        name: torch.from_numpy(numpy.frombuffer(content[start + array["data_offsets"][0]:start + array["data_offsets"][1]], kinds[array["dtype"]])
                               .reshape(array["shape"]).copy())
        for name, array in header.items()}


def problem_of(network, run):
    kind = torch.int64 if run["input"]["type"] == "int64" else torch.float32
    x = torch.tensor(run["input"]["values"], dtype=torch.float64).to(kind).reshape(run["input"]["sizes"])
    with torch.no_grad():
        given = network(x).numpy()
    wanted = numpy.array(run["output"]["values"]).reshape(run["output"]["sizes"])
    if given.shape != wanted.shape:
        return f"gives {given.shape} in the place of {wanted.shape}", 0
    away = float((numpy.abs(given - wanted) / numpy.maximum(1, numpy.abs(wanted))).max())
    return (None if away <= 1e-5 else f"is off by {away:.1e}"), away


torch.set_num_threads(1)
folder = pathlib.Path(sys.argv[1])
cases = json.loads((folder / "cases.json").read_text(encoding="utf-8"))
runs, failed, largest = 0, 0, 0.0
for case in cases:
    try:
        for run, network in itertools.product(case["runs"], loaded(folder / case["file"])):
            runs += 1
            problem, away = problem_of(network, run)
            largest = max(largest, away)
            if problem is not None:
                failed += 1
                print(f"{case['file']}: {problem}")
    except Exception as error:
        failed += 1
        print(f"{case['file']}: {type(error).__name__}: {error}")
print(f"{len(cases)} programs, {runs} runs in PyTorch {torch.__version__}, {failed} failed, largest difference {largest:.1e}")
sys.exit(0 if failed == 0 and runs > 0 else 1)
