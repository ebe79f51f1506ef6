"""Records what single Keras 3 layers and losses compute, with their gradients by JAX: Tests/EngineTests/Golden/layers.json.

Run it in a virtual environment that holds requirements.txt:    python scripts/golden/keras_layers.py

The document: {"versions": {...}, "layers": [...], "losses": [...], "optimizers": [...]}.

A layer, called on x with the given weights; g is the gradient of some loss by its output:
  name, layer                what it is, and its description as in runs.json
  training                   batch normalisation only: whether it uses the statistics of the batch (true) or the moving ones (false)
  x, weights, g              "kernel", "bias", "gamma", ... -> nested lists
  output, input_gradient     the gradient of sum(g * output) by x
  gradients                  the same by each trainable weight
  updated                    moving_mean and moving_variance after the call, in training
  penalty                    the regulariser's part of the loss, where there is one (not in the gradients)

A loss of the targets y and predictions p (logits with from_logits):
  value, gradient            Keras' mean over the batch, and its gradient by p
  options                    from_logits, delta, label_smoothing: the command language's, and Keras'
  weights                    the samples' weights, where they do not count alike
  edge                       true where p holds 0 and 1 themselves: the loss clips them at 1e-7 and the gradient there is 0

An optimizer: one parameter w, the gradients it is given one after the other, and its values after each update.
"""

from common import ACTIVATIONS, LAYERS, batchnorm, dense, draw_weight, keras, loss_named, np, numbers, simple, versions, window, write
from keras_runs import BCE, CCE, SCCE, adam, optimizer, optimizer_of, sgd

import jax
import jax.numpy as jnp

SEED = 7


def draw(random, *shape):
    return np.round(random.normal(0, 1.5, shape), 3).astype(np.float32)


def layer_case(name, layer, x, training=False):
    keras.utils.clear_session()
    random = np.random.default_rng([SEED, len(name)])
    built = LAYERS[layer["kind"]](layer)
    built.build(x.shape)
    for variable in built.weights:
        variable.assign(np.round(draw_weight(random, variable.name, variable.shape), 4))
    if layer["kind"] == "normalize":
        built.finalize_state()
    trainable = [variable.value for variable in built.trainable_variables]
    fixed = [variable.value for variable in built.non_trainable_variables]

    def call(weights, x):
        mode = {"training": training} if layer["kind"] in ("batchnorm", "dropout") else {}
        return built.stateless_call(weights, fixed, x, **mode)

    output, updated = call(trainable, jnp.asarray(x))
    g = draw(random, *output.shape)
    weight_gradients, input_gradient = jax.grad(lambda w, x: jnp.sum(call(w, x)[0] * g), argnums=(0, 1))(trainable, jnp.asarray(x))
    case = {"name": name, "layer": layer}
    if layer["kind"] == "batchnorm":
        case["training"] = training
    case |= {
        "x": numbers(x), "weights": {variable.name: numbers(variable) for variable in built.weights}, "g": numbers(g),
        "output": numbers(output), "input_gradient": numbers(input_gradient),
        "gradients": {variable.name: numbers(value) for variable, value in zip(built.trainable_variables, weight_gradients)},
    }
    if training:
        case["updated"] = {variable.name: numbers(value) for variable, value in zip(built.non_trainable_variables, updated)}
    if built.losses:
        case["penalty"] = numbers(sum(built.losses))
    return case


def layer_cases():
    random = np.random.default_rng(SEED)
    flat, rows = draw(random, 6, 4), draw(random, 3, 5, 4)
    for activation in ACTIVATIONS:
        yield layer_case(f"dense {activation}", dense(3, activation), flat)
    yield layer_case("dense without bias", dense(3, "relu", bias=False), flat)
    yield layer_case("dense with l1 and l2", dense(3, "linear", l1=0.01, l2=0.1), flat)
    yield layer_case("dense with l1", dense(3, "linear", l1=0.02), flat)
    yield layer_case("dense with l2", dense(3, "linear", l2=0.05), flat)
    yield layer_case("dense of samples of two axes", dense(3, "softmax"), rows)
    for kind in ["relu", "elu", "softmax", "linear", "sigmoid", "tanh", "selu", "gelu", "swish", "softplus"]:
        yield layer_case(f"{kind} layer", simple(kind), flat)
    yield layer_case("leakyrelu layer", simple("leakyrelu", slope=0.3), flat)
    yield layer_case("softmax layer of samples of two axes", simple("softmax"), rows)
    for kind in ["sigmoid", "tanh", "softmax", "softplus", "elu", "selu", "gelu", "swish"]:
        yield layer_case(f"{kind} layer far from zero", simple(kind), np.array([[-100, -30, 30, 100]], np.float32))
    yield layer_case("flatten layer", simple("flatten"), rows)
    yield layer_case("dropout layer at rate 0", simple("dropout", rate=0.0), flat)
    for training in [True, False]:
        word = "in training" if training else "in inference"
        yield layer_case(f"batch normalisation {word}", batchnorm(), flat, training)
        yield layer_case(f"batch normalisation with its own constants {word}", batchnorm(0.8, 0.1), flat, training)
        yield layer_case(f"batch normalisation of samples of two axes {word}", batchnorm(), rows, training)
    yield from image_cases(flat)


