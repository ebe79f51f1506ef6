"""Records what Keras 3 prints for `model.summary()` on a pipe: Tests/ScreenTests/Golden/summary_keras.txt.

Run it in a virtual environment that holds requirements.txt:    python scripts/golden/keras_summary.py

The file holds one table after another; before each stands a line `## ` with its title and the network in the command language.
"""

import contextlib
import io

from common import TESTS, keras, np, versions

dense, batchnorm = keras.layers.Dense, keras.layers.BatchNormalization


def network(*layers, shape=None):
    keras.utils.clear_session()
    model = keras.Sequential(name="sequential")
    if shape:
        model.add(keras.Input(shape))
    for make in layers:
        model.add(make())
    return model


def deck(shape=None):
    return network(lambda: dense(8), lambda: batchnorm(), lambda: dense(4), lambda: dense(1), shape=shape)


def trained(optimizer):
    model = deck((2,))
    model.compile(optimizer=optimizer, loss="mse")
    model.fit(np.zeros((4, 2)), np.zeros((4, 1)), verbose=0)
    return model


def compiled():
    model = deck((2,))
    model.compile(optimizer="adam", loss="mse")
    return model


def long_names():
    return network(
        lambda: dense(1000, name="a_dense_layer_with_a_name_far_longer_than_its_column"),
        lambda: batchnorm(name="batch_normalization_after_the_first_layer"),
        lambda: keras.layers.LeakyReLU(),
        lambda: keras.layers.Dropout(0.5, name="dropout_of_half_the_units_in_training"),
        lambda: dense(1000, activation="softmax"), shape=(12345,))


DECK = "input 2; layer dense 8; layer batchnorm; layer dense 4; layer dense 1"
CASES = [
    (f"built: {DECK}", lambda: deck((2,))),
    ("unbuilt: layer dense 8; layer batchnorm; layer dense 4; layer dense 1", deck),
    (f"compiled, not trained: {DECK}; compile adam mse", compiled),
    (f"trained: {DECK}; compile adam mse; fit 1", lambda: trained("adam")),
    (f"trained: {DECK}; compile sgd 0.01 momentum=0 mse; fit 1", lambda: trained("sgd")),
    (f"trained: {DECK}; compile sgd 0.01 momentum=0.9 mse; fit 1",
     lambda: trained(keras.optimizers.SGD(momentum=0.9))),
    ("samples of two axes: input 5x3; layer dense 4 relu; layer flatten; layer dense 3; layer softmax",
     lambda: network(lambda: dense(4, activation="relu"), keras.layers.Flatten, lambda: dense(3), keras.layers.Softmax, shape=(5, 3))),
    ("activations as layers: input 2; layer relu; layer leakyrelu; layer elu; layer sigmoid; layer tanh; layer linear",
     lambda: network(keras.layers.ReLU, keras.layers.LeakyReLU, keras.layers.ELU,
                     *[lambda name=name: keras.layers.Activation(name) for name in ["sigmoid", "tanh", "linear"]], shape=(2,))),
    ("long names and large numbers: input 12345; layer dense 1000 name=a_dense_layer_with_a_name_far_longer_than_its_column; "
     "layer batchnorm name=batch_normalization_after_the_first_layer; layer leakyrelu; "
     "layer dropout 0.5 name=dropout_of_half_the_units_in_training; layer dense 1000 softmax", long_names),
    ("no layer at all: input 2", lambda: network(shape=(2,))),
    ("nothing at all:", network),
]

if __name__ == "__main__":
    text = "".join(f"# {name} {version}\n" for name, version in versions().items())
    for title, make in CASES:
        model, printed = make(), io.StringIO()
        with contextlib.redirect_stdout(printed):
            model.summary()
        text += f"## {title}\n{printed.getvalue()}"
    path = TESTS / "ScreenTests/Golden/summary_keras.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    print(path.relative_to(TESTS.parent))
