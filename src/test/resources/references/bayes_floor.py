"""Writes bayes-floor.csv, what BayesFloorTest compares with: an observer's mean -log p(direction | evidence) by NumPy 2.4.6.

Perceptual decision making with steps of 20 ms and coherences 0, 6.4, 12.8, 25.6 and 51.2 percent. The channels' sums over the
stimulus steps are a normal vector; the integral over its projection on the patterns' space is a Riemann sum that is finer and wider
than the one under test.
"""

import numpy as np

COHERENCES = np.array([0, 6.4, 12.8, 25.6, 51.2]) / 200
DT = 20


def loss(ring, sigma, steps):
    angles = 2 * np.pi * np.arange(ring) / ring
    basis = np.stack([np.cos(angles), np.sin(angles)])[: 1 if ring == 2 else 2]
    basis /= np.linalg.norm(basis, axis=1, keepdims=True)  # of the patterns' space, [axis, channel]
    patterns = np.cos(angles[:, None] - angles)  # [direction, channel]
    means = steps * COHERENCES[:, None, None] * patterns @ basis.T  # [coherence, direction, axis]
    deviation = sigma * np.sqrt(steps / DT)
    grid = np.arange(-10, 10, 0.005 if ring == 2 else 0.05)
    noise = np.stack(np.meshgrid(*[grid] * len(basis), indexing="ij"), axis=-1).reshape(-1, len(basis))
    density = np.exp(-(noise**2).sum(axis=1) / 2)
    density /= density.sum()
    total = 0
    for truth in means[:, 0]:
        sums = truth + deviation * noise
        logs = np.stack([[-((sums - m) ** 2).sum(axis=1) / (2 * deviation**2) for m in row] for row in means])
        joint = np.logaddexp.reduce(logs, axis=0)  # [direction, node]
        total += density @ (np.logaddexp.reduce(joint, axis=0) - joint[0])
    return total / len(COHERENCES)


with open("bayes-floor.csv", "w") as file:
    file.write("# Mean -log p(direction | evidence) of an observer who knows the task, by bayes_floor.py.\n")
    file.write("ring,sigma,steps,loss\n")
    for ring, sigma, steps in (
        (2, 1, 50), (2, 1, 20), (2, 1, 1), (2, 0.2, 50), (2, 3, 13), (3, 1, 50), (3, 0.3, 7), (4, 1, 50), (4, 2, 13), (8, 1, 50)
    ):  # fmt: skip
        file.write(f"{ring},{sigma},{steps},{loss(ring, sigma, steps):.12f}\n")
