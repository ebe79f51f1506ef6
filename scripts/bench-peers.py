#!/usr/bin/env python3
"""The workloads of scripts/bench in other frameworks, in turns with Gradus: `scripts/bench --peers` runs it.

Every framework works in a process of its own, which stays, so that a figure is taken after its compilation; `start` and `memory` take a
fresh process each time. A figure is the mean of a second or so of work, a result the median of several figures.
"""

import argparse
import json
import os
import pathlib
import resource
import statistics
import subprocess
import sys
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("JAX_PLATFORMS", "cpu")

BENCH = pathlib.Path(__file__).with_name("bench")
PEERS = ["torch", "keras-tensorflow", "keras-jax", "jax", "scikit-learn", "onnxruntime"]
UNITS = {"start": "ms", "memory": "MB"}
OURS_ALONE = ("samples", "growth", "live", "deck", "study", "schedule")


def data(workload):
    """Inputs, targets and the size of a batch."""
    import numpy as np

    rng = np.random.default_rng(0)
    shape, classes, batch = {
        "tiny": ((3200, 2), 2, 32),
        "mlp": ((6400, 784), 10, 128),
        "convnet": ((2560, 28, 28, 1), 10, 128),
        "cnn": ((640, 100, 100, 3), 2, 32),
        "memory": ((320, 100, 100, 3), 2, 32),
        "predict1": ((1, 100, 100, 3), 2, 1),
        "predict32": ((32, 100, 100, 3), 2, 32),
    }[workload]
    return rng.random(shape, np.float32), rng.integers(0, classes, shape[0]), batch


def timed(work, units, seconds=1.0):
    """Microseconds a unit of work that does so many units: after a first call, for about so many seconds."""
    work()
    count, start = 0, time.perf_counter()
    while (spent := time.perf_counter() - start) < seconds or count == 0:
        work()
        count += 1
    return spent / (count * units) * 1e6


