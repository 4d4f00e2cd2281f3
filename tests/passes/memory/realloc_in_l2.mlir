// CHECK: the l2 heap frees nothing
// CHECK-NEXT: note: it is at reverb.dsp:7:7
builtin.module {
  func.func @compute() {
    dsp_mem.heap_init <l2> {bytes = 4096 : i64}
    %p = dsp_mem.alloc <l2> "heap" block : memref<8xf32>
    %q = dsp_mem.realloc %p : memref<8xf32> -> memref<16xf32> loc("reverb.dsp":7:7)
    func.return
  }
}
