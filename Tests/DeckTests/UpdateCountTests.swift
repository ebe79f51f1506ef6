import Deck
import Testing

@Suite("How many updates an epoch makes")
struct UpdateCountTests {
  private func finding(_ question: String, _ answer: String) throws -> Finding? {
    try DeckCheck(file: "d.md", bytes: Array("Question : \(question)\nAnswer : \(answer)\n".utf8)) { _ in true }.findings.first {
      $0.kind == .updateCount
    }
  }

  @Test(
    "A quotient that nobody rounded is told",
    arguments: [
      (#"How many weight updates does one epoch make with N samples and batches of B?"#, #"N/B"#),
      (#"You train on N images with a batch size of 32. How many gradient steps are there in an epoch?"#, #"$\frac{N}{32}$"#),
      (
        #"With m examples and mini-batches of 64, how many iterations does it take to go through the data once (one epoch)?"#,
        #"It takes m / 64 iterations."#
      ),
      (
        #"What is the number of parameter updates per epoch for a dataset of size N and batch size B?"#,
        #"The dataset size divided by the batch size: N / B."#
      ),
      (#"How often are the weights updated during one epoch if the batch size is 16 and there are N samples?"#, #"`N/16` times"#),
      (#"Combien de mises à jour des poids fait-on par époque avec N exemples et des lots de 32 ?"#, #"N/32"#),
      (
        #"Un jeu de données a N observations et on utilise des batchs de 20. Combien de fois les paramètres sont-ils mis à jour en une époque ?"#,
        #"$N / 20$ fois."#
      ),
      (
        #"Quel est le nombre d'itérations par epoch si la taille du batch est B ?"#,
        #"C'est $\dfrac{N}{B}$, où N est le nombre d'exemples."#
      ),
      (#"Combien de lots de taille 50 contient une époque sur n échantillons ?"#, #"n / 50"#),
      (#"Taille du batch = 8, N exemples : combien de pas de gradient dans une epoch ?"#, #"On divise : N ÷ 8 pas."#),
      (#"1000 samples, batches of 16: how many updates in one epoch?"#, #"1000 / 16 = 62.5"#),
      (#"1000 exemples, des lots de 32 : combien de mises à jour en une époque ?"#, #"31,25"#),
      (#"How many optimizer steps are taken in E epochs with N samples and batches of B?"#, #"E * N / B"#),
      (#"How many batches make up one epoch for len(dataset) samples?"#, #"len(dataset) / batch_size"#),
      (
        #"How many times do the parameters change in a full pass over the data, batches of B out of N?"#, #"N over B, that is N/B changes."#
      ),
    ])
  func told(question: String, answer: String) throws {
    let finding = try #require(try finding(question, answer))
    #expect(finding.line == 2)
    #expect(finding.right.contains("ceil(") || finding.right.contains("32, or 31"), "\(finding.right)")
  }

  @Test(
    "A rounded quotient, one without remainder, and other questions are silent",
    arguments: [
      (#"How many weight updates does one epoch make with N samples and batches of B?"#, #"ceil(N/B)"#),
      (#"How many weight updates does one epoch make with N samples and batches of B?"#, #"$\lceil N / B \rceil$"#),
      (#"How many updates an epoch with 10,000 samples and batches of 100?"#, #"10,000 / 100 = 100"#),
      (#"How many updates an epoch with N samples and batches of 32, N divisible by 32?"#, #"N/32"#),
      (#"How many epochs are 1000 updates with N samples and batches of 16?"#, #"1000 / (N/16)"#),
      (#"How many samples are in a batch when an epoch has K updates?"#, #"N/K"#),
      (#"Combien de mises à jour par époque avec N exemples et des lots de B ?"#, #"N/B arrondi à l'entier supérieur"#),
      (#"Combien de lots par époque si le dernier lot incomplet est ignoré ?"#, #"⌊N/B⌋"#),
      (#"How many parameters has a dense layer after a batch of N/16 samples of an epoch?"#, #"n (m + 1)"#),
      (#"How does the batch size change the time of an epoch?"#, #"Each epoch makes N/B updates, so a larger batch means fewer."#),
      (#"What is the learning rate after k epochs of batches?"#, #"lr / k"#),
      (#"Combien d'époques faut-il pour voir tous les exemples d'un lot ?"#, #"Une : N/N = 1"#),
      (#"How many times is each sample seen in an epoch with batches of B?"#, #"Once; the mean gradient is the sum / B."#),
      (#"How many updates does an epoch make with batches of B?"#, #"N // B, plus one when there is a remainder."#),
      (#"How many steps does an epoch of N samples have in batches of 16 with drop_last?"#, #"N/16"#),
      (#"Combien de pas par epoch pour 6400 exemples et des batchs de 64 ?"#, #"6400/64 = 100"#),
      (#"What does the gradient of a mini-batch average in one epoch? How many terms?"#, #"1/B times the sum over B terms"#),
      (#"How many updates are there in an epoch of SGD with batch size 1?"#, #"N, one for each sample"#),
    ])
  func silent(question: String, answer: String) throws { #expect(try finding(question, answer)?.says == nil) }
}
