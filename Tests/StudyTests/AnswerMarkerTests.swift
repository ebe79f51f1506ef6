import Study
import Testing

/// Given answers against right ones, in both languages.
@Suite struct AnswerMarkerTests {
  static let marker = AnswerMarker()

  static let right: [(answer: String, typed: String)] = [
    ("ReLU", "relu"), ("ReLU", "the ReLU function"), ("ReLU", "  RELU. "), ("``ReLU``", "Relu"), ("Adam", "adam optimizer"),
    ("Batch normalization", "batchnormalization"), ("Batch normalization", "batch-normalisation"),
    ("Batch normalization", "Batch Normalizaton"),
    ("``BatchNormalization`` layer (mean = 0, standard deviation = 1)", "batch normalization"),
    ("``MeanSquaredError``", "mean squared error"),
    ("``MeanSquaredError``", "MSE"), ("``BinaryCrossentropy``\n\n#### Code snippet\n\n```python\nx = 1\n```", "binary cross-entropy"),
    ("Overfitting", "over-fitting"), ("Overfitting", "overfiting"), ("Overfitting", "the overfitting"),
    ("It is not zero-centered", "not zero centered"),
    ("To prevent overfitting", "prevent overfitting"), ("gradients", "a gradient"), ("The hidden layers", "hidden layer"),
    ("epoch", "an epoch"),
    ("MSE or mean squared error", "mse"), ("MSE or mean squared error", "mean squared errors"), ("logits / scores", "scores"),
    ("dropout/regularization", "regularization"), ("SGD (stochastic gradient descent)", "stochastic gradient descent"),
    ("SGD (stochastic gradient descent)", "sgd"), ("Rectified linear unit (ReLU)", "relu"), ("precision and recall", "recall, precision"),
    ("* kernel\n* stride\n* padding", "stride, kernel and padding"), ("Stochastic gradient descent", "stochastic gradient decsent"),
    ("Max", "max"), ("**Dropout**", "drop out"), ("non-linearity", "nonlinearity"), ("N/16", "n / 16"), ("``N/16``", "N ÷ 16"),
    ("$\\lceil N / B \\rceil$ or N/B rounded up", "N/B rounded up"), ("97", "97"), ("97", "97.0"), ("1,234", "1234"), ("1234", "1 234"),
    ("10 000", "10,000"), ("0.510575", "0.5106"), ("0.510575", "0,5106"), ("0.510575", "0.511"), ("1e-3", "0.001"), ("0.001", "10^-3"),
    ("0.001", "1e-3"), ("95 %", "95%"), ("95%", "0.95"), ("0.95", "95 percent"), ("95 %", "95"), ("32 KB", "32 Ko"),
    ("32 KB", "32768 bytes"),
    ("2 s", "2000 ms"), ("-0.052877", "−0.0529"), ("$w' = 0.510575$", "0.5106"),
    ("$w' = 0.510575$ and $b' = 0.005288$.", "0.5106 and 0.00529"),
    ("$w' = 0.510575$ and $b' = 0.005288$.", "w' = 0.5106, b' = 0.00529"), ("about 30", "31"), ("12 parameters", "12 params"),
    ("896 parameters", "896"), ("La rétropropagation", "retropropagation"), ("La rétropropagation", "rétro-propagation"),
    ("Le surapprentissage", "sur-apprentissage"), ("l'époque", "une epoque"), ("l’époque", "époque"), ("Les poids", "poids"),
    ("Le taux d'apprentissage", "taux d’apprentissage"), ("Le taux d'apprentissage", "le taux d aprentissage"),
    ("fonction de coût", "cout"),
    ("0,5106", "0.5106"), ("précision et rappel", "rappel et précision"), ("sigmoïde ou logistique", "logistique"),
    ("non linéaire", "non-linéaire"),
    ("Une couche dense", "dense"), ("Réseaux de neurones", "réseau de neurones"), ("50 pour cent", "50 %"),
  ]