def image_cases(flat):
    random = np.random.default_rng(SEED + 1)
    image, odd = draw(random, 2, 6, 5, 3), draw(random, 2, 7, 6, 2)
    for activation in ["linear", "relu", "tanh", "gelu", "softmax"]:
        yield layer_case(f"conv2d {activation}", window("conv2d", [3, 3], units=4, activation=activation), image)
    for name, layer in {
        "same": window("conv2d", [3, 3], "same", units=4),
        "same with an even window": window("conv2d", [2, 4], "same", units=4),
        "same with stride 2": window("conv2d", [3, 3], "same", 2, units=4),
        "same with stride 3": window("conv2d", [2, 2], "same", 3, units=4),
        "valid with stride 2": window("conv2d", [3, 2], "valid", 2, units=4),
        "with dilation": window("conv2d", [3, 2], units=4, dilation=[2, 3]),
        "same with dilation": window("conv2d", [3, 3], "same", units=4, dilation=[2, 2]),
        "without bias": window("conv2d", [3, 3], units=5, bias=False),
        "of a single pixel": window("conv2d", [1, 1], units=4, activation="relu"),
        "of a single pixel with stride 2": window("conv2d", [1, 1], "same", 2, units=4),
    }.items():
        yield layer_case(f"conv2d {name}", layer, odd)
    yield layer_case("conv2d of one channel", window("conv2d", [3, 3], "same", units=6, activation="relu"), draw(random, 2, 5, 5, 1))
    for padding in ["valid", "same"]:
        yield layer_case(f"depthwiseconv2d {padding}", window("depthwiseconv2d", [3, 3], padding, activation="relu"), image)
        yield layer_case(f"depthwiseconv2d {padding} with stride 2, multiplier 2",
                         window("depthwiseconv2d", [3, 2], padding, 2, multiplier=2), odd)
        yield layer_case(f"separableconv2d {padding}", window("separableconv2d", [3, 3], padding, units=4, activation="relu"), image)
        yield layer_case(f"separableconv2d {padding} with stride 2, no bias",
                         window("separableconv2d", [2, 3], padding, 2, units=4, bias=False), odd)
        for size, stride in [([3, 3], 1), ([3, 3], 2), ([2, 4], 2), ([2, 2], 3)]:
            yield layer_case(f"conv2dtranspose {padding}, window {size[0]}x{size[1]}, stride {stride}",
                             window("conv2dtranspose", size, padding, stride, units=2, activation="tanh"), draw(random, 2, 3, 4, 3))
        for kind in ["maxpool", "avgpool"]:
            yield layer_case(f"{kind} {padding}", window(kind, [2, 2], padding, 2), odd)
            yield layer_case(f"{kind} {padding} with overlapping windows", window(kind, [3, 3], padding, 2), odd)
            yield layer_case(f"{kind} {padding} with stride 1", window(kind, [2, 3], padding, 1), image)
    for kind in ["globalavgpool", "globalmaxpool"]:
        yield layer_case(kind, simple(kind), odd)
    yield layer_case("zeropadding", simple("zeropadding", size=[1, 2]), odd)
    yield layer_case("upsampling", simple("upsampling", size=[2, 3]), odd)
    yield layer_case("reshape", simple("reshape", size=[2, 2, 1]), flat)
    yield layer_case("layer normalisation", simple("layernorm", epsilon=0.001), flat)
    yield layer_case("layer normalisation of images", simple("layernorm", epsilon=0.1), image)
    yield layer_case("prelu", simple("prelu"), flat)
    yield layer_case("prelu of images", simple("prelu"), odd)
    yield layer_case("rescale", simple("rescale", scale=0.5, offset=-1.0), odd)
    yield layer_case("normalize", simple("normalize"), odd)
    for training in [True, False]:
        yield layer_case(f"batch normalisation of images {'in training' if training else 'in inference'}", batchnorm(), image, training)


