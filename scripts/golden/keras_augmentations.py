"""Records Keras 3's augmentation layers at given draws: Tests/EngineTests/Golden/augmentations.json.

Run it in a virtual environment that holds requirements.txt:    python scripts/golden/keras_augmentations.py

The document: {"versions": {...}, "augmentations": [...]}. Each is one image that one layer saw in training:
  kind, draws                the layer in the command language, and what chance gave: flip across and down (1 or 0), rotate a part of a turn,
                             translate a part of the height and of the width, zoom a part, contrast a factor, brightness a part of high
  high                       the greatest value of an image, for contrast and brightness
  x, g                       the image (1, height, width, channels), and the gradient of some loss by the output
  output, input_gradient     the gradient of sum(g * output) by x; values that were cut let nothing through
"""

from common import keras, np, numbers, versions, write

import jax
import jax.numpy as jnp

SEED = 17


def always(kind, draws, high):
    """The Keras layer whose chance can only give these draws."""
    layers, a, b = keras.layers, draws[0], draws[-1]
    if kind == "flip":
        # The layer flips each image or not; asked for its directions one by one it flips where it is told.
        def flip(x):
            for wanted, mode in zip(draws, ["horizontal", "vertical"]):
                x = layers.RandomFlip(mode).transform_images(x, {"flips": np.full((1, 1, 1, 1), bool(wanted))}, training=True)
            return x

        return flip
    if kind == "contrast":
        layer = layers.RandomContrast(0.5, value_range=(0, high))
        return lambda x: layer.transform_images(x, {"contrast_factor": np.float32(a)}, training=True)
    layer = {
        "rotate": lambda: layers.RandomRotation((a, a)),
        "translate": lambda: layers.RandomTranslation((a, a), (b, b)),
        "zoom": lambda: layers.RandomZoom((a, a)),
        "brightness": lambda: layers.RandomBrightness((a, a), value_range=(0, high)),
    }[kind]()
    return lambda x: layer(x, training=True)


def augmentation(random, kind, draws, high=1.0):
    x = (high * np.round(random.uniform(0.02, 0.98, (1, 6, 5, 2)), 3)).astype(np.float32)
    g = np.round(random.normal(0, 1.5, x.shape), 3).astype(np.float32)
    call = always(kind, draws, high)
    gradient = jax.grad(lambda x: jnp.sum(call(x) * g))(jnp.asarray(x))
    return {"kind": kind, "draws": draws, "high": high, "x": numbers(x), "g": numbers(g), "output": numbers(call(jnp.asarray(x))),
            "input_gradient": numbers(gradient)}


CASES = [
    ("flip", [1, 0]), ("flip", [0, 1]), ("flip", [1, 1]), ("rotate", [0.1]), ("rotate", [-0.25]), ("rotate", [0.4]),
    ("translate", [0.2, -0.3]), ("translate", [-0.45, 0.6]), ("zoom", [0.3]), ("zoom", [-0.4]),
    ("contrast", [1.45]), ("contrast", [0.6]), ("contrast", [1.3], 255.0),
    ("brightness", [0.3]), ("brightness", [-0.2]), ("brightness", [0.25], 255.0),
]

if __name__ == "__main__":
    augmentations = [augmentation(np.random.default_rng([SEED, number]), *case) for number, case in enumerate(CASES)]
    write("EngineTests/Golden/augmentations.json", {"versions": versions(), "augmentations": augmentations})
