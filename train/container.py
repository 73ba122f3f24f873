"""The container of src/base/chunks.h and the layers of src/model/: signed bytes with one multiplier per
output, in panels of 16 outputs by 4 inputs."""
import os
import struct

import numpy as np

MAGIC, PANEL, STEP, UNIT, ZERO = b"DLWEIGHT", 16, 4, 63, 64
MASK = (1 << 64) - 1
NEVER = -1e30  # bias of outputs that are padding


def checksum(blob):
    h = 0xcbf29ce484222325
    blob += b"\0" * (-len(blob) % 8)
    for (w,) in struct.iter_unpack("<Q", blob):
        h = ((h ^ w) * 0x9E3779B97F4A7C15) & MASK
        h ^= h >> 32
    return h


def write(path, chunks, version):
    start = -(-(32 + 40 * len(chunks)) // 64) * 64
    table, body, at = b"", b"", start
    for name, blob in chunks.items():
        table += struct.pack("<16sQQQ", name.encode(), at, len(blob), checksum(blob))
        padded = blob + b"\0" * (-len(blob) % 64)
        body += padded
        at += len(padded)
    head = struct.pack("<8sIIIIQ", MAGIC, version, 0x01020304, len(chunks), 0, at) + table
    with open(path + ".new", "wb") as f:
        f.write(head + b"\0" * (start - len(head)) + body)
    os.replace(path + ".new", path)
    return at


def layer(chunks, name, weight, bias=None):
    weight = np.asarray(weight, dtype=np.float64)
    outs, ins = weight.shape
    O, K = -(-outs // PANEL) * PANEL, -(-ins // STEP) * STEP
    scale = np.maximum(np.abs(weight).max(1), 1e-8) / 127
    q = np.zeros((O, K), dtype=np.int8)
    q[:outs, :ins] = np.rint(weight / scale[:, None])
    multiplier, b = np.zeros(O, dtype="<f4"), np.full(O, NEVER, dtype="<f4")
    multiplier[:outs] = scale / UNIT
    b[:outs] = 0 if bias is None else bias
    chunks[name + ".w"] = q.reshape(O // PANEL, PANEL, K // STEP, STEP).transpose(0, 2, 1, 3).tobytes()
    chunks[name + ".s"] = ((-ZERO * q.astype(np.int64).sum(1)).astype("<i4").tobytes() + multiplier.tobytes() +
                           b.tobytes())