def loss_case(name, loss, y, p, from_logits=False, edge=False, weights=None, **options):
    weighting = {} if weights is None else {"sample_weight": weights}
    value, gradient = jax.value_and_grad(
        lambda p: jnp.mean(loss_named(loss, from_logits, **options)(y, p, **weighting)))(jnp.asarray(p, jnp.float32))
    case = {"name": name, "loss": loss, "options": {"from_logits": from_logits} | options, "edge": edge, "y": numbers(y), "p": numbers(p),
            "value": numbers(value), "gradient": numbers(gradient)}
    return case if weights is None else case | {"weights": numbers(weights)}


def loss_cases():
    random = np.random.default_rng(SEED)
    for loss in ["mse", "mae", "half_squared_error"]:
        yield loss_case(loss, loss, draw(random, 5, 3), draw(random, 5, 3))
        yield loss_case(f"{loss} of samples of two axes", loss, draw(random, 2, 4, 3), draw(random, 2, 4, 3))
    binary = (random.random((5, 2)) > 0.5).astype(np.float32)
    classes = random.integers(0, 4, (5, 1)).astype(np.float32)
    one_hot = np.eye(4, dtype=np.float32)[classes[:, 0].astype(int)]
    soft = random.dirichlet(np.ones(4), 5).astype(np.float32)
    shares = random.dirichlet(np.ones(4), 5).astype(np.float32)
    probabilities = random.uniform(0.05, 0.95, (5, 2)).astype(np.float32)
    for loss, y, p, logits in [
        (BCE, binary, probabilities, draw(random, 5, 2)),
        (CCE, one_hot, shares, draw(random, 5, 4)),
        (SCCE, classes, shares, draw(random, 5, 4)),
    ]:
        yield loss_case(f"{loss} of probabilities", loss, y, p)
        yield loss_case(f"{loss} of logits", loss, y, logits, from_logits=True)
        yield loss_case(f"{loss} of large logits", loss, y, 40 * logits, from_logits=True)
    yield loss_case("binary_crossentropy with soft targets", BCE, probabilities[::-1].copy(), probabilities)
    yield loss_case("categorical_crossentropy with soft targets", CCE, soft, shares)
    yield loss_case("categorical_crossentropy of rows that do not sum to 1", CCE, one_hot, 2 * shares)
    numbers_, outputs = draw(random, 6, 2), draw(random, 6, 2)
    yield loss_case("huber", "huber", numbers_, outputs)
    yield loss_case("huber with its own delta", "huber", numbers_, outputs, delta=0.4)
    yield loss_case("hinge", "hinge", binary, draw(random, 5, 2))
    yield loss_case("kld", "kld", soft, shares)
    yield loss_case("kld of one-hot targets", "kld", one_hot, shares)
    # Not at 1 itself, where JAX halves the gradient between the two sides of the clip.
    yield loss_case("kld of 0", "kld", np.eye(3, dtype=np.float32)[[0, 1]],
                    np.array([[0.75, 0, 0.25], [0.5, 0, 0.5]], np.float32), edge=True)
    counts = random.integers(0, 6, (5, 2)).astype(np.float32)
    yield loss_case("poisson", "poisson", counts, np.exp(draw(random, 5, 2) / 2))
    for rate in [0.1, 0.6]:
        for logits in [False, True]:
            words = f"smoothed by {rate}" + (" of logits" if logits else "")
            yield loss_case(f"binary_crossentropy {words}", BCE, binary, draw(random, 5, 2) if logits else probabilities,
                            from_logits=logits, label_smoothing=rate)
            yield loss_case(f"categorical_crossentropy {words}", CCE, one_hot, draw(random, 5, 4) if logits else shares,
                            from_logits=logits, label_smoothing=rate)
    weights = np.array([0.5, 2, 0, 1, 3.25], np.float32)
    for loss, y, p in [("mse", probabilities, draw(random, 5, 2)), ("mae", probabilities, draw(random, 5, 2)),
                       ("huber", probabilities, draw(random, 5, 2)), (BCE, binary, probabilities), (CCE, one_hot, shares),
                       (SCCE, classes, shares), ("kld", soft, shares), ("hinge", binary, draw(random, 5, 2)),
                       ("poisson", counts, probabilities)]:
        yield loss_case(f"{loss} with sample weights", loss, y, p, weights=weights)
    yield loss_case("scce of logits with sample weights", SCCE, classes, draw(random, 5, 4), from_logits=True, weights=weights)
    certain = np.array([[0.0], [1.0], [0.0], [1.0]], np.float32)
    yield loss_case("binary_crossentropy of 0 and 1", BCE, np.array([[0.0], [1.0], [1.0], [0.0]], np.float32), certain, edge=True)
    yield loss_case("categorical_crossentropy of 0 and 1", CCE, np.eye(3, dtype=np.float32)[[0, 1]],
                    np.array([[1.0, 0, 0], [1.0, 0, 0]], np.float32), edge=True)
    yield loss_case("sparse_categorical_crossentropy of 0 and 1", SCCE, np.array([[0.0], [1.0]], np.float32),
                    np.array([[1.0, 0, 0], [1.0, 0, 0]], np.float32), edge=True)


