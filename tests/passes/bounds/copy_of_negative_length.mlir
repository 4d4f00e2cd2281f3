// A copy of one element less than the block, which may be empty.
// CHECK: error[E0504]: compute reads in0, and the number of elements may be negative
builtin.module {
  dsp_mem.buffer @near : memref<64xf32> block scratch
  func.func @compute(%count: index, %in0: memref<?xf32>, %out0: memref<?xf32>) {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %near = dsp_mem.get @near : memref<64xf32>
    %c64 = arith.constant 64 : index
    %some = arith.minsi %count, %c64 : index
    %n = arith.subi %some, %c1 : index
    dsp_mem.copy %in0, %near count %n : memref<?xf32>, memref<64xf32>
    func.return
  }
}
