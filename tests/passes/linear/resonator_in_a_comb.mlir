// A filter of second order in the feedback of a comb gets an op of its own.
// CHECK: dsp.rec {
// CHECK: = dsp.linear {
// CHECK-NEXT: ^bb0
// CHECK-NEXT: dsp.mul
// CHECK-NEXT: dsp.mul
// CHECK-NEXT: dsp.sub
// CHECK-NEXT: dsp.sub
// CHECK-NEXT: dsp.yield
// CHECK-NOT: dsp.linear
builtin.module {
  dsp.program @example f32 metadata [["name", "example"]] ui {
  } body {
  ^bb0(%x: !dsp.signal<f32, sample>, %n: !dsp.signal<i32, sample>):
    %k = dsp.constant {value = 5.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %y, %z = dsp.rec {
    ^bb0(%p: !dsp.signal<f32, sample>, %w: !dsp.signal<f32, sample>):
      %f = dsp.delay %w {offset = 50 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %d = dsp.delay %p {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %e = dsp.delay %p {offset = 2 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %m = dsp.mul %k, %d : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %r = dsp.mul %k, %e : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %t = dsp.sub %f, %r : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %s = dsp.sub %t, %m : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %u = dsp.add %s, %x : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %s, %u : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> ()
    }
    dsp.yield %z : (!dsp.signal<f32, sample>) -> ()
  }
}
