"""Runs the Python that `keras` prints with the real Keras 3, and compares parameters and output shapes with those of the shell.

Run it in a virtual environment that holds requirements.txt:    python scripts/golden/keras_code.py [GRADUS] [--record]

Every preset, layer, optimizer, loss and metric is asked for, and a range of fits. Where a model was fitted, train() is run for one epoch's
worth of samples too. With --record it also writes the texts that the tests compare: Tests/ShellTests/Golden/keras/NAME.py,
whose first line is a comment that holds the commands.
"""

import contextlib
import io
import json
import os
import pathlib
import subprocess
import sys

os.environ.setdefault("KERAS_BACKEND", "jax")

import keras
import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "Tests/ShellTests/Golden/keras"

MOONS = "data moons 40; layer dense 4 relu; layer dense 1 sigmoid; "
IRIS = "data iris; layer dense 4 relu; layer dense 3 softmax; "
LINEAR = "data linear 40; layer dense 1; "
FLAT = "input 6; "
IMAGE = "input 12x12x3; "

# The texts of these are kept beside the tests.
KEPT = {
    "chain": MOONS + "compile adam 0.01 bce accuracy auc; fit 2 batch=8 val=0.25 early_stopping=3 reduce_lr=2",
    "residual": "input 8x8x2; layer conv2d 4 3x3 padding=same bias=no name=stem; layer batchnorm momentum=0.9; layer relu name=class; "
                "layer conv2d 4 3x3 padding=same init=he_normal l2=0.01; layer add class; layer concat stem; layer globalavgpool; "
                "layer dense 3 softmax; freeze stem; compile sgd 0.1 scce accuracy momentum=0.9 nesterov=yes",
    "textbook": "data linear 30; layer dense 1 max_norm=2; compile sgd 0.1 half_squared_error mae; fit 2 schedule=cosine warmup=1",
    "augmented": "data glyphs 40; layer flip horizontal; layer rotate 0.1; layer contrast 0.2; layer rescale 2 offset=-1; layer flatten; "
                 "layer dense 10 softmax; compile adamw cce accuracy clipnorm=1; fit 1 class_weight=balanced",
}

OTHERS = [f"preset {name}" for name in ["xor", "mlp", "lenet", "alexnet", "resnet18", "resnet50", "vgg16"]]
OTHERS += [FLAT + "layer " + layer for layer in [
    "dense 3 leaky_relu bias=no", "dense 3 gelu l1=0.1 l2=0.2 max_norm=1", "dense 3 init=orthogonal", "dropout 0.2", "gaussiannoise 0.1",
    "batchnorm epsilon=0.01", "layernorm epsilon=0.01", "prelu", "leakyrelu 0.1", "normalize", "reshape 2x3", "rescale 0.5",
    "relu", "sigmoid", "tanh", "softmax", "linear", "elu", "selu", "gelu", "swish", "softplus"]]
OTHERS += [FLAT + f"layer dense 4 init={name}" for name in [
    "glorot_normal", "he_uniform", "he_normal", "lecun_uniform", "lecun_normal", "variance_scaling", "random_normal", "random_uniform",
    "truncated_normal", "zeros", "ones"]]
OTHERS += [IMAGE + "layer " + layer for layer in [
    "conv2d 4 3x2 stride=2x1", "conv2d 4 3 padding=same dilation=2 max_norm=1", "depthwiseconv2d 3 multiplier=2 stride=2 bias=no",
    "separableconv2d 5 3 relu padding=same", "conv2dtranspose 4 3 stride=2", "conv2dtranspose 4 3 stride=2 padding=same",
    "maxpool 2", "maxpool 3 stride=2 padding=same", "avgpool 2x3", "globalavgpool", "globalmaxpool", "flatten", "zeropadding 1x2",
    "upsampling 2x3", "spatialdropout 0.3", "flip vertical", "flip both", "translate 0.1", "zoom 0.1", "brightness 0.2 high=255"]]
OTHERS += [MOONS + f"compile {words} bce; fit 1" for words in [
    "sgd 0.1 momentum=0.5 clipvalue=1", "adam beta_1=0.8 beta_2=0.99 epsilon=1e-6 weight_decay=0.01", "adamw weight_decay=0", "rmsprop",
    "rmsprop rho=0.8 momentum=0.5 centered=yes", "adagrad initial_accumulator_value=0.2", "adadelta rho=0.9", "adamax",
    "nadam global_clipnorm=1"]]
