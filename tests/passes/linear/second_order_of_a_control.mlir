// Its input is constant in a call.
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
      %e = dsp.delay %p {offset = 2 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %m = dsp.mul %k, %d : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %r = dsp.mul %k, %e : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %t = dsp.add %k, %r : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %s = dsp.add %t, %m : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %s : (!dsp.signal<f32, sample>) -> ()
    }
    dsp.yield %y : (!dsp.signal<f32, sample>) -> ()
  }
}
