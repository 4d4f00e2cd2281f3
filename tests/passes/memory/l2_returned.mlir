// CHECK: memory in l2 leaves the kernel
// CHECK-NEXT: note: it is at reverb.dsp:7:7
builtin.module {
  func.func @helper() -> memref<8xf32> {
    %p = dsp_mem.alloc <l2> "local" block : memref<8xf32>
    func.return %p : memref<8xf32> loc("reverb.dsp":7:7)
  }
}
