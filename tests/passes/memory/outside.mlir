// CHECK: a is misplaced: it ends outside ddr
builtin.module {
  dsp_mem.buffer @a : memref<64xf32> instance state {space = #dsp_mem.space<ddr>, allocator = "manager", offset = 8589934592 : i64}
}
