"""Records short Keras 3 training runs, from given weights on given batches: Tests/EngineTests/Golden/runs.json.

Run it in a virtual environment that holds requirements.txt:    python scripts/golden/keras_runs.py

The document: {"versions": {...}, "runs": [run, ...]}. A run holds
  name, input_shape          of one sample
  layers                     kind, name and options of each, in order; options are the command language's (activation leaky_relu: slope 0.2)
  compile                    optimizer and its constants, loss, from_logits
  class_weight               the weight of each class, where they do not count alike
  batch, epochs              rows are taken in their order (shuffle=False), the last batch of an epoch may be smaller
  x, y                       y has two axes: one-hot rows for categorical_crossentropy, an index a row for the sparse one
  initial, final             "layer.part" -> nested lists; parts: kernel bias gamma beta moving_mean moving_variance
  predictions                of the final weights on x, in inference mode
  loss                       an epoch each, as `history` has it: mean over the samples, each batch before its update, penalties included
  accuracy                   the same for a classification; binary outputs threshold at 0.5, logits at 0 (Keras would say 0.5)
  compare                    "weights", or "predictions" where a bias stands directly before a batch normalisation: its true gradient
                             is zero, Adam divides rounding by rounding, and Keras' own back ends disagree there by some 1e-3 (so do
                             the predictions; an epsilon far above the rounding, as in the run here, keeps them within 1e-6)
"""

from common import LAYERS, TESTS, batchnorm, dense, draw_weight, keras, loss_named, np, numbers, simple, versions, window, write

SEED = 20240229
EPOCHS = 5


def sgd(rate, momentum=0.0, nesterov=False, **options):
    return {"optimizer": "sgd", "rate": rate, "momentum": momentum, "nesterov": nesterov} | options


def adam(rate, beta_1=0.9, beta_2=0.999, epsilon=1e-7, **options):
    return {"optimizer": "adam", "rate": rate, "beta_1": beta_1, "beta_2": beta_2, "epsilon": epsilon} | options


def optimizer(name, rate, **options):
    """Any optimizer, by the command language's name and Keras' names of its options; those left out have their defaults."""
    return {"optimizer": name, "rate": rate} | options


def run(name, input_shape, layers, optimizer, loss, rows=70, batch=32, from_logits=False, compare="weights", **options):
    return {
        "name": name, "input_shape": list(input_shape), "layers": layers,
        "compile": optimizer | {"loss": loss, "from_logits": from_logits},
        "batch": batch, "epochs": EPOCHS, "rows": rows, "compare": compare,
    } | options


BCE, CCE, SCCE = "binary_crossentropy", "categorical_crossentropy", "sparse_categorical_crossentropy"

