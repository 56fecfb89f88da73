"""Five steps of each optimizer on given gradients. b has a gradient in steps 2 and 4 only: it and what is remembered of it stay as they are else."""
import torch

from golden import case, wave, write

STEPS = 5


def run(name, make, settings, memory):
    w, b = wave(3, 4).requires_grad_(), wave(3, phase=0.9).requires_grad_()
    inputs, outputs = {"w": w.detach().clone(), "b": b.detach().clone()}, {}
    optimizer = make([w, b])
    for t in range(1, STEPS + 1):
        w.grad = inputs[f"dw{t}"] = wave(3, 4, phase=2.0 * t)
        b.grad = wave(3, phase=3.0 * t) if t % 2 == 0 else None
        if b.grad is not None:
            inputs[f"db{t}"] = b.grad
        optimizer.step()
        outputs[f"w{t}"], outputs[f"b{t}"] = w.detach().clone(), b.detach().clone()
    for ours, theirs in memory.items():
        outputs[f"{ours} of w"], outputs[f"{ours} of b"] = optimizer.state[w][theirs], optimizer.state[b][theirs]
    return case(name, inputs, outputs, settings={"steps": STEPS, **settings})


def sgd(name, lr, momentum=0.0, nesterov=False):
    return run(name, lambda p: torch.optim.SGD(p, lr=lr, momentum=momentum, nesterov=nesterov),
               {"type": "sgd", "learningRate": lr, "momentum": momentum, "nesterov": nesterov},
               {"velocity": "momentum_buffer"} if momentum else {})


def adam(name, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    return run(name, lambda p: torch.optim.Adam(p, lr=lr, betas=(beta1, beta2), eps=eps),
               {"type": "adam", "learningRate": lr, "beta1": beta1, "beta2": beta2, "epsilon": eps},
               {"mean": "exp_avg", "squaredMean": "exp_avg_sq"})


write("optimizers", [
    sgd("sgd", 0.1),
    sgd("sgd with momentum", 0.1, 0.9),
    sgd("sgd with Nesterov's momentum", 0.05, 0.8, True),
    adam("adam with its defaults"),
    adam("adam with other settings", 0.02, 0.7, 0.95, 0.1),
])
