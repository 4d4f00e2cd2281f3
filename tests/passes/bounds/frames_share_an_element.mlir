// Two frames of a distributed loop write the same element.
// CHECK: error[E0505]: compute races: memref.store writes a, and it may run at once with memref.store
builtin.module {
  dsp_mem.buffer @a : memref<32xf32> block scratch
  func.func @compute(%count: index, %in0: memref<?xf32>, %out0: memref<?xf32>) {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %n = arith.constant 32 : index
    %x = arith.constant 1.000000e+00 : f32
    %a = dsp_mem.get @a : memref<32xf32>
    %two = arith.constant 2 : index
    dsp_par.parallel {
      dsp_par.for {
        dsp_par.loop free writes(%a : memref<32xf32>) {
          scf.for %i = %c0 to %n step %c1 {
            %odd = arith.remsi %i, %two : index
            %even = arith.subi %i, %odd : index
            memref.store %x, %a[%even] : memref<32xf32>
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
