// A literal coefficient whose powers overflow before the recurrence does: frame by frame.
// CHECK: = dsp.rec {
// CHECK-NOT: dsp.linear
builtin.module {
  dsp.program @example f32 metadata [["name", "example"]] ui {
  } body {
  ^bb0(%x: !dsp.signal<f32, sample>, %n: !dsp.signal<i32, sample>):
    %k = dsp.constant {value = 1.103515e+09 : f32} : () -> !dsp.signal<f32, const>
    %y = dsp.rec {
    ^bb0(%p: !dsp.signal<f32, sample>):
      %d = dsp.delay %p {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %m = dsp.mul %k, %d : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %s = dsp.add %m, %x : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %s : (!dsp.signal<f32, sample>) -> ()
    }
    dsp.yield %y : (!dsp.signal<f32, sample>) -> ()
  }
}
