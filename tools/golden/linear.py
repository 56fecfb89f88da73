"""x·W + b. PyTorch keeps W as [outputs, inputs]; the file has it as [inputs, outputs]."""
import torch.nn.functional as F

from golden import checked, wave, write


def linear(x, w, b=None):
    return F.linear(x, w.t(), b)


write("linear", [
    checked("a batch", {"x": wave(3, 4), "w": wave(4, 5, phase=0.9), "b": wave(5, phase=1.8)}, linear),
    checked("one sample, one input, one output", {"x": wave(1, 1, phase=0.2), "w": wave(1, 1, phase=0.9), "b": wave(1, phase=1.8)}, linear),
    checked("without a bias", {"x": wave(2, 7), "w": wave(7, 3, phase=0.9)}, linear),
    checked("a batch of sequences", {"x": wave(2, 3, 4), "w": wave(4, 2, phase=0.9), "b": wave(2, phase=1.8)}, linear),
    checked("wider than a vector", {"x": wave(9, 21), "w": wave(21, 19, phase=0.9), "b": wave(19, phase=1.8)}, linear),
])
