"""Dilated, grouped, one-dimensional and transposed convolution, pooling in ceil mode and without its padding, layer normalisation, upsampling,
batch normalisation of sequences, and a residual block of two branches."""
import torch
import torch.nn.functional as F

from golden import checked, wave, write

BILINEAR = {"mode": "bilinear", "align_corners": False}


def conv(name, kind, x, k, filters, bias=True, **settings):
    function = {"conv1d": F.conv1d, "conv2d": F.conv2d, "conv_transpose2d": F.conv_transpose2d}[kind]
    inputs = {"x": wave(*x), "k": wave(*k, phase=0.9)}
    if bias:
        inputs["b"] = wave(filters, phase=1.8)
    usual = {"stride": [1] * (len(k) - 2), "padding": [0] * (len(k) - 2), "dilation": [1] * (len(k) - 2), "groups": 1}
    if kind == "conv_transpose2d":
        usual["output_padding"] = [0, 0]
    used = {**usual, **settings}
    return checked(name, inputs, lambda x, k, b=None: function(x, k, b, **used), {"type": kind, **used})


def pool(name, kind, x, size, stride, padding, ceil=False, count=True):
    functions = {"max_pool1d": F.max_pool1d, "max_pool2d": F.max_pool2d, "average_pool1d": F.avg_pool1d, "average_pool2d": F.avg_pool2d}
    extra = {} if kind.startswith("max") else {"count_include_pad": count}
    settings = {"type": kind, "kernel": size, "stride": stride, "padding": padding, "ceil": ceil, "count": count}
    return checked(name, {"x": wave(*x)}, lambda x: functions[kind](x, size, stride, padding, ceil_mode=ceil, **extra), settings)


def layer_norm(name, x, axes, epsilon):
    inputs = {"x": wave(*x, scale=2), "scale": wave(*axes, phase=0.9), "shift": wave(*axes, phase=1.8)}
    return checked(
        name, inputs, lambda x, scale, shift: F.layer_norm(x, axes, scale, shift, epsilon), {"type": "layer_norm", "epsilon": epsilon})


def upsample(name, x, factor, bilinear):
    extra = BILINEAR if bilinear else {"mode": "nearest"}
    return checked(name, {"x": wave(*x)}, lambda x: F.interpolate(x, scale_factor=factor, **extra), {"type": "upsample2d", "factor": factor, "bilinear": bilinear})


def block(x, k1, k2, scale, shift, k3):
    body = F.batch_norm(F.conv2d(x, k1, stride=2, padding=1), None, None, scale, shift, True)
    body = torch.cat([torch.relu(body), F.conv2d(x, k2, stride=2)], 1)
    return body + F.conv2d(x, k3, stride=2)


write("convolutional", [
    conv("dilated", "conv2d", (2, 3, 7, 8), (4, 3, 3, 2), 4, dilation=[2, 3], padding=[2, 1]),
    conv("dilated with strides", "conv2d", (1, 2, 9, 11), (3, 2, 3, 3), 3, stride=[2, 3], dilation=[2, 2], padding=[1, 4]),
    conv("in groups", "conv2d", (2, 4, 5, 6), (6, 2, 3, 3), 6, groups=2, padding=[1, 1]),
    conv("depthwise", "conv2d", (2, 5, 6, 7), (5, 1, 3, 3), 5, groups=5, padding=[1, 1]),
    conv("depthwise, wider than a vector", "conv2d", (1, 19, 5, 6), (19, 1, 3, 3), 19, groups=19, stride=[2, 1]),
    conv("depthwise, two filters each", "conv2d", (1, 3, 6, 7), (6, 1, 2, 3), 6, groups=3, stride=[1, 2], bias=False),
    conv("along sequences", "conv1d", (2, 3, 9), (4, 3, 3), 4),
    conv("along sequences, with everything", "conv1d", (2, 4, 13), (6, 2, 3), 6, stride=[2], padding=[3], dilation=[2], groups=2),
    conv("transposed", "conv_transpose2d", (2, 3, 3, 4), (3, 2, 3, 3), 2),
    conv("transposed to twice the size", "conv_transpose2d", (2, 2, 3, 4), (2, 3, 4, 4), 3, stride=[2, 2], padding=[1, 1]),
    conv("transposed, with everything", "conv_transpose2d", (1, 4, 3, 2), (4, 2, 3, 2), 4, stride=[2, 3], padding=[1, 0], output_padding=[1, 2],
         dilation=[2, 1], groups=2, bias=False),
    pool("the largest, in ceil mode", "max_pool2d", (2, 2, 5, 7), [2, 2], [2, 2], [0, 0], ceil=True),
    pool("the largest, in ceil mode and padded", "max_pool2d", (1, 2, 6, 8), [3, 2], [2, 3], [1, 1], ceil=True),
    pool("the largest of a sequence", "max_pool1d", (2, 2, 9), [3], [2], [1]),
    pool("the largest of a sequence, in ceil mode", "max_pool1d", (2, 2, 8), [3], [2], [0], ceil=True),
    pool("the average, in ceil mode", "average_pool2d", (2, 2, 5, 7), [2, 2], [2, 2], [0, 0], ceil=True),
    pool("the average, in ceil mode and padded", "average_pool2d", (1, 2, 6, 8), [3, 3], [2, 3], [1, 1], ceil=True),
    pool("the average without its padding", "average_pool2d", (1, 2, 6, 7), [3, 3], [2, 2], [1, 1], count=False),
    pool("the average without its padding, in ceil mode", "average_pool2d", (1, 2, 6, 8), [3, 3], [2, 3], [1, 1], ceil=True, count=False),
    pool("the average of a sequence", "average_pool1d", (2, 2, 9), [3], [2], [1]),
    pool("the average of a sequence, in ceil mode without its padding", "average_pool1d", (2, 2, 8), [3], [2], [1], ceil=True, count=False),
    checked("the average of each channel", {"x": wave(2, 3, 4, 5)}, lambda x: x.mean((2, 3)), {"type": "global_average_pool2d"}),
    checked("the largest of each channel", {"x": wave(2, 3, 4, 5)}, lambda x: x.amax((2, 3)), {"type": "global_max_pool2d"}),
    layer_norm("rows to mean 0", (5, 7), [7], 1e-5),
    layer_norm("rows wider than a vector to mean 0", (3, 37), [37], 1e-3),
    layer_norm("pictures to mean 0", (2, 2, 3, 4), [2, 3, 4], 1e-5),
    layer_norm("pairs to mean 0", (4, 2), [2], 0.5),
    upsample("each number twice", (2, 2, 3, 4), [2, 2], False),
    upsample("each number by (3, 1)", (1, 2, 3, 4), [3, 1], False),
    upsample("blended to twice the size", (2, 2, 3, 4), [2, 2], True),
    upsample("blended by (3, 4)", (1, 2, 2, 5), [3, 4], True),
    checked(
        "batch normalisation of sequences", {"x": wave(3, 2, 5, scale=2), "scale": wave(2, phase=0.9), "shift": wave(2, phase=1.8)},
        lambda x, scale, shift: F.batch_norm(x, None, None, scale, shift, True), {"type": "batch_norm1d"}),
    checked(
        "a residual block of two branches",
        {"x": wave(2, 2, 6, 7), "k1": wave(3, 2, 3, 3, phase=0.5), "k2": wave(2, 2, 1, 1, phase=0.9), "scale": wave(3, phase=1.3),
         "shift": wave(3, phase=1.8), "k3": wave(5, 2, 1, 1, phase=2.2)}, block, {"type": "block"}),
])
