// The last vector begins at the last element.
// CHECK: error[E0504]: compute reads line, and the index may reach 64
builtin.module {
  dsp_mem.buffer @line : memref<64xf32> instance state
  dsp_mem.buffer @at : memref<i32> instance state
  func.func @compute(%count: index, %in0: memref<?xf32>, %out0: memref<?xf32>) {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %n = arith.constant 64 : index
    %line = dsp_mem.get @line : memref<64xf32>
    scf.for %i = %c0 to %n step %c1 {
      %x = vector.load %line[%i] : memref<64xf32>, vector<8xf32>
    }
    func.return
  }
}
