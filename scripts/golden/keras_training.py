"""Records Keras 3's schedules, callbacks, class weights and metrics: Tests/EngineTests/Golden/training.json.

Run it in a virtual environment that holds requirements.txt:    python scripts/golden/keras_training.py

The document: {"versions": {...}, "schedules": [...], "watches": [...], "metrics": [...]}.

A schedule: kind (cosine, exponential, step), rate, floor or factor and epochs, warmup (epochs), batches an epoch, epochs in all; rates[u] is
the rate of update u. A watch: values of what is watched, epoch by epoch, higher (is better), patience; early stopping ends after epoch
`stops` (from 1; 0 when it does not) with the weights of epoch `best`; reduced[e] is the rate of the epoch after e (factor 0.1, least 1e-4).
A metric: its name in the command language, the loss that decides how targets are given, batches of targets y and outputs p, Keras' value.
"""

from common import keras, np, numbers, versions, write

SEED = 11


def schedule_case(kind, rate, batches, all_epochs, warmup=0, **options):
    length = batches * (all_epochs - warmup)
    if kind == "cosine":
        warm = {"warmup_target": rate, "warmup_steps": batches * warmup} if warmup else {}
        schedule = keras.optimizers.schedules.CosineDecay(
            0.0 if warmup else rate, length, alpha=options["floor"], **warm)
    else:
        schedule = keras.optimizers.schedules.ExponentialDecay(
            rate, batches * options["epochs"], options["factor"], staircase=kind == "step")
    rates = [numbers(schedule(update)) for update in range(batches * all_epochs)]
    return {"kind": kind, "rate": rate, "batches": batches, "all": all_epochs, "warmup": warmup} | options | {"rates": rates}


def schedule_cases():
    yield schedule_case("cosine", 0.1, 4, 5, floor=0.0)
    yield schedule_case("cosine", 0.01, 3, 7, floor=0.25)
    yield schedule_case("cosine", 0.1, 4, 6, warmup=2, floor=0.1)
    yield schedule_case("exponential", 0.1, 4, 5, factor=0.9, epochs=1)
    yield schedule_case("exponential", 0.1, 5, 4, factor=0.5, epochs=2)
    yield schedule_case("step", 0.1, 4, 8, factor=0.5, epochs=3)


class Model:
    """As much of a model as the callbacks touch: its weights are the epoch's number."""

    def __init__(self):
        self.optimizer, self.stop_training, self.weights = keras.optimizers.SGD(1.0), False, 0

    def get_weights(self):
        return self.weights

    def set_weights(self, weights):
        self.weights = weights


def watch_case(values, patience, higher=False):
    name = "val_accuracy" if higher else "val_loss"
    mode = "max" if higher else "min"
    stopping = keras.callbacks.EarlyStopping(name, patience=patience, restore_best_weights=True, mode=mode)
    reduction = keras.callbacks.ReduceLROnPlateau(name, factor=0.1, patience=patience, min_lr=1e-4, mode=mode)
    one, other = Model(), Model()
    stopping.set_model(one), reduction.set_model(other)
    stopping.on_train_begin(), reduction.on_train_begin()
    stops, reduced = 0, []
    for epoch, value in enumerate(values):
        other.weights = epoch + 1
        reduction.on_epoch_end(epoch, {name: value})
        reduced.append(numbers(other.optimizer.learning_rate))
        if not stops:
            one.weights = epoch + 1
            stopping.on_epoch_end(epoch, {name: value})
            stops = epoch + 1 if one.stop_training else 0
    stopping.on_train_end()
    return {"values": values, "higher": higher, "patience": patience, "stops": stops, "best": one.weights, "reduced": reduced}


def watch_cases():
    falling = [1.0, 0.8, 0.85, 0.79995, 0.79, 0.9, 0.95, 0.79, 0.791, 0.9, 0.9, 0.9, 0.9, 0.9]
    for patience in [1, 2, 3, 5]:
        yield watch_case(falling, patience)
        yield watch_case([round(1 - value, 6) for value in falling], patience, higher=True)
    yield watch_case([1.0] * 16, 2)
    yield watch_case([3.0, 2.0, 1.0, 0.5], 2)


