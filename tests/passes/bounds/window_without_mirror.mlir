// A window of a chunk begins at any element of a ring that has no mirror behind its end.
// CHECK: error[E0504]: compute reads line, and the index may reach 64
builtin.module {
  dsp_mem.buffer @line : memref<64xf32> instance state
  dsp_mem.buffer @at : memref<i32> instance state

  func.func @instance_clear() {
    %z = arith.constant 0.000000e+00 : f32
    %i = arith.constant 0 : i32
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %n = arith.constant 64 : index
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
    %line = dsp_mem.get @line : memref<64xf32>
    %at = dsp_mem.get @at : memref<i32>

    %mask = arith.constant 63 : i32
    %c32 = arith.constant 32 : index
    %p = memref.load %at[] : memref<i32>
    %m = arith.andi %p, %mask : i32
    %k = arith.index_cast %m : i32 to index
    %row = dsp_par.window %line[%k] : memref<64xf32> -> memref<?xf32>
    scf.for %i = %c0 to %c32 step %c1 {
      %x = memref.load %row[%i] : memref<?xf32>
    }
    %chunk = arith.constant 24 : i32
    %next = arith.addi %p, %chunk : i32
    memref.store %next, %at[] : memref<i32>
    func.return
  }
}
