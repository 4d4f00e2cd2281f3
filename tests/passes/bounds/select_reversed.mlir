// The guard selects the index where it is outside.
// CHECK: error[E0504]: compute reads line, and the index may
builtin.module {
  dsp_mem.buffer @line : memref<64xf32> instance state
  dsp_mem.buffer @knob : memref<i32> instance zone
  func.func @compute(%count: index, %in0: memref<?xf32>, %out0: memref<?xf32>) {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %line = dsp_mem.get @line : memref<64xf32>
    %knob = dsp_mem.get @knob : memref<i32>
    %low = arith.constant 0 : i32
    %high = arith.constant 63 : i32
    %size = arith.constant 64 : i32
    %v = memref.load %knob[] : memref<i32>
    %neg = arith.cmpi slt, %v, %low : i32
    %big = arith.cmpi sgt, %v, %high : i32
    %bad = arith.ori %neg, %big : i1
    %j = arith.select %bad, %v, %low : i32
    %k = arith.index_cast %j : i32 to index
    %x = memref.load %line[%k] : memref<64xf32>
    memref.store %x, %line[%c0] : memref<64xf32>
    func.return
  }
}
