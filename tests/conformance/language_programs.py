"""Small programs for each row of the Faust language, by name; SIDE_FILES lie beside them.

Each is played by Faust, our C++ back end and our interpreter on the same inputs (test_language).
"""

from __future__ import annotations

SIDE_FILES = {
    "side.lib": 'declare name "side"; half = *(0.5); k = 3; m = environment { deep = 7; };\n',
    "part.dsp": 'gain = 0.25; process = *(gain) + hslider("part", 0.1, 0, 1, 0.1);\n',
}

STATEMENTS = {
    "import": 'import("side.lib"); process = half, k, m.deep;',
    "declare": (
        'declare name "n"; declare author "a"; f = *(2); declare f license "L";'
        ' declare f version "1"; process = f;'
    ),
    "declare_in_environment": 'e = environment { declare k "v"; x = 2; }; process = *(e.x);',
    "definitions": "f(a, b) = a * 2 + b; g = f(1); process = f(_, 3), g;",
    "clauses_merge_into_a_case": (
        "f(0) = 10; f(1) = 20; f(n) = f(n - 1) + f(n - 2); process = f(0), f(5), f(10);"
    ),
    "mdoc": "<mdoc>\nany $x$ <equation>process</equation>\n</mdoc> process = _;",
    "precision_prefixes": (
        "singleprecision f = 1; doubleprecision f = 2; quadprecision f = 3;"
        "singleprecision doubleprecision g = 4; quadprecision fixedpointprecision g = 5;"
        "process = f, g;"
    ),
    "precision_before_import": (
        'quadprecision import("nowhere.lib"); doubleprecision import("side.lib"); process = k;'
    ),
}

COMPOSITION = {
    "parallel_and_sequence": "process = (_, 2 : +), (_, _ : *);",
    "split": "process = _ <: _, *(2), (_ <: +);",
    "merge": "process = _, _, _, _ :> _, *(3);",
    "merge_alias": "process = _, _, _, _ +> +;",
    "recursion": "process = + ~ *(0.5), (+ ~ (_ * 0.25)), (_ : + ~ (_ * 0.1));",
    "recursion_arities": "process = (_, _, _, _) ~ (_ <: *(0.5), *(0.25));",
    "recursion_two": "process = (\\(a, b, c).(b * 0.3 + c, a - b)) ~ (_, _);",
    "recursion_is_left_associative": "process = + ~ _ * 0.1 ~ *(0.2);",
    "recursion_nested": "process = (+ ~ *(0.5)) ~ *(0.25);",
    "recursion_without_input": "process = 1 : + ~ _, (+(1) ~ _), (_ ~ +(2));",
    "recursion_through_delay": "process = + ~ (@(3) : *(0.9));",
    "sequence_binds_tighter_than_split": "process = _ <: _, _ : + <: _, _;",
    "with_is_loosest": "process = a : b with { a = *(c) with { c = 2; }; b = +(1); };",
    "split_right_associative": "process = _ <: _, _ <: _, _, _, _;",
    "parallel_below_recursion": "process = + ~ *(0.5), _;",
    "empty_input": "process = 1 : \\(x).(x + 1);",
    "cut": "process = !, _, !;",
}

INFIX = {
    "comparison_below_sum": "process = (_ <: (_ + 0.5 > _ * 2)), (1 + 2 < 4), (3 > 2 == 1);",
    "sum_and_or": "process = 1 + 2 | 4, (7 | 8 + 1), (int(_ * 100) | 3 - 1), (6 - 1 | 2);",
    "product_and_and": "process = 3 * 5 & 6, (12 & 10 * 2), (5 xor 3 * 2), (1 << 2 * 3), 64 >> 1 * 2;",
    "power_is_left_associative": "process = 2 ^ 3 ^ 2, (2 * 3 ^ 2), (-2 ^ 2);",
    "delay_above_power": "process = _ ^ 2 @ 1, (_ @ 1 ^ 2);",
    "prime_above_delay": "process = _ <: _' @ 2, _'', (_ <: _ - _');",
    "left_associative": "process = 10 - 4 - 3, (100 / 5 / 2), (100 % 7 % 4), (1 << 2 << 3);",
    "comparisons_left": "process = 3 > 2 > 0, (1 < 2 <= 1), (2 == 2 != 1);",
    "negative_numbers": "process = -1, -1.5, (3-1), (3 -1), (_-1), -k with { k = 4; };",
    "plus_number": "process = +1, (+(2)), (2 : +(1));",
    "minus_partial": "process = -(3), (_ : -(0.5)), (-(sin(_)));",
    "dot_and_call": "process = e.f(3) * e.g.h with { e = environment { f(x) = x + 1; g = environment { h = 2; }; }; };",
}