def metric_case(name, metric, loss, batches, **options):
    for y, p in batches:
        metric.update_state(y, p)
    return {"metric": name, "loss": loss, "options": options,
            "batches": [{"y": numbers(y), "p": numbers(p)} for y, p in batches], "value": numbers(metric.result())}


def metric_cases():
    random = np.random.default_rng(SEED)
    m = keras.metrics

    def shares(rows, columns):
        return random.dirichlet(np.ones(columns), rows).astype(np.float32)

    def classes(rows, columns):
        return random.integers(0, columns, (rows, 1)).astype(np.float32)

    def one_hot(rows, columns):
        return np.eye(columns, dtype=np.float32)[classes(rows, columns)[:, 0].astype(int)]

    binary = [((random.random((rows, 1)) > 0.6).astype(np.float32), random.random((rows, 1)).astype(np.float32)) for rows in [16, 9]]
    # An output at a threshold itself: 0.5 is no yes.
    binary[0][1][:3] = 0.5
    several = [((random.random((rows, 3)) > 0.5).astype(np.float32), random.random((rows, 3)).astype(np.float32)) for rows in [8, 5]]
    multi = [(one_hot(rows, 8), shares(rows, 8)) for rows in [16, 9]]
    sparse = [(classes(rows, 8), shares(rows, 8)) for rows in [16, 9]]
    values = [(random.normal(0, 2, (rows, 2)).astype(np.float32), random.normal(0, 2, (rows, 2)).astype(np.float32)) for rows in [8, 5]]
    logits = [(y, (8 * p - 4).astype(np.float32)) for y, p in binary]
    yield metric_case("precision", m.Precision(), "bce", binary)
    yield metric_case("recall", m.Recall(), "bce", binary)
    yield metric_case("precision", m.Precision(), "bce", several)
    yield metric_case("recall", m.Recall(), "bce", several)
    yield metric_case("precision", m.Precision(), "cce", multi)
    yield metric_case("recall", m.Recall(), "cce", [(y, p ** 0.3) for y, p in multi])
    yield metric_case("auc", m.AUC(), "bce", binary)
    yield metric_case("auc", m.AUC(), "bce", several)
    yield metric_case("auc", m.AUC(), "cce", multi)
    yield metric_case("auc", m.AUC(from_logits=True), "bce", logits, from_logits=True)
    yield metric_case("f1_score", m.F1Score(average="macro", threshold=0.5), "bce", binary)
    yield metric_case("f1_score", m.F1Score(average="macro", threshold=0.5), "bce", several)
    yield metric_case("f1_score", m.F1Score(average="macro"), "cce", multi)
    for k in [1, 3, 5]:
        yield metric_case("top_k_categorical_accuracy", m.TopKCategoricalAccuracy(k), "cce", multi, k=k)
        yield metric_case("top_k_categorical_accuracy", m.SparseTopKCategoricalAccuracy(k), "scce", sparse, k=k)
    yield metric_case("r2_score", m.R2Score(), "mse", values)
    yield metric_case("rmse", m.RootMeanSquaredError(), "mse", values)
    yield metric_case("mae", m.MeanAbsoluteError(), "mse", values)
    yield metric_case("mse", m.MeanSquaredError(), "mae", values)
    yield metric_case("binary_accuracy", m.BinaryAccuracy(), "bce", several)
    yield metric_case("categorical_accuracy", m.CategoricalAccuracy(), "cce", multi)
    yield metric_case("sparse_categorical_accuracy", m.SparseCategoricalAccuracy(), "scce", sparse)


if __name__ == "__main__":
    document = {"schedules": list(schedule_cases()), "watches": list(watch_cases()), "metrics": list(metric_cases())}
    write("EngineTests/Golden/training.json", {"versions": versions()} | document)
