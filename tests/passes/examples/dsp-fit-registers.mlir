// Without a vector unit, and with functions that preserve no floating-point register: the state and
// the gain are in memory while `sin` runs, and so they stay there.
// pipeline: dsp-fit-registers{machine="xtensa-lx7"}
// before: func.func @compute
// after: func.func @compute
// -----
builtin.module {
  dsp.lowered @ex f32 inputs 1 outputs 1 metadata [["filename", "ex.dsp"], ["name", "ex"]] ui {
    dsp.group vgroup "ex" [] {
    }
  }
  dsp_mem.buffer @fRec0 : memref<f32> instance state
  dsp_mem.buffer @fConst0 : memref<f32> instance constant
  func.func @class_init(%0: i32) {
    func.return
  }
  func.func @instance_constants(%0: i32) {
    %1 = arith.constant 1.000000e+00 : f32
    %2 = dsp_mem.get @fConst0 : memref<f32>
    %3 = arith.sitofp %0 : i32 to f32
    %4 = arith.divf %1, %3 : f32
    memref.store %4, %2[] : memref<f32>
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
    %3 = dsp_mem.get @fConst0 : memref<f32>
    %4 = dsp_mem.get @fRec0 : memref<f32>
    %5 = arith.constant 1 : index
    %6 = memref.load %3[] : memref<f32>
    %7 = memref.load %4[] : memref<f32>
    %8 = scf.for %9 = %1 to %0 step %5 iter_args(%10 = %7) -> (f32) {
      %11 = memref.load %in0[%9] : memref<?xf32>
      %12 = arith.mulf %2, %10 : f32
      %13 = arith.addf %12, %11 {dsp.first = 1 : i64} : f32
      %14 = math.sin %13 : f32
      %process = arith.mulf %6, %14 : f32
      memref.store %process, %out0[%9] : memref<?xf32>
      scf.yield %13 : f32
    }
    memref.store %8, %4[] : memref<f32>
    func.return
  }
}
// -----
builtin.module {
  dsp.lowered @ex f32 inputs 1 outputs 1 metadata [["filename", "ex.dsp"], ["name", "ex"]] ui {
    dsp.group vgroup "ex" [] {
    }
  }
  dsp_mem.buffer @fRec0 : memref<f32> instance state
  dsp_mem.buffer @fConst0 : memref<f32> instance constant
  func.func @class_init(%0: i32) {
    func.return
  }
  func.func @instance_constants(%0: i32) {
    %1 = arith.constant 1.000000e+00 : f32
    %2 = dsp_mem.get @fConst0 : memref<f32>
    %3 = arith.sitofp %0 : i32 to f32
    %4 = arith.divf %1, %3 : f32
    memref.store %4, %2[] : memref<f32>
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
    %3 = dsp_mem.get @fConst0 : memref<f32>
    %4 = dsp_mem.get @fRec0 : memref<f32>
    %5 = arith.constant 1 : index
    scf.for %6 = %1 to %0 step %5 {
      %7 = memref.load %in0[%6] : memref<?xf32>
      %8 = memref.load %4[] : memref<f32>
      %9 = arith.mulf %2, %8 : f32
      %10 = arith.addf %9, %7 {dsp.first = 1 : i64} : f32
      memref.store %10, %4[] : memref<f32>
      %11 = math.sin %10 : f32
      %12 = memref.load %3[] : memref<f32>
      %process = arith.mulf %12, %11 : f32
      memref.store %process, %out0[%6] : memref<?xf32>
    }
    func.return
  }
}
