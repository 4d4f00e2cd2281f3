// The frames that remain are processed as a whole chunk.
// CHECK: error[E0504]: compute reads in0, and the index may reach the frames of the call
builtin.module {
  func.func @compute(%count: index, %in0: memref<?xf32>, %out0: memref<?xf32>) {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c32 = arith.constant 32 : index
    %rest = arith.remsi %count, %c32 : index
    %full = arith.subi %count, %rest : index
    scf.for %first = %c0 to %full step %c32 {
      %in = dsp_par.window %in0[%first] : memref<?xf32> -> memref<?xf32>
      scf.for %i = %c0 to %c32 step %c1 {
        %x = memref.load %in[%i] : memref<?xf32>
      }
    }

    %in_1 = dsp_par.window %in0[%full] : memref<?xf32> -> memref<?xf32>
    scf.for %i_1 = %c0 to %c32 step %c1 {
      %x_1 = memref.load %in_1[%i_1] : memref<?xf32>
    }
    func.return
  }
}
