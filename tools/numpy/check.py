"""Runs exported NumPy programs and holds what they give against what Backprop gave.

    python3 tools/numpy/check.py FOLDER

FOLDER holds the programs, their archives and cases.json: [{ file, runs: [{ input: { type, sizes, values }, output: { sizes, values } }] }].
Each program is imported, and one of them is run by itself with a file of inputs. An output passes within 1e-5, of its size where that is above 1.
Exit code 0 where all pass, 1 where one does not, 2 where NumPy is missing.
"""
import importlib.util
import json
import pathlib
import subprocess
import sys

try:
    import numpy
except ImportError as error:
    print(f"{error} (Debian: python3-numpy)", file=sys.stderr)
    sys.exit(2)


def loaded(path):
    specification = importlib.util.spec_from_file_location(path.stem.replace("-", "_"), path)
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module.load()


def inputs_of(run):
    return numpy.array(run["input"]["values"]).astype(run["input"]["type"]).reshape(run["input"]["sizes"])


def problem_of(given, run):
    wanted = numpy.array(run["output"]["values"]).reshape(run["output"]["sizes"])
    if given.shape != wanted.shape:
        return f"gives {given.shape} in the place of {wanted.shape}", 0
    away = float((numpy.abs(given - wanted) / numpy.maximum(1, numpy.abs(wanted))).max())
    return (None if away <= 1e-5 else f"is off by {away:.1e}"), away


def run_by_itself(path, run):
    numpy.save(path.with_suffix(".inputs.npy"), inputs_of(run))
    printed = subprocess.run([sys.executable, path, path.with_suffix(".inputs.npy")], capture_output=True, text=True, check=True).stdout
    return numpy.array(printed.split(), float).reshape(run["output"]["sizes"])


folder = pathlib.Path(sys.argv[1])
cases = json.loads((folder / "cases.json").read_text(encoding="utf-8"))
runs, failed, largest = 0, 0, 0.0
numpy.seterr(all="raise", under="ignore")
for number, case in enumerate(cases):
    try:
        network = loaded(folder / case["file"])
        outputs = [(network(inputs_of(run)), run) for run in case["runs"]]
        if number == 0:
            outputs.append((run_by_itself(folder / case["file"], case["runs"][-1]), case["runs"][-1]))
        for given, run in outputs:
            runs += 1
            problem, away = problem_of(given, run)
            largest = max(largest, away)
            if problem is not None:
                failed += 1
                print(f"{case['file']}: {problem}")
    except Exception as error:
        failed += 1
        print(f"{case['file']}: {type(error).__name__}: {error}")
print(f"{len(cases)} programs, {runs} runs in NumPy {numpy.__version__}, {failed} failed, largest difference {largest:.1e}")
sys.exit(0 if failed == 0 and runs > 0 else 1)
