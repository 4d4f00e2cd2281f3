// A running sum has no factor.
// CHECK: = dsp.linear {
// CHECK-NOT: dsp.mul
builtin.module {
  dsp.program @example f32 metadata [["name", "example"]] ui {
  } body {
  ^bb0(%x: !dsp.signal<f32, sample>, %n: !dsp.signal<i32, sample>):
    %y = dsp.rec {
    ^bb0(%p: !dsp.signal<f32, sample>):
      %d = dsp.delay %p {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %s = dsp.add %d, %x : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %s : (!dsp.signal<f32, sample>) -> ()
    }
    dsp.yield %y : (!dsp.signal<f32, sample>) -> ()
  }
}
