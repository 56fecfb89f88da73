"""Weights as PyTorch and Keras keep them, and what a network with them gives.

PyTorch's networks are PyTorch's own. Keras' are the formulas of its documentation in NumPy: pictures [N, H, W, C], kernels [KH, KW, in, out], gates i f c o and
z r h, norms with the epsilon 0.001. Array k of a file holds 0.6·sin(1.7·i + k), a variance 1 more than that; a counter holds 7.
x and y stand here as our library has them, pictures [N, C, H, W].
"""
import numpy as np
import torch
from torch import nn

from golden import case, wave, write


def above(name):
    return 1 if "var" in name else 0


def fill(k, name, shape):
    return wave(*shape, phase=float(k), scale=0.6) + above(name)


def entry(name, layout, network, arrays, x, y, map=None):
    return case(name, {"x": x}, {"y": torch.as_tensor(y)}, settings={
        "layout": layout, "network": network, "arrays": [{"name": key, "shape": list(shape), "above": plus} for key, shape, plus in arrays], "map": map})


# PyTorch

def pytorch(name, module, input, layers, run=None, x=None, sort=True, map=None, layout="PyTorch"):
    """A safetensors file is sorted by name, an archive has the order of the state dict."""
    state = module.state_dict()
    names = sorted(state) if sort else list(state)
    filled = {key: torch.tensor(7) if key.endswith("tracked") else fill(k, key, state[key].shape) for k, key in enumerate(names)}
    module.load_state_dict(filled)
    x = wave(2, *input, phase=0.3) if x is None else x
    with torch.no_grad():
        y = (run or module.eval())(x)
    return entry(name, layout, {"input": input, "layers": layers}, [(key, state[key].shape, above(key)) for key in names], x, y, map)


def layer(type, **settings):
    return {"type": type, **settings}


class Dense(nn.Module):
    def __init__(self):
        super().__init__()
        self.second, self.first = nn.Linear(4, 2), nn.Linear(3, 4)

    def forward(self, x):
        return self.second(torch.tanh(self.first(x)))


