import CKernels
import Foundation

/// How many threads the kernels use. The number belongs to the calling thread: work that runs in parallel takes one each.
public enum KernelThreads {
  /// The threads of a kernel that the calling thread starts.
  public static var count: Int { Int(gradus_threads()) }

  /// How many threads the machine runs at once.
  public static var available: Int { ProcessInfo.processInfo.activeProcessorCount }

  /// Sets that number, at least 1.
  public static func set(_ count: Int) { gradus_set_threads(Int32(clamping: max(1, count))) }
}
