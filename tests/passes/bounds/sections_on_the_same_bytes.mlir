// Two sections write buffers that placement put on the same bytes.
// CHECK: error[E0505]: compute races: memref.store writes a, and it may run at once with memref.store
builtin.module {
  dsp_mem.buffer @a : memref<32xf32> block scratch {space = #dsp_mem.space<l2>, allocator = "stack", offset = 0 : i64}
  dsp_mem.buffer @b : memref<32xf32> block scratch {space = #dsp_mem.space<l2>, allocator = "stack", offset = 64 : i64}
  func.func @compute(%count: index, %in0: memref<?xf32>, %out0: memref<?xf32>) {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %n = arith.constant 32 : index
    %x = arith.constant 1.000000e+00 : f32
    %a = dsp_mem.get @a : memref<32xf32>
    %b = dsp_mem.get @b : memref<32xf32>

    dsp_par.parallel {
      dsp_par.sections {
        dsp_par.section {
          dsp_par.loop free writes(%a : memref<32xf32>) {
          scf.for %i_a = %c0 to %n step %c1 {
            memref.store %x, %a[%i_a] : memref<32xf32>
          }
          dsp_par.yield
        }
          dsp_par.yield
        }
        dsp_par.section {
          dsp_par.loop free writes(%b : memref<32xf32>) {
          scf.for %i_b = %c0 to %n step %c1 {
            memref.store %x, %b[%i_b] : memref<32xf32>
          }
          dsp_par.yield
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
