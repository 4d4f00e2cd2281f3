// The mask of a ring has one bit more than its buffer.
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

    %mask = arith.constant 127 : i32
    %d = arith.constant 10 : i32
    %one = arith.constant 1 : i32
    %start = memref.load %at[] : memref<i32>
    %end = scf.for %i = %c0 to %count step %c1 iter_args(%pos = %start) -> (i32) {
      %p = arith.subi %pos, %d : i32
      %m = arith.andi %p, %mask : i32
      %k = arith.index_cast %m : i32 to index
      %x = memref.load %line[%k] : memref<64xf32>
      memref.store %x, %out0[%i] : memref<?xf32>
      %next = arith.addi %pos, %one : i32
      scf.yield %next : i32
    }
    memref.store %end, %at[] : memref<i32>
    func.return
  }
}
