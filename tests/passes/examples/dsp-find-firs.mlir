// A sum of 16 delays becomes a FIR filter.
// pipeline: dsp-find-firs
// before: dsp.line|dsp.mul
// after: dsp.fir @|dsp.mul
// -----
builtin.module {
  dsp.program @example f32 metadata [["name", "example"]] ui {
    dsp.group vgroup "example" [] {
    }
  } body {
  ^bb0(%0: !dsp.signal<f32, sample>):
    dsp.chunk 32 lanes 8 {asked = 32 : i64, registers = 16 : i64}
    dsp.line @line copied 15
    %1 = dsp.constant {value = 5.000000e-02 : f32} : () -> !dsp.signal<f32, const>
    %2 = dsp.mul %1, %0 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %3 = dsp.constant {value = 1.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %4 = dsp.delay %0 {offset = 1 : i64, line = @line} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %5 = dsp.mul %3, %4 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %6 = dsp.add %2, %5 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %7 = dsp.constant {value = 1.500000e-01 : f32} : () -> !dsp.signal<f32, const>
    %8 = dsp.delay %0 {offset = 2 : i64, line = @line} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %9 = dsp.mul %7, %8 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %10 = dsp.add %6, %9 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %11 = dsp.constant {value = 2.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %12 = dsp.delay %0 {offset = 3 : i64, line = @line} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %13 = dsp.mul %11, %12 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %14 = dsp.add %10, %13 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %15 = dsp.constant {value = 2.500000e-01 : f32} : () -> !dsp.signal<f32, const>
    %16 = dsp.delay %0 {offset = 4 : i64, line = @line} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %17 = dsp.mul %15, %16 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %18 = dsp.add %14, %17 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %19 = dsp.constant {value = 3.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %20 = dsp.delay %0 {offset = 5 : i64, line = @line} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %21 = dsp.mul %19, %20 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %22 = dsp.add %18, %21 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %23 = dsp.constant {value = 3.500000e-01 : f32} : () -> !dsp.signal<f32, const>
    %24 = dsp.delay %0 {offset = 6 : i64, line = @line} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %25 = dsp.mul %23, %24 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %26 = dsp.add %22, %25 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %27 = dsp.constant {value = 4.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %28 = dsp.delay %0 {offset = 7 : i64, line = @line} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %29 = dsp.mul %27, %28 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %30 = dsp.add %26, %29 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %31 = dsp.constant {value = 4.500000e-01 : f32} : () -> !dsp.signal<f32, const>
    %32 = dsp.delay %0 {offset = 8 : i64, line = @line} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %33 = dsp.mul %31, %32 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %34 = dsp.add %30, %33 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %35 = dsp.constant {value = 5.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %36 = dsp.delay %0 {offset = 9 : i64, line = @line} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %37 = dsp.mul %35, %36 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %38 = dsp.add %34, %37 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %39 = dsp.constant {value = 5.500000e-01 : f32} : () -> !dsp.signal<f32, const>
    %40 = dsp.delay %0 {offset = 10 : i64, line = @line} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %41 = dsp.mul %39, %40 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %42 = dsp.add %38, %41 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %43 = dsp.constant {value = 6.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %44 = dsp.delay %0 {offset = 11 : i64, line = @line} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %45 = dsp.mul %43, %44 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %46 = dsp.add %42, %45 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %47 = dsp.constant {value = 6.500000e-01 : f32} : () -> !dsp.signal<f32, const>
    %48 = dsp.delay %0 {offset = 12 : i64, line = @line} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %49 = dsp.mul %47, %48 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %50 = dsp.add %46, %49 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %51 = dsp.constant {value = 7.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %52 = dsp.delay %0 {offset = 13 : i64, line = @line} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %53 = dsp.mul %51, %52 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %54 = dsp.add %50, %53 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %55 = dsp.constant {value = 7.500000e-01 : f32} : () -> !dsp.signal<f32, const>
    %56 = dsp.delay %0 {offset = 14 : i64, line = @line} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %57 = dsp.mul %55, %56 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %58 = dsp.add %54, %57 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %59 = dsp.constant {value = 8.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %60 = dsp.delay %0 {offset = 15 : i64, line = @line} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %61 = dsp.mul %59, %60 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %process = dsp.add %58, %61 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    dsp.yield %process : (!dsp.signal<f32, sample>) -> ()
  }
}
// -----
builtin.module {
  dsp.program @example f32 metadata [["name", "example"]] ui {
    dsp.group vgroup "example" [] {
    }
  } body {
  ^bb0(%0: !dsp.signal<f32, sample>):
    dsp.chunk 32 lanes 8 {asked = 32 : i64, registers = 16 : i64}
    dsp.line @line copied 15
    dsp.fir @fir0 of @line taps 16 from 0
    %1 = dsp.constant {value = 5.000000e-02 : f32} : () -> !dsp.signal<f32, const>
    %2 = dsp.mul %1, %0 {dsp.fir = @fir0} : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %3 = dsp.constant {value = 1.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %4 = dsp.delay %0 {offset = 1 : i64, line = @line} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %5 = dsp.mul %3, %4 {dsp.fir = @fir0} : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %6 = dsp.add %2, %5 {dsp.fir = @fir0} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %7 = dsp.constant {value = 1.500000e-01 : f32} : () -> !dsp.signal<f32, const>
    %8 = dsp.delay %0 {offset = 2 : i64, line = @line} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %9 = dsp.mul %7, %8 {dsp.fir = @fir0} : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %10 = dsp.add %6, %9 {dsp.fir = @fir0} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %11 = dsp.constant {value = 2.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %12 = dsp.delay %0 {offset = 3 : i64, line = @line} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %13 = dsp.mul %11, %12 {dsp.fir = @fir0} : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %14 = dsp.add %10, %13 {dsp.fir = @fir0} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %15 = dsp.constant {value = 2.500000e-01 : f32} : () -> !dsp.signal<f32, const>
    %16 = dsp.delay %0 {offset = 4 : i64, line = @line} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %17 = dsp.mul %15, %16 {dsp.fir = @fir0} : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %18 = dsp.add %14, %17 {dsp.fir = @fir0} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %19 = dsp.constant {value = 3.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %20 = dsp.delay %0 {offset = 5 : i64, line = @line} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %21 = dsp.mul %19, %20 {dsp.fir = @fir0} : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %22 = dsp.add %18, %21 {dsp.fir = @fir0} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %23 = dsp.constant {value = 3.500000e-01 : f32} : () -> !dsp.signal<f32, const>
    %24 = dsp.delay %0 {offset = 6 : i64, line = @line} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %25 = dsp.mul %23, %24 {dsp.fir = @fir0} : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %26 = dsp.add %22, %25 {dsp.fir = @fir0} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %27 = dsp.constant {value = 4.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %28 = dsp.delay %0 {offset = 7 : i64, line = @line} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %29 = dsp.mul %27, %28 {dsp.fir = @fir0} : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %30 = dsp.add %26, %29 {dsp.fir = @fir0} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %31 = dsp.constant {value = 4.500000e-01 : f32} : () -> !dsp.signal<f32, const>
    %32 = dsp.delay %0 {offset = 8 : i64, line = @line} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %33 = dsp.mul %31, %32 {dsp.fir = @fir0} : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %34 = dsp.add %30, %33 {dsp.fir = @fir0} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %35 = dsp.constant {value = 5.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %36 = dsp.delay %0 {offset = 9 : i64, line = @line} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %37 = dsp.mul %35, %36 {dsp.fir = @fir0} : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %38 = dsp.add %34, %37 {dsp.fir = @fir0} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %39 = dsp.constant {value = 5.500000e-01 : f32} : () -> !dsp.signal<f32, const>
    %40 = dsp.delay %0 {offset = 10 : i64, line = @line} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %41 = dsp.mul %39, %40 {dsp.fir = @fir0} : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %42 = dsp.add %38, %41 {dsp.fir = @fir0} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %43 = dsp.constant {value = 6.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %44 = dsp.delay %0 {offset = 11 : i64, line = @line} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %45 = dsp.mul %43, %44 {dsp.fir = @fir0} : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %46 = dsp.add %42, %45 {dsp.fir = @fir0} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %47 = dsp.constant {value = 6.500000e-01 : f32} : () -> !dsp.signal<f32, const>
    %48 = dsp.delay %0 {offset = 12 : i64, line = @line} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %49 = dsp.mul %47, %48 {dsp.fir = @fir0} : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %50 = dsp.add %46, %49 {dsp.fir = @fir0} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %51 = dsp.constant {value = 7.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %52 = dsp.delay %0 {offset = 13 : i64, line = @line} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %53 = dsp.mul %51, %52 {dsp.fir = @fir0} : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %54 = dsp.add %50, %53 {dsp.fir = @fir0} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %55 = dsp.constant {value = 7.500000e-01 : f32} : () -> !dsp.signal<f32, const>
    %56 = dsp.delay %0 {offset = 14 : i64, line = @line} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %57 = dsp.mul %55, %56 {dsp.fir = @fir0} : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %58 = dsp.add %54, %57 {dsp.fir = @fir0} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %59 = dsp.constant {value = 8.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %60 = dsp.delay %0 {offset = 15 : i64, line = @line} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %61 = dsp.mul %59, %60 {dsp.fir = @fir0} : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %process = dsp.add %58, %61 {dsp.fir = @fir0} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    dsp.yield %process : (!dsp.signal<f32, sample>) -> ()
  }
}