PARTIAL = {
    "operators_pad_left": "process = +(3), -(3), *(3), /(3), %(3), ^(2), @(2), <(0.5), >=(0.5);",
    "int_operators_pad_left": "process = int(_ * 50) <: &(7), |(7), xor(7), <<(2), >>(1), %(7), ==(3), !=(3), <=(2), >(2);",
    "pow_pads_left": "process = pow(2), (abs : pow(0.5)), (abs <: pow(_, 1.5));",
    "functions_pad_right": "process = fmod(3), min(0.2), max(0.2), atan2(0.5), remainder(2), prefix(7);",
    "attach_pads_left": "process = attach(3), attach(_, 3);",
    "two_arguments": "process = +(1, 2), -(5, _), /(_, 4), select2(1, 2), select2(_, 3, 4);",
    "argument_of_two_outputs": "process = -((5, 3)), +((_, 2)), max((1, 2));",
    "block_diagram_as_function": "process = (+ : *(2))(3), (_, _ : -)(1), (_, _ <: _, _, _, _)(2);",
    "lambda_partial": "f(a, b, c) = a - b * c; process = f(1), f(1, 2), f(_, _, 3), (f(2) : *(2));",
    "unapplied_lambda": "process = \\(x, y).(x - y * 2);",
    "unapplied_case": "process = 0.5 : case { (0) => 1; (x) => x * 2; };",
    "higher_order": "twice(f) = f : f; compose(f, g, x) = g(f(x)); process = twice(*(3)), compose(+(1), *(2));",
    "currying": "add = \\(x).(\\(y).(x + y)); process = add(2)(3), add(1);",
}

PATTERNS = {
    "case_numbers": "f = case { (0, x) => x; (1, x) => x * 2; (n, x) => x * n; }; process = f(0), f(1), f(5);",
    "case_simplifies_arguments": "f(0) = 1; f(4) = 2; f(n) = 3; process = f(1 - 1), f(2 + 2), f(2 * 2), f(7 - 3.0);",
    "case_structures": (
        "count((x, xs)) = 1 + count(xs); count(x) = 1;"
        "process = count((1, 2, 3, 4)), count(_), count((_, (_, _)));"
    ),
    "case_sequence": "f(x : y) = y : x; f(x) = x; process = f(*(2) : +(1)), f(_);",
    "case_split_and_recursion": "f(x <: y) = 1; f(x ~ y) = 3; f(x) = 4; process = f((5 <: _, _)), f(+ ~ sin), f(9);",
    "case_nonlinear": (
        "same(x, x) = 1; same(x, y) = 0;"
        "process = same(1, 1), same(1, 2), same(_, _), same(sin, cos), same((1, 2), (1, 2));"
    ),
    "case_nonlinear_inside": "f((x, x)) = 1; f((x, y)) = 2; f(x) = 3; process = f((4, 4)), f((4, 5)), f(4);",
    "case_first_match": "f(x, 0) = 1; f(0, x) = 2; f(x, y) = 3; process = f(0, 0), f(0, 1), f(1, 1);",
    "case_real_and_int": "f(1) = 10; f(1.0) = 20; f(x) = 30; process = f(1), f(1.0), f(2);",
    "case_of_operators": "f(+) = 1; f(*) = 2; f(_) = 3; f(x) = 4; process = f(+), f(*), f(_), f(-);",
    "case_recursion": "fold(f, (x, xs)) = f(x, fold(f, xs)); fold(f, x) = x; process = fold(+, (1, 2, 3, _)), fold(max, (1, 5, 2));",
    "case_take": "take(1, (x, xs)) = x; take(1, x) = x; take(n, (x, xs)) = take(n - 1, xs); process = take(3, (10, 20, 30, 40)), take(4, (1, 2, 3, sin));",
    "case_lambda_argument": "f((g, x)) = g(x); f(x) = x; process = f((\\(z).(z + 1), 4));",
    "case_iteration_argument": "f(0) = 0; f(n) = n + f(n - 1); process = par(i, 4, f(i));",
    "case_shadowing": "x = 5; f(x) = x + 1; process = f(2), x;",
}

