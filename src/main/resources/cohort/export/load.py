"""A network that Cohort trained, in PyTorch.

    python load.py

builds the network, runs it on the held-out trials of trials.npz, compares its outputs with Cohort's (exit code 1 if they
differ), and draws the psychometric curve. It needs torch and numpy, and matplotlib for the figure. To go on from here:

    from load import load_network, load_trials
    net = load_network()
    trials = load_trials()
    outputs, states = net(torch.from_numpy(trials["inputs"]))

What lies beside this file:

    model.safetensors    the weights, by PyTorch's names
    network.json         cell, layers; of leaky cells activation and alpha = dt / tau; task, dt in ms; evidence: the factor that
                         psychometric curves are drawn over, if there is one
    trials.npz           held-out trials and what the network did in them, see load_trials
    run.conf             the configuration, for `submit/local train run.conf`
    tables/*.csv         tables of the run, and the same as Parquet for pandas.read_parquet
    tables/activity.parquet
                         what was recorded of the run's units with `evaluate --record`, if anything: a row for each time step
                         of each trial, newest recording only; column rates is the list of the units' hidden states
"""

import csv
import json
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
import torch
import torch.nn as nn

HERE = Path(__file__).resolve().parent

# Outputs may differ by this much, or by this fraction of the largest output if that is above 1: float32 has 7 digits, and
# PyTorch adds up in another order.
TOLERANCE = 1e-5

ACTIVATIONS = {
    "relu": torch.relu,
    "tanh": torch.tanh,
    "softplus": nn.functional.softplus,
    "sigmoid": torch.sigmoid,
}


class LeakyRNN(nn.Module):
    """Leaky RNN with two biases: h[t] = (1 - alpha) h[t-1] + alpha f(Wx x[t] + bx + Wh h[t-1] + bh).

    Layers above the first have "_l1", "_l2", ... in their names, as those of nn.LSTM have.
    """

    def __init__(self, input_size, hidden_size, alpha, activation, layers=1):
        super().__init__()
        self.hidden_size = hidden_size
        self.alpha = alpha
        self.activation = activation
        self.suffixes = [f"_l{layer}" if layer else "" for layer in range(layers)]
        for layer, suffix in enumerate(self.suffixes):
            self.add_layer(hidden_size if layer else input_size, hidden_size, suffix)

    def add_layer(self, input_size, hidden_size, suffix):
        self.add_module(f"input2h{suffix}", nn.Linear(input_size, hidden_size))
        self.add_module(f"h2h{suffix}", nn.Linear(hidden_size, hidden_size))

    def preactivation(self, input, hidden, suffix):
        return getattr(self, f"input2h{suffix}")(input) + getattr(self, f"h2h{suffix}")(hidden)

    def forward(self, input):
        """input [time, batch, input_size]; returns the last layer's states [time, batch, hidden_size] and the last of them."""
        for suffix in self.suffixes:
            hidden = torch.zeros(input.shape[1], self.hidden_size, device=input.device)
            states = []
            for x in input:
                rate = self.activation(self.preactivation(x, hidden, suffix))
                hidden = (1 - self.alpha) * hidden + self.alpha * rate
                states.append(hidden)
            input = torch.stack(states)
        return input, hidden


class OneBiasLeakyRNN(LeakyRNN):
    """Leaky RNN with one bias and its weights by name: h[t] = (1 - alpha) h[t-1] + alpha f(Wxh x[t] + Whh h[t-1] + bh)."""

    def add_layer(self, input_size, hidden_size, suffix):
        self.register_parameter(f"Wxh{suffix}", nn.Parameter(torch.randn(hidden_size, input_size) * 0.01))
        self.register_parameter(f"Whh{suffix}", nn.Parameter(torch.randn(hidden_size, hidden_size) * 0.01))
        self.register_parameter(f"bh{suffix}", nn.Parameter(torch.zeros(hidden_size)))

    def preactivation(self, input, hidden, suffix):
        wxh, whh, bh = (getattr(self, name + suffix) for name in ("Wxh", "Whh", "bh"))
        return input @ wxh.T + hidden @ whh.T + bh


class RNNNet(nn.Module):
    """Recurrent layers and a linear read-out of the last one."""

    def __init__(self, rnn, output_size):
        super().__init__()
        self.rnn = rnn
        self.fc = nn.Linear(rnn.hidden_size, output_size)

    def forward(self, x):
        """x [time, batch, input_size]; returns outputs [time, batch, output_size] and states [time, batch, hidden_size]."""
        states, _ = self.rnn(x)
        return self.fc(states), states


def read_safetensors(path):
    """Tensors by name. The file is the length of its header (8 bytes), the header (JSON), and the numbers."""
    data = Path(path).read_bytes()
    start = 8 + int.from_bytes(data[:8], "little")
    header = json.loads(data[8:start].decode("utf-8"))
    tensors = {}
    for name, entry in header.items():
        if name != "__metadata__":
            first, last = entry["data_offsets"]
            values = np.frombuffer(data[start + first : start + last], dtype="<f4").reshape(entry["shape"])
            tensors[name] = torch.from_numpy(values.astype(np.float32))
    return tensors


