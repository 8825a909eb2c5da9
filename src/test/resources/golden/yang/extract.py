"""Writes delaygo.safetensors, scoring.safetensors and delaygo-times.json, what MemoryGuidedReachTest compares with.

    python extract.py FOLDER

takes from the files of the same names in FOLDER, made by running gyyang/multitask's code, what concerns inputs, targets and the scores
of reaches; and the counts of delaygo.json that concern times. Nothing is calculated.
"""

import json
import sys
from pathlib import Path


def read(file):
    data = file.read_bytes()
    start = 8 + int.from_bytes(data[:8], "little")
    header = json.loads(data[8:start])
    metadata = header.pop("__metadata__")
    return {name: (t, data[start:][slice(*t["data_offsets"])]) for name, t in header.items()}, metadata


def write(file, tensors, metadata):
    header, data = {"__metadata__": metadata}, b""
    for name, (tensor, values) in sorted(tensors.items(), key=lambda item: (item[1][0]["dtype"] != "I64", item[0])):
        header[name] = {**tensor, "data_offsets": [len(data), len(data) + len(values)]}
        data += values
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    file.write_bytes(len(text).to_bytes(8, "little") + text + data)


here, folder = Path(__file__).resolve().parent, Path(sys.argv[1])
tensors, metadata = read(folder / "delaygo.safetensors")
kept = {name: tensor for name, tensor in tensors.items() if name.endswith(("/x", "/y", "/seg_start"))}
write(here / "delaygo.safetensors", kept, metadata)

tensors, metadata = read(folder / "scoring.safetensors")
kept = {name: tensor for name, tensor in tensors.items() if name.startswith("reach/")}
write(here / "scoring.safetensors", kept, {name: metadata[name] for name in ("source", "kinds")})

statistics = json.loads((folder / "delaygo.json").read_text())
times = {name: statistics[name] for name in ("source", "batches", "config")}
times["trial_steps"] = statistics["trial_steps"]["values"]
times["periods"] = [{"name": period["name"], "steps": period["steps"]["values"]} for period in statistics["periods"]]
(here / "delaygo-times.json").write_text(json.dumps(times, indent=1) + "\n")
