"""Sets aside what torch would keep for every shape that it has met: batches have thousands."""
import os

for name in ("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "LRU_CACHE_CAPACITY"):
    os.environ.setdefault(name, "8")
