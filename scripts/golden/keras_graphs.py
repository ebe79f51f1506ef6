"""Records what Keras 3 computes with functional models, whose layers join and branch: Tests/EngineTests/Golden/graphs.json.

Run it in a virtual environment that holds requirements.txt:    python scripts/golden/keras_graphs.py

The document: {"versions": {...}, "graphs": [graph, ...]}. A graph holds all that a run of runs.json holds (see keras_runs.py), and
  layers                     each may name another layer than the last one that it reads (from), and one that it joins (other); "input" is the
                             network's input
  inference                  the initial weights' predictions on x
  output, g                  of the initial weights in training on the first batch, and a gradient by it
  input_gradient, gradients  the gradients of sum(g * output) by x and by each trainable weight ("layer.part")
"""

from common import LAYERS, batchnorm, dense, draw_weight, keras, np, numbers, simple, versions, window, write
from keras_layers import draw
from keras_runs import BCE, SCCE, adam, draw_data, loss_of, metrics_of, optimizer_of, run, sgd, weights

import jax
import jax.numpy as jnp

SEED = 31

JOINS = {"add": keras.layers.Add, "concat": keras.layers.Concatenate}


def named(name, layer):
    return layer | {"name": name}


def joining(kind, name, other):
    return {"kind": kind, "name": name, "other": other}


def reading(source, layer):
    return layer | {"from": source}


def convolution(name, filters, size=3, stride=1):
    """Without a bias, which a batch normalisation right behind would take out again."""
    return named(name, window("conv2d", [size, size], "same", stride, units=filters, bias=False))


GRAPHS = [
    run("a residual block with a plain shortcut, and a concatenation", [8, 8, 2], [
        convolution("stem", 4), named("stem_norm", batchnorm(0.9)), named("stem_relu", simple("relu")),
        convolution("first", 4), named("first_norm", batchnorm(0.9)), named("first_relu", simple("relu")),
        convolution("second", 4), named("second_norm", batchnorm(0.9)),
        joining("add", "sum", "stem_relu"), named("sum_relu", simple("relu")),
        named("third", window("conv2d", [3, 3], "same", units=3, activation="tanh")), joining("concat", "both", "sum_relu"),
        named("mean", simple("globalavgpool")), named("classes", dense(3, "softmax")),
    ], adam(0.01), SCCE, rows=40, batch=16),
    run("a residual block with a projected shortcut", [7, 7, 2], [
        named("stem", window("conv2d", [3, 3], "same", units=4, activation="relu")),
        convolution("first", 6, stride=2), named("first_norm", batchnorm(0.9)), named("first_relu", simple("relu")),
        convolution("second", 6), named("second_norm", batchnorm(0.9)),
        reading("stem", convolution("shortcut", 6, size=1, stride=2)), named("shortcut_norm", batchnorm(0.8)),
        joining("add", "sum", "second_norm"), named("sum_relu", simple("relu")),
        named("flat", simple("flatten")), named("answer", dense(1, "sigmoid")),
    ], sgd(0.05, momentum=0.9), BCE, rows=40, batch=16),
    run("dense connections: each layer reads all before it, the input too", [4], [
        named("first", dense(5, "tanh")), joining("concat", "two", "input"),
        named("second", dense(5, "relu", l2=0.01)), joining("add", "three", "first"), joining("concat", "four", "two"),
        named("answer", dense(2)),
    ], adam(0.01), "mse", rows=50, batch=16),
]


def build(spec):
    """The functional Keras model of a graph."""
    keras.utils.clear_session()
    last = keras.Input(spec["input_shape"])
    model_input, values = last, {"input": last}
    for layer in spec["layers"]:
        source = values[layer["from"]] if "from" in layer else last
        if layer["kind"] in JOINS:
            last = JOINS[layer["kind"]](name=layer["name"])([source, values[layer["other"]]])
        else:
            made = LAYERS[layer["kind"]](layer)
            made.name = layer["name"]
            last = made(source)
        values[layer["name"]] = last
    return keras.Model(model_input, last)


def record(spec, random):
    model, settings = build(spec), spec["compile"]
    x, y = draw_data(random, spec, model.output_shape[-1])
    for layer in model.layers:
        for variable in layer.weights:
            variable.assign(np.round(draw_weight(random, variable.name, variable.shape), 4))
    initial, inference = weights(model), numbers(model.predict(x, verbose=0))

    names = [f"{layer.name}.{variable.name}" for layer in model.layers for variable in layer.trainable_variables]
    trainable = [variable.value for variable in model.trainable_variables]
    fixed = [variable.value for variable in model.non_trainable_variables]
    batch = jnp.asarray(x[: spec["batch"]])

    def call(weights, x):
        return model.stateless_call(weights, fixed, x, training=True)[0]

    output = call(trainable, batch)
    g = draw(random, *output.shape)
    by_weight, by_input = jax.grad(lambda w, x: jnp.sum(call(w, x) * g), argnums=(0, 1))(trainable, batch)

    model.compile(optimizer_of(settings), loss_of(settings), metrics=metrics_of(settings))
    history = model.fit(x, y, batch_size=spec["batch"], epochs=spec["epochs"], shuffle=False, verbose=0).history
    return {key: value for key, value in spec.items() if key != "rows"} | {
        "x": numbers(x), "y": numbers(y), "initial": initial, "inference": inference, "output": numbers(output), "g": numbers(g),
        "input_gradient": numbers(by_input), "gradients": {name: numbers(value) for name, value in zip(names, by_weight)},
        "final": weights(model), "predictions": numbers(model.predict(x, verbose=0)),
    } | {key: numbers(values) for key, values in history.items()}


if __name__ == "__main__":
    keras.utils.set_random_seed(SEED)
    graphs = [record(spec, np.random.default_rng([SEED, number])) for number, spec in enumerate(GRAPHS)]
    write("EngineTests/Golden/graphs.json", {"versions": versions(), "graphs": graphs})
