"""h_t = tanh(x_t·Wx + h_{t−1}·Wh + b), all states. PyTorch has two biases and weights [hidden, inputs]; the file has one bias and [inputs, hidden]."""
import torch

from golden import checked, wave, write


def torch_rnn(x, h0, wx, wh, b):
    """PyTorch's own recurrent network, its second bias 0."""
    weights = [wx.t().contiguous(), wh.t().contiguous(), b, torch.zeros_like(b)]
    return torch._VF.rnn_tanh(x, h0[None], weights, True, 1, 0.0, False, False, True)[0]


def sequence(x, h0, wx, wh, b, truncate=0):
    """Step by step; h_t is cut off where (T − t) is a multiple of truncate."""
    steps, h, states = x.shape[1], h0, []
    for t in range(1, steps + 1):
        h = torch.tanh(x[:, t - 1] @ wx + h @ wh + b)
        states.append(h)
        if truncate and t < steps and (steps - t) % truncate == 0:
            h = h.detach()
    return torch.stack(states, dim=1)


def inputs(n, t, d, h, start=0.5):
    return {
        "x": wave(n, t, d),
        "h0": wave(n, h, phase=1.1, scale=start),
        "wx": wave(d, h, phase=0.9, scale=0.7),
        "wh": wave(h, h, phase=1.8, scale=0.6),
        "b": wave(h, phase=2.7, scale=0.3),
    }


write("rnn", [
    checked("a batch of sequences", inputs(3, 4, 2, 5), torch_rnn, {"truncate": 0}),
    checked("from a zero state", inputs(2, 3, 3, 4, start=0), torch_rnn, {"truncate": 0}),
    checked("one step", inputs(2, 1, 3, 4), torch_rnn, {"truncate": 0}),
    checked("one sample, one unit", inputs(1, 6, 1, 1), torch_rnn, {"truncate": 0}),
    checked("wider than a vector", inputs(2, 9, 5, 18), torch_rnn, {"truncate": 0}),
    *[checked(f"truncated to {k} of 5 steps", inputs(2, 5, 3, 4), lambda k=k, **given: sequence(**given, truncate=k), {"truncate": k}) for k in (1, 2, 4)],
])
