"""LSTM, GRU and the ReLU network through PyTorch's own modules: all outputs, last states, all gradients.

PyTorch has weights [gates·hidden, inputs]; the file has [inputs, gates·hidden], the gates in PyTorch's own order (i f g o and r z n). An LSTM and a
ReLU network have one bias here: PyTorch's second one is 0. Several layers or directions: the names of their weights end in the layer's number or in b.
"""
import torch

from golden import case, wave, write

GATES = {"LSTM": 4, "GRU": 3, "RNN": 1}


def weights(kind, d, h, ending, phase):
    columns = GATES[kind] * h
    named = {
        "wx" + ending: wave(d, columns, phase=0.9 + phase, scale=0.7),
        "wh" + ending: wave(h, columns, phase=1.8 + phase, scale=0.6),
        "b" + ending: wave(columns, phase=2.7 + phase, scale=0.3),
    }
    if kind == "GRU":
        named["rb" + ending] = wave(columns, phase=3.6 + phase, scale=0.3)
    return named


def recurrent(name, kind, n, t, d, h, layers=1, bidirectional=False, lengths=None, start=0.5):
    directions = 2 if bidirectional else 1
    endings = [("" if layer == 0 else str(layer + 1)) + ("b" if direction else "") for layer in range(layers) for direction in range(directions)]
    inputs = {"x": wave(n, t, d)}
    for i, ending in enumerate(endings):
        inputs |= weights(kind, d if i < directions else h * directions, h, ending, 0.2 * i)
    shape = (layers * directions, n, h)
    if not bidirectional:
        inputs["h0"] = wave(*shape, phase=1.1, scale=start)
        if kind == "LSTM":
            inputs["c0"] = wave(*shape, phase=2.2, scale=start)
    leaves = {key: value.clone().requires_grad_() for key, value in inputs.items()}

    options = {"nonlinearity": "relu"} if kind == "RNN" else {}
    module = getattr(torch.nn, kind)(d, h, num_layers=layers, bidirectional=bidirectional, batch_first=True, **options)
    given = []
    for ending in endings:
        b = leaves["b" + ending]
        given += [leaves["wx" + ending].t(), leaves["wh" + ending].t(), b, leaves.get("rb" + ending, torch.zeros_like(b))]
    zero = torch.zeros(shape)
    h0, c0 = leaves.get("h0", zero), leaves.get("c0", zero)
    x = leaves["x"]
    if lengths:
        x = torch.nn.utils.rnn.pack_padded_sequence(x, torch.tensor(lengths), batch_first=True, enforce_sorted=False)
    # The functions behind the module, so that gradients flow to the weights in our layout.
    flat = [weight.contiguous() for weight in given]
    function = {"LSTM": torch._VF.lstm, "GRU": torch._VF.gru, "RNN": torch._VF.rnn_relu}[kind]
    rest = (flat, True, layers, 0.0, module.training, bidirectional)
    if lengths:
        # What the module does itself: rows in the order of their lengths.
        order, back = x.sorted_indices, x.unsorted_indices
        state = (h0[:, order], c0[:, order]) if kind == "LSTM" else h0[:, order]
        result = function(x.data, x.batch_sizes, state, *rest)
        packed = torch.nn.utils.rnn.PackedSequence(result[0], x.batch_sizes, order, back)
        y = torch.nn.utils.rnn.pad_packed_sequence(packed, batch_first=True, total_length=t)[0]
        last = [part[:, back] for part in result[1:]]
    else:
        result = function(x, (h0, c0) if kind == "LSTM" else h0, *rest, True)
        y, last = result[0], list(result[1:])

    dy = wave(*y.shape, phase=0.4)
    outputs, loss, more = {"y": y, "h": last[0]}, (y * dy).sum(), {"dy": dy}
    if not bidirectional:
        more["dh"] = wave(*shape, phase=0.8, scale=0.5)
        loss = loss + (last[0] * more["dh"]).sum()
        if kind == "LSTM":
            outputs["c"] = last[1]
            more["dc"] = wave(*shape, phase=1.6, scale=0.5)
            loss = loss + (last[1] * more["dc"]).sum()
    loss.backward()
    gradients = {key: value.grad for key, value in leaves.items()}
    return case(name, {**inputs, **more}, outputs, gradients, {"kind": kind, "layers": layers, "bidirectional": bidirectional, "lengths": lengths or []})


write("recurrent", [
    entry
    for kind in ("LSTM", "GRU", "RNN")
    for entry in (
        recurrent(f"{kind}, a batch of sequences", kind, 3, 4, 2, 5),
        recurrent(f"{kind} from zero", kind, 2, 3, 3, 4, start=0),
        recurrent(f"{kind}, one step", kind, 2, 1, 3, 4),
        recurrent(f"{kind}, one sequence, one unit", kind, 1, 6, 1, 1),
        recurrent(f"{kind}, wider than a vector", kind, 2, 9, 5, 18),
        recurrent(f"{kind}, different lengths", kind, 4, 5, 3, 4, lengths=[3, 5, 1, 4]),
        recurrent(f"{kind} of two layers", kind, 3, 4, 2, 5, layers=2),
        recurrent(f"{kind} of two layers, different lengths", kind, 3, 4, 2, 3, layers=2, lengths=[2, 4, 3]),
        recurrent(f"{kind} in both directions", kind, 2, 4, 3, 4, bidirectional=True),
        recurrent(f"{kind} in both directions, two layers, different lengths", kind, 3, 4, 2, 3, layers=2, bidirectional=True, lengths=[4, 2, 3]),
    )
])
