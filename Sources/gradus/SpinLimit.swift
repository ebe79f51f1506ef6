import Foundation

/// Keeps the kernels' threads from burning the processor while they wait for each other.
///
/// libgomp, which oneDNN runs on, spins for milliseconds at the end of every parallel loop. On a machine that has anything else to do, each step of a
/// training then takes several times as long. The limit is read once, before `main`, from the environment: the program sets it and
/// starts itself anew, unless whoever started it has chosen already (`scripts/gradus` does, which saves the second start).
enum SpinLimit {
  static let variable = "GOMP_SPINCOUNT"

  static func apply() {
    guard getenv(variable) == nil, getenv("OMP_WAIT_POLICY") == nil else { return }
    setenv(variable, "1000", 1)
    guard let program = realpath("/proc/self/exe", nil) else { return }
    // When this fails, the program goes on as it is: it computes the same.
    execv(program, CommandLine.unsafeArgv)
    free(program)
  }
}
