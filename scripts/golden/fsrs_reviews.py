"""Figures of py-fsrs 6.3.2 for the scheduler and the optimizer: a simulated log of 10,000 reviews, and the weights fitted to another log.

Run in an environment with fsrs[optimizer]==6.3.2:

    python scripts/golden/fsrs_reviews.py

The histories are packed: a card a row, the reviews after each other. Seconds are since the review before, S and D are those after the review,
due is in seconds after it.
"""

import json
import pathlib
import random
from datetime import datetime, timedelta, timezone

import torch
from fsrs import Card, Optimizer, Rating, ReviewLog, Scheduler

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "Tests" / "StudyTests" / "Golden"
START = datetime(2025, 1, 1, tzinfo=timezone.utc)


def simulate(scheduler, length, reviews, seed, learner, days):
    """Histories of (seconds since the review before, grade, S, D, seconds until due): a learner who comes late, early and on the same day.

    A card is given up when it is known for decades: py-fsrs alone knows no greatest stability.
    """
    chance = random.Random(seed)
    histories, left = [], reviews
    while left > 0:
        number = len(histories)
        card, now, history = Card(card_id=number, due=START), START + timedelta(seconds=chance.randrange(days * 86_400)), []
        true_card, last = Card(card_id=number, due=START), None
        for _ in range(min(left, max(1, round(chance.gauss(length, 4))))):
            recalled = last is None or chance.random() < learner.get_card_retrievability(true_card, now)
            if last is None:
                grade = chance.choices((1, 2, 3, 4), (0.3, 0.15, 0.45, 0.1))[0]
            else:
                grade = chance.choices((2, 3, 4), (0.15, 0.7, 0.15))[0] if recalled else 1
            card, _ = scheduler.review_card(card, Rating(grade), now)
            true_card, _ = learner.review_card(true_card, Rating(grade), now)
            seconds = 0 if last is None else round((now - last).total_seconds())
            history.append((seconds, grade, card.stability, card.difficulty, round((card.due - now).total_seconds())))
            last = now
            if card.stability > 10_000:
                break
            wait = (card.due - now).total_seconds()
            # Most come some hours or days late; some earlier than due, some again on the same day.
            factor = chance.choices((chance.uniform(1, 1.3), chance.uniform(0.2, 1), 0.02), (0.8, 0.15, 0.05))[0]
            now += timedelta(seconds=max(5, round(wait * factor)))
        histories.append(history)
        left -= len(history)
    return histories


def logs(histories, first=0):
    """The histories as py-fsrs' review logs; every card starts at the same moment, as only differences matter."""
    for number, history in enumerate(histories, first):
        now = START
        for seconds, grade, *_ in history:
            now += timedelta(seconds=seconds)
            yield ReviewLog(card_id=number, rating=Rating(grade), review_datetime=now, review_duration=None)


def log_loss(histories, weights):
    return Optimizer(list(logs(histories)))._compute_batch_loss(parameters=list(weights))


def write(name, document, columns):
    rows = document.pop("cards")
    lines = [f'"{key}": {json.dumps(value)}' for key, value in document.items()]
    packed = ",\n".join(json.dumps([[row[c] for row in history] for c in range(columns)], separators=(",", ":")) for history in rows)
    text = "{\n" + ",\n".join(lines) + f',\n"cards": [\n{packed}\n]\n}}\n'
    (FOLDER / name).write_text(text)
    print(f"{name}: {len(text) / 1024:.0f} KiB, {sum(map(len, rows))} reviews")


def main():
    scheduler = Scheduler(enable_fuzzing=False)
    histories = simulate(scheduler, 14, 10_000, 1, scheduler, 60)
    rounded = [[(s, g, round(a, 7), round(d, 7), due) for s, g, a, d, due in history] for history in histories]
    write("fsrs_histories.json", {"source": "py-fsrs 6.3.2, fuzz off", "cards": rounded}, 5)

    # A learner who forgets by other weights than the standard ones.
    learner = Scheduler(
        parameters=(0.6, 1.8, 4.1, 12.0, 6.9, 0.6, 2.2, 0.02, 1.5, 0.25, 1.1, 1.2, 0.1, 0.35, 1.9, 0.4, 2.6, 0.3, 0.15, 0.12, 0.35),
        enable_fuzzing=False)
    training = simulate(scheduler, 10, 3_600, 2, learner, 60)
    apart = simulate(scheduler, 10, 2_000, 3, learner, 60)
    # The order of the cards in each pass, as the optimizer shuffles them.
    chance, order, orders = random.Random(42), list(range(len(training))), []
    for _ in range(5):
        chance.shuffle(order)
        orders.append(list(order))
    torch.set_num_threads(1)
    fitted = Optimizer(list(logs(training))).compute_optimal_parameters()
    standard = Scheduler().parameters
    document = {
        "source": "py-fsrs 6.3.2, torch " + torch.__version__,
        "weights": fitted,
        "orders": orders,
        "log_loss": {"before": log_loss(training, standard), "after": log_loss(training, fitted)},
        "log_loss_apart": {"before": log_loss(apart, standard), "after": log_loss(apart, fitted)},
        "apart_from": len(training),
        "cards": training + apart,
    }
    write("fsrs_optimizer.json", document, 2)


main()
