builtin.module {
  dsp.lowered @mydsp f32 inputs 1 outputs 1 metadata [["author", "A \"quoted\" name"], ["name", "one pole"]] ui {
    dsp.group vgroup "one pole" [["tooltip", "filter"]] {
      dsp.widget @fHslider0 hslider "gain" [["1", ""], ["unit", "dB"]] {init = 0.5 : f64, min = 0.0 : f64, max = 1.0 : f64, step = 0.01 : f64}
      dsp.widget @fHbargraph0 hbargraph "level" [] {min = -60.0 : f64, max = 5.0 : f64}
    }
  }
  dsp_mem.buffer @fHslider0 : memref<f32> instance zone
  dsp_mem.buffer @fHbargraph0 : memref<f32> instance zone
  dsp_mem.buffer @fConst0 : memref<f32> instance constant
  dsp_mem.buffer @fRec0 : memref<f32> instance state
  func.func private @class_init(%rate: i32) { func.return }
  func.func private @instance_constants(%rate: i32) {
    %f = arith.sitofp %rate : i32 to f32
    %one = arith.constant 1.0 : f32
    %x = arith.divf %one, %f : f32
    %c = dsp_mem.get @fConst0 : memref<f32>
    memref.store %x, %c[] : memref<f32>
    func.return
  }
  func.func private @instance_clear() {
    %zero = arith.constant 0.0 : f32
    %c = dsp_mem.get @fRec0 : memref<f32>
    memref.store %zero, %c[] : memref<f32>
    func.return
  }
  func.func private @compute(%count: index, %in0: memref<?xf32>, %out0: memref<?xf32>) {
    %zone = dsp_mem.get @fHslider0 : memref<f32>
    %bar = dsp_mem.get @fHbargraph0 : memref<f32>
    %state = dsp_mem.get @fRec0 : memref<f32>
    %k = dsp_mem.get @fConst0 : memref<f32>
    %g = memref.load %zone[] : memref<f32>
    %period = memref.load %k[] : memref<f32>
    %gain = arith.mulf %g, %period : f32
    %before = memref.load %state[] : memref<f32>
    %pole = arith.constant 0.9 : f32
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %after = scf.for %i = %c0 to %count step %c1 iter_args(%y1 = %before) -> (f32) {
      %x = memref.load %in0[%i] : memref<?xf32>
      %gx = arith.mulf %x, %gain : f32
      %py = arith.mulf %y1, %pole : f32
      %y = arith.addf %gx, %py : f32
      memref.store %y, %bar[] : memref<f32>
      memref.store %y, %out0[%i] : memref<?xf32>
      scf.yield %y : f32
    }
    memref.store %after, %state[] : memref<f32>
    func.return
  }
}
