# data moons 40; layer dense 4 relu; layer dense 1 sigmoid; compile adam 0.01 bce accuracy auc; fit 2 batch=8 val=0.25 early_stopping=3 reduce_lr=2
import keras
from keras import layers

keras.utils.set_random_seed(0)

model = keras.Sequential(
    [
        keras.Input((2,)),
        layers.Dense(4, activation="relu", name="dense"),
        layers.Dense(1, activation="sigmoid", name="dense_1"),
    ]
)
model.compile(
    optimizer=keras.optimizers.Adam(learning_rate=0.01),
    loss=keras.losses.BinaryCrossentropy(),
    metrics=[
        keras.metrics.BinaryAccuracy(name="accuracy"),
        keras.metrics.AUC(name="auc"),
    ],
)


def train(x, y):
    """Trains as the last fit did."""
    callbacks = [
        keras.callbacks.EarlyStopping(monitor="val_loss", mode="min", patience=3, restore_best_weights=True),
        keras.callbacks.ReduceLROnPlateau(monitor="val_loss", mode="min", factor=0.1, patience=2),
    ]
    return model.fit(x, y, epochs=2, batch_size=8, validation_split=0.25, callbacks=callbacks)
