// CHECK: a is misplaced: 4 is not aligned to 64
builtin.module {
  dsp_mem.buffer @a : memref<64xf32> instance state {space = #dsp_mem.space<ddr>, allocator = "manager", offset = 4 : i64}
}
