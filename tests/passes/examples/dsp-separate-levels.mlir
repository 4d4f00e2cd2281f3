// The exponential of a control is computed once and carried in memory to the level that multiplies by it.
// pipeline: dsp-separate-levels
// before: func @compute
// after: buffer @carried|func @compute
// fold: dsp_par.(loop|sections)
// -----
builtin.module {
  dsp.lowered @example f32 inputs 2 outputs 1 metadata [["name", "example"]] ui {
    dsp.group vgroup "example" [] {
      dsp.widget @gain hslider "gain" [] {min = 0.000000e+00 : f64, max = 1.000000e+00 : f64, init = 5.000000e-01 : f64, step = 1.000000e-02 : f64}
    }
  }
  dsp_mem.buffer @gain : memref<f32> instance zone {init = 5.000000e-01 : f32}
  dsp_mem.buffer @fRec0 : memref<f32> instance state
  dsp_mem.buffer @fZec0 : memref<32xf32> block scratch
  dsp_mem.buffer @fRec1 : memref<f32> instance state
  dsp_mem.buffer @fZec1 : memref<32xf32> block scratch
  func.func @class_init(%0: i32) {
    func.return
  }
  func.func @instance_constants(%0: i32) {
    func.return
  }
  func.func @instance_clear() {
    %0 = arith.constant 0.000000e+00 : f32
    %1 = dsp_mem.get @fRec0 : memref<f32>
    %2 = dsp_mem.get @fRec1 : memref<f32>
    memref.store %0, %1[] : memref<f32>
    memref.store %0, %2[] : memref<f32>
    func.return
  }
  func.func @compute(%0: index, %in0: memref<?xf32>, %in1: memref<?xf32>, %out0: memref<?xf32>) {
    %1 = arith.constant 0 : index
    %2 = dsp_mem.get @gain : memref<f32>
    %3 = arith.constant 5.000000e-01 : f32
    %4 = dsp_mem.get @fZec0 : memref<32xf32>
    %5 = dsp_mem.get @fRec0 : memref<f32>
    %6 = arith.constant 1 : index
    %7 = arith.constant 2.500000e-01 : f32
    %8 = dsp_mem.get @fZec1 : memref<32xf32>
    %9 = dsp_mem.get @fRec1 : memref<f32>
    %10 = arith.constant 32 : index
    %g = memref.load %2[] : memref<f32>
    %11 = math.exp %g : f32
    dsp_par.parallel {
      scf.for %first = %1 to %0 step %10 {
        %12 = arith.subi %0, %first : index
        %length = arith.minsi %12, %10 : index
        dsp_par.sections {
          dsp_par.section {
            dsp_par.loop recursive reads(%in0 : memref<?xf32>) writes(%4, %5 : memref<32xf32>, memref<f32>) {
              %in0_1 = dsp_par.window %in0[%first] : memref<?xf32> -> memref<?xf32>
              %13 = memref.load %5[] : memref<f32>
              %14 = scf.for %i = %1 to %length step %6 iter_args(%15 = %13) -> (f32) {
                %16 = arith.mulf %3, %15 : f32
                %17 = math.sin %16 : f32
                %18 = memref.load %in0_1[%i] : memref<?xf32>
                %19 = arith.addf %17, %18 {dsp.first = 1 : i64} : f32
                memref.store %19, %4[%i] : memref<32xf32>
                scf.yield %19 : f32
              }
              memref.store %14, %5[] : memref<f32>
              dsp_par.yield
            }
            dsp_par.yield
          }
          dsp_par.section {
            dsp_par.loop recursive reads(%in1 : memref<?xf32>) writes(%8, %9 : memref<32xf32>, memref<f32>) {
              %in1_1 = dsp_par.window %in1[%first] : memref<?xf32> -> memref<?xf32>
              %20 = memref.load %9[] : memref<f32>
              %21 = scf.for %i_1 = %1 to %length step %6 iter_args(%22 = %20) -> (f32) {
                %23 = arith.mulf %7, %22 : f32
                %24 = math.cos %23 : f32
                %25 = memref.load %in1_1[%i_1] : memref<?xf32>
                %26 = arith.addf %24, %25 {dsp.first = 1 : i64} : f32
                memref.store %26, %8[%i_1] : memref<32xf32>
                scf.yield %26 : f32
              }
              memref.store %21, %9[] : memref<f32>
              dsp_par.yield
            }
            dsp_par.yield
          }
          dsp_par.yield
        }
        dsp_par.for {
          dsp_par.loop free reads(%4, %8 : memref<32xf32>, memref<32xf32>) writes(%out0 : memref<?xf32>) {
            %out0_1 = dsp_par.window %out0[%first] : memref<?xf32> -> memref<?xf32>
            scf.for %i_2 = %1 to %length step %6 {
              %27 = memref.load %4[%i_2] : memref<32xf32>
              %28 = memref.load %8[%i_2] : memref<32xf32>
              %29 = arith.addf %27, %28 : f32
              %process = arith.mulf %11, %29 : f32
              memref.store %process, %out0_1[%i_2] : memref<?xf32>
            }
            dsp_par.yield
          }
          dsp_par.yield
        }
      }
      dsp_par.yield
    }
    func.return
  }
}
// -----
builtin.module {
  dsp.lowered @example f32 inputs 2 outputs 1 metadata [["name", "example"]] ui {
    dsp.group vgroup "example" [] {
      dsp.widget @gain hslider "gain" [] {min = 0.000000e+00 : f64, max = 1.000000e+00 : f64, init = 5.000000e-01 : f64, step = 1.000000e-02 : f64}
    }
  }
  dsp_mem.buffer @gain : memref<f32> instance zone {init = 5.000000e-01 : f32}
  dsp_mem.buffer @fRec0 : memref<f32> instance state
  dsp_mem.buffer @fZec0 : memref<32xf32> block scratch
  dsp_mem.buffer @fRec1 : memref<f32> instance state
  dsp_mem.buffer @fZec1 : memref<32xf32> block scratch
  dsp_mem.buffer @carried0 : memref<f32> block scratch
  func.func @class_init(%0: i32) {
    func.return
  }
  func.func @instance_constants(%0: i32) {
    func.return
  }
  func.func @instance_clear() {
    %0 = arith.constant 0.000000e+00 : f32
    %1 = dsp_mem.get @fRec0 : memref<f32>
    %2 = dsp_mem.get @fRec1 : memref<f32>
    memref.store %0, %1[] : memref<f32>
    memref.store %0, %2[] : memref<f32>
    func.return
  }
  func.func @compute(%0: index, %in0: memref<?xf32>, %in1: memref<?xf32>, %out0: memref<?xf32>) {
    %1 = arith.constant 0 : index
    %2 = dsp_mem.get @gain : memref<f32>
    %3 = arith.constant 5.000000e-01 : f32
    %4 = dsp_mem.get @fZec0 : memref<32xf32>
    %5 = dsp_mem.get @fRec0 : memref<f32>
    %6 = arith.constant 1 : index
    %7 = arith.constant 2.500000e-01 : f32
    %8 = dsp_mem.get @fZec1 : memref<32xf32>
    %9 = dsp_mem.get @fRec1 : memref<f32>
    %10 = arith.constant 32 : index
    %g = memref.load %2[] : memref<f32>
    %11 = math.exp %g : f32
    %12 = dsp_mem.get @carried0 : memref<f32>
    memref.store %11, %12[] : memref<f32>
    %13 = dsp_mem.get @carried0 : memref<f32>
    %14 = memref.load %13[] : memref<f32>
    dsp_par.parallel {
      scf.for %first = %1 to %0 step %10 {
        %15 = arith.subi %0, %first : index
        %length = arith.minsi %15, %10 : index
        dsp_par.sections {
          dsp_par.section {
            dsp_par.loop recursive reads(%in0 : memref<?xf32>) writes(%4, %5 : memref<32xf32>, memref<f32>) {
              %in0_1 = dsp_par.window %in0[%first] : memref<?xf32> -> memref<?xf32>
              %16 = memref.load %5[] : memref<f32>
              %17 = scf.for %i = %1 to %length step %6 iter_args(%18 = %16) -> (f32) {
                %19 = arith.mulf %3, %18 : f32
                %20 = math.sin %19 : f32
                %21 = memref.load %in0_1[%i] : memref<?xf32>
                %22 = arith.addf %20, %21 {dsp.first = 1 : i64} : f32
                memref.store %22, %4[%i] : memref<32xf32>
                scf.yield %22 : f32
              }
              memref.store %17, %5[] : memref<f32>
              dsp_par.yield
            }
            dsp_par.yield
          }
          dsp_par.section {
            dsp_par.loop recursive reads(%in1 : memref<?xf32>) writes(%8, %9 : memref<32xf32>, memref<f32>) {
              %in1_1 = dsp_par.window %in1[%first] : memref<?xf32> -> memref<?xf32>
              %23 = memref.load %9[] : memref<f32>
              %24 = scf.for %i_1 = %1 to %length step %6 iter_args(%25 = %23) -> (f32) {
                %26 = arith.mulf %7, %25 : f32
                %27 = math.cos %26 : f32
                %28 = memref.load %in1_1[%i_1] : memref<?xf32>
                %29 = arith.addf %27, %28 {dsp.first = 1 : i64} : f32
                memref.store %29, %8[%i_1] : memref<32xf32>
                scf.yield %29 : f32
              }
              memref.store %24, %9[] : memref<f32>
              dsp_par.yield
            }
            dsp_par.yield
          }
          dsp_par.yield
        }
        dsp_par.for {
          dsp_par.loop free reads(%4, %8 : memref<32xf32>, memref<32xf32>) writes(%out0 : memref<?xf32>) {
            %out0_1 = dsp_par.window %out0[%first] : memref<?xf32> -> memref<?xf32>
            scf.for %i_2 = %1 to %length step %6 {
              %30 = memref.load %4[%i_2] : memref<32xf32>
              %31 = memref.load %8[%i_2] : memref<32xf32>
              %32 = arith.addf %30, %31 : f32
              %process = arith.mulf %14, %32 : f32
              memref.store %process, %out0_1[%i_2] : memref<?xf32>
            }
            dsp_par.yield
          }
          dsp_par.yield
        }
      }
      dsp_par.yield
    }
    func.return
  }
}
