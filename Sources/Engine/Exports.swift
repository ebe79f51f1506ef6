// A tensor is what every call of the engine takes and gives, so whoever trains networks gets the array with one import.
@_exported import Kernels