LOCAL = {
    "with_nested": "process = f(2) with { f(x) = g(x) + y with { g(z) = z * y; }; y = 10; };",
    "with_shadows": "a = 1; process = a with { a = b; b = 7; };",
    "letrec": "process = x letrec { 'x = y + 0.1; 'y = x * 0.5; };",
    "letrec_inputs": "f(u) = x letrec { 'x = x * 0.5 + u; }; process = f;",
    "letrec_where": "process = x, y letrec { 'x = x * a + d; 'y = y + x; where a = 0.5; d = 1 - a; };",
    "letrec_oscillator": "process = s letrec { 'c = c * k - s * h; 's = c * h + s * k + (1 - 1'); where k = cos(0.1); h = sin(0.1); };",
    "with_inside_lambda": "process = \\(x).(y * 2 with { y = x + 1; });",
}

MODULES = {
    "environment": "e = environment { a = 1; f(x) = x * a; i = environment { b = a + 1; }; }; process = e.a, e.f(_), e.i.b;",
    "environment_import": 'e = environment { import("side.lib"); }; process = e.k, (_ : e.half);',
    "library": 'l = library("side.lib"); process = l.k, l.half, l.m.deep;',
    "component": 'process = component("part.dsp"), component("part.dsp").gain;',
    "component_substitution": 'process = component("part.dsp")[gain = 2;];',
    "substitution": "e = environment { x = 1; y = x + 1; }; process = e.y, e[x = 10;].y, e[y = 7;].y, e[y = 5;].x;",
    "substitution_of_function": "e = environment { f(x) = x; g = f(3); }; process = e[f(x) = x * 5;].g;",
    "substitution_nested": "e = environment { a = 1; b = environment { c = a; }; }; process = e[a = 4;].b.c;",
    "double_colons": "a::b = 3; c::d::e(x) = x * a::b; process = c::d::e(2);",
    "access_of_expression": "process = environment { z = 4; }.z;",
}

ITERATION = {
    "par_seq_sum_prod": "process = par(i, 3, *(i)), seq(i, 3, +(i)), sum(i, 3, *(i + 1)), prod(i, 3, +(i));",
    "iteration_none": "process = _, par(i, 0, _), sum(i, 0, _), prod(i, 0, _);",
    "sum_none_beside": "process = (sum(i, 0, sin), 5), (prod(i, 0, sin), 6);",
    "par_none_between": "process = 1, par(i, 0, 3), 2 :> _;",
    "iteration_once": "process = seq(i, 1, *(2)), sum(i, 1, _), prod(i, 1, _);",
    "iteration_nested": "process = sum(i, 3, sum(j, i + 1, *(i + j)));",
    "iteration_count_computed": "n = 2 * 2 - 1; process = par(i, n, i), par(i, outputs(par(j, 2, _)), i);",
    "iteration_index_in_pattern": "f(0) = 10; f(n) = n; process = par(i, 3, f(i));",
    "iteration_real_count": "process = par(i, 2.9, i);",
    "iteration_wide": "process = par(i, 2, par(j, 2, _)) :> par(i, 2, _);",
}

STATIC = {
    "inputs_outputs": "process = inputs(+), outputs(_ <: _, _, _), inputs(\\(x, y).(x)), outputs(!);",
    "route": "process = route(3, 2, 1, 2, 3, 1);",
    "route_sums": "process = route(3, 3, 1, 1, 2, 1, 3, 1, 3, 3);",
    "route_ignores_out_of_range": "process = route(2, 2, 1, 1, 5, 1, 2, 9, 0, 1, 1, 0);",
    "route_none": "process = route(2, 1, (1, 1));",
    "route_computed": "process = route(4, 4, par(i, 4, (i + 1, 4 - i)));",
}