class Torch:
    def __init__(self):
        import torch

        self.torch = torch

    def net(self, workload):
        nn = self.torch.nn
        torch_padding = lambda: nn.ZeroPad2d((0, 1, 0, 1))  # noqa: E731  ("same" with stride 2 on an even size, as Keras pads)

        def cnn():
            layers, size, channels = [], 100, 3
            for filters in (32, 64, 64, 128):
                pad = [torch_padding()] if size % 2 == 0 else []
                layers += pad + [nn.Conv2d(channels, filters, 3, stride=2, padding=0 if pad else 1), nn.ReLU()]
                size, channels = (size + 1) // 2, filters
            return nn.Sequential(*layers, nn.Flatten(), nn.Linear(128 * size * size, 1))

        return {
            "tiny": lambda: nn.Sequential(
                nn.Linear(2, 8), nn.ReLU(), nn.BatchNorm1d(8), nn.Linear(8, 4), nn.ReLU(), nn.Linear(4, 1)),
            "mlp": lambda: nn.Sequential(
                nn.Linear(784, 512), nn.ReLU(), nn.Linear(512, 256), nn.ReLU(), nn.Linear(256, 10)),
            "convnet": lambda: nn.Sequential(
                nn.Conv2d(1, 32, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
                nn.Dropout(0.5), nn.Linear(1600, 10)),
        }.get(workload, cnn)()

    def prepare(self, workload):
        torch = self.torch
        inputs, targets, batch = data(workload)
        net, x, y = self.net(workload), torch.tensor(inputs), torch.tensor(targets)
        if x.dim() == 4:
            net, x = net.to(memory_format=torch.channels_last), x.permute(0, 3, 1, 2)
        if workload.startswith("predict"):
            net.eval()

            def predict():
                with torch.inference_mode():
                    torch.sigmoid(net(x))

            return predict, 1
        is_binary = workload in ("tiny", "cnn", "memory")
        loss = torch.nn.BCEWithLogitsLoss() if is_binary else torch.nn.CrossEntropyLoss()
        if is_binary:
            y = y.float()[:, None]
        optimizer = torch.optim.Adam(net.parameters(), 0.001)

        def epoch():
            order = torch.randperm(len(x))
            for rows in order.split(batch):
                optimizer.zero_grad()
                loss(net(x[rows]), y[rows]).backward()
                optimizer.step()

        return epoch, len(x) // batch

    def start(self):
        nn = self.torch.nn
        with self.torch.inference_mode():
            nn.Sequential(nn.Linear(2, 8), nn.ReLU(), nn.Linear(8, 1), nn.Sigmoid())(self.torch.tensor([[0.5, 0.2]]))


class Keras:
    def __init__(self, backend):
        os.environ["KERAS_BACKEND"] = backend
        import keras

        self.keras = keras

    def net(self, workload, shape):
        layers = self.keras.layers
        convolution = lambda filters: layers.Conv2D(filters, 3, strides=2, padding="same", activation="relu")  # noqa: E731
        stack = {
            "tiny": lambda: [
                layers.Dense(8, "relu"), layers.BatchNormalization(), layers.Dense(4, "relu"), layers.Dense(1, "sigmoid")],
            "mlp": lambda: [layers.Dense(512, "relu"), layers.Dense(256, "relu"), layers.Dense(10, "softmax")],
            "convnet": lambda: [
                layers.Conv2D(32, 3, activation="relu"), layers.MaxPooling2D(2), layers.Conv2D(64, 3, activation="relu"),
                layers.MaxPooling2D(2), layers.Flatten(), layers.Dropout(0.5), layers.Dense(10, "softmax")],
        }.get(workload, lambda: [convolution(f) for f in (32, 64, 64, 128)] + [layers.Flatten(), layers.Dense(1, "sigmoid")])()
        return self.keras.Sequential([layers.Input(shape), *stack])

    def prepare(self, workload):
        inputs, targets, batch = data(workload)
        net = self.net(workload, inputs.shape[1:])
        if workload.startswith("predict"):
            return lambda: net.predict_on_batch(inputs), 1
        is_binary = workload in ("tiny", "cnn", "memory")
        net.compile("adam", "binary_crossentropy" if is_binary else "sparse_categorical_crossentropy")
        y = targets.astype("float32")[:, None] if is_binary else targets
        epochs = 10 if workload == "tiny" else 1
        return lambda: net.fit(inputs, y, batch_size=batch, epochs=epochs, verbose=0), epochs * (len(inputs) // batch)

    def start(self):
        layers = self.keras.layers
        net = self.keras.Sequential([layers.Input((2,)), layers.Dense(8, "relu"), layers.Dense(1, "sigmoid")])
        net(self.keras.ops.array([[0.5, 0.2]]))


class RawJax:
    """No layer, no loop in Python: an epoch is one compiled scan over its batches. The tiny net is without batch normalisation."""

    def __init__(self):
        import jax

        self.jax = jax

    def prepare(self, workload):
        sizes = {"tiny": (2, 8, 4, 1), "mlp": (784, 512, 256, 10)}.get(workload)
        if sizes is None:
            return None
        jax, jnp = self.jax, self.jax.numpy
        inputs, targets, batch = data(workload)
        keys = jax.random.split(jax.random.key(0), len(sizes))
        weights = [
            (jax.random.normal(k, (m, n)) * (2 / m) ** 0.5, jnp.zeros(n)) for k, m, n in zip(keys, sizes[:-1], sizes[1:])]

        def loss(weights, x, y):
            for w, b in weights[:-1]:
                x = jax.nn.relu(x @ w + b)
            z = x @ weights[-1][0] + weights[-1][1]
            if sizes[-1] == 1:
                z = z[:, 0]
                return jnp.mean(jnp.maximum(z, 0) - z * y + jnp.log1p(jnp.exp(-jnp.abs(z))))
            return -jnp.mean(jnp.take_along_axis(jax.nn.log_softmax(z), y[:, None], 1))

        def update(state, xy):
            weights, first, second, t = state
            gradients = jax.grad(loss)(weights, *xy)
            rate = 0.001 * jnp.sqrt(1 - 0.999**t) / (1 - 0.9**t)
            tree = jax.tree.map
            first = tree(lambda m, g: 0.9 * m + 0.1 * g, first, gradients)
            second = tree(lambda v, g: 0.999 * v + 0.001 * g * g, second, gradients)
            weights = tree(lambda w, m, v: w - rate * m / (jnp.sqrt(v) + 1e-7), weights, first, second)
            return (weights, first, second, t + 1), None

        @jax.jit
        def epoch(state, x, y, key):
            order = jax.random.permutation(key, len(x)).reshape(-1, batch)
            return jax.lax.scan(update, state, (x[order], y[order]))[0]

        zeros = jax.tree.map(jnp.zeros_like, weights)
        x, y = jnp.array(inputs), jnp.array(targets if sizes[-1] > 1 else targets.astype("float32"))
        state, key = [(weights, zeros, zeros, 1.0)], jax.random.key(1)

        def work():
            state[0] = jax.block_until_ready(epoch(state[0], x, y, key))

        return work, len(x) // batch

    def start(self):
        jnp = self.jax.numpy
        x = jnp.array([[0.5, 0.2]])
        self.jax.nn.sigmoid(self.jax.nn.relu(x @ jnp.ones((2, 8))) @ jnp.ones((8, 1))).block_until_ready()


class ScikitLearn:
    """Its multilayer perceptron has no batch normalisation."""

    def __init__(self):
        from sklearn.neural_network import MLPClassifier

        self.classifier = MLPClassifier

    def prepare(self, workload):
        hidden = {"tiny": (8, 4), "mlp": (512, 256)}.get(workload)
        if hidden is None:
            return None
        import warnings

        warnings.simplefilter("ignore")
        inputs, targets, batch = data(workload)
        epochs = 10 if workload == "tiny" else 1
        net = self.classifier(hidden, batch_size=batch, max_iter=epochs, n_iter_no_change=epochs, tol=0)
        return lambda: net.fit(inputs, targets), epochs * (len(inputs) // batch)

    def start(self):
        self.classifier((8,), max_iter=1).fit([[0, 0], [1, 1]], [0, 1]).predict([[0.5, 0.2]])


class OnnxRuntime:
    def __init__(self):
        import onnxruntime

        self.runtime = onnxruntime

    def prepare(self, workload):
        if not workload.startswith("predict"):
            return None
        import numpy as np
        from onnx import TensorProto, helper, numpy_helper

        inputs, _, batch = data(workload)
        rng = np.random.default_rng(0)
        nodes, weights, last, channels = [], [], "x", 3

        def constant(name, *shape):
            weights.append(numpy_helper.from_array(rng.standard_normal(shape, np.float32) * 0.05, name))
            return name

        for i, filters in enumerate((32, 64, 64, 128)):
            kernel, bias = constant(f"k{i}", filters, channels, 3, 3), constant(f"b{i}", filters)
            nodes.append(helper.make_node("Conv", [last, kernel, bias], [f"c{i}"], strides=[2, 2], auto_pad="SAME_UPPER"))
            nodes.append(helper.make_node("Relu", [f"c{i}"], [f"r{i}"]))
            last, channels = f"r{i}", filters
        nodes.append(helper.make_node("Flatten", [last], ["f"]))
        nodes.append(helper.make_node("Gemm", ["f", constant("w", 6272, 1), constant("b", 1)], ["z"]))
        nodes.append(helper.make_node("Sigmoid", ["z"], ["y"]))
        graph = helper.make_graph(
            nodes, "cnn", [helper.make_tensor_value_info("x", TensorProto.FLOAT, [batch, 3, 100, 100])],
            [helper.make_tensor_value_info("y", TensorProto.FLOAT, [batch, 1])], weights)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
        session = self.runtime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
        x = np.ascontiguousarray(inputs.transpose(0, 3, 1, 2))
        return lambda: session.run(None, {"x": x}), 1

    def start(self):
        raise NotImplementedError


def framework(peer):
    return {
        "torch": Torch, "keras-tensorflow": lambda: Keras("tensorflow"), "keras-jax": lambda: Keras("jax"), "jax": RawJax,
        "scikit-learn": ScikitLearn, "onnxruntime": OnnxRuntime,
    }[peer]()


def serve(peer):
    """Answers each workload's name with a figure, or null where the framework has no such thing."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what a framework prints is no answer
    this, prepared = framework(peer), {}
    for line in sys.stdin:
        name = line.strip()
        if name not in prepared:
            prepared[name] = this.prepare(name)
        print(json.dumps(timed(*prepared[name]) if prepared[name] else None), file=answers, flush=True)


def once(peer, workload):
    """What takes a fresh process: the start, whose end is this process' end, and the most memory in megabytes."""
    this = framework(peer)
    if workload == "start":
        this.start()
    else:
        epoch, _ = this.prepare("memory")
        epoch()
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


class Contestant:
    """Measures one workload at a time: Gradus through scripts/bench, a peer through its process."""

    def __init__(self, name):
        self.name = name
        self.process = None

    def measure(self, workload):
        if self.name == "gradus":
            reply = subprocess.run([BENCH, "--once", workload], stdout=subprocess.PIPE, text=True)
            return float(reply.stdout) if reply.returncode == 0 else None
        script = [sys.executable, __file__]
        if workload in UNITS:
            if self.name == "onnxruntime" or (workload == "memory" and self.name in ("jax", "scikit-learn")):
                return None
            start = time.perf_counter()
            reply = subprocess.run(
                [*script, "--once", self.name, workload], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
            spent = (time.perf_counter() - start) * 1e3
            return (spent if workload == "start" else float(reply.stdout)) if reply.returncode == 0 else None
        if self.process is None:
            self.process = subprocess.Popen(
                [*script, "--serve", self.name], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        print(workload, file=self.process.stdin, flush=True)
        answer = self.process.stdout.readline()
        return json.loads(answer) if answer else None


def versions():
    from importlib.metadata import version

    names = ["torch", "keras", "tensorflow-cpu", "jax", "scikit-learn", "onnxruntime"]
    return {name: version(name) for name in names}


def machine():
    lines = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
    model = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), "unknown processor")
    return {"processor": model, "processors": os.cpu_count(), "load": os.getloadavg()[0]}


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--json", action="store_true")
    arguments.add_argument("--runs", type=int, default=5)
    arguments.add_argument("--serve")
    arguments.add_argument("--once", nargs=2)
    arguments.add_argument("workloads", nargs="*")
    options = arguments.parse_args()
    if options.serve:
        return serve(options.serve)
    if options.once:
        return once(*options.once)

    result = {"machine": machine(), "versions": versions(), "runs": options.runs, "workloads": {}}
    if not options.json:
        print(f"{result['machine']['processor']}, {os.cpu_count()} processors, load {result['machine']['load']:.1f}")
        print(", ".join(f"{name} {version}" for name, version in result["versions"].items()))
    contestants = [Contestant(name) for name in ["gradus", *PEERS]]
    for workload in options.workloads:
        if workload in OURS_ALONE:
            continue
        figures = {contestant.name: [] for contestant in contestants}
        silent = set()
        for _ in range(options.runs):
            for contestant in contestants:
                if contestant.name in silent:
                    continue
                time.sleep(0.3)  # threads of the last one that still spin come to rest
                figure = contestant.measure(workload)
                if figure is None:
                    silent.add(contestant.name)
                else:
                    figures[contestant.name].append(figure)
        medians = {name: statistics.median(values) for name, values in figures.items() if values}
        unit, ours = UNITS.get(workload, "us"), medians.get("gradus")
        result["workloads"][workload] = {"unit": unit, "median": medians, "figures": figures}
        if options.json:
            continue
        print(f"\n{workload}, {unit}")
        for name, value in medians.items():
            ratio = f"{value / ours:8.2f}x" if ours and name != "gradus" else ""
            print(f"  {name:18}{value:12.2f}{ratio}")
    result["load_at_end"] = os.getloadavg()[0]
    if options.json:
        print(json.dumps(result))
    else:
        print(f"\nload at the end {result['load_at_end']:.1f}; a ratio over 1 says how much longer the peer takes")


if __name__ == "__main__":
    main()
