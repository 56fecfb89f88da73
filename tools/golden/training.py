"""Ten training steps of three small networks, weights by formula: every loss, and the gradients of the first step."""
import torch
import torch.nn.functional as F

from golden import case, wave, write

STEPS = 10


def train(name, data, weights, loss_of, make, settings):
    leaves = {key: value.clone().requires_grad_() for key, value in weights.items()}
    optimizer = make(list(leaves.values()))
    losses, gradients = [], {}
    for step in range(STEPS):
        optimizer.zero_grad()
        loss = loss_of(**data, **leaves)
        loss.backward()
        if step == 0:
            gradients = {key: value.grad.clone() for key, value in leaves.items()}
        losses.append(loss.detach())
        optimizer.step()
    outputs = {"losses": torch.stack(losses), **{f"{key} at the end": value for key, value in leaves.items()}}
    return case(name, {**data, **weights}, outputs, gradients, {"steps": STEPS, **settings})


def xor(x, y, w1, b1, w2, b2):
    return F.mse_loss(torch.sigmoid(torch.tanh(x @ w1 + b1) @ w2 + b2), y)


def cnn(x, y, k, kb, w, b):
    h = F.max_pool2d(F.relu(F.conv2d(x, k, kb)), 2)
    return F.cross_entropy(h.flatten(1) @ w + b, y)


def rnn(x, y, wx, wh, bh, w, b):
    h = torch.zeros(x.shape[0], wh.shape[0])
    for t in range(x.shape[1]):
        h = torch.tanh(x[:, t] @ wx + h @ wh + bh)
    return F.binary_cross_entropy_with_logits(h @ w + b, y)


write("training", [
    train("xor", {"x": torch.tensor([[0.0, 0], [0, 1], [1, 0], [1, 1]]), "y": torch.tensor([[0.0], [1], [1], [0]])},
          {"w1": wave(2, 4), "b1": wave(4, phase=0.9), "w2": wave(4, 1, phase=1.8), "b2": wave(1, phase=2.7)},
          xor, lambda p: torch.optim.SGD(p, lr=0.5), {"optimizer": "sgd", "learningRate": 0.5, "momentum": 0.0}),
    train("cnn", {"x": wave(4, 1, 6, 6), "y": torch.tensor([0, 2, 1, 2])},
          {"k": wave(2, 1, 3, 3, phase=0.9, scale=0.5), "kb": wave(2, phase=1.8, scale=0.1), "w": wave(8, 3, phase=2.7, scale=0.5), "b": wave(3, phase=3.6, scale=0.1)},
          cnn, lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9), {"optimizer": "sgd", "learningRate": 0.1, "momentum": 0.9}),
    train("rnn", {"x": wave(3, 5, 2), "y": torch.tensor([[0.0], [1], [1]])},
          {"wx": wave(2, 4, phase=0.9), "wh": wave(4, 4, phase=1.8, scale=0.5), "bh": wave(4, phase=2.7, scale=0.1), "w": wave(4, 1, phase=3.6), "b": wave(1, phase=4.5, scale=0.1)},
          rnn, lambda p: torch.optim.Adam(p, lr=0.05), {"optimizer": "adam", "learningRate": 0.05}),
])
