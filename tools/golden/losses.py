"""The losses, as PyTorch has them, by mean and by sum; its cross-entropy over time has the classes on axis 1, the file on the last."""
import torch
import torch.nn.functional as F

from golden import checked, wave, write


def binary(*shape):
    """Targets 0 and 1 in turns that do not follow the predictions."""
    count = torch.Size(shape).numel()
    return torch.tensor([float(i * 3 % 7 % 2) for i in range(count)]).reshape(shape)


def classes(count, *shape):
    return torch.tensor([i * 5 % 7 % count for i in range(torch.Size(shape).numel())]).reshape(shape)


def both(name, inputs, loss):
    return [checked(f"{name}, {reduction}", inputs, lambda x, y, r=reduction: loss(x, y, r), {"reduction": reduction}, constants=("y",))
            for reduction in ("mean", "sum")]


def half_squared(x, y, reduction):
    return 0.5 * F.mse_loss(x, y, reduction=reduction)


def cross_entropy(x, y, reduction):
    return F.cross_entropy(x.movedim(-1, 1), y, reduction=reduction)


def weighted(name, inputs, settings=None):
    """Cross-entropy over time with weights w, a mask m, smoothing and an ignored class. PyTorch has no mask: its mean is written out."""
    settings = settings or {}

    def loss(x, y, reduction, w=None, m=None):
        def of(how):
            return F.cross_entropy(x.movedim(-1, 1), y, weight=w, reduction=how, label_smoothing=settings.get("smoothing", 0.0),
                                   ignore_index=settings.get("ignored", -100))
        if m is None:
            return of(reduction)
        total = (of("none") * m).sum()
        return total if reduction == "sum" else total / ((torch.ones_like(m) if w is None else w[y]) * m).sum()

    return [checked(f"{name}, {reduction}", inputs, lambda r=reduction, **given: loss(given["x"], given["y"], r, given.get("w"), given.get("m")),
                    {"reduction": reduction, **settings}, constants=("y", "w", "m")) for reduction in ("mean", "sum")]


def kl(x, y, reduction):
    return F.kl_div(x, y, reduction="batchmean" if reduction == "mean" else "sum")


def multi_class_hinge(x, y, reduction):
    return F.multi_margin_loss(x, y, reduction=reduction) * x.shape[-1]


def hinge(x, y, reduction):
    losses = torch.clamp(1 - x * y, min=0)
    return losses.mean() if reduction == "mean" else losses.sum()


def positive(name, x, y, p):
    return [checked(f"{name}, {reduction}", {"x": x, "y": y, "p": p},
                    lambda x, y, p, r=reduction: F.binary_cross_entropy_with_logits(x, y, reduction=r, pos_weight=p),
                    {"reduction": reduction}, constants=("y", "p")) for reduction in ("mean", "sum")]


def probabilities(*shape):
    return 0.5 + wave(*shape, phase=0.3, scale=0.499)


saturated = torch.tensor([0.0, 1.0, 0.0, 1.0, 1e-9, 1 - 2**-30])
corners = torch.tensor([1.0, 0.0, 0.0, 1.0, 1.0, 0.0])
extreme = torch.tensor([1e4, 1e4, -1e4, -1e4, 0.0, 0.0, 40.0, -40.0, 800.0, -800.0])
answers = torch.tensor([1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 0.0, 1.0, 1.0, 0.0])