def load_network(folder=HERE):
    """The trained network; of nn.LSTM or nn.GRU, or of the classes above."""
    folder = Path(folder)
    about = json.loads((folder / "network.json").read_text(encoding="utf-8"))
    weights = read_safetensors(folder / "model.safetensors")
    if about["cell"] in ("lstm", "gru"):
        _, input_size = weights["rnn.weight_ih_l0"].shape
        hidden_size = weights["fc.weight"].shape[1]
        layer = nn.LSTM if about["cell"] == "lstm" else nn.GRU
        rnn = layer(input_size, hidden_size, num_layers=about["layers"])
    else:
        one_bias = "rnn.Wxh" in weights
        layer = OneBiasLeakyRNN if one_bias else LeakyRNN
        hidden_size, input_size = weights["rnn.Wxh" if one_bias else "rnn.input2h.weight"].shape
        rnn = layer(input_size, hidden_size, about["alpha"], ACTIVATIONS[about["activation"]], about["layers"])
    net = RNNNet(rnn, output_size=len(weights["fc.bias"]))
    net.load_state_dict(weights)
    return net


def load_trials(folder=HERE):
    """Held-out trials as arrays:

    inputs          [time, batch, channel]    what the network sees
    targets         [time, batch, output]     what its outputs should be; of classes 1 for the right one
    weights         [time, batch]             how much a step counts in the loss, besides the weight of its period
    steps           [batch]                   length of the trial in time steps; after it, all else is 0
    answer          [batch]                   right answer, from 1 on; 0: it is right to give none
    choice          [batch]                   choice of the network, from 1 on; 0: it gave no answer
    value           [batch]                   what it reported, an angle or a time; NaN where choices are all there is
    outputs         [time, batch, output]     of the network in Cohort
    states          [time, batch, unit]       its hidden states

    and for each factor of the task, by its name, an array [batch] of its values.
    """
    with np.load(Path(folder) / "trials.npz") as file:
        return {name: file[name] for name in file.files}


def largest_difference(net, trials):
    """The largest |difference| between the network's outputs and Cohort's, within trials."""
    with torch.no_grad():
        outputs, _ = net(torch.from_numpy(trials["inputs"]))
    within = np.arange(len(outputs))[:, np.newaxis] < trials["steps"]
    return np.abs(outputs.numpy() - trials["outputs"])[within].max()


def count_choices(table, about):
    """Of a task with two choices, responses and positive choices by signed evidence, which is positive where the positive choice
    is right; of others, trials and right choices by evidence."""
    with open(table, newline="", encoding="utf-8") as file:
        rows = [(dict(factor.split("=") for factor in row["condition"].split(", ")),
                 *(int(row[name]) for name in ("answer", "choice", "trials")))
                for row in csv.DictReader(file)]
    counts = defaultdict(lambda: [0, 0])
    for condition, answer, choice, trials in rows:
        strength = float(condition[about["evidence"]])
        if about["choices"] != 2:
            counts[strength][0] += trials
            counts[strength][1] += trials * (choice == answer)
        elif choice > 0:
            signed = strength if answer == about["positive"] else -strength
            counts[signed][0] += trials
            counts[signed][1] += trials * (choice == about["positive"])
    return np.array([(x, *counts[x]) for x in sorted(counts)]).reshape(-1, 3)


def draw_choices(counts, about, picture):
    """Draws the psychometric curve with its binomial standard errors."""
    import matplotlib

    matplotlib.use("Agg")  # no window
    import matplotlib.pyplot as plt

    strength, trials, hits = counts.T
    rate = hits / trials
    figure, axes = plt.subplots(figsize=(5, 3.5))
    axes.errorbar(strength, rate, yerr=np.sqrt(rate * (1 - rate) / trials), fmt="o-", color="black", markersize=4)
    two = about["choices"] == 2
    axes.set_xlabel(f"{about['evidence']} towards choice {about['positive']}" if two else about["evidence"])
    axes.set_ylabel(f"fraction of choice {about['positive']}" if two else "fraction correct")
    axes.set_ylim(-0.02, 1.02)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    figure.tight_layout()
    figure.savefig(picture, dpi=150)


def main():
    trials = load_trials()
    difference = largest_difference(load_network(), trials)
    largest = np.abs(trials["outputs"]).max()
    allowed = TOLERANCE * max(1, largest)
    agree = difference <= allowed  # false for NaN
    print(f"{len(trials['steps'])} held-out trials: largest difference to Cohort's outputs {difference:.2g}"
          f" (largest output {largest:.3g}, allowed {allowed:.2g}): {'the same network' if agree else 'NOT THE SAME'}")

    table = HERE / "tables" / "choice_counts.csv"
    picture = HERE / "psychometric.png"
    about = json.loads((HERE / "network.json").read_text(encoding="utf-8"))
    counts = count_choices(table, about) if table.exists() and "evidence" in about else []
    if len(counts) == 0:
        print("No psychometric curve: there are no choices over evidence in tables/choice_counts.csv.")
    else:
        try:
            draw_choices(counts, about, picture)
            print(f"Psychometric curve: {picture}")
        except ImportError:
            print("No psychometric curve: it needs matplotlib.")
    return 0 if agree else 1


if __name__ == "__main__":
    sys.exit(main())
