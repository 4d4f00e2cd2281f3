// CHECK: the copy of d is misplaced: it ends outside l2
builtin.module {
  dsp_mem.buffer @d : memref<64xf32> instance state {space = #dsp_mem.space<ddr>, allocator = "manager", offset = 0 : i64, staged = 131072 : i64}
  func.func @compute() {
    %i = arith.constant 0 : index
    %d = dsp_mem.get @d : memref<64xf32>
    %x = memref.load %d[%i] : memref<64xf32>
    func.return
  }
}
