// CHECK: this memory is never freed
// CHECK-NEXT: note: it is at reverb.dsp:5:7
builtin.module {
  func.func @create() {
    dsp_mem.heap_init <ddr> {bytes = 4096 : i64}
    %p = dsp_mem.alloc <ddr> "heap" block : memref<8xf32> loc("reverb.dsp":5:7)
    func.return
  }
}
