"""Training steps of Cohort and of PyTorch, in turns on the same core.

    python src/benchmark/beside_pytorch.py [--turns 3]      from the project's folder, built; needs torch

One step: 100 x 16 x 3 inputs, 128 units, 3 outputs, softmax cross-entropy, Adam, one thread. PyTorch has random data, a loop over
steps for the leaky network, as the tutorial has it, and its fused nn.LSTM and nn.GRU; Cohort, measured by `submit/local doctor`,
generates each batch and clips the gradient besides. Prints medians in ms and how many times faster Cohort is.
"""

import argparse
import os
import re
import statistics
import subprocess
import time

import torch
import torch.nn as nn

HIDDEN, BATCH, STEPS = 128, 16, 100


class Leaky(nn.Module):
    def __init__(self):
        super().__init__()
        self.input2h, self.h2h = nn.Linear(3, HIDDEN), nn.Linear(HIDDEN, HIDDEN)

    def forward(self, x):
        h = torch.zeros(BATCH, HIDDEN)
        states = []
        for t in range(STEPS):
            h = 0.8 * h + 0.2 * torch.relu(self.input2h(x[t]) + self.h2h(h))
            states.append(h)
        return torch.stack(states), h


class Net(nn.Module):
    def __init__(self, rnn):
        super().__init__()
        self.rnn, self.fc = rnn, nn.Linear(HIDDEN, 3)

    def forward(self, x):
        return self.fc(self.rnn(x)[0])


CELLS = {"leaky": Leaky, "lstm": lambda: nn.LSTM(3, HIDDEN), "gru": lambda: nn.GRU(3, HIDDEN)}


def pytorch(cell):
    """Median ms of a step, after as many as warm it up."""
    net = Net(CELLS[cell]())
    optimizer = torch.optim.Adam(net.parameters(), lr=0.01)
    loss = nn.CrossEntropyLoss()
    x = torch.randn(STEPS, BATCH, 3)
    y = torch.randint(0, 3, (STEPS * BATCH,))
    times = []
    for _ in range(220):
        started = time.perf_counter()
        optimizer.zero_grad()
        loss(net(x).view(-1, 3), y).backward()
        optimizer.step()
        times.append(time.perf_counter() - started)
    return 1e3 * statistics.median(times[20:])


def cohort():
    """What `doctor` says: ms of a step, and percent of the speed of a large matrix product, by cell."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("OPENBLAS_")}
    said = subprocess.run(
        ["submit/local", "doctor", "--rounds", "2"], env=environment, capture_output=True, text=True, check=True
    ).stdout
    found = re.findall(rf"(\w+), hidden {HIDDEN}\b.*?: ([\d.]+) ms.*?= (\d+) %", said)
    return {cell: (float(ms), int(percent)) for cell, ms, percent in found}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--turns", type=int, default=3)
    turns = parser.parse_args().turns
    torch.set_num_threads(1)
    torch.manual_seed(0)
    theirs = {cell: [] for cell in CELLS}
    ours = {cell: [] for cell in CELLS}
    for _ in range(turns):
        for cell, (ms, percent) in cohort().items():
            ours[cell].append((ms, percent))
        for cell in CELLS:
            theirs[cell].append(pytorch(cell))
    print(f"torch {torch.__version__}, {turns} turns")
    for cell in CELLS:
        ms = statistics.median(ms for ms, _ in ours[cell])
        percent = statistics.median(percent for _, percent in ours[cell])
        peer = statistics.median(theirs[cell])
        print(f"{cell:6} Cohort {ms:6.2f} ms ({percent:.0f} % of the sgemm peak)   PyTorch {peer:6.2f} ms   {peer / ms:5.2f} times")


if __name__ == "__main__":
    main()