write("losses", [
    *both("mse of a batch", {"x": wave(3, 4), "y": wave(3, 4, phase=2.1)}, lambda x, y, r: F.mse_loss(x, y, reduction=r)),
    *both("mse of one number", {"x": wave(1, 1, phase=0.3), "y": wave(1, 1, phase=2.1)}, lambda x, y, r: F.mse_loss(x, y, reduction=r)),
    *both("half of a batch", {"x": wave(3, 4), "y": wave(3, 4, phase=2.1)}, half_squared),
    *both("bce of a batch", {"x": probabilities(5, 3), "y": binary(5, 3)}, lambda x, y, r: F.binary_cross_entropy(x, y, reduction=r)),
    *both("bce of soft targets", {"x": probabilities(5, 3), "y": 0.5 + wave(5, 3, phase=1.2, scale=0.5)},
          lambda x, y, r: F.binary_cross_entropy(x, y, reduction=r)),
    *both("bce of exactly 0 and 1", {"x": saturated, "y": corners}, lambda x, y, r: F.binary_cross_entropy(x, y, reduction=r)),
    *both("bce_logits of a batch", {"x": wave(5, 3, scale=4), "y": binary(5, 3)},
          lambda x, y, r: F.binary_cross_entropy_with_logits(x, y, reduction=r)),
    *both("bce_logits of ±1e4", {"x": extreme, "y": answers}, lambda x, y, r: F.binary_cross_entropy_with_logits(x, y, reduction=r)),
    *both("cross_entropy of a batch", {"x": wave(4, 6, scale=3), "y": classes(6, 4)}, cross_entropy),
    *both("cross_entropy of one class", {"x": wave(3, 1), "y": classes(1, 3)}, cross_entropy),
    *both("cross_entropy over time", {"x": wave(2, 3, 5, scale=3), "y": classes(5, 2, 3)}, cross_entropy),
    *both("cross_entropy of ±1e4", {"x": torch.tensor([[1e4, 0.0, -1e4], [-1e4, 1e4, 0.0], [1e4, 1e4, 1e4 - 1]]), "y": torch.tensor([0, 0, 2])}, cross_entropy),
    *both("absolute of a batch", {"x": wave(3, 4), "y": wave(3, 4, phase=2.1)}, lambda x, y, r: F.l1_loss(x, y, reduction=r)),
    *both("huber of a batch", {"x": wave(3, 4, scale=2), "y": wave(3, 4, phase=2.1)}, lambda x, y, r: F.huber_loss(x, y, reduction=r, delta=0.7)),
    *both("kl of a batch", {"x": torch.log_softmax(wave(3, 4), -1), "y": torch.softmax(wave(3, 4, phase=2.1, scale=3), -1)}, kl),
    *both("hinge of a batch", {"x": wave(5, 3, scale=2), "y": 2 * binary(5, 3) - 1}, hinge),
    *both("multi_class_hinge of a batch", {"x": wave(4, 6, scale=2), "y": classes(6, 4)}, multi_class_hinge),
    *positive("bce_logits with one positive weight", wave(5, 3, scale=4), binary(5, 3), torch.tensor(2.5)),
    *positive("bce_logits with positive weights", wave(5, 3, scale=4), binary(5, 3), torch.tensor([0.5, 3.0, 1.5])),
    *positive("bce_logits with positive weights of ±1e4", extreme, answers, torch.tensor(3.0)),
    *weighted("cross_entropy with class weights", {"x": wave(2, 3, 5, scale=3), "y": classes(5, 2, 3), "w": torch.tensor([0.5, 2.0, 0.0, 1.25, 1.0])}),
    *weighted("cross_entropy with smoothed labels", {"x": wave(4, 6, scale=3), "y": classes(6, 4)}, {"smoothing": 0.2}),
    *weighted("cross_entropy with an ignored class", {"x": wave(2, 3, 5, scale=3), "y": classes(5, 2, 3)}, {"ignored": 3}),
    *weighted("cross_entropy with a mask", {"x": wave(2, 3, 5, scale=3), "y": classes(5, 2, 3), "m": torch.tensor([[1.0, 1.0, 0.0], [1.0, 0.0, 0.0]])}),
    *weighted("cross_entropy with all but a mask", {"x": wave(2, 3, 5, scale=3), "y": classes(5, 2, 3), "w": torch.tensor([0.5, 2.0, 0.3, 1.25, 1.0])},
              {"smoothing": 0.1, "ignored": 3}),
])
