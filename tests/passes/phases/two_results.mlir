// A gated region with two results in the recursion: no accumulator.
// CHECK-NOT: dsp.phase
// CHECK: = dsp.rec {
// CHECK-NOT: dsp.rint
builtin.module {
  dsp.program @example f32 metadata [["name", "example"]] ui {
  } body {
  ^bb0(%x: !dsp.signal<f32, sample>):
    %o = dsp.constant {value = 1 : i32} : () -> !dsp.signal<i32, const>
    %phase = dsp.rec {
    ^bb0(%p: !dsp.signal<f32, sample>):
      %d = dsp.delay %p {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %a, %b = dsp.control %o : (!dsp.signal<i32, const>) -> (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) {
        dsp.yield %d, %x : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> ()
      }
      %n = dsp.add %a, %b : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %f = dsp.floor %n : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %y = dsp.sub %n, %f : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %y : (!dsp.signal<f32, sample>) -> ()
    }
    dsp.yield %phase : (!dsp.signal<f32, sample>) -> ()
  }
}