TIME = {
    "wires": "process = _, !, mem, _', _@5, (_ @ 0);",
    "delay_of_constants": "process = 1', (1 : @(3)), 2.5'', (1 @ 2 @ 1);",
    "delay_variable": "process = _ @ int(abs(_) * 10 : min(9));",
    "delay_slider": 'process = _ @ hslider("d", 5, 0, 20, 1);',
    "delay_truncates": "process = @(2.9), (_ @ (abs : min(1) : *(4.7)));",
    "delay_of_delays": "process = _ <: @(3), @(17), @(40), (@(3) : @(17)), (_ * 2 : @(5) : @(1));",
    "delay_of_widget": 'process = hslider("x", 0.5, 0, 1, 0.01) @ 3, hslider("y", 0.5, 0, 1, 0.01)\';',
    "delay_int": "process = (int(_ * 100) : @(3)), (int(_ * 10) <: _ - _');",
    "prefix": "process = prefix(5, _), prefix(0.5), (2 : prefix(1)), prefix(fconstant(int fSamplingFreq, <math.h>), _);",
    "prefix_int": "process = prefix(3, int(_ * 10));",
    "delay_in_recursion": "process = + ~ (_ <: @(1) * 0.3 + @(4) * 0.2);",
    "impulse_and_counter": "process = 1 - 1', (+(1) ~ _), ((+(1) : %(5)) ~ _), (1 : (+ ~ _) : -(1));",
}

CASTS = {
    "int_truncates": "process = int(2.9), int(-2.9), int(_ * 5), (_ * -5 : int);",
    "float_cast": "process = float(7) / 2, float(int(_ * 9)) * 0.5, (7 : float : %(2));",
    "division_is_real": "process = 7 / 2, (int(_ * 9) / 2), (int(_ * 9) / (1 + int(abs(_) * 3)));",
    "rem_ints": "process = 7 % 3, (-7 % 3), (7 % -3), (-7 % -3), (int(_ * 50) % 7), (int(_ * 50) % -7);",
    "rem_reals": "process = _ * 5 % 1.5, (_ * 9 % 3), (8.0 % 3.0);",
    "bitwise": "process = 12 & 10, (12 | 3), (12 xor 10), (int(_ * 99) & 31), (int(_ * 99) | 5), (int(_ * 99) xor -1);",
    "bitwise_truncates": "process = (_ * 9 & 7), (_ * 9 | 2.7), 6.9 & 3.2, (_ * 9 xor 3.5);",
    "shifts": "process = 1 << 4, (-16 >> 2), (int(_ * 99) << 3), (int(_ * -99) >> 2), (1 << 31), (-1 >> 31);",
    "shift_variable": "process = 1 << int(abs(_) * 8), (-1024 >> int(abs(_) * 8)), (3.9 << 1.9);",
    "int_wraps": "process = 2147483647 + 1, (65536 * 65536), (int(_ * 9) * 1103515245 + 12345), (1103515245 * 12345);",
    "int_min": "process = -2147483648, (-2147483647 - 1), abs(-2147483648), (-2147483648 * -1);",
    "big_literals": "process = 2147483648, 4294967296, 4294967295, 9999999999;",
    "comparisons": "process = _ <: <(0.5), <=(0.5), ==(0.5), !=(0.5), >=(0.5), >(0.5);",
    "comparisons_mixed": "process = (int(_ * 3) < 1.5), (1 == 1.0), (2 > 1.5), (int(_ * 2) != _ * 2);",
    "comparison_arithmetic": "process = (_ > 0) + (_ < 0) * 2, ((_ > 0) / 2), ((_ > 0) & 1);",
    "prefix_operators": "process = +, -, *, /(_, 3), <, >, <=, >=, ==, !=;",
    "prefix_int_operators": "i = int(_ * 100); process = &(i, i), |(i, i), xor(i, i), <<(i, 2), >>(i, 1), %(i, 9);",
    "literals": "process = 1., .5, 1e3, 1.5e-2, 1f, 1.5f, 2e+2, .25f, 1.e2, 007;",
}

