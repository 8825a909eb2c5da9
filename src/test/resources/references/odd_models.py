"""Writes odd-models.zip, what OddModelsTest reads: models that are damaged or odd, made by rules from one of 4 units, and verdicts.csv.

The verdicts are those of safetensors 0.8.0 (its parser in Rust, as bytes and as a file; the two never disagreed), and for what it takes the
SHA-256 of the network that PyTorch's load_state_dict(strict=True) would hold: as ModelFile.digest describes it, of values rounded to float32
by NumPy 2.4.6. No digest where it would refuse, or where a value is not finite. A name in front of all others counts as not there.
"""

import csv
import hashlib
import io
import json
import os
import random
import struct
import tempfile
import zipfile

import numpy as np
import safetensors
from safetensors import safe_open

HIDDEN, INPUTS, OUTPUTS = 4, 3, 3
SHAPES = {
    "rnn.input2h.weight": [HIDDEN, INPUTS],
    "rnn.input2h.bias": [HIDDEN],
    "rnn.h2h.weight": [HIDDEN, HIDDEN],
    "rnn.h2h.bias": [HIDDEN],
    "fc.weight": [OUTPUTS, HIDDEN],
    "fc.bias": [OUTPUTS],
}
ALIASES = {"rnn.Wxh": "rnn.input2h.weight", "rnn.bh": "rnn.input2h.bias", "rnn.Whh": "rnn.h2h.weight"}
BITS = {"BOOL": 8, "F4": 4, "F6_E2M3": 6, "F6_E3M2": 6, "U8": 8, "I8": 8, "F8_E5M2": 8, "F8_E4M3": 8, "F8_E8M0": 8}
BITS |= {"F8_E4M3FNUZ": 8, "F8_E5M2FNUZ": 8, "I16": 16, "U16": 16, "F16": 16, "BF16": 16, "I32": 32, "U32": 32}
BITS |= {"F32": 32, "C64": 64, "F64": 64, "I64": 64, "U64": 64}
WIDE = {"F64": np.float64, "F32": np.float32, "F16": np.float16}

rng = random.Random(21)
BASE = {name: np.array([rng.gauss(0, 1) for _ in range(np.prod(shape))]) for name, shape in SHAPES.items()}


def encode(values, dtype):
    """Values as bytes of a type."""
    with np.errstate(over="ignore"):
        if dtype == "BF16":
            return (np.asarray(values, np.float32).view(np.uint32) >> 16).astype("<u2").tobytes()
        return np.asarray(values, np.float64).astype(WIDE[dtype]).tobytes()


class Model:
    """A file in the making: entries of its header in their order, its data, and what else stands in the header."""

    def __init__(self, types=None, order=None, metadata="keep", rename=lambda name: name):
        self.entries, self.data = [], b""
        self.metadata = {"step": "40"} if metadata == "keep" else metadata
        for name in SHAPES if order is None else order:
            self.add(rename(name), (types or {}).get(name, "F32"), SHAPES[name], BASE[name])

    def add(self, name, dtype, shape, values=None, raw=None):
        raw = encode(values, dtype) if raw is None else raw
        entry = {"dtype": dtype, "shape": list(shape), "data_offsets": [len(self.data), len(self.data) + len(raw)]}
        self.entries.append([name, entry])
        self.data += raw

    def entry(self, name):
        return next(entry for own, entry in self.entries if own == name)

    def header(self, separators=(",", ":"), **options):
        fields = [] if self.metadata is None else [("__metadata__", self.metadata)]
        fields += self.entries
        parts = [json.dumps(k, **options) + separators[1] + json.dumps(v, separators=separators, **options) for k, v in fields]
        return ("{" + separators[0].join(parts) + "}").encode()

    def bytes(self, header=None, align=True):
        header = self.header() if header is None else header
        header += b" " * (-len(header) % 8 if align else 0)
        return struct.pack("<Q", len(header)) + header + self.data


FILES = []


def rule(times=1):
    """Registers a rule, which makes one file each time; it may return bytes or a Model."""

    def register(make):
        for turn in range(times):
            made = make(turn)
            FILES.append((f"{len(FILES):03d}-{make.__name__.replace('_', '-')}", made if isinstance(made, bytes) else made.bytes()))
        return make

    return register


def some_name():
    return rng.choice(list(SHAPES))


def text_with(old, new, model=None):
    """A model whose header has another text in one place."""
    model = model or Model()
    header = model.header()
    assert old.encode() in header, old
    return model.bytes(header.replace(old.encode(), new if isinstance(new, bytes) else new.encode(), 1))


