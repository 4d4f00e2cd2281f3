// CHECK: initialised by more than one work-item
// CHECK-NEXT: note: it is at reverb.dsp:3:7
builtin.module {
  func.func @create() attributes {work_items = 64 : i64} {
    dsp_mem.heap_init <ddr> {bytes = 4096 : i64} loc("reverb.dsp":3:7)
    func.return
  }
}
