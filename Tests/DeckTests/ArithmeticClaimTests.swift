import Deck
import Testing

@Suite("Computations in the cards of a deck")
struct ArithmeticClaimTests {
  private func check(_ text: String) throws -> DeckCheck { try DeckCheck(file: "d.md", bytes: Array(text.utf8)) { _ in true } }

  /// The claims of an answer that are not right.
  private func wrong(_ answer: String, question: String = "x") throws -> [Finding] {
    try check("Question : \(question)\nAnswer : \(answer)\n").findings.filter { $0.kind == .arithmetic }
  }

  /// A wrong claim and what would be right.
  static let mistakes: [(answer: String, right: String)] = [
    (#"3 * 3 * 3 = 26"#, "27"),
    (#"3*3*3 + 1 = 29"#, "28"),
    (#"32 x (3x3x3 + 1) = 869"#, "896"),
    (#"The layer has 32 × (3 × 3 × 3 + 1) = 869 parameters."#, "896"),
    (#"$16 \times (5 \cdot 5 \cdot 3 + 1) = 1206$"#, "1,216"),
    (#"$$16 \times (5 \times 5 \times 3 + 1) = 1{,}206$$"#, "1,216"),
    (#"$1\,000 \cdot 500 + 500 = 500\,000$"#, "500,500"),
    (#"$\sigma(1.0) = 0.7331$"#, "0.7311"),
    (#"y = sigma(1.0) = 0.7331"#, "0.7311"),
    (#"tanh(1) = 0.7612"#, "0.7616"),
    (#"$\ln 3 = 1.0896$"#, "1.0986"),
    (#"$\sigma'(1) = 0.2966$"#, "0.1966"),
    (#"$\frac{3}{4} = 0.80$"#, "0.75"),
    (#"$\frac{1}{12} = 0.093$"#, "0.083"),
    (#"2,5 x 1,5 = 3,85"#, "3.75"),
    (#"0,5 × 0,3 + 0,46 = 0,71"#, "0,61"),
    (#"$0{,}5 \cdot 20 = 11$"#, "10"),
    (#"100 × 500 = 40 000"#, "50,000"),
    (#"20 × 512 = 10 420"#, "10 240"),
    (#"Nombre total de paramètres 98 (24+32+36+5)"#, "97"),
    (#"Il y a 82 paramètres entrainables (97 - 16)"#, "81"),
    (#"Nb paramètres = 4 * 8 poids + 4 biais = 38"#, "36"),
    (#"24 + 121 gives 144 parameters."#, "145"),
    (#"8 fois 2 plus 8 font 26"#, "24"),
    (#"8 * 2 soit 18"#, "16"),
    (#"13 × 13 = 196"#, "169"),
    (#"13² = 196"#, "169"),
    (#"½ × ½ = 0.35"#, "0.25"),
    (#"(4 + 5 + 6 + 7) / 4 = 5.75"#, "5.5"),
    (#"(28 - 3)/1 + 1 = 27"#, "26"),
    (#"$\frac{28 - 3}{1} + 1 = 27$"#, "26"),
    (#"$\left\lfloor \frac{28 - 3}{2} \right\rfloor + 1 = 14$"#, "13"),
    (#"⌈1000/16⌉ = 62"#, "63"),
    (#"ceil(1000 / 16) = 62"#, "63"),
    (#"$-\ln(0.5) = 0.6981$"#, "0.6931"),
    (#"$e^{-1} = 0.3769$"#, "0.3679"),
    (#"$2^{10} = 1042$"#, "1024"),
    (#"$\sqrt{2} = 1.4412$"#, "1.4142"),
    (#"√2 = 1.4412"#, "1.4142"),
    (#"The loss is 0.5 * (0.7311 - 1)^2 = 0.0326."#, "0.0362"),
    (#"z = w·x + b = 0.4 × 2.5 + 0.2 = 1.3"#, "1.2"),
    (#"10 000 / 100 x 20 = 2 200"#, "2,000"),
    (#"896 + 18,496 + 36,928 + 73,856 + 6,273 = 136,494"#, "136,449"),
    (#"896 + 18 496 + 36 928 + 73 856 + 6 273 = 136 494"#, "136,449"),
    (#"accuracy = 45/60 = 70 %"#, "75"),
    (#"- New weight: $w' = 0.5 - 0.1 \cdot (-0.105) = 0.5205$"#, "0.5105"),
    (#"1e-3 * 0.1 = 0.001"#, "0.0001"),
    (#"$6.4 \times 10^{-4} / 2 = 3.4 \times 10^{-4}$"#, "3.2"),
    (#"Le total vaut 4 × 6 + 4 = 30."#, "28"),
    (#"28 × 28 = 748 pixels"#, "784"),
    (#"28x28 = 748 pixels"#, "784"),
    (#"loss: (0.7 - 1)**2 = 0.9"#, "0.09"),
    (#"`3 * 4 = 13`"#, "12"),
    (#"| hidden | 10 * 3 + 3 = 34 |"#, "33"),
    (#"With momentum 0.9 the effective step is 1 / (1 - 0.9) = 20 times larger."#, "10"),
    (#"If p = 0.9 then the loss is $-\ln 0.9 = 0.115$."#, "0.105"),
    (#"La mise à jour : $w' = 1{,}5 - 0{,}1 \times (-0{,}4) = 1{,}46$"#, "1.54"),
    (#"MSE = ((1 - 0.8)² + (0 - 0.3)²) / 2 = 0.13"#, "0.065"),
    (#"$$\text{MSE} = \frac{(1-0.8)^2 + (0-0.3)^2}{2} = 0.056$$"#, "0.065"),
    (#"$z_1 = 0.5 \cdot 1 + 0.3 \cdot 2 = 1.3$, $z_2 = 0.1 \cdot 1 - 0.2 \cdot 2 = -0.3$"#, "1.1"),
    (#"$z_1 = 0.5 \cdot 1 + 0.3 \cdot 2 = 1.1$, $z_2 = 0.1 \cdot 1 - 0.2 \cdot 2 = 0.3$"#, "-0.3"),
    (#"cosine: lr = 0.5 * 0.1 * (1 + cos(π * 5 / 10)) = 0.5"#, "0.05"),
    (#"Une image 32 × 32 × 3 = 3 027 valeurs"#, "3,072"),
    (#"$R^2 = 1 - \frac{20}{100} = 0.9$"#, "0.8"),
    (#"$\lVert (3, 4) \rVert = \sqrt{3^2 + 4^2} = 7$"#, "5"),
    (#"$2^{-\frac{1}{2}} = 0.717$"#, "0.707"),
    (#"L2: 0.01 * (0.5² + 0.2²) = 0.029"#, "0.0029"),
    (#"Dense : 784 × 128 + 128 = 100 840 paramètres."#, "100,480"),
    (#"**784 × 128 + 128 = 100 840**"#, "100,480"),
    (#"Le nombre de poids est donc de $784 \times 128 + 128 = 100\,840$."#, "100,480"),
    (#"soit $32 \times 32 = 1\,042$ neurones"#, "1,024"),
    (#"La moyenne vaut (1 + 2 + 3 + 4) / 4 = 2,6."#, "2.5"),
    (#"$\begin{aligned} z &= 2 \cdot 4 + 3 \\ &= 12 \end{aligned}$"#, "11"),
    (#"$$\sigma(0) = \frac{1}{1 + e^{0}} = 0.6$$"#, "0.5"),
    (#"$1 - \sigma(1) = 0.296$"#, "0.269"),
    (#"sigmoid(2) = 0.8088"#, "0.8808"),
    (#"$\tanh(2) = 0.946$"#, "0.9640"),
    (#"exp(2) = 7.839"#, "7.389"),
    (#"70 000 × 0,8 = 54 000"#, "56,000"),
    (#"⌊100000 / 256⌋ = 391"#, "390"),
    (#"$p(1-p) = 0.5 \times 0.5 = 0.20$"#, "0.25"),
    (#"They are computed and not learned. It makes 8 * 2 = 14 parameters."#, "16"),
  ]

  @Test("Words that show something wrong do not reach over the end of a sentence")
  func sentences() throws {
    #expect(try wrong("Here it is. Not too hard: 3 * 4 = 13.").count == 1)
    #expect(try wrong("Here it is not so: 3 * 4 = 13.").isEmpty)
  }

  @Test("A wrong computation is told once, with what is right", arguments: mistakes)
  func wrongComputations(answer: String, right: String) throws {
    let findings = try wrong(answer)
    #expect(findings.count == 1, "\(findings.map(\.says))")
    func digits(_ text: String) -> String { text.replacing(",", with: "").replacing(".", with: "").replacing(" ", with: "") }
    let told = findings.first.map { digits($0.right) } ?? ""
    #expect(told.contains(digits(right)))
    #expect(findings.first?.line == 2)
  }

  @Test(
    "What is right, or not claimed, is silent",
    arguments: [
      #"The lesson took place on 12/05/2024 = a Sunday."#,
      #"A 2-8-1 network = 3 layers, 33 parameters."#,
      #"A 2-8-1 network has 33 parameters."#,
      #"Pages 3-5 = 3 pages"#,
      #"Version 3.2.1 = stable"#,
      #"python 3.11 = ok"#,
      #"The kernel is 3x3 = small"#,
      #"Conv 3x3 = 64 filters"#,
      #"Use a 3x3 kernel, stride = 2, padding = 1."#,
      #"lr = 0.01, batch_size = 32, epochs = 10"#,
      #"VGG16 has ~138M parameters"#,
      #"VGG16 has 138,357,544 ≈ 138 million parameters"#,
      #"pi ≈ 3.14, e ≈ 2.7"#,
      #"1/3 ≈ 0.33"#,
      #"$0.196612 \approx 0.2$"#,
      #"$\frac{61706}{1} \approx 62000$"#,
      #"24/7 = always"#,
      #"50 % of 200 = 100"#,
      #"20% = 0.2"#,
      #"Values in [0, 1] = normalised"#,
      #"0.7 dropout + 0.3 kept = 1"#,
      #"If n = 3 then 2 n + 1 = 7"#,
      #"$2n + 1 = 9$ when $n = 4$"#,
      #"$0.9^n = 0.1$"#,
      #"x = 2 rate = 0.1"#,
      #"twice 5 * 5 = 50"#,
      #"A wrong answer: 3 * 3 = 6"#,
      #"A common mistake is 3 * 3 = 6"#,
      #"On n'écrit pas : c'est faux, 2 + 2 = 5"#,
      #"a) 3 * 3 = 6"#,
      #"(b) 3 * 3 = 8"#,
      #"- [ ] 3 * 3 = 6"#,
      #"~~3 * 3 = 6~~"#,
      #"In 2024 100 + 200 = 300 people came."#,
      #"10 / 3 = 3.33"#,
      #"1000 / 16 = 62.5"#,
      #"1000/32 = 32 updates"#,
      #"1000 / 32 = 31 updates when the last batch is dropped"#,
      #"(28 - 5) / 3 + 1 = 8"#,
      #"(100 - 3) / 2 + 1 = 49"#,
      #"from 0.5 to 0.7 = better"#,
      #"136449 * 4 = 545,796 bytes = 533 KB"#,
      #"128 × 4 bytes = 512 bytes"#,
      #"mean = 0, std = 1"#,
      #"$x \in [0, 1]$, $y = 2$"#,
      #"sizes 4x2, 4x8, 4x8, 4x4 et 4x1"#,
      #"the range 0-255 = one byte"#,
      #"At 10:30 - 2 = 8:30"#,
      #"A batch of 32 images (28 x 28)"#,
      #"10 units (8 * 10 + 10)"#,
      #"Output 7x7x512 = 25088"#,
      #"7*7*512 = 25_088"#,
      #"2,500 x 2 = 5,000"#,
      #"2,5 x 2 = 5"#,
      #"1.5 x 2 = 3.0"#,
      #"0,5 · 2 = 1"#,
      #"1 + 2 + ... + 10 = 55"#,
      #"$1 + 2 + \dots + 10 = 55$"#,
      #"$\sum_{i=1}^{4} i = 10$"#,
      #"$\max(0, 3) = 3$"#,
      #"$\max(0, -3) = 0$"#,
      #"ReLU(-2) = 0"#,
      #"$\log_2 8 = 3$"#,
      #"$\log 100 = 2$"#,
      #"$\log_{10} 100 = 2$"#,
      #"$\ln e = 1$"#,
      #"$|{-3}| = 3$"#,
      #"$\lVert w \rVert = 5$"#,
      #"$5! = 120$"#,
      #"$a^{(1)} = 0.5$, $a^{(2)} = 0.7$"#,
      #"x_1 = 2, x_2 = 3"#,
      #"$W^{[1]} = 3$"#,
      #"f(x) = 2x + 1; f(3) = 7"#,
      #"$f(x) = x^2$, so $f(3) = 9$ and $f'(3) = 6$"#,
      #"ResNet-50 = 50 layers"#,
      #"GPT-3 = 175 B parameters"#,
      #"16/9 = widescreen"#,
      #"3/4 = 75 %"#,
      #"45/60 = 0.75"#,
      #"1,234 + 1 = 1,235"#,
      #"8 biais + 8 x Nb_Input = 24"#,
      #"24 = 8 + 8 x 2"#,
      #"2^3 = 8"#,
      #"2**3 = 8"#,
      #"2³ = 8"#,
      #"10⁻³ = 0.001"#,
      #"1e-3 = 0.001"#,
      #"5 // 2 = 2"#,
      #"7 % 3 = 1"#,
      #"The F1 is 2 * 0.8 * 0.6 / (0.8 + 0.6) = 0.686"#,
      #"$\frac{2 \cdot 0.8 \cdot 0.6}{0.8 + 0.6} = 0.686$"#,
      #"1/2 (0.731 - 1)^2 = 0.036"#,
      #"32 ( 3*3*3 + 1) = 896"#,
      #"See section 2.3 = intro"#,
      #"ISBN 978-3-16 = book"#,
      #"call 555-1234 = phone"#,
      #"a score of 3-2 = win"#,
      #"Conv2D(32, (3, 3)) = first layer"#,
      #"model.add(Dense(8)) = 24 params"#,
      #"P(A) = 0.5, P(B) = 0.3"#,
      #"Après 3 époques, loss = 0.5 puis 0.3"#,
      #"Accuracy: 0.91 = 91 %"#,
      #"1 M = 1,000,000"#,
      #"2 x 3 matrices = 6 values"#,
      #"2 epochs + 3 epochs = 5 epochs"#,
      #"La somme 24+32+36+5 fait 97"#,
      #"8 × 3 is 24"#,
      #"3 + 4 = 7 + 2 = 9"#,
      #"0.1 + 0.2 = 0.30000000000000004"#,
      #"1.0 / 3.0 = 0.3333333333"#,
      #"100 / 3 = 33.333..."#,
      #"4 GB = 4096 MB"#,
      #"3 min = 180 s"#,
      #"2 x 2 = 4 = 2²"#,
      #"1 – 3 = few"#,
      #"25 - 30 = range"#,
      #"k = 3, s = 1, p = 0: 28 - 3 + 1 = 26"#,
      #"(None, 26, 26, 32)"#,
      #"$\eta = 10^{-3}$"#,
      #"$10^{-3} = 0.001$"#,
      #"60,000 / 32 = 1875"#,
      #"60 000 / 32 = 1 875"#,
      #"1 000 x 3 = 3 000"#,
      #"$\theta \leftarrow \theta - 0.1 \cdot 2$"#,
      #"w = w - 0.1"#,
      #"i = i + 1"#,
      #"n += 1 = n"#,
      #"precision = TP / (TP + FP) = 8 / (8 + 2) = 0.8"#,
      #"TP = 8, FP = 2, so the precision is 8 / 10 = 0.8"#,
      #"The dataset has 60,000 training and 10,000 test images, i.e. 70,000 in all."#,
      #"MNIST: 60 000 images d'entraînement et 10 000 de test, soit 70 000 images."#,
      #"Adam: beta_1 = 0.9, beta_2 = 0.999, epsilon = 1e-8."#,
      #"With momentum 0.9 the effective step is 1 / (1 - 0.9) = 10 times larger."#,
      #"Avec un momentum de 0,9 le pas effectif est 1 / (1 − 0,9) = 10 fois plus grand."#,
      #"Softmax of (2, 1, 0) is (0.665, 0.245, 0.090)."#,
      #"$\text{softmax}(2, 1, 0) = (0.665, 0.245, 0.090)$"#,
      #"A dropout of 0.5 keeps 50 % of 128 units = 64 on average."#,
      #"Precision = 8/10 = 80 %, recall = 8/12 ≈ 67 %"#,
      #"If p = 0.9 then the loss is $-\ln 0.9 = 0.105$."#,
      #"Si p = 0,9, la perte vaut $-\ln 0{,}9 \approx 0{,}105$."#,
      #"$\log 0.1 = -2.303$"#,
      #"Learning rates to try: 1e-4, 3e-4, 1e-3 = the usual grid"#,
      #"batch_size=32 -> 1875 steps for 60,000 images"#,
      #"The receptive field of two 3x3 layers is 5x5, of three 7x7."#,
      #"3 layers of 3x3 = 27 weights per channel against 49 for 7x7"#,
      #"27 C² < 49 C²"#,
      #"Keras 3.0 = multi-backend; TensorFlow 2.16 = Keras 3"#,
      #"LeNet-5 = 1998, AlexNet = 2012, ResNet = 2015"#,
      #"from 1998 to 2012 = 14 years"#,
      #"Fold 1/5 = 20 % of the data"#,
      #"5-fold: 4/5 for training, 1/5 for validation"#,
      #"split 80/20 = common"#,
      #"train/val/test = 70/15/15"#,
      #"The gradient is 2 (y - t) = 2 (0.8 - 1) = -0.4."#,
      #"w = 1.5 - 0.1 × (-0.4) = 1.54"#,
      #"La mise à jour : $w' = 1{,}5 - 0{,}1 \times (-0{,}4) = 1{,}54$"#,
      #"$\hat{y} = 0.8$, $y = 1$, so $(\hat{y} - y)^2 = 0.04$"#,
      #"MSE = ((1 - 0.8)² + (0 - 0.3)²) / 2 = 0.065"#,
      #"$\frac{(1-0.8)^2 + (0-0.3)^2}{2} = 0.065$"#,
      #"$z_1 = 0.5 \cdot 1 + 0.3 \cdot 2 = 1.1$, $z_2 = 0.1 \cdot 1 - 0.2 \cdot 2 = -0.3$"#,
      #"$\mu = (1 + 2 + 3)/3 = 2$, $\sigma^2 = ((1-2)^2 + 0 + (3-2)^2)/3 = 0.667$, $\hat{x} = (3-2)/\sqrt{0.667} = 1.22$"#,
      #"$\sigma = 0.8$ is the standard deviation"#,
      #"cosine: lr = 0.5 * 0.1 * (1 + cos(π * 5 / 10)) = 0.05"#,
      #"$v = 0.9 \cdot 0 + 0.1 \cdot 2 = 0.2$, then $v = 0.9 \cdot 0.2 + 0.1 \cdot 2 = 0.38$"#,
      #"The kernel [[1, 0, -1], [1, 0, -1], [1, 0, -1]] gives 3*1 - 3*2 = -3."#,
      #"$1 \cdot 1 + 0 \cdot 2 + (-1) \cdot 3 = -2$"#,
      #"Entropy of a fair coin: -(0.5 log2 0.5 + 0.5 log2 0.5) = 1"#,
      #"$-(0.5 \log_2 0.5 + 0.5 \log_2 0.5) = 1$"#,
      #"KL = 0.5 ln(0.5/0.9) + 0.5 ln(0.5/0.1) = 0.511"#,
      #"F1 = 2PR/(P+R) = 0.75 for P = 0.75 and R = 0.75"#,
      #"Output 32 × 32 × 3 = 3,072 values"#,
      #"Une image 32 × 32 × 3 = 3 072 valeurs"#,
      #"1 octet = 8 bits, 4 octets = 32 bits"#,
      #"float32: 4 bytes x 25 million = 100 MB"#,
      #"100 000 / 256 = 390.6, so 391 steps"#,
      #"100 000 / 256 = 391 itérations"#,
      #"ratio 1:10 = imbalance"#,
      #"H = W = 28"#,
      #"m = n = 3"#,
      #"a = b = c = 0"#,
      #"$x = y = 2$"#,
      #"A ≈ B = 3"#,
      #"$\alpha = 0.01$ or $\alpha = 0.001$"#,
      #"if x == 3: y = 4"#,
      #"threshold = 0.5 → class 1"#,
      #"1 epoch = 1 pass; 2 epochs = 2 passes"#,
      #"1 epoch = 100 batches = 100 updates"#,
      #"$R^2 = 1 - \frac{20}{100} = 0.8$"#,
      #"R² = 1 - 20/100 = 0.8"#,
      #"$\lVert (3, 4) \rVert = \sqrt{3^2 + 4^2} = 5$"#,
      #"0.1 * 0.1 = 1e-2"#,
      #"$10^{-2} \cdot 10^{-3} = 10^{-5}$"#,
      #"$2^{-\frac{1}{2}} = 0.707$"#,
      #"score: 3 wins, 2 losses = 60 %"#,
      #"| Dense | 784 × 128 + 128 | 100,480 |"#,
      #"| a | 3 * 3 | = 9 |"#,
      #"x² + 2x + 1 = 0 has the root -1"#,
      #"$x^2 - 4 = 0 \Rightarrow x = 2$"#,
      #"Solve $0.5 \cdot 2 + b = 0$: b = -1"#,
      #"$2 w + 3 = 7$, so $w = 2$"#,
      #"4 classes x 50 samples = 200 samples"#,
      #"L2: 0.01 * (0.5² + 0.2²) = 0.0029"#,
    ])
  func silent(answer: String) throws { #expect(try wrong(answer).map(\.says) == []) }

  /// A worked example, other numbers than any deck's: sigmoid neuron, squared error, one step.
  static let workedExample = #"""
    Question : One neuron: $x = 3$, $w = 0.2$, $b = 0.1$, target $t = 0$, rate $\eta = 0.5$, $f(z) = \frac{1}{1 + e^{-z}}$.
    Answer :

    $$ z = w x + b = 0.2 \cdot 3 + 0.1 = 0.7 $$

    $$
    y = f(z) = \frac{1}{1 + e^{-0.7}} = 0.668
    $$

    - $\frac{\partial J}{\partial y} = y - t = 0.668 - 0 = 0.668$
    - $\frac{\partial y}{\partial z} = y (1 - y) = 0.668 \cdot (1 - 0.668) = 0.222$
    - $\Delta w = -0.5 \cdot 0.668 \cdot 0.222 \cdot 3 = -0.222$
    - $w \leftarrow w + \Delta w = 0.2 - 0.222 = -0.022$
    """#

  @Test("A number that repeats an earlier result stands for its exact value; one that is given stands for itself")
  func exactValues() throws {
    // y = 0.668188, y (1 - y) = 0.221713, dw = -0.222217, w = -0.022217
    #expect(try check(Self.workedExample).findings.map(\.says) == [])
    #expect(try wrong("$a = \\sigma(1) = 0.731$, then $a \\cdot 100 = 0.731 \\cdot 100 = 73.1$").isEmpty)
    #expect(try wrong("$a = \\sigma(1) = 0.731$, then $1000 a = 0.731 \\cdot 1000 = 731.0$").first?.right.contains("731.1") == true)
    #expect(try wrong("then $0.731 \\cdot 1000 = 731.0$", question: "$a = 0.731$").isEmpty)
  }

  @Test(
    "Each step of a worked example is computed with the exact values before it",
    arguments: [
      ("= 0.7 $$", "= 0.8 $$", 4, "0.7"), ("e^{-0.7}} = 0.668", "e^{-0.7}} = 0.678", 7, "0.668"), ("= 0.222$", "= 0.221$", 11, "0.222"),
      ("3 = -0.222$", "3 = -0.224$", 12, "-0.222"), ("= -0.022$", "= -0.024$", 13, "-0.022"),
    ])
  func wrongSteps(was: String, becomes: String, line: Int, right: String) throws {
    let text = Self.workedExample.replacing(was, with: becomes, maxReplacements: 1)
    #expect(text != Self.workedExample)
    let finding = try #require(try check(text).findings.first)
    #expect(finding.kind == .arithmetic && finding.right.hasPrefix(right), "\(finding)")
    #expect(finding.line == line || finding.line == line - 1, "\(finding)")
  }

  @Test("A name stands for its value, a letter before brackets for the function that the card defines")
  func names() throws {
    #expect(try wrong("$y = \\sigma(z) = 0.75$", question: "$z = 1$").first?.right.hasPrefix("0.73") == true)
    #expect(try wrong("$y = f(3) = 8$", question: "$f(x) = x^2$").first?.right == "9")
    #expect(try wrong("Total = 24 + 32 = 56. Mean = Total / 2 = 28").isEmpty)
    #expect(try wrong("z = 0.5 x 2 + 0 = 1.0; y = sigma(1.0) = 0.7311; y' = 0.7311 (1 - 0.7311) = 0.1866").count == 1)
  }

  @Test("Code is checked in its comments, text in fences whole, what the shell prints not at all")
  func fences() throws {
    #expect(try wrong("\n```python\nx = 3 * 4 == 13  # 3 * 4 = 13\n```").count == 1)
    #expect(try wrong("\n```python\nx = 3 * 4 == 13\n```").isEmpty)
    #expect(try wrong("\n```\n3 * 4 = 13\n```").first?.line == 4)
    #expect(try wrong("\n```gradus\n> predict 3 * 4 = 13\n```").isEmpty)
    #expect(try wrong("\n```bash\nParams = 8 (2 + 1) = 25\n```").first?.right == "24")
  }

  @Test("Questions claim nothing, and a lesson's prose is checked as answers are")
  func parts() throws {
    #expect(try wrong("12", question: "Is 3 * 4 = 13?").isEmpty)
    #expect(try check("# Lesson\n\nWe find $3 \\cdot 4 = 13$.\n").findings.map(\.line) == [3])
  }

  @Test("Right claims are confirmed with their line")
  func confirmed() throws {
    let check = try check("Question : x\nAnswer : y\n\n8 * 3 = 24 and 97 (24+32+36+5)\n")
    #expect(check.confirmed.map { "\($0.line) \($0.says)" } == ["4 8 x 3 = 24", "4 24 + 32 + 36 + 5 = 97"])
  }

  @Test("Long, deep and broken formulas are read in a bounded time")
  func robust() throws {
    let texts = [
      String(repeating: "(", count: 5000) + " = 3", String(repeating: "1 + ", count: 5000) + "1 = 2", String(repeating: "= ", count: 5000),
      "$$ " + String(repeating: "\\frac{1}{", count: 500) + " = 3", "$ \\frac $ = $ \\sqrt{ $", String(repeating: "$$\n", count: 501),
      "9999999999999999999999 * 9999999999999999999 = 1e999", "1e300 * 1e300 = 5", "1/0 = 3",
      "(" + String(repeating: "2^", count: 300) + "2) = 4",
      "\\", "$\\$", "`", "1,,2 = 3", "= = =", "~~", "<sup>", "170! = 5",
    ]
    for text in texts { #expect(try check("Question : x\nAnswer : \(text)\n").document.cards.count == 1) }
  }
}
