"""Train the reader and write its weights.

    python tests/bench/reader/train.py OUT.npz --sets DIR --questions FILE:NOTES [FILE:NOTES …]
        [--init BEFORE.npz] [--frozen 0] [--minutes 180] [--rate 1.5e-4]

The layers begin as the default model's, or as an earlier run left them. A step reads groups
of one passage that answers a question and a few that do not: of the same page, and near ones
of others. Four losses: which sentences answer, each by itself and against all others of its
group; whether a passage answers, by itself and against its group.

The weights in the package: first a run over the reading sets alone (CMRC 2018, DRCD, XQuAD,
SelQA, COVID-QA, JaQuAD; 912 steps of 32 groups), then one over the question files in
``tests/questions/reader`` with the lower seven layers frozen (``--frozen 7 --rate 8e-5``).
Needs torch, on a GPU if there is one.
"""

import argparse
import random
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from data import Asked, Examples, note_questions, reading_set
from network import Network, batch, save
from torch import Tensor

from index.model.load import DEFAULT
from index.model.tokenizer import Tokens
from index.settings import load as load_settings


def near_misses(examples: Examples, rnd: random.Random) -> list[list[int]]:
    """For each question passages of other pages that share rare tokens with it or its answer."""
    sets = [set(text.ids) for text in examples.texts]
    seen = Counter(token for each in sets for token in each)
    by_source: dict[str, list[int]] = defaultdict(list)
    for place, text in enumerate(examples.texts):
        by_source[text.source].append(place)
    found = []
    for asked in examples.asked:
        anchor = asked.answers[0][0] if asked.answers else asked.others[0]
        wanted = set(asked.ids) | sets[anchor]
        some = by_source[examples.texts[anchor].source]
        some = rnd.sample(some, min(700, len(some)))

        def near(place: int, wanted: set[int] = wanted) -> float:
            return float(sum(1 / seen[t] for t in sets[place] & wanted)) / len(sets[place]) ** 0.5

        page = examples.texts[anchor].page
        ranked = sorted(some, key=near, reverse=True)
        found.append([p for p in ranked if examples.texts[p].page != page][:6])
    return found


def groups(
    examples: Examples, hard: Sequence[list[int]], train: Sequence[int], size: int,
    rnd: random.Random,
) -> Iterator[list[list[tuple[Asked, int, list[bool], float]]]]:  # fmt: skip
    """Batches of groups without end: question, passage, sentence labels, passage label."""
    while True:
        order = rnd.sample(train, len(train))
        for at in range(0, len(order), size):
            made = []
            for place in order[at : at + size]:
                asked = examples.asked[place]
                others = rnd.sample(asked.others, min(1, len(asked.others)))
                others += rnd.sample(hard[place], min(2, len(hard[place])))
                group = [
                    (asked, p, [False] * len(examples.texts[p].spans), 0.0) for p in others[:2]
                ]
                if asked.answers:
                    group.insert(0, (asked, *rnd.choice(asked.answers), 1.0))
                if group:
                    made.append(group)
            yield made


def loss_of(network: Network, made: Sequence[Sequence[tuple[Asked, int, list[bool], float]]],
            examples: Examples, device: str) -> Tensor:  # fmt: skip
    """The four losses of a batch together."""
    flat = [each for group in made for each in group]
    pairs = [(a.ids, examples.texts[p].ids, examples.texts[p].spans) for a, p, *_ in flat]
    given = batch(pairs, device)
    sentence, passage = network(*given[:3])
    known = given[3]
    wanted = torch.zeros(known.shape)
    for row, (*_, labels, _) in enumerate(flat):
        wanted[row, : len(labels)] = torch.tensor(labels, dtype=torch.float)
    wanted = wanted.to(device)
    answers = torch.tensor([each[3] for each in flat], device=device)
    group = torch.tensor([n for n, each in enumerate(made) for _ in each], device=device)
    has = torch.zeros(len(made), device=device).index_add(0, group, answers) > 0
    alone = F.binary_cross_entropy_with_logits(sentence, wanted, reduction="none")
    of_sentences = (alone * (1 + 2 * wanted) * known).sum() / known.sum()
    of_passages = F.binary_cross_entropy_with_logits(passage, answers)
    open_ones = torch.where(known, sentence, torch.tensor(-1e4, device=device))
    return (
        of_sentences
        + 0.5 * of_passages
        + 0.5
        * (
            _softmax(passage[:, None], answers[:, None], group, has)
            + _softmax(open_ones, wanted, group, has)
        )
    )