RUNS = [
    run("worked example: one sigmoid neuron", [1], [dense(1, "sigmoid")], sgd(0.1), "half_squared_error", rows=1, batch=1),
    run("linear regression, plain sgd", [3], [dense(1)], sgd(0.05), "mse", rows=64, batch=16),
    run("no bias, momentum, mae", [4], [dense(6, "tanh", bias=False), dense(2, "linear", bias=False)],
        sgd(0.02, momentum=0.9), "mae"),
    run("nesterov, sigmoid and relu, bce", [2], [dense(8, "relu"), dense(5, "sigmoid"), dense(1, "sigmoid")],
        sgd(0.1, momentum=0.9, nesterov=True), BCE),
    run("momentum with l1 and l2, bce from logits", [3], [dense(8, "tanh", l1=0.01), dense(4, "softplus", l1=0.002, l2=0.02), dense(1)],
        sgd(0.05, momentum=0.8), BCE, from_logits=True),
    run("softmax output, elu and selu, cce, adam", [4], [dense(7, "elu"), dense(6, "selu"), dense(3, "softmax")], adam(0.01), CCE),
    run("cce from logits, gelu and swish, adam with its own constants", [4], [dense(6, "gelu"), dense(6, "swish"), dense(4)],
        adam(0.02, beta_1=0.8, beta_2=0.95, epsilon=1e-3), CCE, from_logits=True),
    run("scce on a softmax layer, leaky_relu, dropout off", [4],
        [dense(9, "leaky_relu"), simple("dropout", rate=0.0), dense(3), simple("softmax")], adam(0.01), SCCE),
    run("scce from logits, relu and leakyrelu layers, nesterov", [5],
        [dense(8), simple("relu"), dense(6), simple("leakyrelu", slope=0.3), dense(4)],
        sgd(0.05, momentum=0.9, nesterov=True), SCCE, from_logits=True),
    run("activations as layers", [3],
        [dense(6), simple("elu"), dense(6), simple("selu"), dense(6), simple("gelu"), dense(6), simple("swish"), dense(6),
         simple("softplus"), dense(6), simple("tanh"), dense(2), simple("linear"), simple("sigmoid")], adam(0.005), "half_squared_error"),
    run("deck network: batch normalisation after relu, bce, adam", [2],
        [dense(8, "relu"), batchnorm(), dense(4, "relu"), dense(1, "sigmoid")], adam(0.01), BCE, rows=96),
    run("batch normalisation first and after a dense layer without bias", [4],
        [batchnorm(momentum=0.9, epsilon=0.01), dense(5, "tanh"), dense(6, bias=False), batchnorm(momentum=0.8), simple("relu"), dense(1)],
        adam(0.01), "mse"),
    run("bias directly before batch normalisation, sgd", [3],
        [dense(6), batchnorm(momentum=0.9), simple("relu"), dense(3, "softmax")], sgd(0.1), SCCE, compare="predictions"),
    run("bias directly before batch normalisation, adam with epsilon 1e-4", [3],
        [dense(6), batchnorm(momentum=0.9), simple("tanh"), dense(1, "sigmoid")], adam(0.01, epsilon=1e-4), BCE, compare="predictions"),
    run("samples of two axes: dense on the last one, then flatten", [4, 3],
        [dense(5, "swish"), simple("flatten"), dense(4, "relu", l2=0.01), dense(2)], adam(0.01), "mse", rows=50, batch=16),
    run("batch normalisation of samples of two axes", [3, 4],
        [dense(4, "softmax"), batchnorm(momentum=0.9), simple("flatten"), dense(1, "sigmoid")],
        sgd(0.1, momentum=0.9), BCE, rows=50, batch=16),
    run("one batch holds all rows", [2], [dense(6, "sigmoid"), dense(2, "softmax")], adam(0.03, epsilon=1e-8), CCE, rows=40, batch=64),
    run("max-norm constraint, weight decay, clipped values", [4], [dense(6, "relu", max_norm=0.8), dense(2, max_norm=1.5)],
        sgd(0.1, momentum=0.9, weight_decay=0.05, clipvalue=0.1), "mse"),
    run("norm of each gradient clipped, with l1 and l2", [4], [dense(6, "relu", l1=0.01, l2=0.02), dense(2)],
        adam(0.01, clipnorm=0.3), "mse"),
    run("norm of all gradients clipped", [4], [dense(6, "relu"), dense(2)], sgd(0.1, global_clipnorm=0.5), "mse"),
    run("class weights", [4], [dense(6, "relu"), dense(3, "softmax")], adam(0.01), SCCE, class_weight=[0.5, 3.0, 1.25]),
    run("class weights of one-hot targets", [4], [dense(6, "relu"), dense(3, "softmax", l2=0.01)], adam(0.01), CCE,
        class_weight=[2.0, 0.0, 1.0]),
    run("class weights of yes and no", [4], [dense(6, "relu"), dense(1, "sigmoid")], sgd(0.1), BCE, class_weight=[1.0, 4.0]),
    run("smoothed labels", [4], [dense(6, "relu"), dense(3, "softmax")], adam(0.01) | {"label_smoothing": 0.2}, CCE),
] + [
    run(f"iris, {' '.join(str(word) for word in settings.values())}", [4], [dense(10, "relu"), dense(3, "softmax")], settings, SCCE,
        rows="iris")
    for settings in [
        sgd(0.1), sgd(0.05, momentum=0.9, nesterov=True), adam(0.01), optimizer("adamw", 0.01), optimizer("rmsprop", 0.01),
        optimizer("rmsprop", 0.005, rho=0.8, momentum=0.5, centered=True, epsilon=1e-4), optimizer("adagrad", 0.1),
        optimizer("adadelta", 1.0), optimizer("adamax", 0.02), optimizer("nadam", 0.01),
    ]
] + [
    run("images: convolution, batch normalisation, pooling, convolution, average pooling, dense", [8, 8, 1],
        [window("conv2d", [3, 3], "same", units=4, bias=False), batchnorm(momentum=0.9), simple("relu"),
         window("maxpool", [2, 2], stride=2), window("conv2d", [3, 3], "same", units=6, activation="relu"),
         window("avgpool", [2, 2], stride=2), simple("flatten"), dense(3, "softmax")], adam(0.01), SCCE, rows=40, batch=16),
    run("images: strides, separable and transposed convolutions, relu left to the pooling", [7, 6, 2],
        [window("conv2d", [3, 3], "same", units=4, activation="relu"), window("maxpool", [2, 2], "same", 2),
         window("separableconv2d", [3, 3], "same", units=5, activation="tanh"),
         window("conv2dtranspose", [3, 3], "same", 2, units=3, activation="relu"),
         window("depthwiseconv2d", [3, 3], stride=2), simple("layernorm", epsilon=0.001), simple("globalavgpool"), dense(1)],
        sgd(0.02, momentum=0.9), "mse", rows=40, batch=16),
    run("digits: convolution, batch normalisation, pooling, convolution, average pooling, dense", [8, 8, 1],
        [window("conv2d", [3, 3], "same", units=6, bias=False), batchnorm(), simple("relu"), window("maxpool", [2, 2], stride=2),
         window("conv2d", [3, 3], "same", units=8, activation="relu"), window("avgpool", [2, 2], stride=2), simple("flatten"),
         dense(10, "softmax")], adam(0.01), SCCE, rows="digits", batch=25),
]