MATH = {
    "trigonometry": "process = sin, cos, tan, asin, acos, atan, atan2(_, 0.3), (_, _ : atan2);",
    "exponentials": "process = exp, (abs(_) + 0.1 : log), (abs(_) + 0.1 : log10), (abs : sqrt), (abs : pow(1.7)), (_ <: (abs(_) + 0.1) ^ _);",
    "power_by_constants": "process = _ <: ^(0), ^(1), ^(2), ^(3), ^(4), ^(8), ^(9), (abs : ^(0.5)), (abs : ^(0.25)), (+(2) : ^(-1)), (+(2) : ^(-2));",
    "power_of_ints": "i = int(_ * 4); process = i ^ 2, i ^ 3, 2 ^ 10, (2 ^ int(abs(_) * 4)), 2 ^ -1, 2.0 ^ 3, (i ^ 0.5 : min(9) : max(-9));",
    "absolute": "process = abs(-3), abs(-3.5), abs, abs(int(_ * 9));",
    "minimum_maximum": "process = min(1, 2), max(1, 2.5), min(_, 0.1), max(int(_ * 3), 1), min(int(_ * 3), 0.5), (_, _ : max);",
    "fmod_remainder": "process = fmod(_ * 9, 2.5), remainder(_ * 9, 2.5), fmod(-7, 3), fmod(7.5, 2), remainder(7, 2), remainder(5, 2), fmod(int(_ * 9), 4);",
    "rounding": "process = _ * 5 <: floor, ceil, rint;",
    "rounding_ties": "process = floor(-2.5), ceil(-2.5), rint(2.5), rint(3.5), rint(-2.5), (int(_ * 9) / 2 : rint);",
    "constants_fold": "process = sin(1), cos(2), exp(1), log(2), log10(5), sqrt(2), atan2(1, 2), pow(2, 0.5), tan(1), asin(0.5), acos(0.5), atan(3);",
    "simplifications": "process = _ * 0, _ * 1, _ + 0, 0 - _, _ - 0, _ / 1, (_ <: _ - _), (_ <: _ + _), (_ <: _ * _), (_ <: /(_ + 3, _ + 3));",
    "sums_and_products": "process = (_ <: _ + 2 + _ + 3), (_ * 2 * 3), (_ / 2 / 4), (_ * 2 + _ * 3), (_ <: _ * 0.1 * 0.2 + _ * 0.5 - _);",
    "foldings_of_ints": "process = int(_ * 9) <: _ * 2 + _ * 3, _ + 1 - 1, _ * 4 / 4, (_ * 3) % 3, _ - _, _ / 2 * 2;",
}

TABLES = {
    "rdtable_generated": "process = rdtable(16, (+(1) ~ _) * 0.5, int(abs(_) * 15));",
    "rdtable_sine": 'import("math.lib"); process = rdtable(64, sin(float(+(1) ~ _) * 0.1), int(abs(_) * 63));',
    "rdtable_waveform": "process = rdtable(waveform {1, 2, 3, 4.5}, int(abs(_) * 3.9)), (waveform {10, 20, 30}, int(abs(_) * 2.9) : rdtable);",
    "rdtable_clamps": "process = rdtable(5, +(1) ~ _, int(_ * 20));",
    "rdtable_int": "process = rdtable(8, (+(3) ~ _) & 7, int(abs(_) * 7)) / 2;",
    "rdtable_prefix_and_delay": "process = rdtable(8, prefix(5, (+(1) ~ _)') + 1', int(abs(_) * 7));",
    "rdtable_noise": "process = rdtable(32, ((+(12345)) ~ *(1103515245)) / 2147483647.0, int(abs(_) * 31));",
    "rwtable": "process = rwtable(8, 0.5, int(abs(_) * 7), _, int(abs(_) * 7));",
    "rwtable_generated": "process = rwtable(8, +(1) ~ _, int(abs(_) * 3), int(_ * 100), (+(1) ~ _) & 7);",
    "rwtable_int": "process = rwtable(6, 0, (+(1) ~ _) % 6, int(_ * 50), ((+(1) ~ _) + 3) % 6);",
    "rwtable_clamps": "process = rwtable(5, 0.0, int(_ * 20), _, int(_ * 20));",
    "rwtable_reads_what_it_wrote": "process = rwtable(4, 0.0, 2, _, 2), rwtable(4, 1.5, 1, _, 2);",
    "rwtable_waveform": "process = rwtable(waveform {1.5, 2.5, 3.5}, (+(1) ~ _) % 3, _, int(abs(_) * 2.9));",
    "rwtable_in_recursion": "process = (\\(x).(rwtable(8, 0.0, (+(1) ~ _) & 7, x * 0.5 + 0.1, ((+(1) ~ _) + 5) & 7))) ~ _;",
    "waveform_size_and_signal": "process = waveform {1, 2, 3}, waveform {-1.5, 2, +3};",
    "waveform_int": "process = waveform {1, 2, 3} : (!, _) : /(2);",
    "waveform_one": "process = waveform {7};",
    "table_of_one": "process = rdtable(1, 5, int(_ * 3)), rwtable(1, 0, 0, int(_ * 9), 0);",
    "two_tables_one_content": "t = rdtable(8, +(1) ~ _); process = t(int(abs(_) * 7)), t(2), rdtable(9, +(1) ~ _, 3);",
}

