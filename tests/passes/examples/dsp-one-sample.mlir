// The loop of a filter of two inputs becomes straight-line code for one frame.
// pipeline: dsp-one-sample
// before: func @compute
// after: func @frame
// -----
builtin.module {
  dsp.lowered @"chain-e" f32 inputs 2 outputs 1 metadata [["filename", "chain-e.dsp"], ["name", "chain-e"]] ui {
    dsp.group vgroup "chain-e" [] {
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
  func.func @compute(%0: index, %in0: memref<?xf32>, %in1: memref<?xf32>, %out0: memref<?xf32>) {
    %1 = arith.constant 0 : index
    %2 = arith.constant 5.000000e-01 : f32
    %3 = dsp_mem.get @process_state : memref<f32>
    %4 = arith.constant 1 : index
    %5 = memref.load %3[] : memref<f32>
    %6 = scf.for %7 = %1 to %0 step %4 iter_args(%process = %5) -> (f32) {
      %8 = memref.load %in0[%7] : memref<?xf32>
      %9 = memref.load %in1[%7] : memref<?xf32>
      %10 = arith.addf %8, %9 : f32
      %11 = arith.mulf %2, %process : f32
      %process_1 = arith.addf %11, %10 {dsp.first = 1 : i64} : f32
      memref.store %process_1, %out0[%7] : memref<?xf32>
      scf.yield %process_1 : f32
    }
    memref.store %6, %3[] : memref<f32>
    func.return
  }
}
// -----
builtin.module {
  dsp.lowered @"chain-e" f32 inputs 2 outputs 1 metadata [["filename", "chain-e.dsp"], ["name", "chain-e"]] ui {
    dsp.group vgroup "chain-e" [] {
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
  func.func @compute(%0: index, %in0: memref<?xf32>, %in1: memref<?xf32>, %out0: memref<?xf32>) {
    %1 = arith.constant 0 : index
    %2 = arith.constant 5.000000e-01 : f32
    %3 = dsp_mem.get @process_state : memref<f32>
    %4 = arith.constant 1 : index
    %5 = memref.load %3[] : memref<f32>
    %6 = scf.for %7 = %1 to %0 step %4 iter_args(%process = %5) -> (f32) {
      %8 = memref.load %in0[%7] : memref<?xf32>
      %9 = memref.load %in1[%7] : memref<?xf32>
      %10 = arith.addf %8, %9 : f32
      %11 = arith.mulf %2, %process : f32
      %process_1 = arith.addf %11, %10 {dsp.first = 1 : i64} : f32
      memref.store %process_1, %out0[%7] : memref<?xf32>
      scf.yield %process_1 : f32
    }
    memref.store %6, %3[] : memref<f32>
    func.return
  }
  func.func @frame(%inputs: memref<2xf32>, %outputs: memref<1xf32>) {
    %0 = arith.constant 0 : index
    %1 = arith.constant 1 : index
    %2 = arith.constant 0 : index
    %3 = arith.constant 5.000000e-01 : f32
    %4 = dsp_mem.get @process_state : memref<f32>
    %5 = arith.constant 1 : index
    %process = memref.load %4[] : memref<f32>
    %6 = arith.constant 0 : index
    %7 = memref.load %inputs[%6] : memref<2xf32>
    %8 = arith.constant 1 : index
    %9 = memref.load %inputs[%8] : memref<2xf32>
    %10 = arith.addf %7, %9 : f32
    %11 = arith.mulf %3, %process : f32
    %process_1 = arith.addf %11, %10 {dsp.first = 1 : i64} : f32
    %12 = arith.constant 0 : index
    memref.store %process_1, %outputs[%12] : memref<1xf32>
    memref.store %process_1, %4[] : memref<f32>
    func.return
  }
}
