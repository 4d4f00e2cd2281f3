// CHECK: this memory is used after its free
// CHECK-NEXT: note: it is at reverb.dsp:7:7
builtin.module {
  func.func @create() {
    dsp_mem.heap_init <ddr> {bytes = 4096 : i64}
    %i = arith.constant 0 : index
    %p = dsp_mem.alloc <ddr> "heap" block : memref<8xf32>
    %q = dsp_mem.realloc %p : memref<8xf32> -> memref<16xf32>
    %x = memref.load %p[%i] : memref<8xf32> loc("reverb.dsp":7:7)
    dsp_mem.free <ddr> "heap" %q : memref<16xf32>
    func.return
  }
}