def optimizer_cases():
    random = np.random.default_rng(SEED)
    start = draw(random, 3)
    gradients = [draw(random, 3) * scale for scale in [1, 1, 0.1, 0, 10, 1e-6]]
    for name, settings in [
        ("sgd", sgd(0.1)), ("sgd with momentum", sgd(0.1, 0.9)), ("sgd with nesterov momentum", sgd(0.1, 0.9, True)),
        ("adam", adam(0.01)), ("adam with its own constants", adam(0.05, 0.5, 0.9, 1e-2)),
        ("sgd with weight decay", sgd(0.1, weight_decay=0.2)), ("nesterov with clipped values", sgd(0.1, 0.9, True, clipvalue=0.5)),
        ("adam with weight decay and clipped values", adam(0.01, weight_decay=0.1, clipvalue=0.25)),
        ("adam with a clipped norm", adam(0.01, epsilon=1e-2, clipnorm=0.5)),
        ("sgd with a clipped global norm", sgd(0.1, global_clipnorm=0.5)),
        ("adamw", optimizer("adamw", 0.01)), ("adamw with its own constants", optimizer("adamw", 0.05, beta_1=0.8, weight_decay=0.3)),
        ("rmsprop", optimizer("rmsprop", 0.01)), ("rmsprop with momentum", optimizer("rmsprop", 0.01, rho=0.8, momentum=0.9)),
        ("centered rmsprop", optimizer("rmsprop", 0.01, centered=True, epsilon=1e-3)),
        ("centered rmsprop with momentum", optimizer("rmsprop", 0.01, momentum=0.5, centered=True, epsilon=1e-3)),
        ("adagrad", optimizer("adagrad", 0.1)),
        ("adagrad with its own constants", optimizer("adagrad", 0.1, initial_accumulator_value=0.0, epsilon=1e-3)),
        ("adadelta", optimizer("adadelta", 1.0)), ("adadelta with its own constants", optimizer("adadelta", 0.5, rho=0.5, epsilon=1e-3)),
        ("adamax", optimizer("adamax", 0.01)),
        ("adamax with its own constants", optimizer("adamax", 0.01, beta_1=0.5, beta_2=0.9, epsilon=1e-2)),
        ("nadam", optimizer("nadam", 0.01)),
        ("nadam with its own constants", optimizer("nadam", 0.05, beta_1=0.5, beta_2=0.9, epsilon=1e-2)),
        ("nadam with weight decay", optimizer("nadam", 0.01, weight_decay=0.1)),
    ]:
        w, built = keras.Variable(start), optimizer_of(settings)
        values = []
        for gradient in gradients:
            built.apply([keras.ops.convert_to_tensor(gradient)], [w])
            values.append(numbers(w))
        yield {"name": name, "compile": settings, "w": numbers(start), "gradients": [numbers(g) for g in gradients], "values": values}


if __name__ == "__main__":
    document = {"layers": list(layer_cases()), "losses": list(loss_cases()), "optimizers": list(optimizer_cases())}
    write("EngineTests/Golden/layers.json", {"versions": versions()} | document)
