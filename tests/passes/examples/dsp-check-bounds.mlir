// A ring buffer of 64 elements is read 10 frames back; the mask has one bit too many.
// pipeline: dsp-check-bounds
// before: func.func
// after: error
// -----
builtin.module {
  dsp_mem.buffer @line : memref<64xf32> instance state
  func.func @compute(%count: index, %in0: memref<?xf32>, %out0: memref<?xf32>) {
    %first = arith.constant 0 : index
    %step = arith.constant 1 : index
    %start = arith.constant 0 : i32
    %one = arith.constant 1 : i32
    %delay = arith.constant 10 : i32
    %mask = arith.constant 127 : i32
    %line = dsp_mem.get @line : memref<64xf32>
    %end = scf.for %frame = %first to %count step %step iter_args(%now = %start) -> (i32) {
      %then = arith.subi %now, %delay : i32
      %masked = arith.andi %then, %mask : i32
      %place = arith.index_cast %masked : i32 to index
      %x = memref.load %line[%place] : memref<64xf32>
      memref.store %x, %out0[%frame] : memref<?xf32>
      %next = arith.addi %now, %one : i32
      scf.yield %next : i32
    }
    func.return
  }
}
// -----
example.mlir:15:7: error[E0504]: compute reads line, and the index may reach 64 (by 64) (in memref.load)
   15 |       %x = memref.load %line[%place] : memref<64xf32>
      |       ^
