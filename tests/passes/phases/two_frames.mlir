// A past of two frames.
// CHECK-NOT: dsp.phase
// CHECK: = dsp.rec {
// CHECK-NOT: dsp.shr
builtin.module {
  dsp.program @example f32 metadata [["name", "example"]] ui {
    dsp.group vgroup "example" [] {
      dsp.widget @step hslider "step" [] {min = -2.000000e+00 : f64, max = 2.000000e+00 : f64, init = 1.000000e-01 : f64, step = 1.000000e-03 : f64}
    }
  } body {
  ^bb0(%x: !dsp.signal<f32, sample>):
    %k = dsp.read_widget {widget = @step} : () -> !dsp.signal<f32, block>
    %phase = dsp.rec {
    ^bb0(%p: !dsp.signal<f32, sample>):
      %d = dsp.delay %p {offset = 2 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %n = dsp.add %d, %k : (!dsp.signal<f32, sample>, !dsp.signal<f32, block>) -> !dsp.signal<f32, sample>
      %f = dsp.floor %n : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %y = dsp.sub %n, %f : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %y : (!dsp.signal<f32, sample>) -> ()
    }
    dsp.yield %phase : (!dsp.signal<f32, sample>) -> ()
  }
}
