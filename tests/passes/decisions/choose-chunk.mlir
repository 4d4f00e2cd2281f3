// RUN: dsp-choose-chunk
builtin.module {
  // Short feedback: the line is copied.
  // CHECK-LABEL: dsp.program @pole
  // CHECK: dsp.chunk 32 lanes 8 {asked = 32 : i64, registers = 16 : i64}
  // CHECK-NEXT: dsp.line @process copied 1
  // CHECK-NEXT: {{%|dsp.yield}}
  // CHECK-NOT: , assumed
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
  // Feedback of 1000 frames is longer than a chunk of 32.
  // CHECK-LABEL: dsp.program @comb
  // CHECK: dsp.chunk 32 lanes 8 {asked = 32 : i64, registers = 16 : i64}
  // CHECK-NEXT: dsp.line @process ring 1000
  // CHECK-NEXT: {{%|dsp.yield}}
  // CHECK-NOT: , assumed
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
  // CHECK: dsp.chunk 24 lanes 8 {asked = 32 : i64, registers = 16 : i64}
  // CHECK-NEXT: dsp.line @process ring 28
  // CHECK-NEXT: {{%|dsp.yield}}
  // CHECK-NOT: , assumed
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
  // Feedback of 17 frames: chunks of 16.
  // CHECK-LABEL: dsp.program @shortest
  // CHECK: dsp.chunk 16 lanes 8 {asked = 32 : i64, registers = 16 : i64}
  // CHECK-NEXT: dsp.line @process ring 17
  // CHECK-NEXT: {{%|dsp.yield}}
  // CHECK-NOT: , assumed
  dsp.program @shortest f32 metadata [] ui {
  } body {
  ^bb0(%0: !dsp.signal<f32, sample>):
    %1 = dsp.constant {value = 5.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %process = dsp.rec {
    ^bb0(%process_1: !dsp.signal<f32, sample>):
      %2 = dsp.delay %process_1 {offset = 17 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %3 = dsp.mul %1, %2 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %process_2 = dsp.add %0, %3 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %process_2 : (!dsp.signal<f32, sample>) -> ()
    }
    dsp.yield %process : (!dsp.signal<f32, sample>) -> ()
  }
  // Feedback of 16 frames is copied: chunks stay as they are.
  // CHECK-LABEL: dsp.program @copied_comb
  // CHECK: dsp.chunk 32 lanes 8 {asked = 32 : i64, registers = 16 : i64}
  // CHECK-NEXT: dsp.line @process copied 16
  // CHECK-NEXT: {{%|dsp.yield}}
  // CHECK-NOT: , assumed
  dsp.program @copied_comb f32 metadata [] ui {
  } body {
  ^bb0(%0: !dsp.signal<f32, sample>):
    %1 = dsp.constant {value = 5.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %process = dsp.rec {
    ^bb0(%process_1: !dsp.signal<f32, sample>):
      %2 = dsp.delay %process_1 {offset = 16 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %3 = dsp.mul %1, %2 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %process_2 = dsp.add %0, %3 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %process_2 : (!dsp.signal<f32, sample>) -> ()
    }
    dsp.yield %process : (!dsp.signal<f32, sample>) -> ()
  }
  // No delay: no line.
  // CHECK-LABEL: dsp.program @plain
  // CHECK: dsp.chunk 32 lanes 8 {asked = 32 : i64, registers = 16 : i64}
  // CHECK-NEXT: {{%|dsp.yield}}
  // CHECK-NOT: , assumed
  dsp.program @plain f32 metadata [] ui {
  } body {
  ^bb0(%0: !dsp.signal<f32, sample>):
    %1 = dsp.constant {value = 2.000000e+00 : f32} : () -> !dsp.signal<f32, const>
    %2 = dsp.mul %1, %0 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %process = dsp.sin %2 : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    dsp.yield %process : (!dsp.signal<f32, sample>) -> ()
  }
  // A delay of an input is no feedback: chunks stay as they are.
  // CHECK-LABEL: dsp.program @echo
  // CHECK: dsp.chunk 32 lanes 8 {asked = 32 : i64, registers = 16 : i64}
  // CHECK-NEXT: dsp.line @line ring 20
  // CHECK-NEXT: {{%|dsp.yield}}
  // CHECK-NOT: , assumed
  dsp.program @echo f32 metadata [] ui {
  } body {
  ^bb0(%0: !dsp.signal<f32, sample>):
    %1 = dsp.delay %0 {offset = 20 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %process = dsp.add %0, %1 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    dsp.yield %process : (!dsp.signal<f32, sample>) -> ()
  }
  // The longest delay that is copied.
  // CHECK-LABEL: dsp.program @copied
  // CHECK: dsp.chunk 32 lanes 8 {asked = 32 : i64, registers = 16 : i64}
  // CHECK-NEXT: dsp.line @line copied 16
  // CHECK-NEXT: {{%|dsp.yield}}
  // CHECK-NOT: , assumed
  dsp.program @copied f32 metadata [] ui {
  } body {
  ^bb0(%0: !dsp.signal<f32, sample>):
    %1 = dsp.delay %0 {offset = 16 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %process = dsp.add %0, %1 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    dsp.yield %process : (!dsp.signal<f32, sample>) -> ()
  }
  // A longer line with twenty reads is copied.
  // CHECK-LABEL: dsp.program @fir
  // CHECK: dsp.chunk 32 lanes 8 {asked = 32 : i64, registers = 16 : i64}
  // CHECK-NEXT: dsp.line @line copied 19 {reads = 19 : i64}
  // CHECK-NEXT: {{%|dsp.yield}}
  // CHECK-NOT: , assumed
  dsp.program @fir f32 metadata [] ui {
  } body {
  ^bb0(%0: !dsp.signal<f32, sample>):
    %1 = dsp.constant {value = 1.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %2 = dsp.mul %1, %0 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %3 = dsp.constant {value = 1.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %4 = dsp.delay %0 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %5 = dsp.mul %3, %4 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %6 = dsp.add %2, %5 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %7 = dsp.constant {value = 2.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %8 = dsp.delay %0 {offset = 2 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %9 = dsp.mul %7, %8 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %10 = dsp.add %6, %9 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %11 = dsp.constant {value = 3.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %12 = dsp.delay %0 {offset = 3 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %13 = dsp.mul %11, %12 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %14 = dsp.add %10, %13 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %15 = dsp.constant {value = 4.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %16 = dsp.delay %0 {offset = 4 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %17 = dsp.mul %15, %16 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %18 = dsp.add %14, %17 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %19 = dsp.constant {value = 5.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %20 = dsp.delay %0 {offset = 5 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %21 = dsp.mul %19, %20 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %22 = dsp.add %18, %21 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %23 = dsp.constant {value = 6.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %24 = dsp.delay %0 {offset = 6 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %25 = dsp.mul %23, %24 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %26 = dsp.add %22, %25 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %27 = dsp.constant {value = 7.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %28 = dsp.delay %0 {offset = 7 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %29 = dsp.mul %27, %28 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %30 = dsp.add %26, %29 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %31 = dsp.constant {value = 8.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %32 = dsp.delay %0 {offset = 8 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %33 = dsp.mul %31, %32 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %34 = dsp.add %30, %33 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %35 = dsp.constant {value = 9.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %36 = dsp.delay %0 {offset = 9 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %37 = dsp.mul %35, %36 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %38 = dsp.add %34, %37 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %39 = dsp.constant {value = 1.010000e+01 : f32} : () -> !dsp.signal<f32, const>
    %40 = dsp.delay %0 {offset = 10 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %41 = dsp.mul %39, %40 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %42 = dsp.add %38, %41 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %43 = dsp.constant {value = 1.110000e+01 : f32} : () -> !dsp.signal<f32, const>
    %44 = dsp.delay %0 {offset = 11 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %45 = dsp.mul %43, %44 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %46 = dsp.add %42, %45 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %47 = dsp.constant {value = 1.210000e+01 : f32} : () -> !dsp.signal<f32, const>
    %48 = dsp.delay %0 {offset = 12 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %49 = dsp.mul %47, %48 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %50 = dsp.add %46, %49 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %51 = dsp.constant {value = 1.310000e+01 : f32} : () -> !dsp.signal<f32, const>
    %52 = dsp.delay %0 {offset = 13 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %53 = dsp.mul %51, %52 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %54 = dsp.add %50, %53 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %55 = dsp.constant {value = 1.410000e+01 : f32} : () -> !dsp.signal<f32, const>
    %56 = dsp.delay %0 {offset = 14 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %57 = dsp.mul %55, %56 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %58 = dsp.add %54, %57 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %59 = dsp.constant {value = 1.510000e+01 : f32} : () -> !dsp.signal<f32, const>
    %60 = dsp.delay %0 {offset = 15 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %61 = dsp.mul %59, %60 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %62 = dsp.add %58, %61 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %63 = dsp.constant {value = 1.610000e+01 : f32} : () -> !dsp.signal<f32, const>
    %64 = dsp.delay %0 {offset = 16 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %65 = dsp.mul %63, %64 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %66 = dsp.add %62, %65 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %67 = dsp.constant {value = 1.710000e+01 : f32} : () -> !dsp.signal<f32, const>
    %68 = dsp.delay %0 {offset = 17 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %69 = dsp.mul %67, %68 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %70 = dsp.add %66, %69 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %71 = dsp.constant {value = 1.810000e+01 : f32} : () -> !dsp.signal<f32, const>
    %72 = dsp.delay %0 {offset = 18 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %73 = dsp.mul %71, %72 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %74 = dsp.add %70, %73 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %75 = dsp.constant {value = 1.910000e+01 : f32} : () -> !dsp.signal<f32, const>
    %76 = dsp.delay %0 {offset = 19 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %77 = dsp.mul %75, %76 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %process = dsp.add %74, %77 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    dsp.yield %process : (!dsp.signal<f32, sample>) -> ()
  }
  // Two delays of one signal share a line; its depth is the longer one.
  // CHECK-LABEL: dsp.program @two_reads
  // CHECK: dsp.chunk 32 lanes 8 {asked = 32 : i64, registers = 16 : i64}
  // CHECK-NEXT: dsp.line @line ring 40
  // CHECK-NEXT: {{%|dsp.yield}}
  // CHECK-NOT: , assumed
  dsp.program @two_reads f32 metadata [] ui {
  } body {
  ^bb0(%0: !dsp.signal<f32, sample>):
    %1 = dsp.delay %0 {offset = 3 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %2 = dsp.delay %0 {offset = 40 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %process = dsp.add %1, %2 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    dsp.yield %process : (!dsp.signal<f32, sample>) -> ()
  }
  // Two inputs have lines of their own.
  // CHECK-LABEL: dsp.program @two_lines
  // CHECK: dsp.chunk 32 lanes 8 {asked = 32 : i64, registers = 16 : i64}
  // CHECK-NEXT: dsp.line @line copied 3
  // CHECK-NEXT: dsp.line @line_1 copied 5
  // CHECK-NEXT: {{%|dsp.yield}}
  // CHECK-NOT: , assumed
  dsp.program @two_lines f32 metadata [] ui {
  } body {
  ^bb0(%0: !dsp.signal<f32, sample>, %1: !dsp.signal<f32, sample>):
    %2 = dsp.delay %0 {offset = 3 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %3 = dsp.delay %1 {offset = 5 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    dsp.yield %2, %3 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> ()
  }
  // A control makes the feedback longer than 16 frames at first: it is assumed to be so.
  // CHECK-LABEL: dsp.program @assumed
  // CHECK: dsp.chunk 32 lanes 8 {asked = 32 : i64, registers = 16 : i64}
  // CHECK-NEXT: dsp.line @process ring 1001
  // CHECK-NEXT: {{%|dsp.yield}}
  // CHECK: {{%[a-z0-9_]+}} = dsp.delay {{%[a-z0-9_]+}}, {{%[a-z0-9_]+}} {offset = 1 : i64, max = 1000 : i64, assumed, line = @process}
  dsp.program @assumed f32 metadata [] ui {
    dsp.group vgroup "t" [] {
      dsp.widget @n hslider "n" [] {min = 1.000000e+00 : f64, max = 1.000000e+03 : f64, init = 4.000000e+02 : f64, step = 1.000000e+00 : f64}
    }
  } body {
  ^bb0(%0: !dsp.signal<f32, sample>):
    %1 = dsp.constant {value = 5.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %2 = dsp.read_widget {widget = @n} : () -> !dsp.signal<f32, block>
    %3 = dsp.int %2 : (!dsp.signal<f32, block>) -> !dsp.signal<i32, block>
    %process = dsp.rec {
    ^bb0(%process_1: !dsp.signal<f32, sample>):
      %4 = dsp.delay %process_1, %3 {offset = 1 : i64, max = 1000 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<i32, block>) -> !dsp.signal<f32, sample>
      %5 = dsp.mul %1, %4 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %process_2 = dsp.add %0, %5 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %process_2 : (!dsp.signal<f32, sample>) -> ()
    }
    dsp.yield %process : (!dsp.signal<f32, sample>) -> ()
  }
  // A control makes the feedback short at first and at most 201 frames: nothing is assumed.
  // CHECK-LABEL: dsp.program @short_at_first
  // CHECK: dsp.chunk 32 lanes 8 {asked = 32 : i64, registers = 16 : i64}
  // CHECK-NEXT: dsp.line @process ring 201
  // CHECK-NEXT: {{%|dsp.yield}}
  // CHECK-NOT: , assumed
  dsp.program @short_at_first f32 metadata [] ui {
    dsp.group vgroup "t" [] {
      dsp.widget @n hslider "n" [] {min = 1.000000e+00 : f64, max = 2.000000e+02 : f64, init = 5.000000e+00 : f64, step = 1.000000e+00 : f64}
    }
  } body {
  ^bb0(%0: !dsp.signal<f32, sample>):
    %1 = dsp.constant {value = 5.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %2 = dsp.read_widget {widget = @n} : () -> !dsp.signal<f32, block>
    %3 = dsp.int %2 : (!dsp.signal<f32, block>) -> !dsp.signal<i32, block>
    %process = dsp.rec {
    ^bb0(%process_1: !dsp.signal<f32, sample>):
      %4 = dsp.delay %process_1, %3 {offset = 1 : i64, max = 200 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<i32, block>) -> !dsp.signal<f32, sample>
      %5 = dsp.mul %1, %4 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %process_2 = dsp.add %5, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %process_2 : (!dsp.signal<f32, sample>) -> ()
    }
    dsp.yield %process : (!dsp.signal<f32, sample>) -> ()
  }
  // A distance that varies by frame is never assumed.
  // CHECK-LABEL: dsp.program @varying
  // CHECK: dsp.chunk 32 lanes 8 {asked = 32 : i64, registers = 16 : i64}
  // CHECK-NEXT: dsp.line @line copied 1
  // CHECK-NEXT: dsp.line @process ring 1000
  // CHECK-NEXT: {{%|dsp.yield}}
  // CHECK-NOT: , assumed
  dsp.program @varying f32 metadata [] ui {
  } body {
  ^bb0(%0: !dsp.signal<f32, sample>):
    %1 = dsp.constant {value = 5.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %2 = dsp.constant {value = 1 : i32} : () -> !dsp.signal<i32, const>
    %3 = dsp.linear {
    ^bb0(%4: !dsp.signal<i32, sample>):
      %5 = dsp.delay %4 {offset = 1 : i64} : (!dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
      %6 = dsp.add %2, %5 : (!dsp.signal<i32, const>, !dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
      dsp.yield %6 : (!dsp.signal<i32, sample>) -> ()
    }
    %7 = dsp.constant {value = 1000 : i32} : () -> !dsp.signal<i32, const>
    %8 = dsp.rem %3, %7 : (!dsp.signal<i32, sample>, !dsp.signal<i32, const>) -> !dsp.signal<i32, sample>
    %process = dsp.rec {
    ^bb0(%process_1: !dsp.signal<f32, sample>):
      %9 = dsp.delay %process_1, %8 {offset = 1 : i64, max = 999 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<i32, sample>) -> !dsp.signal<f32, sample>
      %10 = dsp.mul %1, %9 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %process_2 = dsp.add %10, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %process_2 : (!dsp.signal<f32, sample>) -> ()
    }
    dsp.yield %process : (!dsp.signal<f32, sample>) -> ()
  }
  // A gated region keeps its delays: only the input outside has a line.
  // CHECK-LABEL: dsp.program @held
  // CHECK: dsp.chunk 32 lanes 8 {asked = 32 : i64, registers = 16 : i64}
  // CHECK-NEXT: dsp.line @line copied 5
  // CHECK-NEXT: dsp.line @line_1 ring 40
  // CHECK-NEXT: {{%|dsp.yield}}
  // CHECK-NOT: , assumed
  dsp.program @held f32 metadata [] ui {
  } body {
  ^bb0(%0: !dsp.signal<f32, sample>):
    %1 = dsp.constant {value = 1.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %2 = dsp.compare %0, %1 {predicate = #dsp<predicate gt>} : (!dsp.signal<f32, sample>, !dsp.signal<f32, const>) -> !dsp.signal<i32, sample>
    %3 = dsp.float %2 : (!dsp.signal<i32, sample>) -> !dsp.signal<f32, sample>
    %4 = dsp.constant {value = 0.000000e+00 : f32} : () -> !dsp.signal<f32, const>
    %5 = dsp.compare %3, %4 {predicate = #dsp<predicate ne>} : (!dsp.signal<f32, sample>, !dsp.signal<f32, const>) -> !dsp.signal<i32, sample>
    %6 = dsp.delay %0 {offset = 5 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %7 = dsp.control %5 : (!dsp.signal<i32, sample>) -> !dsp.signal<f32, sample> {
      %8 = dsp.constant {value = 5.000000e-01 : f32} : () -> !dsp.signal<f32, const>
      %9 = dsp.rec {
      ^bb0(%10: !dsp.signal<f32, sample>):
        %11 = dsp.delay %10 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
        %12 = dsp.mul %8, %11 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
        %13 = dsp.add %12, %6 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
        dsp.yield %13 : (!dsp.signal<f32, sample>) -> ()
      }
      dsp.yield %9 : (!dsp.signal<f32, sample>) -> ()
    }
    %14 = dsp.delay %7 {offset = 40 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    dsp.yield %7, %14 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> ()
  }
  // A prefix has a line of its own, with its first value.
  // CHECK-LABEL: dsp.program @first
  // CHECK: dsp.chunk 32 lanes 8 {asked = 32 : i64, registers = 16 : i64}
  // CHECK-NEXT: dsp.line @line copied 1
  // CHECK-NEXT: {{%|dsp.yield}}
  // CHECK: {{%[a-z0-9_]+}} = dsp.prefix {{%[a-z0-9_]+}}, {{%[a-z0-9_]+}} {line = @line}
  // CHECK-NOT: , assumed
  dsp.program @first f32 metadata [] ui {
  } body {
  ^bb0(%0: !dsp.signal<f32, sample>):
    %1 = dsp.constant {value = 2.500000e-01 : f32} : () -> !dsp.signal<f32, const>
    %process = dsp.prefix %1, %0 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    dsp.yield %process : (!dsp.signal<f32, sample>) -> ()
  }
  // Vectors of f64 have half the lanes.
  // CHECK-LABEL: dsp.program @f64
  // CHECK: dsp.chunk 32 lanes 4 {asked = 32 : i64, registers = 16 : i64}
  // CHECK-NEXT: dsp.line @process copied 1
  // CHECK-NEXT: {{%|dsp.yield}}
  // CHECK-NOT: , assumed
  dsp.program @f64 f64 metadata [] ui {
  } body {
  ^bb0(%0: !dsp.signal<f64, sample>):
    %1 = dsp.constant {value = 5.000000e-01 : f64} : () -> !dsp.signal<f64, const>
    %process = dsp.linear {
    ^bb0(%process_1: !dsp.signal<f64, sample>):
      %2 = dsp.delay %process_1 {offset = 1 : i64} : (!dsp.signal<f64, sample>) -> !dsp.signal<f64, sample>
      %3 = dsp.mul %1, %2 : (!dsp.signal<f64, const>, !dsp.signal<f64, sample>) -> !dsp.signal<f64, sample>
      %process_2 = dsp.add %3, %0 {dsp.first = 1 : i64} : (!dsp.signal<f64, sample>, !dsp.signal<f64, sample>) -> !dsp.signal<f64, sample>
      dsp.yield %process_2 : (!dsp.signal<f64, sample>) -> ()
    }
    dsp.yield %process : (!dsp.signal<f64, sample>) -> ()
  }
}
