"""Run one solver of the package ``anti-clustering`` on an instance; prints value and seconds.

    PYTHON_WITH_THE_PACKAGE peer_anticlustering.py INSTANCE.txt.gz SOLVER

Started by ``bench_goals.py`` with a Python of its own, so that the package is no dependency.
"""

import gzip
import json
import sys
import time
from itertools import combinations

import anti_clustering
import numpy as np


def main() -> int:
    path, name = sys.argv[1:]
    with gzip.open(path, "rt") as file:
        head = file.readline().split()
        n, groups = int(head[0]), int(head[1])
        table = np.loadtxt(file)
    distance = np.zeros((n, n))
    i, j = table[:, 0].astype(int), table[:, 1].astype(int)
    distance[i, j] = distance[j, i] = table[:, 2]
    np.random.seed(1)  # noqa: NPY002 -- the package draws from it
    solver = getattr(anti_clustering, name)()
    began = time.monotonic()
    together = np.asarray(solver._solve(distance, groups)) > 0  # noqa: SLF001 -- its run() wants columns
    seconds = time.monotonic() - began
    label = list(range(n))
    for a, b in combinations(range(n), 2):
        if together[a, b] or together[b, a]:
            label[b] = label[a]
    of = np.array(label)
    value = float(np.triu(distance * (of[:, None] == of[None, :]), 1).sum())
    sizes = sorted(np.unique(of, return_counts=True)[1].tolist())
    print(json.dumps({"value": value, "seconds": seconds, "sizes": sizes}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
