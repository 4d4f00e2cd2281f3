// Constants and controls are multiplied first: once in a call, not once a frame.
// pipeline: dsp-simplify
// before: = dsp\.|dsp\.yield
// after: = dsp\.|dsp\.yield
// -----
builtin.module {
  dsp.program @example f32 metadata [["name", "example"]] ui {
    dsp.group vgroup "example" [] {
      dsp.widget @gain hslider "gain" [] {min = 0.000000e+00 : f64, max = 1.000000e+00 : f64, init = 5.000000e-01 : f64, step = 1.000000e-02 : f64}
    }
  } body {
  ^bb0(%x: !dsp.signal<f32, sample>):
    %a = dsp.constant {value = 2.000000e+00 : f32} : () -> !dsp.signal<f32, const>
    %gain = dsp.read_widget {widget = @gain} : () -> !dsp.signal<f32, block>
    %b = dsp.mul %x, %a : (!dsp.signal<f32, sample>, !dsp.signal<f32, const>) -> !dsp.signal<f32, sample>
    %c = dsp.mul %b, %gain : (!dsp.signal<f32, sample>, !dsp.signal<f32, block>) -> !dsp.signal<f32, sample>
    dsp.yield %c : (!dsp.signal<f32, sample>) -> ()
  }
}
// -----
builtin.module {
  dsp.program @example f32 metadata [["name", "example"]] ui {
    dsp.group vgroup "example" [] {
      dsp.widget @gain hslider "gain" [] {min = 0.000000e+00 : f64, max = 1.000000e+00 : f64, init = 5.000000e-01 : f64, step = 1.000000e-02 : f64}
    }
  } body {
  ^bb0(%0: !dsp.signal<f32, sample>):
    %a = dsp.constant {value = 2.000000e+00 : f32} : () -> !dsp.signal<f32, const>
    %gain = dsp.read_widget {widget = @gain} : () -> !dsp.signal<f32, block>
    %c = dsp.mul %a, %gain : (!dsp.signal<f32, const>, !dsp.signal<f32, block>) -> !dsp.signal<f32, block>
    %c_1 = dsp.mul %c, %0 : (!dsp.signal<f32, block>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    dsp.yield %c_1 : (!dsp.signal<f32, sample>) -> ()
  }
}
