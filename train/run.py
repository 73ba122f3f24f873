"""The loop that teachers and the small network are trained by: batches, averaged weights, checkpoints."""
import collections
import math
import os
import random
import time
from dataclasses import dataclass

import numpy as np
import torch

import batch as batching


@dataclass
class Plan:
    out: str            # folder: last.pt to go on from, average.pt to use
    epochs: int
    seed: int
    words: int          # of a batch
    warm_steps: int
    decay: float        # of the averaged weights
    weight: dict        # of each kind of loss
    every: int          # steps between two lines about the loss


def save(path, state):
    torch.save(state, path + ".new")
    os.replace(path + ".new", path)


def optimise(net, adam, loss, weight):
    """One step; returns the weighted sum of the losses."""
    total = sum(weight[k] * v for k, v in loss.items())
    adam.zero_grad()
    total.backward()
    torch.nn.utils.clip_grad_norm_([p for p in net.parameters() if p.requires_grad], 2.0)
    adam.step()
    return float(total.detach())


def train(plan, net, average, adam, lengths, losses, evaluate, about):
    """Goes through all sentences (of `lengths` words) each epoch. losses(indices, rng, noise): losses by kind
    of one batch; evaluate(): {set: {figure: percent}} of `average`; about: what the checkpoints say besides.
    The rate of each group of `adam` falls to nothing over all epochs. Continues from OUT/last.pt."""
    os.makedirs(plan.out, exist_ok=True)
    first, last = 0, os.path.join(plan.out, "last.pt")
    average.load_state_dict(net.state_dict())
    if os.path.exists(last):
        state = torch.load(last, weights_only=False)
        net.load_state_dict(state["net"])
        average.load_state_dict(state["average"])
        adam.load_state_dict(state["adam"])
        first = state["epoch"]
    a_epoch = math.ceil(sum(lengths) / plan.words * 1.02)
    step, steps = first * a_epoch, plan.epochs * a_epoch
    for group in adam.param_groups:
        group.setdefault("top", group["lr"])
    for epoch in range(first, plan.epochs):
        seed = plan.seed * 1000 + epoch
        rng, noise = random.Random(seed), np.random.default_rng(seed)
        torch.manual_seed(seed)
        start, seen, times = time.time(), collections.Counter(), collections.Counter()
        for n, part in enumerate(batching.batches(lengths, rng, plan.words)):
            for group in adam.param_groups:
                group["lr"] = group["top"] * min(1.0, (step + 1) / plan.warm_steps) * max(0.01, 1 - step / steps)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss = losses(part, rng, noise)
            total = optimise(net, adam, loss, plan.weight)
            step += 1
            with torch.no_grad():
                torch._foreach_lerp_(list(average.parameters()), list(net.parameters()),
                                     1 - min(plan.decay, step / (step + 50)))
            seen.update({k: float(v.detach()) for k, v in loss.items()})
            times.update(loss.keys())
            if n % plan.every == 0:
                print(f"  {n} of {a_epoch}, {time.time() - start:.0f} s, {total:.3f}", flush=True)
        scores = evaluate()
        print(f"epoch {epoch + 1} {time.time() - start:.0f} s", *(f"{k} {seen[k] / times[k]:.3f}" for k in seen),
              *(f"| {o} dev " + " ".join(f"{k} {v:.2f}" for k, v in s.items()) for o, s in scores.items()), flush=True)
        kept = {"average": average.state_dict(), "epoch": epoch + 1, "dev": scores, **about}
        save(last, {"net": net.state_dict(), "adam": adam.state_dict(), **kept})
        save(os.path.join(plan.out, "average.pt"), kept)
