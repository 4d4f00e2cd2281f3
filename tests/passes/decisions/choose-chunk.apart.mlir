// RUN: dsp-choose-chunk{vector-size=256 apart=true lanes=0}
builtin.module {
  // Feedback of 1000 frames is longer than a chunk of 32.
  // CHECK-LABEL: dsp.program @comb
  // CHECK: dsp.chunk 256 lanes 0 {asked = 256 : i64, registers = 16 : i64, is_apart}
  // CHECK-NEXT: dsp.line @process ring 1000
  // CHECK-NEXT: {{%|dsp.yield}}
  dsp.program @comb f32 metadata [] ui {
  } body {
  ^bb0(%0: !dsp.signal<f32, sample>):
    %1 = dsp.constant {value = 5.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %process = dsp.rec {
    ^bb0(%process_1: !dsp.signal<f32, sample>):
      %2 = dsp.delay %process_1 {offset = 1000 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %3 = dsp.mul %1, %2 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %process_2 = dsp.add %0, %3 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %process_2 : (!dsp.signal<f32, sample>) -> ()
    }
    dsp.yield %process : (!dsp.signal<f32, sample>) -> ()
  }
  // Feedback of 28 frames: chunks of 24, a multiple of 8.
  // CHECK-LABEL: dsp.program @shortened
  // CHECK: dsp.chunk 256 lanes 0 {asked = 256 : i64, registers = 16 : i64, is_apart}
  // CHECK-NEXT: dsp.line @process ring 28
  // CHECK-NEXT: {{%|dsp.yield}}
  dsp.program @shortened f32 metadata [] ui {
  } body {
  ^bb0(%0: !dsp.signal<f32, sample>):
    %1 = dsp.constant {value = 5.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %process = dsp.rec {
    ^bb0(%process_1: !dsp.signal<f32, sample>):
      %2 = dsp.delay %process_1 {offset = 28 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %3 = dsp.mul %1, %2 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %process_2 = dsp.add %0, %3 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %process_2 : (!dsp.signal<f32, sample>) -> ()
    }
    dsp.yield %process : (!dsp.signal<f32, sample>) -> ()
  }
  // Feedback of 200 frames is worth a barrier.
  // CHECK-LABEL: dsp.program @long_enough
  // CHECK: dsp.chunk 200 lanes 0 {asked = 256 : i64, registers = 16 : i64, is_apart}
  // CHECK-NEXT: dsp.line @process ring 200
  // CHECK-NEXT: {{%|dsp.yield}}
  dsp.program @long_enough f32 metadata [] ui {
  } body {
  ^bb0(%0: !dsp.signal<f32, sample>):
    %1 = dsp.constant {value = 5.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %process = dsp.rec {
    ^bb0(%process_1: !dsp.signal<f32, sample>):
      %2 = dsp.delay %process_1 {offset = 200 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %3 = dsp.mul %1, %2 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %process_2 = dsp.add %0, %3 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %process_2 : (!dsp.signal<f32, sample>) -> ()
    }
    dsp.yield %process : (!dsp.signal<f32, sample>) -> ()
  }
}
