// A copy of a whole block into a buffer of 64 elements.
// CHECK: error[E0504]: compute writes near, and the index may reach 64
builtin.module {
  dsp_mem.buffer @near : memref<64xf32> block scratch
  func.func @compute(%count: index, %in0: memref<?xf32>, %out0: memref<?xf32>) {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %near = dsp_mem.get @near : memref<64xf32>
    dsp_mem.copy %in0, %near count %count : memref<?xf32>, memref<64xf32>
    func.return
  }
}