SELECTION = {
    "select2": "process = select2(_ > 0, 1, 2), select2(_ * 1.9, 3, _), select2(1, _, 5), select2(0, _, 5);",
    "select2_types": "process = select2(_ > 0, 1, 2.5), select2(_ > 0, 1, 2) / 2;",
    "select2_states_run": "process = select2((+(1) ~ _) % 2, (+(1) ~ _), (+(0.5) ~ _));",
    "select3": "process = select3(int(abs(_) * 3), 10, 20, 30), select3(1, _, 5, 6), select3(2, 1, 2, 3), select3(7, 1, 2, 3), select3(0, 1, 2, 3);",
    "select3_real_selector": "process = select3(abs(_) * 2.5, 10, 20, 30), select3(0.5, 1, 2, 3);",
    "attach": 'process = attach(_, _ : hbargraph("m", 0, 1)), attach(3, _);',
    "enable": 'process = enable(_, checkbox("g")), enable(+ ~ *(0.5), checkbox("g"));',
    "control": 'process = control(_, checkbox("g")), control((+(1) ~ _), checkbox("h"));',
    "control_at_sample_rate": "process = control((+(2) ~ _), (+(1) ~ _) % 3), enable(_, (+(1) ~ _) % 4);",
    "control_constants": "process = enable(_, 0), enable(_, 1), control(_, 0), control(_, 1);",
    "control_nested": 'process = control(control((+(1) ~ _), checkbox("a")) + 1, checkbox("b"));',
    "control_of_recursion": 'process = control(+ ~ *(0.2), checkbox("g")), control(_ * 2, _ > 0);',
}

BOUNDS = {
    "lowest_highest": 'process = lowest(hslider("a", 0.5, -2, 3, 0.1)), highest(hslider("a", 0.5, -2, 3, 0.1));',
}

