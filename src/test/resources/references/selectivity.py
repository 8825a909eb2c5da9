"""Writes selectivity.npz, what SelectivityTest compares with: d' by NumPy 2.4.6's mean and var(ddof=1) in double.

24 trials of 6 steps and 5 units; the stimulus period is steps 1 to 3. Choices are 0 (none), 1 and 2, coherences 0, 10 and 40 percent.
"""

import numpy as np

TRIALS, STEPS, UNITS = 24, 6, 5
random = np.random.default_rng(21)
choices = random.integers(0, 3, TRIALS)
coherences = random.choice([0.0, 10.0, 40.0], TRIALS)
states = random.normal(size=(TRIALS, STEPS, UNITS))
states += choices[:, None, None] * np.linspace(-1, 1, UNITS) + coherences[:, None, None] / 40 * np.linspace(1, 0, UNITS)
states = states.astype(np.float32)

means = states.astype(np.float64)[:, 1:4].mean(axis=1)


def d_prime(first, second):
    variance = (first.var(axis=0, ddof=1) + second.var(axis=0, ddof=1)) / 2
    return (second.mean(axis=0) - first.mean(axis=0)) / np.sqrt(variance)


np.savez(
    "selectivity.npz",
    states=states,
    choices=choices.astype(np.int32),
    coherences=coherences,
    choice=d_prime(means[choices == 1], means[choices == 2]),
    coherence=d_prime(means[coherences == 0], means[coherences == 40]),
)
