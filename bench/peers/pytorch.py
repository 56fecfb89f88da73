#!/usr/bin/python3
"""The workloads W1-W11 in PyTorch, and its matrix products: the peer of bench/compare.

    pytorch.py WORKLOAD [--threads N] [--batch N] [--length N] [--without-dropout]
    pytorch.py blas

A conversation in lines, the same for every contestant: `losses K` answers the losses of the first K steps from the
initial weights, `time N` the seconds of N training steps, `memory` the peak of the process in bytes; an empty line ends it.
`blas` says which BLAS is in use, and then answers `time N` with the seconds of N products of 1024 x 1024 x 1024 on one thread.

Weights and data come from one formula (see number), so that every language makes the same ones.
"""
import argparse
import ctypes
import os
import re
import sys
import time

BATCHES = 4  # different batches, taken in turn


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("workload", metavar="WORKLOAD", help="W1 to W11, G512 (a product of 512 x 512 matrices) or another size, or blas")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--batch", type=int, help="samples in a batch instead of the workload's own number")
    parser.add_argument("--length", type=int, help="time steps of W2 and W8 to W11 instead of their own number")
    parser.add_argument("--without-dropout", action="store_true", help="to compare losses: every library draws other masks")
    options = parser.parse_args()
    if not re.fullmatch(r"W([1-9]|10|11)|G[1-9]\d*|blas", options.workload):
        parser.error(f"{options.workload} is no workload: W1 to W11, G512 or another size, or blas are.")
    return options


def fast_blas(threads):
    """OpenBLAS takes newer processors for old ones: choose its kernels by what the processor can do, whatever the shell says."""
    for name in [name for name in os.environ if name.startswith("OPENBLAS_")]:
        del os.environ[name]
    with open("/proc/cpuinfo", encoding="ascii", errors="replace") as file:
        flags = set(re.search(r"^flags\s*:(.*)$", file.read(), re.M).group(1).split())
    if {"avx512f", "avx512dq", "avx512bw", "avx512vl"} <= flags:
        os.environ["OPENBLAS_CORETYPE"] = "SKYLAKEX"
    elif {"avx2", "fma"} <= flags:
        os.environ["OPENBLAS_CORETYPE"] = "HASWELL"
    os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = os.environ["MKL_NUM_THREADS"] = str(threads)


# What the libraries read from the environment they read while they are loaded.
options = arguments()
fast_blas(options.threads)

import numpy as np  # noqa: E402
import torch  # noqa: E402


def blas_in_use():
    """The libraries with matrix products that this process has loaded, with OpenBLAS's own words about itself."""
    with open("/proc/self/maps", encoding="utf-8") as file:
        loaded = sorted({line.split()[-1] for line in file if re.search(r"/lib(open|c)?(blas|mkl|blis|atlas)[^/]*\.so", line)})
    said = []
    for path in loaded:
        text = path
        try:
            library = ctypes.CDLL(path)
            library.openblas_get_config.restype = library.openblas_get_corename.restype = ctypes.c_char_p
            text += f" ({library.openblas_get_config().decode()}, kernels {library.openblas_get_corename().decode()})"
        except (AttributeError, OSError):
            pass
        said.append(text)
    return "; ".join(said) or "no BLAS found among the loaded libraries"


def mixed(seed, count):
    """count whole numbers of 32 bits that look like chance: the mixing function of bench/compare."""
    x = np.arange(1, count + 1, dtype=np.uint32) * np.uint32(2654435761) + np.uint32(seed * 2246822519 & 0xFFFFFFFF)
    x = (x ^ (x >> np.uint32(16))) * np.uint32(0x85EBCA6B)
    x = (x ^ (x >> np.uint32(13))) * np.uint32(0xC2B2AE35)
    return x ^ (x >> np.uint32(16))


def number(seed, shape, scale=1.0):
    """Numbers between -scale and scale."""
    values = (mixed(seed, int(np.prod(shape))) * 2.0**-31 - 1.0) * scale
    return torch.from_numpy(values.astype(np.float32).reshape(shape))


