// The square root of a control is computed once for many calls.
// pipeline: dsp-separate-control
// before: func @compute
// after: buffer @fSlow|func @(control|compute)
// -----
builtin.module {
  dsp.lowered @"chain-e" f32 inputs 1 outputs 1 metadata [["filename", "chain-e.dsp"], ["name", "chain-e"]] ui {
    dsp.group vgroup "chain-e" [] {
      dsp.widget @gain hslider "gain" [] {min = 0.000000e+00 : f64, max = 1.000000e+00 : f64, init = 5.000000e-01 : f64, step = 1.000000e-02 : f64}
    }
  }
  dsp_mem.buffer @gain : memref<f32> instance zone {init = 5.000000e-01 : f32}
  func.func @class_init(%0: i32) {
    func.return
  }
  func.func @instance_constants(%0: i32) {
    func.return
  }
  func.func @instance_clear() {
    func.return
  }
  func.func @compute(%0: index, %in0: memref<?xf32>, %out0: memref<?xf32>) {
    %1 = arith.constant 0 : index
    %2 = dsp_mem.get @gain : memref<f32>
    %3 = arith.constant 1 : index
    %4 = memref.load %2[] : memref<f32>
    %5 = math.sqrt %4 : f32
    scf.for %6 = %1 to %0 step %3 {
      %7 = memref.load %in0[%6] : memref<?xf32>
      %process = arith.mulf %5, %7 : f32
      memref.store %process, %out0[%6] : memref<?xf32>
    }
    func.return
  }
}
// -----
builtin.module {
  dsp.lowered @"chain-e" f32 inputs 1 outputs 1 metadata [["filename", "chain-e.dsp"], ["name", "chain-e"]] ui {
    dsp.group vgroup "chain-e" [] {
      dsp.widget @gain hslider "gain" [] {min = 0.000000e+00 : f64, max = 1.000000e+00 : f64, init = 5.000000e-01 : f64, step = 1.000000e-02 : f64}
    }
  }
  dsp_mem.buffer @gain : memref<f32> instance zone {init = 5.000000e-01 : f32}
  dsp_mem.buffer @fSlow0 : memref<f32> instance constant
  func.func @class_init(%0: i32) {
    func.return
  }
  func.func @instance_constants(%0: i32) {
    %1 = arith.constant 0.000000e+00 : f32
    %2 = dsp_mem.get @fSlow0 : memref<f32>
    memref.store %1, %2[] : memref<f32>
    func.return
  }
  func.func @instance_clear() {
    func.return
  }
  func.func @control() {
    %0 = dsp_mem.get @gain : memref<f32>
    %1 = memref.load %0[] : memref<f32>
    %2 = math.sqrt %1 : f32
    %3 = dsp_mem.get @fSlow0 : memref<f32>
    memref.store %2, %3[] : memref<f32>
    func.return
  }
  func.func @compute(%0: index, %in0: memref<?xf32>, %out0: memref<?xf32>) {
    %1 = arith.constant 0 : index
    %2 = arith.constant 1 : index
    %3 = dsp_mem.get @fSlow0 : memref<f32>
    %4 = memref.load %3[] : memref<f32>
    scf.for %5 = %1 to %0 step %2 {
      %6 = memref.load %in0[%5] : memref<?xf32>
      %process = arith.mulf %4, %6 : f32
      memref.store %process, %out0[%5] : memref<?xf32>
    }
    func.return
  }
}
