// The loop that clears a buffer is longer than the buffer.
// CHECK: error[E0504]: instance_clear writes line, and the index may reach 64
builtin.module {
  dsp_mem.buffer @line : memref<64xf32> instance state
  dsp_mem.buffer @at : memref<i32> instance state

  func.func @instance_clear() {
    %z = arith.constant 0.000000e+00 : f32
    %i = arith.constant 0 : i32
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %n = arith.constant 65 : index
    %line = dsp_mem.get @line : memref<64xf32>
    %at = dsp_mem.get @at : memref<i32>
    scf.for %k = %c0 to %n step %c1 {
      memref.store %z, %line[%k] : memref<64xf32>
    }
    memref.store %i, %at[] : memref<i32>
    func.return
  }
  func.func @compute(%count: index, %in0: memref<?xf32>, %out0: memref<?xf32>) {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index

    func.return
  }
}
