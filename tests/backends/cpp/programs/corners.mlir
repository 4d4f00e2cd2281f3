builtin.module {
  dsp.lowered @mydsp f32 inputs 2 outputs 4 metadata [["name", "corners"]] ui {
    dsp.group vgroup "corners" [] {
      dsp.widget @fSound0 soundfile "voice" [["url", "{'missing.wav'}"]] {}
      dsp.widget @fCheckbox0 checkbox "on" []
    }
  }
  dsp_mem.buffer @fCheckbox0 : memref<f32> instance zone
  dsp_mem.buffer @scratch : memref<64xf32> block scratch
  dsp_mem.buffer @class : memref<i32> instance state
  func.func private @fmodf(f32, f32) -> f32
  func.func private @exp10f(f32) -> f32
  func.func private @hypotf(f32, f32) -> f32 attributes {include = "<math.h>", library = "\"m\""}
  func.func private @class_init(%rate: i32) { func.return }
  func.func private @instance_constants(%rate: i32) { func.return }
  func.func private @instance_clear() {
    %lowest = arith.constant -2147483648 : i32
    %p = dsp_mem.get @class : memref<i32>
    memref.store %lowest, %p[] : memref<i32>
    func.return
  }
  func.func private @compute(%count: index, %in0: memref<?xf32>, %in1: memref<?xf32>, %out0: memref<?xf32>, %out1: memref<?xf32>, %out2: memref<?xf32>, %out3: memref<?xf32>) {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c63 = arith.constant 63 : index
    %m63 = arith.constant 63 : i32
    %zero = arith.constant 0 : i32
    %three = arith.constant 3 : i32
    %lowest = arith.constant -2147483648 : i32
    %true = arith.constant true
    %nan = arith.constant 0x7FC00000 : f32
    %inf = arith.constant 0x7F800000 : f32
    %minus0 = arith.constant -0.0 : f32
    %p = dsp_mem.get @class : memref<i32>
    %scratch = dsp_mem.get @scratch : memref<64xf32>
    %sound = dsp.soundfile {slot = @fSound0} : () -> !dsp.soundfile_handle
    %n0 = memref.load %p[] : memref<i32>
    %n1 = scf.for %i = %c0 to %count step %c1 iter_args(%template = %n0) -> (i32) {
      %x = memref.load %in0[%i] : memref<?xf32>
      %y = memref.load %in1[%i] : memref<?xf32>
      %lt = arith.cmpf olt, %x, %y : f32
      %ge = arith.cmpf uge, %x, %minus0 : f32
      %both = arith.andi %lt, %ge : i1
      %neither = arith.xori %both, %true : i1
      %least = arith.select %neither, %x, %y : f32
      %bound = arith.minimumf %least, %inf : f32
      %r = func.call @fmodf(%bound, %y) : (f32, f32) -> f32
      memref.store %r, %out0[%i] : memref<?xf32>
      %n = arith.subi %template, %three : i32
      %index = arith.andi %n, %m63 : i32
      %at = arith.index_cast %index : i32 to index
      %down = arith.negf %x : f32
      %up = arith.negf %down : f32
      memref.store %up, %scratch[%at] : memref<64xf32>
      %q = memref.load %scratch[%at] : memref<64xf32>
      %h = func.call @hypotf(%q, %y) : (f32, f32) -> f32
      memref.store %h, %out1[%i] : memref<?xf32>
      %s = dsp.soundfile_read %sound, %zero, %n {channel = 0} : (!dsp.soundfile_handle, i32, i32) -> f32
      %length = dsp.soundfile_length %sound, %n : (!dsp.soundfile_handle, i32) -> i32
      %fl = arith.sitofp %length : i32 to f32
      %both2 = arith.addf %s, %fl : f32
      memref.store %both2, %out2[%i] : memref<?xf32>
      %edge = arith.cmpi eq, %n, %lowest : i32
      %ei = arith.extui %edge : i1 to i32
      %shifted = arith.shli %ei, %three : i32
      %mixed = arith.ori %shifted, %index : i32
      %fm = arith.sitofp %mixed : i32 to f32
      %odd = arith.select %edge, %nan, %fm : f32
      memref.store %odd, %out3[%i] : memref<?xf32>
      scf.yield %n : i32
    }
    memref.store %n1, %p[] : memref<i32>
    func.return
  }
}
