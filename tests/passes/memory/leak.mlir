// CHECK: state is never freed: it leaks when its instance is destroyed
// CHECK-NEXT: note: it is at reverb.dsp:5:7
builtin.module {
  func.func @create() {
    dsp_mem.heap_init <ddr> {bytes = 4096 : i64}
    %p = dsp_mem.alloc <ddr> "heap" instance named @state : memref<8xf32> loc("reverb.dsp":5:7)
    func.return
  }
  func.func @destroy() {

    func.return
  }
}