def _softmax(scores: Tensor, right: Tensor, group: Tensor, has: Tensor) -> Tensor:
    """Minus the log of what a softmax over each group gives to all that is right in it."""
    most = torch.full((len(has),), -1e4, device=scores.device)
    most = most.scatter_reduce(0, group, scores.max(1).values, "amax").detach()
    each = (scores - most[group, None]).exp()
    total = torch.zeros(len(has), device=scores.device).index_add(0, group, each.sum(1))
    held = torch.zeros(len(has), device=scores.device).index_add(0, group, (each * right).sum(1))
    gain = (held.clamp(min=1e-9).log() - total.log()) * has
    return -gain.sum() / has.sum().clamp(min=1)


def right_first(network: Network, examples: Examples, device: str, most: int = 600) -> None:
    """Print how often the best sentence of a passage held out is one that answers."""
    right: dict[str, list[bool]] = defaultdict(list)
    held_out = [a for a in examples.asked if a.held_out and a.answers][:most]
    for asked in held_out:
        place, labels = asked.answers[0]
        text = examples.texts[place]
        with torch.no_grad():
            given = batch([(asked.ids, text.ids, text.spans)], device)
            right[asked.kind].append(labels[int(network(*given[:3])[0][0].argmax())])
    print({kind: (round(float(np.mean(each)), 3), len(each)) for kind, each in right.items()})


def main() -> None:
    """Read the data, train for as long as given, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--sets", type=Path)
    parser.add_argument("--questions", nargs="*", default=[])
    parser.add_argument("--init", type=Path)
    parser.add_argument("--frozen", type=int, default=0)
    parser.add_argument("--minutes", type=float, default=180)
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--groups", type=int, default=8)
    given = parser.parse_args()
    torch.manual_seed(0)
    rnd = random.Random(0)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    cache = load_settings().model_cache
    examples = Examples(Tokens(next(cache.glob(f"{DEFAULT}-*"))))
    for path in sorted(given.sets.glob("*.jsonl")) if given.sets else []:
        reading_set(examples, path, rnd)
    for pair in given.questions:
        path, notes = pair.split(":", 1)
        note_questions(examples, Path(path), Path(notes), rnd)
    hard = near_misses(examples, rnd)
    train = [place for place, asked in enumerate(examples.asked) if not asked.held_out]
    print(len(examples.texts), "passages", len(train), "questions", flush=True)
    network = Network(given.init).to(device).train()
    network.freeze(given.frozen)
    weights = [p for p in network.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(weights, lr=given.rate, weight_decay=0.01, betas=(0.9, 0.98))
    started = time.monotonic()
    for step, made in enumerate(groups(examples, hard, train, given.groups, rnd)):
        done = (time.monotonic() - started) / 60 / given.minutes
        if done >= 1:
            break
        for part in optimizer.param_groups:
            part["lr"] = given.rate * min(1, step / 30) * (1 - done)
        with torch.autocast(device, torch.bfloat16, enabled=device == "cuda"):
            loss = loss_of(network, made, examples, device)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(weights, 1.0)
        optimizer.step()
        if step % 20 == 0:
            print(step, round(loss.item(), 3), round(done, 3), flush=True)
    save(network, given.out)
    right_first(network.eval(), examples, device)


if __name__ == "__main__":
    main()
