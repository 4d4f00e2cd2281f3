// RUN: dsp-choose-chunk{loops=banks}
builtin.module {
  // Short feedback: the line is copied.
  // CHECK-LABEL: dsp.program @pole
  // CHECK-NOT: dsp.chunk
  dsp.program @pole f32 metadata [] ui {
  } body {
  ^bb0(%0: !dsp.signal<f32, sample>):
    %1 = dsp.constant {value = 5.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %process = dsp.linear {
    ^bb0(%process_1: !dsp.signal<f32, sample>):
      %2 = dsp.delay %process_1 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %3 = dsp.mul %1, %2 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %process_2 = dsp.add %3, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %process_2 : (!dsp.signal<f32, sample>) -> ()
    }
    dsp.yield %process : (!dsp.signal<f32, sample>) -> ()
  }
  // Three recursions of one size may be a bank.
  // CHECK-LABEL: dsp.program @bank
  // CHECK: dsp.chunk 32 lanes 8 {asked = 32 : i64, registers = 16 : i64}
  // CHECK-NEXT: dsp.line @line copied 1
  // CHECK-NEXT: dsp.line @line_1 copied 1
  // CHECK-NEXT: dsp.line @line_2 copied 1
  // CHECK-NEXT: {{%|dsp.yield}}
  dsp.program @bank f32 metadata [] ui {
  } body {
  ^bb0(%0: !dsp.signal<f32, sample>, %1: !dsp.signal<f32, sample>, %2: !dsp.signal<f32, sample>):
    %3 = dsp.constant {value = 5.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %4 = dsp.linear {
    ^bb0(%5: !dsp.signal<f32, sample>):
      %6 = dsp.delay %5 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %7 = dsp.mul %3, %6 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %8 = dsp.add %7, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %8 : (!dsp.signal<f32, sample>) -> ()
    }
    %9 = dsp.constant {value = 6.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %10 = dsp.linear {
    ^bb0(%11: !dsp.signal<f32, sample>):
      %12 = dsp.delay %11 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %13 = dsp.mul %9, %12 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %14 = dsp.add %13, %1 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %14 : (!dsp.signal<f32, sample>) -> ()
    }
    %15 = dsp.constant {value = 7.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %16 = dsp.linear {
    ^bb0(%17: !dsp.signal<f32, sample>):
      %18 = dsp.delay %17 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %19 = dsp.mul %15, %18 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %20 = dsp.add %19, %2 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %20 : (!dsp.signal<f32, sample>) -> ()
    }
    dsp.yield %4, %10, %16 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> ()
  }
}
