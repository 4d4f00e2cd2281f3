// The slider's range bounds the delay.
// pipeline: dsp-size-delays
// before: dsp.widget|dsp.delay
// after: dsp.delay
// -----
builtin.module {
  dsp.program @example f32 metadata [["name", "example"]] ui {
    dsp.group vgroup "example" [] {
      dsp.widget @frames hslider "frames" [] {min = 0.000000e+00 : f64, max = 4.095000e+03 : f64, init = 3.000000e+00 : f64, step = 1.000000e+00 : f64}
    }
  } body {
  ^bb0(%0: !dsp.signal<f32, sample>):
    %1 = dsp.read_widget {widget = @frames} : () -> !dsp.signal<f32, block>
    %2 = dsp.int %1 : (!dsp.signal<f32, block>) -> !dsp.signal<i32, block>
    %process = dsp.delay %0, %2 {offset = 0 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<i32, block>) -> !dsp.signal<f32, sample>
    dsp.yield %process : (!dsp.signal<f32, sample>) -> ()
  }
}
// -----
builtin.module {
  dsp.program @example f32 metadata [["name", "example"]] ui {
    dsp.group vgroup "example" [] {
      dsp.widget @frames hslider "frames" [] {min = 0.000000e+00 : f64, max = 4.095000e+03 : f64, init = 3.000000e+00 : f64, step = 1.000000e+00 : f64}
    }
  } body {
  ^bb0(%0: !dsp.signal<f32, sample>):
    %1 = dsp.read_widget {widget = @frames} : () -> !dsp.signal<f32, block>
    %2 = dsp.int %1 : (!dsp.signal<f32, block>) -> !dsp.signal<i32, block>
    %process = dsp.delay %0, %2 {offset = 0 : i64, max = 4095 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<i32, block>) -> !dsp.signal<f32, sample>
    dsp.yield %process : (!dsp.signal<f32, sample>) -> ()
  }
}