class Weights:
    """Gives one parameter after the other its initial values: uniform within 1/sqrt(fan in)."""

    def __init__(self):
        self.seed = 0

    def next(self, shape, fan_in):
        self.seed += 1
        return number(self.seed, shape, 1 / fan_in**0.5)


def linear(weights, inputs, outputs):
    layer = torch.nn.Linear(inputs, outputs)
    with torch.no_grad():
        layer.weight.copy_(weights.next((inputs, outputs), inputs).T)
        layer.bias.copy_(weights.next((outputs,), inputs))
    return layer


def conv(weights, channels, filters, kernel, padding=0, bias=True):
    layer = torch.nn.Conv2d(channels, filters, kernel, padding=padding, bias=bias)
    with torch.no_grad():
        layer.weight.copy_(weights.next((filters, channels, kernel, kernel), channels * kernel * kernel))
        if bias:
            layer.bias.copy_(weights.next((filters,), channels * kernel * kernel))
    return layer


class LastState(torch.nn.Module):
    """A recurrent network that gives its last state. All but the GRU have one bias: PyTorch's second one stays at zero.

    The gates' columns stand in PyTorch's own order, so that turning the weights is all that is needed."""

    def __init__(self, weights, inputs, units, kind=torch.nn.RNN):
        super().__init__()
        self.rnn = kind(inputs, units, batch_first=True)
        columns = self.rnn.weight_ih_l0.shape[0]
        with torch.no_grad():
            self.rnn.weight_ih_l0.copy_(weights.next((inputs, columns), units).T)
            self.rnn.weight_hh_l0.copy_(weights.next((units, columns), units).T)
            self.rnn.bias_ih_l0.copy_(weights.next((columns,), units))
            if kind is torch.nn.GRU:
                self.rnn.bias_hh_l0.copy_(weights.next((columns,), units))
            else:
                self.rnn.bias_hh_l0.zero_()
        self.rnn.bias_hh_l0.requires_grad_(kind is torch.nn.GRU)

    def forward(self, x):
        last = self.rnn(x)[1]
        return (last[0] if isinstance(last, tuple) else last)[0]