  static let wrong: [(answer: String, typed: String)] = [
    ("overfitting", "underfitting"), ("underfitting", "overfitting"), ("L1", "L2"), ("L1 regularization", "L2 regularization"),
    ("Ridge", "Lasso"),
    ("It is zero-centered", "It is not zero-centered"), ("It is not zero-centered", "it is zero-centered"), ("supervised", "unsupervised"),
    ("linear", "non-linear"), ("trainable", "non trainable"), ("stable", "unstable"), ("increasing", "decreasing"),
    ("maximization", "minimization"),
    ("maximize", "minimize"), ("convolution", "deconvolution"), ("encoder", "decoder"), ("relu", "selu"), ("relu", "elu"),
    ("adam", "adamw"),
    ("adam", "adamax"), ("Adagrad", "Adadelta"), ("mse", "mae"), ("max", "min"), ("conv1d", "conv2d"), ("weight", "height"),
    ("vanishing gradient", "exploding gradient"), ("precision", "prediction"), ("97", "96"), ("97", "97.4"), ("97", "-97"), ("97", "970"),
    ("1,234", "1.234"), ("0.510575", "0.5016"), ("0.510575", "0.5"), ("0.510575", "-0.5106"), ("1e-3", "1e-4"), ("95 %", "59 %"),
    ("95 %", "9.5 %"), ("32 KB", "32 MB"), ("2 s", "2 min"), ("896 parameters", "896 bytes"), ("N/16", "16/N"), ("N/16", "N*16"),
    ("N/16", "N - 16"),
    ("$w' = 0.510575$", "b' = 0.5106"), ("ReLU", ""), ("ReLU", "?"), ("ReLU", "relu or sigmoid"), ("dropout", "no dropout"),
    ("surapprentissage", "sous-apprentissage"), ("supervisé", "non supervisé"), ("croissant", "décroissant"), ("linéaire", "non linéaire"),
    ("poids", "points"), ("avec biais", "sans biais"), ("Le gradient disparaît", "le gradient ne disparaît pas"), ("maximum", "minimum"),
    ("sparse categorical crossentropy", "categorical crossentropy"), ("3x3", "5x5"), ("batch size", "patch size"), ("ResNet50", "ResNet18"),
  ]

  @Test("An answer in another spelling, wording or notation is right", arguments: right)
  func isRight(answer: String, typed: String) {
    let mark = Self.marker.mark(typed, AnswerKey(answer))
    #expect(mark.verdict == .right, "\(typed) for \(answer): \(mark)")
    #expect(mark.proposal == .good)
  }

  @Test("An answer that means something else is not right", arguments: wrong)
  func isWrong(answer: String, typed: String) {
    let mark = Self.marker.mark(typed, AnswerKey(answer))
    #expect(mark.verdict == .wrong, "\(typed) for \(answer): \(mark)")
    #expect(mark.proposal == .again)
  }

  @Test(
    "A part of a list, or a number rounded too far, is partly right",
    arguments: [
      ("precision and recall", "recall"), ("* kernel\n* stride\n* padding", "kernel, stride"),
      ("precision and recall", "precision, recall, loss"),
      ("0.510575", "0.51"), ("$w' = 0.510575$ and $b' = 0.005288$", "0.5106 and 0.1"),
    ])
  func isPartly(answer: String, typed: String) {
    let mark = Self.marker.mark(typed, AnswerKey(answer))
    #expect(mark.verdict == .partly, "\(mark)")
    #expect(mark.proposal == .hard)
  }

  @Test("Of a long answer the keywords that occur are told, and the learner judges")
  func longAnswers() {
    let key = AnswerKey(
      "Larger batches give a more stable estimate of the gradient. They may get stuck in sharp minima more easily.",
      question: "What is the effect of the batch size?")
    #expect(!key.isShort)
    let mark = Self.marker.mark("the gradient estimat is stable", key)
    #expect(mark.verdict == .open && mark.proposal == nil)
    #expect(mark.found == ["stable", "estimate", "gradient"])
    #expect(mark.missing.contains("minima") && !mark.missing.contains("batche") && !mark.missing.contains("batch"))
  }

  @Test("A phrase in other words is left to the learner, not failed")
  func phrases() {
    let key = AnswerKey("To add non-linearity to the network's behavior")
    #expect(key.isShort)
    #expect(Self.marker.mark("it makes the network behavior non linear", key).verdict == .open)
    #expect(Self.marker.mark("to sum the inputs", key).verdict == .wrong)
  }

  @Test("A word that the decks use is no slip of another one")
  func vocabulary() {
    #expect(Self.marker.mark("tenser", AnswerKey("tensor")).verdict == .right)
    #expect(AnswerMarker(vocabulary: ["What is a tenser?"]).mark("tenser", AnswerKey("tensor")).verdict == .wrong)
  }

  @Test("A forgiven slip is told with the right spelling")
  func slips() {
    #expect(Self.marker.mark("gradiant descent", AnswerKey("gradient descent")).misspelled == ["gradient"])
  }
}