# What is odd and taken.


@rule(8)
def types(turn):
    return Model({name: rng.choice(["F64", "F32", "F16", "BF16"]) for name in SHAPES})


@rule(4)
def order(turn):
    model = Model(order=rng.sample(list(SHAPES), len(SHAPES)))
    rng.shuffle(model.entries)
    return model


@rule(3)
def padding(turn):
    return Model().bytes(Model().header() + rng.choice([b" ", b"\n", b"\t", b"\r"]) * rng.randrange(1, 90), align=turn > 0)


@rule(2)
def blanks_in_front(turn):
    return Model().bytes([b"  ", b"\n\t\r "][turn] + Model().header())


@rule(3)
def spelling(turn):
    model = Model(metadata={"ä": "\u202eβ😀\u0007"})
    if turn == 2:
        return model.bytes(b"".join(b"\\u%04x" % c if c in b"rfc" else bytes([c]) for c in Model().header()), align=False)
    return model.bytes(model.header((", ", ": "), ensure_ascii=turn == 0))


@rule(6)
def metadata(turn):
    values = [None, {}, {"": ""}, {"a" * 70_000: "b" * 70_000}, {str(i): "x" for i in range(500)}, {"{": "}\u0000"}]
    return Model(metadata=values[turn])


@rule(2)
def metadata_null_or_twice_a_key(turn):
    return text_with('{"step":"40"}', ["null", '{"step":"40","step":"41"}'][turn])


@rule(3)
def more_in_an_entry(turn):
    more = ['"x":{"y":[1.5,null,true]},', '"x":1e300,"x":-0.0,', '"x":%s1%s,' % ("[" * 125, "]" * 125)][turn]
    return text_with('"dtype"', more + '"dtype"')


@rule(3)
def wrapped(turn):
    return Model(rename=lambda name: ["_orig_mod.", "module.", "model.net."][turn] + name)


