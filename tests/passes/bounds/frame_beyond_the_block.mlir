// A frame reads the input of the next one, which the last does not have.
// CHECK: error[E0504]: compute reads in0, and the index may reach the frames of the call
builtin.module {
  func.func @compute(%count: index, %in0: memref<?xf32>, %out0: memref<?xf32>) {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    scf.for %i = %c0 to %count step %c1 {
      %k = arith.addi %i, %c1 : index
      %x = memref.load %in0[%k] : memref<?xf32>
      memref.store %x, %out0[%i] : memref<?xf32>
    }
    func.return
  }
}
