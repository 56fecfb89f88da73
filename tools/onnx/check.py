"""Holds exported models against the ONNX checker, with its inference of shapes.

    python3 tools/onnx/check.py FOLDER

Exit code 0 where all files pass, 1 where one does not, 2 where the package onnx is missing (Debian: python3-onnx).
"""
import pathlib
import sys

try:
    import onnx
except ImportError:
    print("the package onnx is missing (Debian: python3-onnx)", file=sys.stderr)
    sys.exit(2)


def shape_of(value):
    return [axis.dim_param or axis.dim_value for axis in value.type.tensor_type.shape.dim]


def problem_of(model):
    try:
        onnx.checker.check_model(model, full_check=True)
        inferred = onnx.shape_inference.infer_shapes(model, strict_mode=True, data_prop=True)
    except Exception as error:
        return str(error).strip().splitlines()[0]
    for said, found in zip(model.graph.output, inferred.graph.output):
        if shape_of(said) != shape_of(found):
            return f"says that its output is {shape_of(said)}, the checker infers {shape_of(found)}"
    return None


files = sorted(pathlib.Path(sys.argv[1]).glob("*.onnx"))
failed = 0
for file in files:
    problem = problem_of(onnx.load(str(file)))
    if problem is not None:
        failed += 1
        print(f"{file.name}: {problem}")
print(f"{len(files)} models in the ONNX checker {onnx.__version__}, {failed} failed")
sys.exit(0 if files and failed == 0 else 1)
