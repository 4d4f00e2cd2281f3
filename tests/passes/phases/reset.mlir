// A reset to another phase: the recursion is one of integers, but no sum.
// CHECK-NOT: dsp.phase
// CHECK: dsp.select2
// CHECK: dsp.min
builtin.module {
  dsp.program @example f32 metadata [["name", "example"]] ui {
    dsp.group vgroup "example" [] {
      dsp.widget @step hslider "step" [] {min = -2.000000e+00 : f64, max = 2.000000e+00 : f64, init = 1.000000e-01 : f64, step = 1.000000e-03 : f64}
    }
  } body {
  ^bb0(%x: !dsp.signal<f32, sample>):
    %k = dsp.read_widget {widget = @step} : () -> !dsp.signal<f32, block>
    %q = dsp.constant {value = 2.500000e-01 : f32} : () -> !dsp.signal<f32, const>
    %g = dsp.int %x : (!dsp.signal<f32, sample>) -> !dsp.signal<i32, sample>
    %phase = dsp.rec {
    ^bb0(%p: !dsp.signal<f32, sample>):
      %d = dsp.delay %p {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %m = dsp.add %d, %k : (!dsp.signal<f32, sample>, !dsp.signal<f32, block>) -> !dsp.signal<f32, sample>
      %n = dsp.select2 %g, %m, %q : (!dsp.signal<i32, sample>, !dsp.signal<f32, sample>, !dsp.signal<f32, const>) -> !dsp.signal<f32, sample>
      %f = dsp.floor %n : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %y = dsp.sub %n, %f : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %y : (!dsp.signal<f32, sample>) -> ()
    }
    dsp.yield %phase : (!dsp.signal<f32, sample>) -> ()
  }
}
