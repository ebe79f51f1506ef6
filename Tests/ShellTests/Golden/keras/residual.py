# input 8x8x2; layer conv2d 4 3x3 padding=same bias=no name=stem; layer batchnorm momentum=0.9; layer relu name=class; layer conv2d 4 3x3 padding=same init=he_normal l2=0.01; layer add class; layer concat stem; layer globalavgpool; layer dense 3 softmax; freeze stem; compile sgd 0.1 scce accuracy momentum=0.9 nesterov=yes
import keras
from keras import layers

keras.utils.set_random_seed(0)

inputs = keras.Input((8, 8, 2))
stem = layers.Conv2D(4, (3, 3), padding="same", use_bias=False, name="stem", trainable=False)(inputs)
batch_normalization = layers.BatchNormalization(momentum=0.9, name="batch_normalization")(stem)
class_ = layers.ReLU(name="class")(batch_normalization)
conv2d = layers.Conv2D(4, (3, 3), padding="same", kernel_initializer="he_normal", kernel_regularizer=keras.regularizers.L1L2(l2=0.01), name="conv2d")(class_)
add = layers.Add(name="add")([conv2d, class_])
concatenate = layers.Concatenate(name="concatenate")([add, stem])
global_average_pooling2d = layers.GlobalAveragePooling2D(name="global_average_pooling2d")(concatenate)
dense = layers.Dense(3, activation="softmax", name="dense")(global_average_pooling2d)
model = keras.Model(inputs, dense)
model.compile(
    optimizer=keras.optimizers.SGD(learning_rate=0.1, momentum=0.9, nesterov=True),
    loss=keras.losses.SparseCategoricalCrossentropy(),
    metrics=[
        keras.metrics.SparseCategoricalAccuracy(name="accuracy"),
    ],
)
