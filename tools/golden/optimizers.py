"""Five steps of each optimizer on given gradients. b has a gradient in steps 2 and 4 only: it and what is remembered of it stay as they are else.

Penalties and clipping act on both, as PyTorch has them; L1, which it does not have, is added to the gradient by its definition."""
import torch

from golden import case, wave, write

STEPS = 5


def run(name, kind, make, settings, memory, l1=0.0, norm=None, bound=None):
    w, b = wave(3, 4).requires_grad_(), wave(3, phase=0.9).requires_grad_()
    inputs, outputs = {"w": w.detach().clone(), "b": b.detach().clone()}, {}
    optimizer = make([w, b])
    for t in range(1, STEPS + 1):
        inputs[f"dw{t}"] = wave(3, 4, phase=2.0 * t)
        w.grad = inputs[f"dw{t}"].clone()
        b.grad = None
        if t % 2 == 0:
            inputs[f"db{t}"] = wave(3, phase=3.0 * t)
            b.grad = inputs[f"db{t}"].clone()
        if norm is not None:
            outputs[f"norm{t}"] = torch.nn.utils.clip_grad_norm_([w, b], norm)
        if bound is not None:
            torch.nn.utils.clip_grad_value_([w, b], bound)
        for p in (w, b):
            if l1 and p.grad is not None:
                p.grad += l1 * torch.sign(p.detach())
        optimizer.step()
        outputs[f"w{t}"], outputs[f"b{t}"] = w.detach().clone(), b.detach().clone()
    for ours, theirs in memory.items():
        outputs[f"{ours} of w"], outputs[f"{ours} of b"] = optimizer.state[w][theirs], optimizer.state[b][theirs]
    extra = {"l1": l1, "maxGradientNorm": norm, "maxGradient": bound}
    return case(name, inputs, outputs, settings={"type": kind, "steps": STEPS, **settings, **{key: value for key, value in extra.items() if value}})


def decayed(settings, decay, name="l2"):
    return {**settings, **({name: decay} if decay else {})}


def sgd(name, lr, momentum=0.0, nesterov=False, l2=0.0, **extra):
    return run(name, "sgd", lambda p: torch.optim.SGD(p, lr=lr, momentum=momentum, nesterov=nesterov, weight_decay=l2),
               decayed({"learningRate": lr, "momentum": momentum, "nesterov": nesterov}, l2),
               {"velocity": "momentum_buffer"} if momentum else {}, **extra)


def adagrad(name, lr=0.01, eps=1e-10, l2=0.0, **extra):
    return run(name, "adagrad", lambda p: torch.optim.Adagrad(p, lr=lr, eps=eps, weight_decay=l2),
               decayed({"learningRate": lr, "epsilon": eps}, l2), {"squaredSum": "sum"}, **extra)


def rmsprop(name, lr=0.01, alpha=0.99, momentum=0.0, eps=1e-8, l2=0.0, **extra):
    return run(name, "rmsprop", lambda p: torch.optim.RMSprop(p, lr=lr, alpha=alpha, momentum=momentum, eps=eps, weight_decay=l2),
               decayed({"learningRate": lr, "alpha": alpha, "momentum": momentum, "epsilon": eps}, l2),
               {"squaredMean": "square_avg", **({"velocity": "momentum_buffer"} if momentum else {})}, **extra)


def adadelta(name, lr=1.0, rho=0.9, eps=1e-6, l2=0.0, **extra):
    return run(name, "adadelta", lambda p: torch.optim.Adadelta(p, lr=lr, rho=rho, eps=eps, weight_decay=l2),
               decayed({"learningRate": lr, "rho": rho, "epsilon": eps}, l2), {"squaredMean": "square_avg", "squaredStep": "acc_delta"}, **extra)


def adam(name, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8, l2=0.0, **extra):
    return run(name, "adam", lambda p: torch.optim.Adam(p, lr=lr, betas=(beta1, beta2), eps=eps, weight_decay=l2),
               decayed({"learningRate": lr, "beta1": beta1, "beta2": beta2, "epsilon": eps}, l2),
               {"mean": "exp_avg", "squaredMean": "exp_avg_sq"}, **extra)


def adamw(name, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8, decay=0.01, **extra):
    return run(name, "adam", lambda p: torch.optim.AdamW(p, lr=lr, betas=(beta1, beta2), eps=eps, weight_decay=decay),
               decayed({"learningRate": lr, "beta1": beta1, "beta2": beta2, "epsilon": eps}, decay, "weightDecay"),
               {"mean": "exp_avg", "squaredMean": "exp_avg_sq"}, **extra)


write("optimizers", [
    sgd("sgd", 0.1),
    sgd("sgd with momentum", 0.1, 0.9),
    sgd("sgd with Nesterov's momentum", 0.05, 0.8, True),
    sgd("sgd with L2", 0.1, l2=0.03),
    sgd("sgd with L1", 0.1, l1=0.02),
    sgd("sgd with momentum, L1 and L2", 0.1, 0.9, l2=0.03, l1=0.02),
    sgd("sgd clipped by the norm", 0.1, 0.9, norm=1.5),
    sgd("sgd clipped by a norm that is not reached", 0.1, norm=100.0),
    sgd("sgd clipped by value", 0.1, 0.9, bound=0.4),
    adagrad("adagrad with its defaults"),
    adagrad("adagrad with other settings and L2", 0.2, 1e-3, l2=0.03),
    rmsprop("rmsprop with its defaults"),
    rmsprop("rmsprop with other settings and L2", 0.02, 0.8, eps=0.01, l2=0.03),
    rmsprop("rmsprop with momentum", 0.02, 0.8, momentum=0.9),
    adadelta("adadelta with its defaults"),
    adadelta("adadelta with other settings and L2", 0.5, 0.7, 1e-3, l2=0.03),
    adam("adam with its defaults"),
    adam("adam with other settings", 0.02, 0.7, 0.95, 0.1),
    adam("adam with L2, clipped by both", 0.02, l2=0.03, norm=1.5, bound=0.3),
    adamw("adamw with its defaults"),
    adamw("adamw with other settings", 0.02, 0.7, 0.95, 0.1, decay=0.3),
])
