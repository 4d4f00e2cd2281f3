// The state of a first-order filter is a value that the loop carries.
// pipeline: dsp-lower-to-loops
// before: dsp.rec
// after: dsp_mem.buffer|func @compute
// -----
builtin.module {
  dsp.program @example f32 metadata [["name", "example"]] ui {
    dsp.group vgroup "example" [] {
    }
  } body {
  ^bb0(%0: !dsp.signal<f32, sample>):
    %1 = dsp.constant {value = 5.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %process = dsp.rec {
    ^bb0(%process_1: !dsp.signal<f32, sample>):
      %2 = dsp.delay %process_1 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %3 = dsp.mul %1, %2 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %process_2 = dsp.add %3, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %process_2 : (!dsp.signal<f32, sample>) -> ()
    }
    dsp.yield %process : (!dsp.signal<f32, sample>) -> ()
  }
}
// -----
builtin.module {
  dsp.lowered @example f32 inputs 1 outputs 1 metadata [["name", "example"]] ui {
    dsp.group vgroup "example" [] {
    }
  }
  dsp_mem.buffer @process_state : memref<f32> instance state
  func.func @class_init(%0: i32) {
    func.return
  }
  func.func @instance_constants(%0: i32) {
    func.return
  }
  func.func @instance_clear() {
    %0 = arith.constant 0.000000e+00 : f32
    %1 = dsp_mem.get @process_state : memref<f32>
    memref.store %0, %1[] : memref<f32>
    func.return
  }
  func.func @compute(%0: index, %in0: memref<?xf32>, %out0: memref<?xf32>) {
    %1 = arith.constant 0 : index
    %2 = arith.constant 5.000000e-01 : f32
    %3 = dsp_mem.get @process_state : memref<f32>
    %4 = arith.constant 1 : index
    %5 = memref.load %3[] : memref<f32>
    %6 = scf.for %7 = %1 to %0 step %4 iter_args(%process = %5) -> (f32) {
      %8 = memref.load %in0[%7] : memref<?xf32>
      %9 = arith.mulf %2, %process : f32
      %process_1 = arith.addf %9, %8 {dsp.first = 1 : i64} : f32
      memref.store %process_1, %out0[%7] : memref<?xf32>
      scf.yield %process_1 : f32
    }
    memref.store %6, %3[] : memref<f32>
    func.return
  }
}
