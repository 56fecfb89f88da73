"""Batch normalisation over [N, C] and [N, C, H, W]: training, with the running statistics after one step, and inference with given ones."""
import torch
import torch.nn.functional as F

from golden import case, checked, wave, write


def trained(name, shape, momentum=0.1, epsilon=1e-5):
    c = shape[1]
    given = {"x": wave(*shape, scale=2), "scale": wave(c, phase=0.9), "shift": wave(c, phase=1.8)}
    mean, variance = wave(c, phase=2.2), 1.5 + wave(c, phase=3.1)
    after = (mean.clone(), variance.clone())
    leaves = {key: value.clone().requires_grad_() for key, value in given.items()}
    y = F.batch_norm(leaves["x"], *after, leaves["scale"], leaves["shift"], True, momentum, epsilon)
    dy = wave(*shape, phase=0.4)
    y.backward(dy)
    return case(
        name, {**given, "mean": mean, "variance": variance, "dy": dy}, {"y": y, "mean after": after[0], "variance after": after[1]},
        {key: value.grad for key, value in leaves.items()}, {"training": True, "momentum": momentum, "epsilon": epsilon})


def inferred(name, shape, epsilon=1e-5):
    c = shape[1]
    given = {"x": wave(*shape), "scale": wave(c, phase=0.9), "shift": wave(c, phase=1.8), "mean": wave(c, phase=2.2), "variance": 1.5 + wave(c, phase=3.1)}
    return checked(
        name, given, lambda x, scale, shift, mean, variance: F.batch_norm(x, mean, variance, scale, shift, False, 0.0, epsilon),
        {"training": False, "momentum": 0.1, "epsilon": epsilon}, constants=("mean", "variance"))


write("batch-norm", [
    trained("a batch of pictures", (3, 2, 3, 4)),
    trained("rows", (5, 3)),
    trained("rows wider than a vector", (37, 19)),
    trained("planes wider than a vector", (2, 3, 5, 7), momentum=0.3, epsilon=1e-3),
    trained("one picture", (1, 2, 2, 3)),
    trained("two samples, one channel, one position", (2, 1, 1, 1), epsilon=0.5),
    inferred("inference on pictures", (3, 2, 3, 4)),
    inferred("inference on rows", (5, 3), epsilon=1e-3),
    inferred("inference on one sample", (1, 4)),
])