def build(spec):
    """The Keras model of a run, with Keras' own layer names written into the description."""
    keras.utils.clear_session()
    model = keras.Sequential([keras.Input(spec["input_shape"])])
    for layer in spec["layers"]:
        model.add(LAYERS[layer["kind"]](layer))
        layer["name"] = model.layers[-1].name
    return model


def weights(model):
    return {f"{layer.name}.{variable.name}": numbers(variable) for layer in model.layers for variable in layer.weights}


def iris(random):
    """The embedded table in a random order, each column at mean 0 and deviation 1, to three decimals."""
    rows = [line.split(",") for line in (TESTS.parent / "Lessons/data/iris.csv").read_text().split("\n")[1:] if line]
    rows = [rows[place] for place in random.permutation(len(rows))]
    names = sorted({row[-1] for row in rows})
    x = np.array([[float(cell) for cell in row[:-1]] for row in rows])
    x = np.round((x - x.mean(0)) / x.std(0), 3).astype(np.float32)
    return x, np.array([[names.index(row[-1])] for row in rows], np.float32)


def digits(count=70):
    """The first images of the embedded set, sixteen steps from 0 to 1, and their digits."""
    rows = (TESTS.parent / "Lessons/data/digits.txt").read_text().split("\n")[1 : count + 1]
    pixels, labels = zip(*(row.split(",") for row in rows))
    images = np.array([[int(step, 17) / 16 for step in row] for row in pixels], np.float32)
    return images.reshape(-1, 8, 8, 1), np.array([[int(label)] for label in labels], np.float32)


