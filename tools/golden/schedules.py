"""The learning rates of 24 steps, as PyTorch's schedulers set them. PyTorch's cosine begins to rise again after its end: ours stays, and the file ends there."""
import torch
from torch.optim import lr_scheduler

from golden import case, wave, write

STEPS = 24


def rates(name, make, settings, base=0.3, losses=None, steps=STEPS):
    optimizer = torch.optim.SGD([wave(1).requires_grad_()], lr=base)
    scheduler, found = make(optimizer), []
    for t in range(steps):
        found.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step(*([] if losses is None else [losses[t]]))
    inputs = {} if losses is None else {"losses": torch.tensor(losses)}
    return case(name, inputs, {"rates": torch.tensor(found)}, settings={"type": name.split()[0], "base": base, **settings})




def plateaus(factor, patience, threshold, least, base=0.3):
    return lambda o: lr_scheduler.ReduceLROnPlateau(o, factor=factor, patience=patience, threshold=threshold, min_lr=least * base, eps=0)


falling = [2.0, 1.5, 1.2, 1.2, 1.1999, 1.1999, 1.25, 1.1, 1.1, 1.1, 1.1, 1.1, 1.1, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.9, 1.0, 1.0, 1.0, 1.0]

write("schedules", [
    rates("step", lambda o: lr_scheduler.StepLR(o, 5, 0.3), {"length": 5, "factor": 0.3}),
    rates("exponential", lambda o: lr_scheduler.ExponentialLR(o, 0.9), {"factor": 0.9}),
    rates("cosine to 0", lambda o: lr_scheduler.CosineAnnealingLR(o, STEPS - 1), {"length": STEPS - 1, "least": 0.0}),
    rates("cosine to a tenth", lambda o: lr_scheduler.CosineAnnealingLR(o, STEPS - 1, eta_min=0.03), {"length": STEPS - 1, "least": 0.1}),
    rates("warm_up", lambda o: lr_scheduler.LinearLR(o, start_factor=1 / 5, total_iters=4), {"length": 5}),
    rates("one_cycle", lambda o: lr_scheduler.OneCycleLR(o, max_lr=0.3, total_steps=STEPS + 1), {"length": STEPS + 1, "rise": 0.3, "start": 25.0, "end": 1e4}, steps=STEPS),
    rates("one_cycle of other settings",
          lambda o: lr_scheduler.OneCycleLR(o, max_lr=0.3, total_steps=STEPS + 1, pct_start=0.55, div_factor=4, final_div_factor=10),
          {"length": STEPS + 1, "rise": 0.55, "start": 4.0, "end": 10.0}),
    rates("plateau", plateaus(0.5, 2, 1e-4, 0), {"factor": 0.5, "patience": 2, "threshold": 1e-4, "least": 0.0}, losses=falling),
    rates("plateau of other settings", plateaus(0.3, 0, 0.05, 0.05), {"factor": 0.3, "patience": 0, "threshold": 0.05, "least": 0.05}, losses=falling),
])