@rule(22)
def tensor_too_many(turn):
    model = Model()
    dtype = list(BITS)[turn]
    model.add("extra", dtype, [8, 3], raw=bytes(24 * BITS[dtype] // 8))
    return model


@rule(5)
def tensor_without_values(turn):
    model = Model()
    shape = [[0], [3, 0], [0, 2**64 - 1], [2**63, 0], [0, 2**63, 2]][turn]
    model.entries.insert(rng.randrange(7), ["empty", {"dtype": "F32", "shape": shape, "data_offsets": [rng.choice([0, 48])] * 2}])
    return model


@rule(2)
def scalar(turn):
    model = Model()
    if turn:
        model.entry("fc.bias")["shape"] = []
    else:
        model.add("scale", "F32", [], [1.0])
    return model


@rule(4)
def described_twice(turn):
    model = Model()
    name = some_name()
    other = dict(model.entry(name))
    if turn == 1:
        other["data_offsets"] = [0, 4]
    if turn == 2:
        other["dtype"] = "F16"
    model.entries.insert(0 if turn < 3 else len(model.entries), [name, other])
    return model


@rule(2)
def empty(turn):
    return struct.pack("<Q", 2 + 6 * turn) + b"{}" + b" " * 6 * turn


@rule(4)
def too_small_for_float32(turn):
    model = Model({"fc.bias": "F64"})
    end = model.entry("fc.bias")["data_offsets"][0]
    model.data = model.data[:end] + struct.pack("<3d", *rng.choices([1e-300, -1e-46, 5e-324, 1e-45, 3.4e38], k=3))
    return model


# Another network.


@rule(4)
def tensor_missing(turn):
    return Model(order=[name for name in SHAPES if name != list(SHAPES)[turn]])


@rule(1)
def names_of_the_class_by_hand(turn):
    back = {full: short for short, full in ALIASES.items()}
    return Model(rename=lambda name: back.get(name, name))


@rule(4)
def transposed(turn):
    model = Model()
    name = ["fc.weight", "rnn.input2h.weight", "rnn.h2h.weight", "fc.bias"][turn]
    model.entry(name)["shape"] = model.entry(name)["shape"][::-1] if turn < 3 else [1, 3]
    return model


@rule(6)
def integers_as_weights(turn):
    model = Model(order=[name for name in SHAPES if name != "fc.bias"])
    dtype = ["I64", "U8", "F8_E4M3", "BOOL", "C64", "I32"][turn]
    model.add("fc.bias", dtype, [3], raw=bytes(3 * BITS[dtype] // 8))
    return model


@rule(12)
def not_finite(turn):
    dtype = ["F64", "F32", "F16", "BF16"][turn % 4]
    name = some_name()
    model = Model({name: dtype})
    start, end = model.entry(name)["data_offsets"]
    width = BITS[dtype] // 8
    at = rng.randrange(start, end, width)
    value = [float("nan"), float("-inf"), 1e300 if dtype == "F64" else float("inf")][turn // 4]
    model.data = model.data[:at] + encode([value], dtype) + model.data[at + width :]
    return model


# Damaged.


@rule(24)
def cut_off(turn):
    whole = Model().bytes()
    return whole[: turn if turn < 12 else rng.randrange(12, len(whole))]


@rule(4)
def bytes_behind(turn):
    return Model().bytes() + bytes([turn]) * [1, 4, 16, 4096][turn]


@rule(60)
def bit_flipped_in_the_header(turn):
    whole = bytearray(Model().bytes())
    whole[rng.randrange(len(Model().header()) + 8)] ^= 1 << rng.randrange(8)
    return bytes(whole)


@rule(30)
def character_of_the_header_replaced(turn):
    whole = bytearray(Model().bytes())
    whole[rng.randrange(8, len(Model().header()) + 8)] = rng.choice(b'0123456789"{}[]:,.eE+- \\uF\0\xff')
    return bytes(whole)


@rule(8)
def header_length(turn):
    whole = Model().bytes()
    length = struct.unpack("<Q", whole[:8])[0]
    other = [0, 1, length - 1, length + 1, length + 8, 100_000_001, 2**63, 2**64 - 1][turn]
    return struct.pack("<Q", other) + whole[8:]


@rule(24)
def offsets(turn):
    model = Model()
    entry = model.entry(some_name())
    entry["data_offsets"][turn % 2] += rng.choice([-8, -4, -1, 1, 4, 8, 2**32, 2**63])
    return model


@rule(6)
def overlap(turn):
    model = Model()
    one, other = rng.sample(["rnn.input2h.bias", "rnn.h2h.bias"], 2) if turn % 2 else rng.sample(["rnn.input2h.weight", "fc.weight"], 2)
    model.entry(one)["data_offsets"] = list(model.entry(other)["data_offsets"])
    if turn > 3:  # of a file that is otherwise whole
        model.data = model.data[: -rng.randrange(4, 16)]
    return model


@rule(3)
def exchanged(turn):
    model = Model()
    one, other = [("rnn.input2h.bias", "rnn.h2h.bias"), ("rnn.input2h.weight", "fc.weight"), ("fc.bias", "fc.weight")][turn]
    a, b = model.entry(one), model.entry(other)
    a["data_offsets"], b["data_offsets"] = b["data_offsets"], a["data_offsets"]
    return model


@rule(3)
def gap(turn):
    model = Model(order=list(SHAPES)[:turn])
    model.data += bytes(8)
    for name in list(SHAPES)[turn:]:
        model.add(name, "F32", SHAPES[name], BASE[name])
    return model


@rule(10)
def numbers(turn):
    other = ["192.0", "192e0", "1.92e2", "-192", '"192"', "null", "+192", "0192", "18446744073709551616", "[192]"][turn]
    model = Model()
    assert model.entry("fc.weight")["data_offsets"] == [144, 192]
    return text_with("[144,192]", f"[144,{other}]", model)


@rule(4)
def minus_zero_and_the_like(turn):
    return text_with("[0,48]", ["[-0,48]", "[0.0,48]", "[0,48,48]", "[0]"][turn])


@rule(10)
def shapes(turn):
    other = ["[3.0]", "[-3]", '["3"]', "{}", "3", "null", "[3,18446744073709551615]", "[9223372036854775808,4]", "[3,[1]]", "[3,1]"]
    return text_with('"shape":[3]', '"shape":' + other[turn])


@rule(8)
def dtypes(turn):
    model = Model()
    other = ["f32", "F24", "", "float32", "F16", "F64", "I32", "F32 "][turn]
    model.entry(some_name())["dtype"] = other
    return model


@rule(6)
def entries(turn):
    other = ["null", "7", "[]", '"F32"', "{}", "true"][turn]
    return text_with("{" + Model().header().decode().split("{", 1)[1], '{"bad":' + other + "," + Model().header().decode()[1:])


@rule(4)
def fields(turn):
    old, new = [('"dtype"', '"dtype":"F32","dtype"'), ('"shape"', '"Shape"'), ('"data_offsets"', '"offsets"')][turn % 3]
    return text_with(old, new) if turn < 3 else text_with('"shape"', '"shape":[4,3],"shape"')


@rule(6)
def bad_metadata(turn):
    other = ["[]", '"x"', '{"a":1}', '{"a":null}', '{"a":["b"]}', '{},"__metadata__":{}'][turn]
    return text_with('{"step":"40"}', other)


@rule(10)
def texts(turn):
    bad = [b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\x01", b"\n", b"\\ud800", b"\\x", b"\\u12", b"\xe2\x82"]
    return text_with("fc.bias", b"fc.bias" + bad[turn])


@rule(8)
def names_that_are_no_ones(turn):
    bad = ["\x7f", "\\u001b[2J", "\u202e", "\u200b", "\\u0000", "x" * 5000, " ", "\\n\\r\\nerror: "]
    return text_with("fc.bias", "fc.bias" + bad[turn])


@rule(8)
def what_is_no_json(turn):
    header = Model().header()
    other = [b"\xef\xbb\xbf" + header, header + b"\0\0", header + b"{}", header[:-1] + b",}", b"[" + header + b"]"]
    other += [header.replace(b'"', b"'"), b"/**/" + header, header.replace(b'"40"', b"NaN")]
    return Model().bytes(other[turn])


@rule(4)
def too_deep_or_too_large(turn):
    other = ["[" * 126 + "]" * 126, "[" * 20_000, "1e999", "9" * 400][turn]
    return text_with('"dtype"', f'"x":{other},"dtype"')


@rule(9)
def something_else(turn):
    archive = io.BytesIO()
    np.savez(archive, **{"fc.bias": np.zeros(3)})
    pickled = io.BytesIO()
    with zipfile.ZipFile(pickled, "w") as file:
        file.writestr("archive/data.pkl", b"\x80\x02}q\x00.")
    others = [archive.getvalue(), pickled.getvalue(), b"\x80\x02}q\x00." * 9, b"\x89HDF\r\n\x1a\n" + bytes(90), b"\x1f\x8b" + bytes(90)]
    others += [b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n", b"<!DOCTYPE html>\n<html></html>"]
    return (others + [b"", bytes(64)])[turn]


@rule(4)
def optimizers(turn):
    model = Model(order=[])
    for front in [["moment1.", "moment2.", "outer."], ["outer."], ["moment1.", "outer."], ["outer.", "0.exp_avg."]][turn]:
        for name in SHAPES:
            model.add(front + name, "F32", SHAPES[name], BASE[name])
    return model


def reference(data):
    """Whether the reference implementation takes it, and what it then holds."""
    try:
        read = {name: tensor for name, tensor in safetensors.deserialize(data)}
    except safetensors.SafetensorError:
        read = None
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "model")
        with open(path, "wb") as file:
            file.write(data)
        try:
            with safe_open(path, "np") as file:
                names = set(file.keys())
        except Exception:  # an empty file cannot be mapped, which is another error
            names = None
    assert names == (None if read is None else set(read))
    return read


def network(read):
    """The digest of the network that these tensors are, or nothing."""
    prefix = next((name[: -len("fc.weight")] for name in read if name.endswith("fc.weight")), "")
    if not all(name.startswith(prefix) for name in read) or prefix == "outer.":
        return ""
    names = {ALIASES.get(name[len(prefix) :], name[len(prefix) :]): tensor for name, tensor in read.items()}
    if len(names) != len(read) or {name: tensor["shape"] for name, tensor in names.items()} != SHAPES:
        return ""
    digest = hashlib.sha256()
    for name, tensor in sorted(names.items()):
        dtype, raw = tensor["dtype"], bytes(tensor["data"])
        if dtype == "BF16":
            values = (np.frombuffer(raw, "<u2").astype(np.uint32) << 16).view(np.float32)
        elif dtype in WIDE:
            with np.errstate(over="ignore"):
                values = np.frombuffer(raw, WIDE[dtype]).astype(np.float32)
        else:
            return ""
        if not np.isfinite(values).all():
            return ""
        digest.update(f"{name} {tensor['shape']}\n".encode() + values.tobytes())
    return digest.hexdigest()


verdicts = io.StringIO()
table = csv.writer(verdicts, lineterminator="\n")
table.writerow(["file", "taken", "digest"])
with zipfile.ZipFile("odd-models.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:

    def store(name, data):
        archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)  # without the time of day

    for name, data in FILES:
        tensors = reference(data)
        table.writerow([name, str(tensors is not None).lower(), network(tensors) if tensors is not None else ""])
        store(name, data)
    store("verdicts.csv", verdicts.getvalue())
