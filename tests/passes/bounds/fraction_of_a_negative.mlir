// The fraction of a small negative number rounds to 1, so that the index is the size.
// CHECK: error[E0504]: compute reads line, and the index may reach 64
builtin.module {
  dsp_mem.buffer @line : memref<64xf32> instance state
  func.func @compute(%count: index, %in0: memref<?xf32>, %out0: memref<?xf32>) {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %line = dsp_mem.get @line : memref<64xf32>
    %low = arith.constant -1.000000e+00 : f32
    %high = arith.constant 1.000000e+00 : f32
    %scale = arith.constant 6.400000e+01 : f32
    scf.for %i = %c0 to %count step %c1 {
      %in = memref.load %in0[%i] : memref<?xf32>
      %below = arith.cmpf oge, %in, %low : f32
      %above = arith.cmpf ole, %in, %high : f32
      %ok = arith.andi %below, %above : i1
      %v = arith.select %ok, %in, %low : f32
      %f = math.floor %v : f32
      %phase = arith.subf %v, %f : f32
      %y = arith.mulf %phase, %scale : f32
      %j = arith.fptosi %y : f32 to i32
      %k = arith.index_cast %j : i32 to index
      %x = memref.load %line[%k] : memref<64xf32>
      memref.store %x, %out0[%i] : memref<?xf32>
    }
    func.return
  }
}
