// CHECK: b is misplaced: it overlaps a
builtin.module {
  dsp_mem.buffer @a : memref<64xf32> instance state {space = #dsp_mem.space<ddr>, allocator = "manager", offset = 0 : i64}
  dsp_mem.buffer @b : memref<64xf32> instance state {space = #dsp_mem.space<ddr>, allocator = "manager", offset = 128 : i64}
}