def draw_data(random, spec, outputs):
    """Inputs, and targets that depend on them through a random linear map and a little noise; or iris, standardized; or digits."""
    if spec["rows"] == "iris":
        return iris(random)
    if spec["rows"] == "digits":
        return digits()
    x = np.round(random.normal(size=[spec["rows"], *spec["input_shape"]]), 3).astype(np.float32)
    flat = x.reshape(len(x), -1)
    score = flat @ random.normal(size=[flat.shape[1], outputs]) + 0.3 * random.normal(size=[len(x), outputs])
    loss = spec["compile"]["loss"]
    if loss == BCE:
        return x, (score > 0).astype(np.float32)
    if loss == CCE:
        return x, np.eye(outputs, dtype=np.float32)[score.argmax(axis=1)]
    if loss == SCCE:
        return x, score.argmax(axis=1)[:, None].astype(np.float32)
    if spec["layers"][-1]["kind"] == "sigmoid":
        return x, np.round(1 / (1 + np.exp(-score)), 3).astype(np.float32)
    return x, np.round(score, 3).astype(np.float32)


OPTIMIZERS = {
    "sgd": keras.optimizers.SGD, "adam": keras.optimizers.Adam, "adamw": keras.optimizers.AdamW, "rmsprop": keras.optimizers.RMSprop,
    "adagrad": keras.optimizers.Adagrad, "adadelta": keras.optimizers.Adadelta, "adamax": keras.optimizers.Adamax,
    "nadam": keras.optimizers.Nadam,
}


def optimizer_of(settings):
    options = {key: value for key, value in settings.items() if key not in ("optimizer", "rate", "loss", "from_logits", "label_smoothing")}
    return OPTIMIZERS[settings["optimizer"]](learning_rate=settings["rate"], **options)


def loss_of(settings):
    options = {key: settings[key] for key in ["label_smoothing"] if key in settings}
    return loss_named(settings["loss"], settings["from_logits"], **options)


def metrics_of(settings):
    return {
        BCE: lambda: [keras.metrics.BinaryAccuracy("accuracy", threshold=0.0 if settings["from_logits"] else 0.5)],
        CCE: lambda: [keras.metrics.CategoricalAccuracy("accuracy")],
        SCCE: lambda: [keras.metrics.SparseCategoricalAccuracy("accuracy")],
    }.get(settings["loss"], lambda: [])()


def record(spec, random):
    model, settings = build(spec), spec["compile"]
    if spec["name"].startswith("worked example"):
        x, y = np.array([[2.0]], np.float32), np.array([[1.0]], np.float32)
        start = {"kernel": np.array([[0.5]]), "bias": np.array([0.0])}
    else:
        x, y = draw_data(random, spec, model.output_shape[-1])
        start = None
    for layer in model.layers:
        for variable in layer.weights:
            variable.assign(start[variable.name] if start else np.round(draw_weight(random, variable.name, variable.shape), 4))
    initial = weights(model)
    model.compile(optimizer_of(settings), loss_of(settings), metrics=metrics_of(settings))
    weights_of = dict(enumerate(spec["class_weight"])) if "class_weight" in spec else None
    history = model.fit(x, y, class_weight=weights_of, batch_size=spec["batch"], epochs=spec["epochs"], shuffle=False, verbose=0).history
    return {key: value for key, value in spec.items() if key != "rows"} | {
        "x": numbers(x), "y": numbers(y), "initial": initial, "final": weights(model),
        "predictions": numbers(model.predict(x, verbose=0))} | {key: numbers(values) for key, values in history.items()}


if __name__ == "__main__":
    keras.utils.set_random_seed(SEED)
    runs = [record(spec, np.random.default_rng([SEED, number])) for number, spec in enumerate(RUNS)]
    write("EngineTests/Golden/runs.json", {"versions": versions(), "runs": runs})
