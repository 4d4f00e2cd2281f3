/* The OpenCL C built-ins that kernels under ti-sim call, in OpenCL C, so that the compiler itself
 * gives them their mangled names. */
#pragma OPENCL EXTENSION cl_khr_fp64 : enable
#define OVERLOAD __attribute__((overloadable))

size_t ti_sim_ask(uint what, uint dimension);
void ti_sim_barrier(void);

size_t OVERLOAD __attribute__((const)) get_global_id(uint d) { return ti_sim_ask(0, d); }
size_t OVERLOAD __attribute__((const)) get_local_id(uint d) { return ti_sim_ask(1, d); }
size_t OVERLOAD __attribute__((const)) get_global_size(uint d) { return ti_sim_ask(2, d); }
size_t OVERLOAD __attribute__((const)) get_local_size(uint d) { return ti_sim_ask(3, d); }
size_t OVERLOAD __attribute__((const)) get_group_id(uint d) { return ti_sim_ask(4, d); }
size_t OVERLOAD __attribute__((const)) get_num_groups(uint d)
{
    return ti_sim_ask(2, d) / ti_sim_ask(3, d);
}
size_t OVERLOAD __attribute__((const)) get_global_offset(uint d) { return 0; }
uint OVERLOAD __attribute__((const)) get_work_dim(void) { return 1; }

void OVERLOAD __attribute__((convergent)) barrier(cl_mem_fence_flags flags) { ti_sim_barrier(); }
void OVERLOAD mem_fence(cl_mem_fence_flags flags) {}
void ti_sim_wait_for_copies(void);
void OVERLOAD wait_group_events(int count, event_t *events) { ti_sim_wait_for_copies(); }
/* Some versions of clang declare it with a pointer of the generic space, unknown to OpenCL 1.2. */
void ti_sim_wait(int count, event_t *events)
    __asm__("_Z17wait_group_eventsiPU9CLgeneric9ocl_event");
void ti_sim_wait(int count, event_t *events) { ti_sim_wait_for_copies(); }

void ti_sim_copy(global void *to, const global void *from, size_t bytes);
/* Address spaces are flat here. */
#define FLAT(p) ((global void *)(size_t)(p))
#define COPY(T)                                                                                    \
    event_t OVERLOAD __attribute__((convergent)) async_work_group_copy(                            \
        local T *to, const global T *from, size_t count, event_t event)                            \
    {                                                                                              \
        ti_sim_copy(FLAT(to), FLAT(from), count * sizeof(T));                                      \
        return event;                                                                              \
    }                                                                                              \
    event_t OVERLOAD __attribute__((convergent)) async_work_group_copy(                            \
        global T *to, const local T *from, size_t count, event_t event)                            \
    {                                                                                              \
        ti_sim_copy(FLAT(to), FLAT(from), count * sizeof(T));                                      \
        return event;                                                                              \
    }
COPY(char)
COPY(uchar)
COPY(int)
COPY(uint)
COPY(long)
COPY(ulong)
COPY(float)
COPY(double)
COPY(float2)

#define UNARY(F)                                                                                   \
    float OVERLOAD __attribute__((const)) F(float x) { return __builtin_##F##f(x); }               \
    double OVERLOAD __attribute__((const)) F(double x) { return __builtin_##F(x); }
#define BINARY(F)                                                                                  \
    float OVERLOAD __attribute__((const)) F(float x, float y) { return __builtin_##F##f(x, y); }   \
    double OVERLOAD __attribute__((const)) F(double x, double y) { return __builtin_##F(x, y); }
UNARY(sin)
UNARY(cos)
UNARY(tan)
UNARY(asin)
UNARY(acos)
UNARY(atan)
UNARY(sinh)
UNARY(cosh)
UNARY(tanh)
UNARY(asinh)
UNARY(acosh)
UNARY(atanh)
UNARY(exp)
UNARY(exp2)
UNARY(expm1)
UNARY(log)
UNARY(log2)
UNARY(log10)
UNARY(log1p)
UNARY(sqrt)
UNARY(cbrt)
UNARY(floor)
UNARY(ceil)
UNARY(trunc)
UNARY(round)
UNARY(rint)
UNARY(fabs)
BINARY(pow)
BINARY(fmod)
BINARY(remainder)
BINARY(atan2)
BINARY(fmin)
BINARY(fmax)
BINARY(copysign)
BINARY(hypot)

#define FLOATING(T, FMA)                                                                           \
    T OVERLOAD __attribute__((const)) fma(T x, T y, T z) { return FMA(x, y, z); }                  \
    T OVERLOAD __attribute__((const)) mad(T x, T y, T z) { return x * y + z; }                     \
    T OVERLOAD __attribute__((const)) exp10(T x) { return pow((T)10, x); }                         \
    T OVERLOAD __attribute__((const)) rsqrt(T x) { return 1 / sqrt(x); }                           \
    int OVERLOAD __attribute__((const)) isnan(T x) { return x != x; }                              \
    int OVERLOAD __attribute__((const)) isinf(T x) { return x == x && x - x != x - x; }
FLOATING(float, __builtin_fmaf)
FLOATING(double, __builtin_fma)

#define ORDERED(T)                                                                                 \
    T OVERLOAD __attribute__((const)) min(T x, T y) { return y < x ? y : x; }                      \
    T OVERLOAD __attribute__((const)) max(T x, T y) { return x < y ? y : x; }                      \
    T OVERLOAD __attribute__((const)) clamp(T x, T lo, T hi) { return min(max(x, lo), hi); }
ORDERED(int)
ORDERED(uint)
ORDERED(long)
ORDERED(ulong)
ORDERED(float)
ORDERED(double)
uint OVERLOAD __attribute__((const)) abs(int x) { return x < 0 ? 0u - (uint)x : (uint)x; }
ulong OVERLOAD __attribute__((const)) abs(long x) { return x < 0 ? 0ul - (ulong)x : (ulong)x; }
