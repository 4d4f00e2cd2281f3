// A frame reads the element that another one writes.
// CHECK: error[E0505]: compute races: memref.store writes a, and it may run at once with memref.load
builtin.module {
  dsp_mem.buffer @a : memref<32xf32> block scratch
  func.func @compute(%count: index, %in0: memref<?xf32>, %out0: memref<?xf32>) {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %n = arith.constant 31 : index
    %x = arith.constant 1.000000e+00 : f32
    %a = dsp_mem.get @a : memref<32xf32>

    dsp_par.parallel {
      dsp_par.for {
        dsp_par.loop free writes(%a : memref<32xf32>) {
          scf.for %i = %c0 to %n step %c1 {
            %next = arith.addi %i, %c1 : index
            %y = memref.load %a[%next] : memref<32xf32>
            memref.store %y, %a[%i] : memref<32xf32>
          }
          dsp_par.yield
        }
        dsp_par.yield
      }
      dsp_par.yield
    }
    func.return
  }
}