INTERFACE = {
    "widgets": 'process = button("b"), checkbox("c"), hslider("h", 0.5, 0, 1, 0.1), vslider("v", 1, -1, 2, 0.5), nentry("n", 3, 0, 10, 1);',
    "widget_arguments_fold": 'n = 2; process = hslider("h", n * 0.5, 0 - n, n ^ 2, 1 / 4);',
    "widget_integer_cast": 'process = int(hslider("h", 2, 0, 9, 1)) / 2, button("b") + 1, (checkbox("c") : int);',
    "groups": 'process = hgroup("H", vgroup("V", hslider("x", 0, 0, 1, 0.1)) + tgroup("T", button("y") + vslider("z", 0, 0, 1, 0.1)));',
    "bargraphs": 'process = hbargraph("h", -1, 1), (_ : vbargraph("v", 0, 10)), (_ <: attach(_, abs : hbargraph("[unit:dB]a", 0, 1)));',
    "label_index": 'process = par(i, 3, hslider("x%i", i, 0, 5, 1));',
    "label_index_width": 'process = par(i, 3, hslider("x%2i", i, 0, 5, 1)), par(i, 2, button("b%3i c%i"));',
    "label_index_braces": 'process = par(i, 2, par(j, 2, hslider("x%{i}y%{j}z%3{i}", i, 0, 5, 1)));',
    "label_index_of_definition": 'n = 42; process = hslider("v%n", 0, 0, 1, 1);',
    "label_path": 'process = hslider("h:G/v:H/x", 0, 0, 1, 0.1), vgroup("h:A/v:B", button("c"));',
    "label_path_absolute": 'process = hgroup("out", vgroup("in", hslider("/x", 0, 0, 1, 0.1), hslider("/v:y/z", 0, 0, 1, 0.1)));',
    "label_path_up": 'process = hgroup("a", vgroup("b", hslider("../x", 0, 0, 1, 1), hslider("./y", 0, 0, 1, 1), hslider("../../t:c/z", 0, 0, 1, 1)));',
    "label_metadata": 'process = hslider("x[unit:Hz][style:knob] [tooltip: a b]", 0, 0, 1, 0.1), hslider("[2]second", 0, 0, 1, 1), hslider("[1]first", 0, 0, 1, 1);',
    "label_metadata_of_group": 'process = hgroup("[0]g[style:x][tooltip:t]", button("b[midi:ctrl 1]"));',
    "same_path_same_zone": 'process = hslider("x", 0, 0, 1, 0.1), hslider("x", 0, 0, 1, 0.1) * 2;',
    "same_label_elsewhere": 'process = hgroup("a", button("x")), hgroup("b", button("x"));',
    "label_with_underscore": 'process = button("a") + hslider("_x", 0, 0, 1, 1);',
    "label_empty": 'process = hgroup("", button("")) + vgroup("q", hslider("", 0, 0, 1, 1));',
    "label_odd_characters": 'process = button("a b\'c/") + checkbox("é*?");',
    "groups_open_again": 'process = vgroup("a", button("x")) + button("y") + vgroup("a", button("z"));',
    "soundfile": "process = 0, 0 : soundfile(\"s[url:{'none.wav'}]\", 2);",
    "soundfile_reads": 'process = 0, (+(1) ~ _) : soundfile("s", 1) : !, !, _;',
}

FOREIGN = {
    "ffunction": 'f = ffunction(float sinhf|sinh|sinhl(float), <math.h>, ""); process = f, f(1);',
    "ffunction_two_arguments": 'f = ffunction(float hypotf|hypot|hypotl(float, float), <math.h>, ""); process = f(_, 0.5), f;',
    "ffunction_int": 'f = ffunction(int isnan(float), <math.h>, ""); process = f, f(0.5) / 2, (f & 3);',
    "ffunction_any": 'f = ffunction(float cbrtf|cbrt|cbrtl(any), <math.h>, ""); process = f(_ * 2);',
    "ffunction_string_header": 'f = ffunction(float coshf|cosh|coshl(float), "math.h", "-lm"); process = f;',
    "fconstant": "process = fconstant(int fSamplingFreq, <math.h>), (fconstant(int fSamplingFreq, <math.h>) / 3);",
    "fvariable_count": "process = fvariable(int count, <math.h>), (fvariable(int count, <math.h>) : max(10));",
}

LEXING = {
    "comments": "/* a * b // */ process = _ // c\n : /* d\n */ *(2);",
    "strings_span_lines": 'process = hslider("two\nlines", 0, 0, 1, 1);',
    "names": "_a = 1; a_b1 = 2; process1 = 3; sinus = 4; Int = 5; process = _a, a_b1, process1, sinus, Int;",
    "keywords_inside_names": "parx = 1; seqq = 2; withx = 3; casex = 4; intx = 5; xorx = 6; process = parx, seqq, withx, casex, intx, xorx;",
    "lambda_spelling": "process = \\(x).(x + 1), \\ (x, y) . (x * y);",
    "unused_definitions": "bad = 1, 2 : sin; process = _;",
    "no_space": "process=1+2,3*4:+;",
}

TABLE_OF_ALL = (
    STATEMENTS, COMPOSITION, INFIX, PARTIAL, PATTERNS, LOCAL, MODULES, ITERATION, STATIC, TIME,
    CASTS, MATH, TABLES, SELECTION, BOUNDS, INTERFACE, FOREIGN, LEXING,
)  # fmt: skip

PROGRAMS: dict[str, str] = {name: text for table in TABLE_OF_ALL for name, text in table.items()}
