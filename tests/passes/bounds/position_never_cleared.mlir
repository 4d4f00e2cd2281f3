// The position of an exact ring is never given a first value.
// CHECK: error[E0504]: compute reads line, and the index may be negative
builtin.module {
  dsp_mem.buffer @line : memref<64xf32> instance state
  dsp_mem.buffer @at : memref<i32> instance state
  func.func @compute(%count: index, %in0: memref<?xf32>, %out0: memref<?xf32>) {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %line = dsp_mem.get @line : memref<64xf32>
    %at = dsp_mem.get @at : memref<i32>

    %size = arith.constant 64 : i32
    %one = arith.constant 1 : i32
    %start = memref.load %at[] : memref<i32>
    %last = scf.for %i = %c0 to %count step %c1 iter_args(%pos = %start) -> (i32) {
      %k = arith.index_cast %pos : i32 to index
      %x = memref.load %line[%k] : memref<64xf32>
      memref.store %x, %out0[%i] : memref<?xf32>
      %next = arith.addi %pos, %one : i32
      %inside = arith.cmpi slt, %next, %size : i32
      %back = arith.subi %next, %size : i32
      %w = arith.select %inside, %next, %back : i32
      scf.yield %w : i32
    }
    memref.store %last, %at[] : memref<i32>
    func.return
  }
}
