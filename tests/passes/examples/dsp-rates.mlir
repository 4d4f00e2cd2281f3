// The sine of a control changes no more often than the control.
// pipeline: dsp-rates
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
    %gain = dsp.read_widget {widget = @gain} : () -> !dsp.signal<f32, block>
    %h = dsp.sin %gain : (!dsp.signal<f32, block>) -> !dsp.signal<f32, sample>
    %y = dsp.mul %x, %h : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    dsp.yield %y : (!dsp.signal<f32, sample>) -> ()
  }
}
// -----
builtin.module {
  dsp.program @example f32 metadata [["name", "example"]] ui {
    dsp.group vgroup "example" [] {
      dsp.widget @gain hslider "gain" [] {min = 0.000000e+00 : f64, max = 1.000000e+00 : f64, init = 5.000000e-01 : f64, step = 1.000000e-02 : f64}
    }
  } body {
  ^bb0(%x: !dsp.signal<f32, sample>):
    %gain = dsp.read_widget {widget = @gain} : () -> !dsp.signal<f32, block>
    %h = dsp.sin %gain : (!dsp.signal<f32, block>) -> !dsp.signal<f32, block>
    %y = dsp.mul %x, %h : (!dsp.signal<f32, sample>, !dsp.signal<f32, block>) -> !dsp.signal<f32, sample>
    dsp.yield %y : (!dsp.signal<f32, sample>) -> ()
  }
}
