// RUN: dsp-choose-chunk{vector-size=512 apart=true},dsp-partition
builtin.module {
  // Functions before and after a recursion are free loops of their own.
  // CHECK-LABEL: dsp.program @functions
  // CHECK: dsp.chunk 512 lanes 8 {asked = 512 : i64, registers = 16 : i64, is_apart}
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
  // A product is cheaper than a row: it joins the recursion.
  // CHECK-LABEL: dsp.program @light
  // CHECK: dsp.chunk 512 lanes 8 {asked = 512 : i64, registers = 16 : i64, is_apart}
  // CHECK-NEXT: dsp.line @process registers 1 {registers = 1 : i64}
  // CHECK-NEXT: dsp.loop @loop0 recursive {outputs = array<i64: 0>}
  // CHECK-NEXT: {{%|dsp.yield}}
  dsp.program @light f32 metadata [] ui {
  } body {
  ^bb0(%0: !dsp.signal<f32, sample>):
    %1 = dsp.constant {value = 3.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %2 = dsp.mul %1, %0 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %3 = dsp.constant {value = 1.000000e+00 : f32} : () -> !dsp.signal<f32, const>
    %4 = dsp.constant {value = 5.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %process = dsp.rec {
    ^bb0(%process_1: !dsp.signal<f32, sample>):
      %5 = dsp.delay %process_1 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %6 = dsp.mul %4, %5 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %7 = dsp.min %3, %6 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %process_2 = dsp.add %7, %2 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %process_2 : (!dsp.signal<f32, sample>) -> ()
    }
    dsp.yield %process : (!dsp.signal<f32, sample>) -> ()
  }
  // Two independent recursions run at the same time.
  // CHECK-LABEL: dsp.program @two
  // CHECK: dsp.chunk 512 lanes 8 {asked = 512 : i64, registers = 16 : i64, is_apart}
  // CHECK-NEXT: dsp.line @line registers 1 {registers = 1 : i64}
  // CHECK-NEXT: dsp.line @line_1 registers 1 {registers = 1 : i64}
  // CHECK-NEXT: dsp.loop @loop0 recursive {outputs = array<i64: 0>}
  // CHECK-NEXT: dsp.loop @loop1 recursive {outputs = array<i64: 1>}
  // CHECK-NEXT: {{%|dsp.yield}}
  dsp.program @two f32 metadata [] ui {
  } body {
  ^bb0(%0: !dsp.signal<f32, sample>, %1: !dsp.signal<f32, sample>):
    %2 = dsp.constant {value = 1.000000e+00 : f32} : () -> !dsp.signal<f32, const>
    %3 = dsp.constant {value = 5.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %4 = dsp.rec {
    ^bb0(%5: !dsp.signal<f32, sample>):
      %6 = dsp.delay %5 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %7 = dsp.mul %3, %6 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %8 = dsp.min %2, %7 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %9 = dsp.add %8, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %9 : (!dsp.signal<f32, sample>) -> ()
    }
    %10 = dsp.constant {value = -1.000000e+00 : f32} : () -> !dsp.signal<f32, const>
    %11 = dsp.constant {value = 4.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %12 = dsp.rec {
    ^bb0(%13: !dsp.signal<f32, sample>):
      %14 = dsp.delay %13 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %15 = dsp.mul %11, %14 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %16 = dsp.max %10, %15 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %17 = dsp.add %16, %1 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %17 : (!dsp.signal<f32, sample>) -> ()
    }
    dsp.yield %4, %12 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> ()
  }
}
