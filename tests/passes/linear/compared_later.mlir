// The same, where a delay of another recursion lies between.
// CHECK-NOT: dsp.linear
// CHECK: dsp.rec
// CHECK-NOT: dsp.linear
builtin.module {
  dsp.program @example f32 metadata [["name", "example"]] ui {
  } body {
  ^bb0(%x: !dsp.signal<f32, sample>, %n: !dsp.signal<i32, sample>):
    %k = dsp.constant {value = 5.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %y = dsp.rec {
    ^bb0(%p: !dsp.signal<f32, sample>):
      %d = dsp.delay %p {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %m = dsp.mul %k, %d : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %s = dsp.add %m, %k : (!dsp.signal<f32, sample>, !dsp.signal<f32, const>) -> !dsp.signal<f32, sample>
      dsp.yield %s : (!dsp.signal<f32, sample>) -> ()
    }
    %z = dsp.rec {
    ^bb0(%q: !dsp.signal<f32, sample>):
      %e = dsp.delay %q {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %f = dsp.mul %e, %y : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %g = dsp.add %f, %x : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %g : (!dsp.signal<f32, sample>) -> ()
    }
    %w = dsp.delay %z {offset = 9 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %i = dsp.floor %w : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    dsp.yield %i : (!dsp.signal<f32, sample>) -> ()
  }
}
