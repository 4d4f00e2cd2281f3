// Integers are left as they are.
// CHECK-NOT: dsp.linear
// CHECK: dsp.rec
// CHECK-NOT: dsp.linear
builtin.module {
  dsp.program @example f32 metadata [["name", "example"]] ui {
  } body {
  ^bb0(%x: !dsp.signal<f32, sample>, %n: !dsp.signal<i32, sample>):
    %k = dsp.constant {value = 5.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %i = dsp.int %x : (!dsp.signal<f32, sample>) -> !dsp.signal<i32, sample>
    %y = dsp.rec {
    ^bb0(%p: !dsp.signal<i32, sample>):
      %d = dsp.delay %p {offset = 1 : i64} : (!dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
      %e = dsp.delay %p {offset = 2 : i64} : (!dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
      %t = dsp.add %i, %d : (!dsp.signal<i32, sample>, !dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
      %s = dsp.sub %t, %e : (!dsp.signal<i32, sample>, !dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
      dsp.yield %s : (!dsp.signal<i32, sample>) -> ()
    }
    %o = dsp.float %y : (!dsp.signal<i32, sample>) -> !dsp.signal<f32, sample>
    dsp.yield %o : (!dsp.signal<f32, sample>) -> ()
  }
}
