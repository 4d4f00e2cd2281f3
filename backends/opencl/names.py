"""Names that generated OpenCL C must not give to anything of its own."""

from __future__ import annotations

from dspc.backends.opencl.arithmetic import MATH_NAMES

_WORDS = """
kernel global local constant private half uchar ushort uint ulong size_t ptrdiff_t intptr_t quad
image2d_t image3d_t sampler_t event_t read_only write_only read_write generic pipe complex
imaginary restrict voice voices count rate frames zones handles heap arena failed missing doubles
floats ints bools fixed_doubles fixed_floats fixed_ints fixed_bools common_doubles common_floats
common_ints common_bools next_doubles next_floats next_ints next_bools leads lane turn first part
parts heard_at made_at copied copies in_lane inputs outputs in_step in_voices l2_area abs clamp
mad mix sign dot cross length distance normalize select shuffle any all rotate hadd rhadd popcount
clz vload vstore barrier printf wait_group_events prefetch native_sin half_sin as_int as_float
convert_int gentype kernel_exec vec_step cl_mem_fence_flags mem_fence isfinite isnormal isequal
isless isgreater signbit bitselect degrees radians smoothstep sincos fract frexp modf lgamma_r
maxmag minmag nan pown powr remquo rootn rsqrt sinpi cospi tanpi asinpi acospi atanpi atan2pi
native_exp divide recip atomic_add atomic_sub atomic_xchg atomic_inc atomic_dec atomic_cmpxchg
atomic_min atomic_max get_global_id get_local_id get_group_id get_global_size get_local_size
get_num_groups get_work_dim get_global_offset async_work_group_copy
"""
_VECTORS = [
    f"{kind}{width}"
    for kind in ("char", "uchar", "short", "ushort", "int", "uint", "long", "ulong", "float",
                 "double", "half", "bool")
    for width in (2, 3, 4, 8, 16)
]  # fmt: skip
RESERVED = frozenset((*_WORDS.split(), *_VECTORS, *MATH_NAMES))
