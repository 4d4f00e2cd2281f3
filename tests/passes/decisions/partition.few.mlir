// RUN: dsp-choose-chunk{vector-size=64},dsp-partition{loops=best most-loops=2}
builtin.module {
  // Functions before and after a recursion are free loops of their own.
  // CHECK-LABEL: dsp.program @functions
  // CHECK: dsp.chunk 64 lanes 8 {asked = 64 : i64, registers = 16 : i64, singles = 8 : i64, is_one_loop, reason = "3 loops are more than 2"}
  // CHECK-NEXT: dsp.line @line registers 1 {registers = 1 : i64}
  // CHECK-NEXT: dsp.loop @loop0 free
  // CHECK-NEXT: dsp.loop @loop1 recursive
  // CHECK-NEXT: dsp.loop @loop2 free {outputs = array<i64: 0>}
  // CHECK-NEXT: {{%|dsp.yield}}
  dsp.program @functions f32 metadata [] ui {
  } body {
  ^bb0(%0: !dsp.signal<f32, sample>):
    %1 = dsp.sin %0 : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %2 = dsp.constant {value = 1.000000e+00 : f32} : () -> !dsp.signal<f32, const>
    %3 = dsp.constant {value = 5.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %4 = dsp.rec {
    ^bb0(%5: !dsp.signal<f32, sample>):
      %6 = dsp.delay %5 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %7 = dsp.mul %3, %6 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %8 = dsp.min %2, %7 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %9 = dsp.add %8, %1 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %9 : (!dsp.signal<f32, sample>) -> ()
    }
    %process = dsp.exp %4 : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    dsp.yield %process : (!dsp.signal<f32, sample>) -> ()
  }
}
