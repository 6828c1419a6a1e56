#!/usr/bin/env python3
"""What PyPI's `implicit` reaches on the static split of `stamgast evaluate quality`, with one thread.

    recommend_peers.py DIR

DIR holds MovieTweetings' ratings.dat.gz. Prints one JSON object: recall@10, NDCG@10, seconds to fit and users per second
in batch of every model, the best time of three, after one to warm up. Exits 0 when all models ran.
"""

import gzip
import json
import math
import os
import sys
import time

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import implicit  # noqa: E402 (the threads must be set before)
import numpy  # noqa: E402
from scipy.sparse import csr_matrix  # noqa: E402
from implicit.als import AlternatingLeastSquares  # noqa: E402
from implicit.nearest_neighbours import BM25Recommender, CosineRecommender, TFIDFRecommender  # noqa: E402


def split(folder):
    with gzip.open(os.path.join(folder, "ratings.dat.gz"), "rt", encoding="utf-8") as file:
        rows = [line.strip().split("::") for line in file]
    rows = sorted((int(moment), int(user), item) for user, item, _, moment in rows)
    cut = len(rows) * 4 // 5
    users = {user: number for number, user in enumerate(dict.fromkeys(user for _, user, _ in rows[:cut]))}
    items = {item: number for number, item in enumerate(dict.fromkeys(item for _, _, item in rows[:cut]))}
    pairs = numpy.array([(users[user], items[item]) for _, user, item in rows[:cut]])
    train = csr_matrix((numpy.ones(cut, dtype=numpy.float32), (pairs[:, 0], pairs[:, 1])), (len(users), len(items)))
    later = {}
    for _, user, item in rows[cut:]:
        if user in users:
            # What nobody took up before counts, too, and cannot be hit.
            later.setdefault(users[user], set()).add(items.get(item, item))
    return train, later


def quality(lists, wanted):
    recall = gain = 0.0
    for found, relevant in zip(lists, wanted):
        most = min(10, len(relevant))
        hits = [place for place, item in enumerate(found) if item in relevant]
        recall += len(hits) / most
        gain += sum(1 / math.log2(place + 2) for place in hits) / sum(1 / math.log2(p + 2) for p in range(most))
    return recall / len(wanted), gain / len(wanted)


def main():
    train, later = split(sys.argv[1])
    people = numpy.array(sorted(later))
    wanted = [later[user] for user in people]
    makers = {
        "cosine K 100": lambda: CosineRecommender(K=100, num_threads=1),
        "TF-IDF K 100": lambda: TFIDFRecommender(K=100, num_threads=1),
        "BM25 K 100": lambda: BM25Recommender(K=100, num_threads=1),
        "ALS 64": lambda: AlternatingLeastSquares(factors=64, num_threads=1, random_state=1),
        "ALS 64 alpha 10 reg 20": lambda: AlternatingLeastSquares(
            factors=64, alpha=10, regularization=20, num_threads=1, random_state=1
        ),
    }
    models = []
    for name, make in makers.items():
        fits, serves = [], []
        for _ in range(4):
            model = make()
            start = time.perf_counter()
            model.fit(train, show_progress=False)
            fits.append(time.perf_counter() - start)
            start = time.perf_counter()
            lists, _ = model.recommend(people, train[people], N=10, filter_already_liked_items=True)
            serves.append(time.perf_counter() - start)
        recall, gain = quality(lists.tolist(), wanted)
        models.append(
            {
                "model": name,
                "recall@10": recall,
                "ndcg@10": gain,
                "fitSeconds": min(fits[1:]),
                "usersPerSecond": len(people) / min(serves[1:]),
            }
        )
        print(name, "is measured.", file=sys.stderr)
    print(json.dumps({"implicit": implicit.__version__, "threads": 1, "users": len(people), "models": models}))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main()
