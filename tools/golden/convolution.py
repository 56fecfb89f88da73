"""Convolution and pooling, with strides and paddings, windows with gaps, overlapping windows, and windows that do not fill the picture."""
import torch.nn.functional as F

from golden import checked, wave, write


def conv(name, x, k, stride=(1, 1), padding=(0, 0), bias=True):
    inputs = {"x": wave(*x), "k": wave(*k, phase=0.9)}
    if bias:
        inputs["b"] = wave(k[0], phase=1.8)
    return checked(name, inputs, lambda x, k, b=None: F.conv2d(x, k, b, stride, padding), settings("conv2d", k[2:], stride, padding))


def pool(name, kind, x, size, stride, padding=(0, 0)):
    function = {"max_pool2d": F.max_pool2d, "average_pool2d": F.avg_pool2d}[kind]
    return checked(name, {"x": wave(*x)}, lambda x: function(x, size, stride, padding), settings(kind, size, stride, padding))


def settings(kind, size, stride, padding):
    return {"type": kind, "kernel": list(size), "stride": list(stride), "padding": list(padding)}


write("convolution", [
    conv("a 3×3 kernel", (2, 3, 6, 5), (4, 3, 3, 3)),
    conv("without a bias", (2, 2, 4, 4), (3, 2, 2, 2), bias=False),
    conv("as large as the picture", (1, 1, 3, 3), (1, 1, 3, 3)),
    conv("stride 2, padding 1", (2, 3, 8, 8), (5, 3, 3, 3), (2, 2), (1, 1)),
    conv("rows and columns differ", (2, 2, 9, 7), (3, 2, 2, 4), (3, 1), (0, 3)),
    conv("gaps between windows", (1, 2, 10, 11), (2, 2, 2, 1), (3, 4)),
    conv("one place at a time", (2, 5, 3, 4), (7, 5, 1, 1)),
    conv("wider than a vector", (1, 2, 2, 19), (17, 2, 3, 3), padding=(1, 1)),
    pool("the largest of 2×2", "max_pool2d", (2, 3, 6, 8), (2, 2), (2, 2)),
    pool("the largest, overlapping and padded", "max_pool2d", (2, 2, 7, 8), (3, 3), (2, 2), (1, 1)),
    pool("the largest, with gaps", "max_pool2d", (1, 2, 8, 9), (2, 3), (3, 4)),
    pool("the average of 2×2", "average_pool2d", (2, 3, 6, 8), (2, 2), (2, 2)),
    pool("the average, overlapping and padded", "average_pool2d", (2, 2, 7, 8), (3, 3), (2, 2), (1, 1)),
    pool("the average, with gaps", "average_pool2d", (1, 2, 8, 9), (2, 3), (3, 4)),
])
