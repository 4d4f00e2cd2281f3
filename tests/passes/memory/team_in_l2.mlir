// CHECK: row is misplaced: several cores touch it, and each has a l2 of its own
builtin.module {
  dsp_mem.buffer @row : memref<64xf32> block scratch {space = #dsp_mem.space<l2>, allocator = "stack", offset = 0 : i64}
  func.func @compute() {
    %i = arith.constant 0 : index
    %x = arith.constant 1.0 : f32
    %d = dsp_mem.get @row : memref<64xf32>
    dsp_par.parallel {
      dsp_par.single {
        dsp_par.loop free writes(%d : memref<64xf32>) {
          memref.store %x, %d[%i] : memref<64xf32>
          dsp_par.yield
        }
        dsp_par.yield
      }
      dsp_par.yield
    }
    func.return
  }
}
