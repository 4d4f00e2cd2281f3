// The recursion has a loop of its own, and leaves a row of 32 values for a loop without a loop-carried dependence.
// pipeline: dsp-split-loops{lanes=0 loop-variant=1}
// before: = dsp\.|dsp\.yield
// after: scf.for %first
// -----
builtin.module {
  dsp.program @example f32 metadata [["name", "example"]] ui {
    dsp.group vgroup "example" [] {
    }
  } body {
  ^bb0(%0: !dsp.signal<f32, sample>):
    %1 = dsp.constant {value = 5.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %2 = dsp.rec {
    ^bb0(%3: !dsp.signal<f32, sample>):
      %4 = dsp.delay %3 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %5 = dsp.mul %1, %4 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %6 = dsp.add %5, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %6 : (!dsp.signal<f32, sample>) -> ()
    }
    %7 = dsp.sin %2 : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %process = dsp.exp %7 : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    dsp.yield %process : (!dsp.signal<f32, sample>) -> ()
  }
}
// -----
builtin.module {
  dsp.lowered @example f32 inputs 1 outputs 1 metadata [["name", "example"]] ui {
    dsp.group vgroup "example" [] {
    }
  }
  dsp_mem.buffer @fRec0 : memref<f32> instance state
  dsp_mem.buffer @fZec0 : memref<32xf32> block scratch
  func.func @class_init(%0: i32) {
    func.return
  }
  func.func @instance_constants(%0: i32) {
    func.return
  }
  func.func @instance_clear() {
    %0 = arith.constant 0.000000e+00 : f32
    %1 = dsp_mem.get @fRec0 : memref<f32>
    memref.store %0, %1[] : memref<f32>
    func.return
  }
  func.func @compute(%0: index, %in0: memref<?xf32>, %out0: memref<?xf32>) {
    %1 = arith.constant 0 : index
    %2 = arith.constant 5.000000e-01 : f32
    %3 = dsp_mem.get @fZec0 : memref<32xf32>
    %4 = dsp_mem.get @fRec0 : memref<f32>
    %5 = arith.constant 1 : index
    %6 = arith.constant 32 : index
    scf.for %first = %1 to %0 step %6 {
      %7 = arith.subi %0, %first : index
      %length = arith.minsi %7, %6 : index
      dsp_par.loop recursive reads(%in0 : memref<?xf32>) writes(%3, %4 : memref<32xf32>, memref<f32>) {
        %in0_1 = dsp_par.window %in0[%first] : memref<?xf32> -> memref<?xf32>
        %8 = memref.load %4[] : memref<f32>
        %9 = scf.for %i = %1 to %length step %5 iter_args(%10 = %8) -> (f32) {
          %11 = arith.mulf %2, %10 : f32
          %12 = memref.load %in0_1[%i] : memref<?xf32>
          %13 = arith.addf %11, %12 {dsp.first = 1 : i64} : f32
          memref.store %13, %3[%i] : memref<32xf32>
          scf.yield %13 : f32
        }
        memref.store %9, %4[] : memref<f32>
        dsp_par.yield
      }
      dsp_par.loop free reads(%3 : memref<32xf32>) writes(%out0 : memref<?xf32>) {
        %out0_1 = dsp_par.window %out0[%first] : memref<?xf32> -> memref<?xf32>
        scf.for %i_1 = %1 to %length step %5 {
          %14 = memref.load %3[%i_1] : memref<32xf32>
          %15 = math.sin %14 : f32
          %process = math.exp %15 : f32
          memref.store %process, %out0_1[%i_1] : memref<?xf32>
        }
        dsp_par.yield
      }
    }
    func.return
  }
}