class Pictures(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(nn.Conv2d(2, 4, 3, padding=1, bias=False), nn.BatchNorm2d(4), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(4, 6, (3, 2), groups=2), nn.PReLU(6))
        self.classifier = nn.Sequential(nn.Flatten(), nn.Linear(24, 5), nn.BatchNorm1d(5), nn.Linear(5, 3))

    def forward(self, x):
        return self.classifier(self.features(x))


class Recurrent(nn.Module):
    def __init__(self, kind, every=False, outputs=3, **settings):
        super().__init__()
        self.every = every
        self.rnn = getattr(nn, kind)(3, 4, batch_first=True, **settings)
        self.out = nn.Linear(8 if settings.get("bidirectional") else 4, outputs)

    def forward(self, x):
        y = self.rnn(x)[0]
        return self.out(y if self.every else y[:, -1])


class Text(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding, self.lstm, self.norm, self.out = nn.Embedding(7, 3), nn.LSTM(3, 4, batch_first=True), nn.LayerNorm(4), nn.Linear(4, 7)

    def forward(self, x):
        return self.out(self.norm(self.lstm(self.embedding(x.long()))[0][:, -1]))


deep = nn.Sequential(*[nn.Linear(3, 3) for _ in range(11)])
up = nn.Sequential(nn.ConvTranspose2d(2, 4, 3, stride=2, padding=1, output_padding=1, groups=2), nn.PReLU(), nn.Conv2d(4, 1, 1))
series = nn.Sequential(nn.Conv1d(2, 4, 3, padding=2, dilation=2), nn.ReLU(), nn.MaxPool1d(2), nn.Flatten(), nn.Linear(12, 2))
linear = layer("linear", units=3)

PYTORCH = [
    pytorch("PyTorch, layers by number", nn.Sequential(nn.Linear(3, 4), nn.ReLU(), nn.Linear(4, 2)), [3], [layer("linear", units=4), layer("relu"), layer("linear", units=2)]),
    pytorch("PyTorch, layers in the order of the file", Dense(), [3], [layer("linear", units=4), layer("tanh"), layer("linear", units=2)]),
    pytorch("PyTorch, layers by their names", Dense(), [3], [layer("linear", units=4, name="first"), layer("tanh"), layer("linear", units=2, name="second")], sort=False),
    pytorch("PyTorch, eleven equal layers", deep, [3], [linear] * 11),
    pytorch("PyTorch, pictures", Pictures(), [2, 8, 6], [
        layer("conv2d", filters=4, kernel=3, padding=1, bias=False), layer("batch_norm2d"), layer("relu"), layer("max_pool2d", kernel=2),
        layer("conv2d", filters=6, kernel=[3, 2], groups=2), layer("prelu", perChannel=True), layer("flatten"),
        layer("linear", units=5), layer("batch_norm1d"), layer("linear", units=3)]),
    pytorch("PyTorch, pictures made larger", up, [2, 3, 4], [
        layer("conv_transpose2d", filters=4, kernel=3, stride=2, padding=1, outputPadding=1, groups=2), layer("prelu"), layer("conv2d", filters=1, kernel=1)]),
    pytorch("PyTorch, a series", series, [2, 6], [
        layer("conv1d", filters=4, kernel=3, padding=2, dilation=2), layer("relu"), layer("max_pool1d", kernel=2), layer("flatten"), layer("linear", units=2)]),
    pytorch("PyTorch, LSTM of two layers", Recurrent("LSTM", num_layers=2), [5, 3], [layer("lstm", units=4, layers=2), linear]),
    pytorch("PyTorch, GRU", Recurrent("GRU"), [5, 3], [layer("gru", units=4), linear], sort=False),
    pytorch("PyTorch, ReLU network", Recurrent("RNN", nonlinearity="relu"), [5, 3], [layer("rnn", units=4, activation="relu"), linear]),
    pytorch("PyTorch, LSTM without biases", Recurrent("LSTM", bias=False), [5, 3], [layer("lstm", units=4, bias=False), linear]),
    pytorch("PyTorch, both ways in two layers", Recurrent("LSTM", every=True, num_layers=2, bidirectional=True), [5, 3], [
        layer("bidirectional", forward=layer("lstm", units=4, returnSequences=True), backward=layer("lstm", units=4, returnSequences=True)),
        layer("bidirectional", forward=layer("lstm", units=4, returnSequences=True), backward=layer("lstm", units=4, returnSequences=True)), linear]),
    pytorch("PyTorch, GRU both ways", Recurrent("GRU", every=True, bidirectional=True), [5, 3], [
        layer("bidirectional", forward=layer("gru", units=4, returnSequences=True), backward=layer("gru", units=4, returnSequences=True)), linear], sort=False),
    pytorch("PyTorch, tokens", Text(), [5], [
        layer("embedding", vocabulary=7, units=3), layer("lstm", units=4), layer("layer_norm", axes=1), layer("linear", units=7)],
        x=torch.tensor([[0.0, 1, 2, 3, 4], [6, 5, 0, 2, 1]])),
]


# Keras

def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def conv2d(x, kernel, bias, depthwise=False):
    kh, kw = kernel.shape[:2]
    rows, columns = x.shape[1] - kh + 1, x.shape[2] - kw + 1
    y = 0
    for i in range(kh):
        for j in range(kw):
            seen = x[:, i:i + rows, j:j + columns]
            y = y + ((seen[..., None] * kernel[i, j]).reshape(*seen.shape[:3], -1) if depthwise else seen @ kernel[i, j])
    return y + bias


def conv2d_transpose(x, kernel, bias):
    """Stride 2, valid: [KH, KW, out, in]."""
    kh, kw, out, _ = kernel.shape
    y = np.zeros((len(x), (x.shape[1] - 1) * 2 + kh, (x.shape[2] - 1) * 2 + kw, out))
    for i in range(kh):
        for j in range(kw):
            y[:, i:i + 2 * x.shape[1] - 1:2, j:j + 2 * x.shape[2] - 1:2] += x @ kernel[i, j].T
    return y + bias


def max_pool(x):
    n, h, w, c = x.shape
    return x[:, :h // 2 * 2, :w // 2 * 2].reshape(n, h // 2, 2, w // 2, 2, c).max((2, 4))


def norm(x, gamma, beta, mean, variance):
    return gamma * (x - mean) / np.sqrt(variance + 1e-3) + beta


def layer_norm(x, gamma, beta, axes):
    mean, variance = x.mean(axes, keepdims=True), x.var(axes, keepdims=True)
    return gamma * (x - mean) / np.sqrt(variance + 1e-3) + beta


def simple_rnn(x, kernel, recurrent, bias):
    h, states = np.zeros((len(x), len(recurrent))), []
    for t in range(x.shape[1]):
        h = np.tanh(x[:, t] @ kernel + bias + h @ recurrent)
        states.append(h)
    return np.stack(states, 1)


def lstm(x, kernel, recurrent, bias):
    h = c = np.zeros((len(x), len(recurrent)))
    states = []
    for t in range(x.shape[1]):
        i, f, g, o = np.split(x[:, t] @ kernel + h @ recurrent + bias, 4, 1)
        c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
        h = sigmoid(o) * np.tanh(c)
        states.append(h)
    return np.stack(states, 1)


def gru(x, kernel, recurrent, bias):
    """reset_after=True: z, r, h, and a bias of each side."""
    h, states = np.zeros((len(x), len(recurrent))), []
    for t in range(x.shape[1]):
        xz, xr, xh = np.split(x[:, t] @ kernel + bias[0], 3, 1)
        hz, hr, hh = np.split(h @ recurrent + bias[1], 3, 1)
        z, r = sigmoid(xz + hz), sigmoid(xr + hr)
        h = z * h + (1 - z) * np.tanh(xh + r * hh)
        states.append(h)
    return np.stack(states, 1)


def keras(name, shapes, input, layers, run, x=None, map=None, unnamed=False):
    """run gets the arrays in their order, and pictures with their channels last."""
    arrays = [fill(k, key, shape).numpy() for k, (key, shape) in enumerate(shapes)]
    x = wave(2, *input, phase=0.3) if x is None else x
    given = x.numpy()
    y = run(np.moveaxis(given, 1, -1) if len(input) == 3 else given, arrays)
    y = np.moveaxis(y, -1, 1) if y.ndim == 4 else y
    names = [(f"arr_{k}" if unnamed else key, shape, above(key)) for k, (key, shape) in enumerate(shapes)]
    return entry(name, "Keras", {"input": input, "layers": layers}, names, x, np.ascontiguousarray(y), map)


def cell(path, gates, d, h, bias=True):
    return [(f"{path}/kernel", (d, gates * h)), (f"{path}/recurrent_kernel", (h, gates * h)), (f"{path}/bias", (2, 3 * h) if gates == 3 else (gates * h,))]


NORM = ["gamma", "beta", "moving_mean", "moving_variance"]
EPSILON = {"epsilon": 0.001}
PICTURES = [
    ("conv2d/kernel", (3, 3, 2, 4)), ("conv2d/bias", (4,)), *[(f"batch_normalization/{role}", (4,)) for role in NORM], ("p_re_lu/alpha", (1, 1, 4)),
    *[(f"batch_normalization_1/{role}", (12,)) for role in NORM], ("dense/kernel", (12, 5)), ("dense/bias", (5,)), ("dense_1/kernel", (5, 3)), ("dense_1/bias", (3,))]
PICTURE_LAYERS = [
    layer("conv2d", filters=4, kernel=3), layer("batch_norm2d", **EPSILON), layer("prelu", perChannel=True), layer("max_pool2d", kernel=2), layer("flatten"),
    layer("dropout", rate=0.2), layer("batch_norm1d", **EPSILON), layer("linear", units=5), layer("tanh"), layer("linear", units=3)]


def pictures(x, w):
    x = norm(conv2d(x, w[0], w[1]), *w[2:6])
    x = max_pool(np.where(x > 0, x, w[6] * x)).reshape(len(x), -1)
    return np.tanh(norm(x, *w[7:11]) @ w[11] + w[12]) @ w[13] + w[14]


def series(x, w):
    """Conv1D over [N, L, C]: ours is [N, C, L]."""
    x = np.moveaxis(x, 1, 2)
    length = x.shape[1] - 2
    x = np.tanh(sum(x[:, i:i + length] @ w[0][i] for i in range(3)) + w[1])
    return x.reshape(len(x), -1) @ w[2] + w[3]


def depthwise(x, w):
    x = conv2d(x, w[0], w[1], depthwise=True)
    x = layer_norm(x, w[2], w[3], (1, 2, 3))
    return conv2d_transpose(x, w[4], w[5])


def both_ways(x, w):
    y = np.concatenate([lstm(x, *w[:3]), lstm(x[:, ::-1], *w[3:6])[:, ::-1]], 2)
    y = np.concatenate([gru(y, *w[6:9])[:, -1], gru(y[:, ::-1], *w[9:12])[:, -1]], 1)
    return y @ w[12] + w[13]


BOTH_WAYS = [
    layer("bidirectional", forward=layer("lstm", units=4, returnSequences=True), backward=layer("lstm", units=4, returnSequences=True)),
    layer("bidirectional", forward=layer("gru", units=2), backward=layer("gru", units=2)), linear]
DENSE = [("dense/kernel:0", (3, 3)), ("dense/bias:0", (3,)), ("dense_1/kernel:0", (3, 3)), ("dense_1/bias:0", (3,))]

KERAS = [
    keras("Keras, dense layers", DENSE, [3], [linear, layer("relu"), linear], lambda x, w: np.maximum(x @ w[0] + w[1], 0) @ w[2] + w[3]),
    keras("Keras, dense layers mapped the other way", DENSE, [3], [linear, layer("relu"), linear], lambda x, w: np.maximum(x @ w[2] + w[3], 0) @ w[0] + w[1],
          map={"dense": "linear2", "dense_1/kernel:0": "linear1.weight", "dense_1/bias:0": "linear1.bias"}),
    keras("Keras, pictures, batch norm and dense behind flatten", PICTURES, [2, 5, 8], PICTURE_LAYERS, pictures),
    keras("Keras, the same from get_weights", PICTURES, [2, 5, 8], PICTURE_LAYERS, pictures, unnamed=True),
    keras("Keras, depthwise, layer norm, transposed", [
        ("depthwise_conv2d/depthwise_kernel", (2, 3, 2, 3)), ("depthwise_conv2d/bias", (6,)), ("layer_normalization/gamma", (3, 2, 6)), ("layer_normalization/beta", (3, 2, 6)),
        ("conv2d_transpose/kernel", (2, 3, 5, 6)), ("conv2d_transpose/bias", (5,))], [2, 4, 4], [
            layer("conv2d", filters=6, kernel=[2, 3], groups=2), layer("layer_norm", axes=3, **EPSILON), layer("conv_transpose2d", filters=5, kernel=[2, 3], stride=2)], depthwise),
    keras("Keras, a series", [("conv1d/kernel", (3, 2, 4)), ("conv1d/bias", (4,)), ("dense/kernel", (16, 2)), ("dense/bias", (2,))], [2, 6], [
        layer("conv1d", filters=4, kernel=3), layer("tanh"), layer("flatten"), layer("linear", units=2)], series),
    keras("Keras, simple network behind LSTM", [
        *cell("lstm/lstm_cell", 4, 3, 4), *cell("simple_rnn/simple_rnn_cell", 1, 4, 2), ("dense/kernel", (2, 3)), ("dense/bias", (3,))], [5, 3], [
            layer("lstm", units=4, returnSequences=True), layer("rnn", units=2), linear],
        lambda x, w: simple_rnn(lstm(x, *w[:3]), *w[3:6])[:, -1] @ w[6] + w[7]),
    keras("Keras, both ways", [
        *cell("bidirectional/forward_lstm/lstm_cell", 4, 3, 4), *cell("bidirectional/backward_lstm/lstm_cell", 4, 3, 4),
        *cell("bidirectional_1/forward_gru/gru_cell", 3, 8, 2), *cell("bidirectional_1/backward_gru/gru_cell", 3, 8, 2), ("dense/kernel", (4, 3)), ("dense/bias", (3,))],
        [5, 3], BOTH_WAYS, both_ways),
    keras("Keras, tokens", [("embedding/embeddings", (7, 3)), *cell("gru/gru_cell", 3, 3, 4), ("dense/kernel", (4, 3)), ("dense/bias", (3,))], [5], [
        layer("embedding", vocabulary=7, units=3), layer("gru", units=4), linear],
        lambda x, w: gru(w[0][x.astype(int)], *w[1:4])[:, -1] @ w[4] + w[5], x=torch.tensor([[0.0, 1, 2, 3, 4], [6, 5, 0, 2, 1]])),
]

write("imports", PYTORCH + KERAS)