class Training:
    """One workload: a network, its optimizer, its data."""

    def __init__(self, name, batch, length, dropout):
        w, nn = Weights(), torch.nn
        adam, classes, length = False, 10, length or {"W2": 3, "W8": 64, "W9": 64, "W10": 64, "W11": 28}.get(name)
        if name == "W1":
            batch, shape, classes, rate = batch or 1, (2,), 0, 0.1
            net = [linear(w, 2, 4), nn.Tanh(), linear(w, 4, 1), nn.Sigmoid()]
        elif name == "W2":
            batch, shape, classes, rate = batch or 1, (length, 2), 0, 0.1
            net = [LastState(w, 2, 4), linear(w, 4, 1), nn.Sigmoid()]
        elif name == "W3":
            batch, shape, rate = batch or 64, (784,), 0.1
            net = [linear(w, 784, 128), nn.ReLU(), linear(w, 128, 10)]
        elif name == "W4":
            batch, shape, rate, adam = batch or 256, (784,), 0.001, True
            net = [linear(w, 784, 1024), nn.ReLU(), linear(w, 1024, 1024), nn.ReLU(), linear(w, 1024, 10)]
        elif name == "W5":
            batch, shape, rate = batch or 64, (1, 28, 28), 0.5
            net = [conv(w, 1, 6, 5, padding=2), nn.Tanh(), nn.AvgPool2d(2), conv(w, 6, 16, 5), nn.Tanh(), nn.AvgPool2d(2), nn.Flatten(),
                   linear(w, 400, 120), nn.Tanh(), linear(w, 120, 84), nn.Tanh(), linear(w, 84, 10)]
        elif name == "W6":
            batch, shape, rate, adam = batch or 64, (1, 28, 28), 0.001, True
            drop = [nn.Dropout(0.25)] if dropout else [], [nn.Dropout(0.5)] if dropout else []
            net = [conv(w, 1, 32, 3), nn.ReLU(), conv(w, 32, 64, 3), nn.ReLU(), nn.MaxPool2d(2), *drop[0], nn.Flatten(),
                   linear(w, 9216, 128), nn.ReLU(), *drop[1], linear(w, 128, 10)]
        elif name == "W7":
            batch, shape, rate, adam = batch or 32, (3, 32, 32), 0.001, True
            net, channels = [], 3
            for filters in (32, 64, 128):
                for _ in range(2):
                    net += [conv(w, channels, filters, 3, padding=1, bias=False), nn.BatchNorm2d(filters), nn.ReLU()]
                    channels = filters
                net.append(nn.MaxPool2d(2))
            net += [nn.Flatten(), linear(w, 2048, 10)]
        elif name == "W11":
            batch, shape, rate, adam = batch or 64, (length, 28), 0.001, True
            net = [LastState(w, 28, 128, nn.LSTM), linear(w, 128, 10)]
        else:
            batch, shape, rate, adam = batch or 32, (length, 64), 0.001, True
            net = [LastState(w, 64, 256, {"W8": nn.RNN, "W9": nn.LSTM, "W10": nn.GRU}[name]), linear(w, 256, 10)]
        self.net = nn.Sequential(*net)
        self.loss = nn.CrossEntropyLoss() if classes else nn.MSELoss()
        trained = [parameter for parameter in self.net.parameters() if parameter.requires_grad]
        self.optimizer = torch.optim.Adam(trained, lr=rate) if adam else torch.optim.SGD(trained, lr=rate)
        self.data = [self.batch(1000 + i, batch, shape, classes) for i in range(BATCHES)]
        self.x, self.y = (torch.empty_like(part) for part in self.data[0])
        self.at = 0

    @staticmethod
    def batch(seed, count, shape, classes):
        x = number(seed, (count,) + shape)
        if not classes:
            return x, number(seed + 100, (count, 1), 0.5) + 0.5
        return x, torch.from_numpy((mixed(seed + 100, count) % np.uint32(classes)).astype(np.int64))

    def step(self):
        x, y = self.data[self.at % BATCHES]
        self.at += 1
        self.x.copy_(x)
        self.y.copy_(y)
        self.optimizer.zero_grad(set_to_none=True)
        loss = self.loss(self.net(self.x), self.y)
        loss.backward()
        self.optimizer.step()
        return loss

    def losses(self, count):
        return [self.step().item() for _ in range(count)]


class Product:
    """A square product of matrices; its "losses" are the sums of the squares of some rows of the result."""

    def __init__(self, size):
        self.a, self.b = number(1, (size, size)), number(2, (size, size))
        self.c = torch.empty(size, size)

    def step(self):
        torch.mm(self.a, self.b, out=self.c)

    def losses(self, count):
        self.step()
        rows = [i * (len(self.c) - 1) // max(count - 1, 1) for i in range(count)]
        return (self.c[rows].double() ** 2).sum(1).tolist()


def peak_memory():
    with open("/proc/self/status", encoding="ascii") as file:
        return int(re.search(r"^VmHWM:\s*(\d+) kB", file.read(), re.M).group(1)) * 1024


def converse(work):
    for line in sys.stdin:
        words = line.split()
        if not words:
            return
        if words[0] == "losses":
            print("losses", *(repr(loss) for loss in work.losses(int(words[1]))), flush=True)
        elif words[0] == "time":
            start = time.perf_counter()
            for _ in range(int(words[1])):
                work.step()
            print("time", repr(time.perf_counter() - start), flush=True)
        elif words[0] == "memory":
            print("memory", peak_memory(), flush=True)
        else:
            sys.exit(f"pytorch.py: '{words[0]}' came; losses, time and memory are known.")


torch.set_num_threads(options.threads)
torch.set_num_interop_threads(1)
if options.workload == "blas":
    torch.mm(torch.ones(64, 64), torch.ones(64, 64))
    print(f"ready PyTorch {torch.__version__}, BLAS {blas_in_use()}", flush=True)
    converse(Product(1024))
else:
    if options.workload[0] == "G":
        work = Product(int(options.workload[1:]))
    else:
        work = Training(options.workload, options.batch, options.length, not options.without_dropout)
    print("ready", flush=True)
    converse(work)
