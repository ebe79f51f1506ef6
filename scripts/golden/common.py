"""What the golden scripts share: compact float32 numbers, and a Keras layer made from its recorded description."""

import json
import os
import pathlib
import tempfile

os.environ.setdefault("KERAS_BACKEND", "jax")
os.environ.setdefault("KERAS_HOME", tempfile.mkdtemp())  # Keras would write a settings file into the home folder
os.environ.setdefault("JAX_PLATFORMS", "cpu")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras  # noqa: E402  (the variables above must be set first)
import numpy as np  # noqa: E402

TESTS = pathlib.Path(__file__).resolve().parents[2] / "Tests"


def versions():
    """The versions that the numbers come from."""
    backend = keras.backend.backend()
    return {"keras": keras.__version__, "backend": backend, backend: __import__(backend).__version__, "numpy": np.__version__}


def numbers(array):
    """Nested lists of the shortest decimals that read back as the same float32 values; non-finite ones become null."""
    array = np.asarray(array, np.float32)
    if array.ndim:
        return [numbers(row) for row in array]
    return float(str(array)) + 0.0 if np.isfinite(array) else None


def write(name, document):
    """Write a JSON document into Tests, one list entry of the top level a line, so that a change shows as few changed lines."""
    lines = []
    for key, value in document.items():
        if isinstance(value, list):
            rows = ",\n".join(json.dumps(row, separators=(",", ":"), allow_nan=False) for row in value)
            lines.append(f'"{key}": [\n{rows}\n]')
        else:
            lines.append(f'"{key}": {json.dumps(value)}')
    path = TESTS / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n")
    print(f"{path.relative_to(TESTS.parent)}: {path.stat().st_size / 1024:.0f} KiB")


def regularizer(spec):
    l1, l2 = spec.get("l1", 0), spec.get("l2", 0)
    return keras.regularizers.L1L2(l1, l2) if l1 or l2 else None


def constraint(spec):
    return keras.constraints.MaxNorm(spec["max_norm"], axis=0) if spec.get("max_norm") else None


# kind of a layer in the command language -> the Keras layer of the same meaning
LAYERS = {
    "dense": lambda s: keras.layers.Dense(
        s["units"], activation=s["activation"], use_bias=s["bias"], kernel_regularizer=regularizer(s), kernel_constraint=constraint(s)),
    "batchnorm": lambda s: keras.layers.BatchNormalization(momentum=s["momentum"], epsilon=s["epsilon"]),
    "dropout": lambda s: keras.layers.Dropout(s["rate"]),
    "flatten": lambda s: keras.layers.Flatten(),
    "relu": lambda s: keras.layers.ReLU(),
    "leakyrelu": lambda s: keras.layers.LeakyReLU(negative_slope=s["slope"]),
    "elu": lambda s: keras.layers.ELU(),
    "softmax": lambda s: keras.layers.Softmax(),
    "conv2d": lambda s: keras.layers.Conv2D(
        s["units"], s["size"], strides=s["stride"], padding=s["padding"], dilation_rate=s["dilation"], activation=s["activation"],
        use_bias=s["bias"]),
    "depthwiseconv2d": lambda s: keras.layers.DepthwiseConv2D(
        s["size"], strides=s["stride"], padding=s["padding"], dilation_rate=s["dilation"], depth_multiplier=s["multiplier"],
        activation=s["activation"], use_bias=s["bias"]),
    "separableconv2d": lambda s: keras.layers.SeparableConv2D(
        s["units"], s["size"], strides=s["stride"], padding=s["padding"], activation=s["activation"], use_bias=s["bias"]),
    "conv2dtranspose": lambda s: keras.layers.Conv2DTranspose(
        s["units"], s["size"], strides=s["stride"], padding=s["padding"], activation=s["activation"], use_bias=s["bias"]),
    "maxpool": lambda s: keras.layers.MaxPooling2D(s["size"], strides=s["stride"], padding=s["padding"]),
    "avgpool": lambda s: keras.layers.AveragePooling2D(s["size"], strides=s["stride"], padding=s["padding"]),
    "globalavgpool": lambda s: keras.layers.GlobalAveragePooling2D(),
    "globalmaxpool": lambda s: keras.layers.GlobalMaxPooling2D(),
    "zeropadding": lambda s: keras.layers.ZeroPadding2D(s["size"]),
    "upsampling": lambda s: keras.layers.UpSampling2D(s["size"]),
    "reshape": lambda s: keras.layers.Reshape(s["size"]),
    "layernorm": lambda s: keras.layers.LayerNormalization(epsilon=s["epsilon"]),
    "prelu": lambda s: keras.layers.PReLU(),
    "rescale": lambda s: keras.layers.Rescaling(s["scale"], s["offset"]),
    "normalize": lambda s: keras.layers.Normalization(),
}
for _name in ["linear", "sigmoid", "tanh", "selu", "gelu", "swish", "softplus"]:
    LAYERS[_name] = lambda s: keras.layers.Activation(s["kind"])

ACTIVATIONS = ["linear", "relu", "sigmoid", "tanh", "softmax", "elu", "selu", "gelu", "swish", "softplus", "leaky_relu"]


def dense(units, activation="linear", **options):
    """The description of a dense layer as the JSON records it. leaky_relu as an activation has Keras' slope 0.2."""
    return {"kind": "dense", "units": units, "activation": activation, "bias": True, "l1": 0, "l2": 0} | options


def batchnorm(momentum=0.99, epsilon=0.001):
    return {"kind": "batchnorm", "momentum": momentum, "epsilon": epsilon}


def window(kind, size, padding="valid", stride=1, units=0, activation="linear", **options):
    """The description of a layer with a window that moves over images."""
    base = {"kind": kind, "size": list(size), "stride": [stride, stride], "padding": padding}
    if kind in ("maxpool", "avgpool"):
        return base
    return base | {"units": units, "activation": activation, "bias": True, "dilation": [1, 1], "multiplier": 1} | options


def simple(kind, **options):
    return {"kind": kind} | options


def draw_weight(random, part, shape):
    """Starting values that leave no parameter at a special place: biases are not 0, gamma is not 1."""
    if part.endswith("kernel"):
        return random.normal(0, 1 / np.sqrt(np.prod(shape[:-1])), shape)
    if part in ("gamma", "moving_variance", "variance"):
        return random.uniform(0.7, 1.3, shape)
    return random.normal(0, 0.1, shape)


def half_squared_error(y_true, y_pred):
    """J = (y - t)^2 / 2, summed over the outputs; Keras averages over the batch."""
    return keras.ops.sum(keras.ops.square(y_pred - y_true), axis=-1) / 2


def loss_named(name, from_logits=False, **options):
    """The Keras loss object of a loss of the command language, with Keras' names of its options."""
    logits = {"from_logits": from_logits} | options
    return {
        "mse": lambda: keras.losses.MeanSquaredError(),
        "mae": lambda: keras.losses.MeanAbsoluteError(),
        "huber": lambda: keras.losses.Huber(**options),
        "hinge": lambda: keras.losses.Hinge(),
        "kld": lambda: keras.losses.KLDivergence(),
        "poisson": lambda: keras.losses.Poisson(),
        "half_squared_error": lambda: half_squared_error,
        "binary_crossentropy": lambda: keras.losses.BinaryCrossentropy(**logits),
        "categorical_crossentropy": lambda: keras.losses.CategoricalCrossentropy(**logits),
        "sparse_categorical_crossentropy": lambda: keras.losses.SparseCategoricalCrossentropy(**logits),
    }[name]()
