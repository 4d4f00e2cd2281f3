// CHECK: a loop frees memory that it did not allocate
// CHECK-NEXT: note: it is at reverb.dsp:8:7
builtin.module {
  func.func @create() {
    dsp_mem.heap_init <ddr> {bytes = 4096 : i64}
    %p = dsp_mem.alloc <ddr> "heap" instance named @state : memref<8xf32>
    func.return
  }
  func.func @destroy() {
    %p = dsp_mem.get @state : memref<8xf32>
    %i = arith.constant 0 : index
    %n = arith.constant 4 : index
    %s = arith.constant 1 : index
    scf.for %j = %i to %n step %s {
      dsp_mem.free <ddr> "heap" %p : memref<8xf32>
    } loc("reverb.dsp":8:7)
    func.return
  }
}