OTHERS += [LINEAR + f"compile adam {loss}; fit 1" for loss in [
    "mse rmse", "mae mse", "huber delta=2 r2"]]
OTHERS += [IRIS + f"compile adam {loss}; fit 1" for loss in [
    "cce accuracy top5 precision recall auc f1 mae", "cce label_smoothing=0.1 accuracy", "scce accuracy precision", "kld accuracy"]]
OTHERS += [
    "data diabetes; layer dense 1 softplus; compile adam poisson mae; fit 1",
    "data iris; layer dense 3; compile adam scce from_logits=yes accuracy; fit 1",
    "data moons 40; layer dense 1; compile adam bce from_logits=yes accuracy precision recall auc f1; fit 1",
    "data moons 40; layer dense 1; compile adam hinge accuracy; fit 1", MOONS + "compile adam bce label_smoothing=0.1 accuracy f1; fit 1",
    MOONS + "compile adam bce accuracy; fit 3 schedule=exponential; fit 3 schedule=step every=2",
    MOONS + "compile adam bce accuracy; fit 3 schedule=exponential warmup=1 min_lr=0.0001 until accuracy>=0.99",
    MOONS + "compile adam bce accuracy; fit 3 schedule=cosine min_lr=0.0001 val=0.2 checkpoint=best monitor=val_accuracy",
    MOONS + "compile adam bce accuracy; fit 3 class_weight=[1,5] shuffle=no",
    "data iris; data split 0.2; data standardize; layer normalize; layer dense 3 softmax; compile adam cce accuracy; fit 1",
    IRIS + "compile adam cce; fit 1 class_weight=balanced", "data moons 40; layer dense 3; layer normalize; layer dense 1; compile sgd mse; fit 1",
]


def ask(gradus, commands):
    """What `keras` tells of the model that some commands make."""
    run = subprocess.run([gradus, "--json", "-c", commands + "; keras"], capture_output=True, text=True)
    facts = json.loads(run.stdout.splitlines()[-1])
    if not facts["ok"]:
        raise AssertionError(facts["error"]["what"])
    return facts


def samples(model, loss):
    """Samples that fit the model's input and the loss."""
    random = np.random.default_rng(0)
    x = random.random((40, *model.input_shape[1:]), dtype=np.float32)
    columns = model.output_shape[-1]
    if "Sparse" in loss:
        return x, random.integers(0, columns, 40)
    if "Categorical" in loss or "KLD" in loss or columns > 1:
        return x, np.eye(columns, dtype=np.float32)[random.integers(0, columns, 40)]
    return x, random.integers(0, 2, (40, 1)).astype(np.float32)


def check(gradus, commands):
    facts = ask(gradus, commands)
    keras.backend.clear_session()
    names = {}
    exec(compile(facts["code"], "<keras>", "exec"), names)
    model = names["model"]
    assert model.count_params() == facts["parameters"], f"{model.count_params()} parameters, not {facts['parameters']}"
    assert list(model.output_shape[1:]) == facts["output_shape"], f"{model.output_shape}, not {facts['output_shape']}"
    assert len([layer for layer in model.layers if not isinstance(layer, keras.layers.InputLayer)]) == facts["layers"]
    if "train" in names:
        loss = facts["code"].split("loss=")[1].split("\n")[0]
        x, y = samples(model, loss)
        extra = {"validation_data": (x, y)} if "validation_data=None" in facts["code"] else {}
        with contextlib.redirect_stdout(io.StringIO()):
            history = names["train"](x, y, **extra).history
        assert all(np.isfinite(value) for value in history["loss"]), history
    return facts["code"]


def main():
    words = [word for word in sys.argv[1:] if word != "--record"]
    gradus = words[0] if words else str(ROOT / ".build/debug/gradus")
    failures = 0
    for name, commands in list(KEPT.items()) + [(None, commands) for commands in OTHERS]:
        try:
            code = check(gradus, commands)
            if name and "--record" in sys.argv:
                GOLDEN.mkdir(parents=True, exist_ok=True)
                (GOLDEN / f"{name}.py").write_text(f"# {commands}\n{code}")
        except Exception as error:  # every one is told
            failures += 1
            print(f"{commands}\n    {type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}")
    print(f"keras {keras.__version__}: {len(KEPT) + len(OTHERS)} models, {failures} failures")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
