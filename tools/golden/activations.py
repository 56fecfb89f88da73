"""The activations, as PyTorch has them. Inputs stay between the places where PyTorch's softplus turns into a straight line and beyond which all is flat."""
import torch
import torch.nn.functional as F

from golden import checked, wave, write


def one(name, function, scale=4.0, **settings):
    return checked(name, {"x": wave(5, 7, scale=scale)}, lambda x: function(x), {"type": name.split()[0], **settings})


def prelu(name, x, slopes):
    return checked(name, {"x": x, "a": wave(slopes, phase=0.9, scale=0.5)}, lambda x, a: F.prelu(x, a), {"type": "prelu"})


write("activations", [
    one("relu", F.relu),
    one("leaky_relu", lambda x: F.leaky_relu(x, 0.2), slope=0.2),
    prelu("prelu of a slope for each column", wave(5, 7, scale=4), 7),
    prelu("prelu of a slope for each channel", wave(2, 3, 4, 5, scale=4), 3),
    prelu("prelu of one slope", wave(3, 1, 5, scale=4), 1),
    one("elu", lambda x: F.elu(x, 0.7), alpha=0.7),
    one("selu", F.selu),
    one("gelu", F.gelu),
    one("gelu_tanh", lambda x: F.gelu(x, approximate="tanh")),
    one("silu", F.silu),
    one("softplus", F.softplus),
    one("softplus of large numbers", F.softplus, scale=19.0),
    one("softsign", F.softsign),
    one("hard_sigmoid", F.hardsigmoid),
    one("sigmoid", torch.sigmoid),
    one("tanh", torch.tanh),
])
