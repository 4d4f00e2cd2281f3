// CHECK: gone when a kernel ends
builtin.module {
  dsp_mem.buffer @a : memref<64xf32> instance state {space = #dsp_mem.space<l2>, allocator = "heap", offset = 0 : i64}
}
