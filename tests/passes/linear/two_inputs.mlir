// Two inputs, one of them subtracted, between the terms.
// CHECK: = dsp.linear {
// CHECK-NOT: dsp.rec
builtin.module {
  dsp.program @example f32 metadata [["name", "example"]] ui {
  } body {
  ^bb0(%x: !dsp.signal<f32, sample>, %n: !dsp.signal<i32, sample>):
    %k = dsp.constant {value = 5.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %z = dsp.abs %x : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %y = dsp.rec {
    ^bb0(%p: !dsp.signal<f32, sample>):
      %d = dsp.delay %p {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %e = dsp.delay %p {offset = 2 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %m = dsp.mul %k, %d : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %r = dsp.mul %k, %e : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %t = dsp.sub %m, %z : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %u = dsp.add %t, %x : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %s = dsp.add %u, %r : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %s : (!dsp.signal<f32, sample>) -> ()
    }
    dsp.yield %y : (!dsp.signal<f32, sample>) -> ()
  }
}
