# data linear 30; layer dense 1 max_norm=2; compile sgd 0.1 half_squared_error mae; fit 2 schedule=cosine warmup=1
import keras
from keras import layers

keras.utils.set_random_seed(0)


def half_squared_error(targets, outputs):
    """Half the squared error, summed over the outputs; Keras takes the mean over the samples."""
    targets = keras.ops.cast(targets, outputs.dtype)
    return keras.ops.sum(keras.ops.square(outputs - targets), axis=-1) / 2


model = keras.Sequential(
    [
        keras.Input((1,)),
        layers.Dense(1, kernel_constraint=keras.constraints.MaxNorm(2.0, axis=0), name="dense"),
    ]
)
model.compile(
    optimizer=keras.optimizers.SGD(learning_rate=0.1),
    loss=half_squared_error,
    metrics=[
        keras.metrics.MeanAbsoluteError(name="mae"),
    ],
)


def train(x, y):
    """Trains as the last fit did."""
    steps = -(-len(x) // 30)
    model.optimizer.learning_rate = keras.optimizers.schedules.CosineDecay(0.0, max(1, 2 * steps - round(1.0 * steps)), alpha=0.0, warmup_target=0.1, warmup_steps=round(1.0 * steps))
    return model.fit(x, y, epochs=2, batch_size=30)
