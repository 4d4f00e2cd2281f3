// An infinite or invalid number becomes an index.
// CHECK: error[E0504]: compute reads line, and the index may be negative
builtin.module {
  dsp_mem.buffer @line : memref<64xf32> instance state
  dsp_mem.buffer @knob : memref<f32> instance zone
  func.func @compute(%count: index, %in0: memref<?xf32>, %out0: memref<?xf32>) {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %line = dsp_mem.get @line : memref<64xf32>
    %knob = dsp_mem.get @knob : memref<f32>
    %v = memref.load %knob[] : memref<f32>
    %j = arith.fptosi %v : f32 to i32
    %k = arith.index_cast %j : i32 to index
    %x = memref.load %line[%k] : memref<64xf32>
    memref.store %x, %line[%c0] : memref<64xf32>
    func.return
  }
}
