// 32-bit integers that wrap, and arithmetic that is defined for all operands.
static inline int dspc_add(int a, int b) { return int(uint32_t(a) + uint32_t(b)); }
static inline int dspc_sub(int a, int b) { return int(uint32_t(a) - uint32_t(b)); }
static inline int dspc_mul(int a, int b) { return int(uint32_t(a) * uint32_t(b)); }
static inline int dspc_shl(int a, int b) { return int(uint32_t(a) << (b & 31)); }
static inline int dspc_shr(int a, int b) { return a >> (b & 31); }
static inline int dspc_abs(int a) { return a < 0 ? int(0u - uint32_t(a)) : a; }
static inline int dspc_div(int a, int b) { return b == 0 ? 0 : b == -1 ? dspc_sub(0, a) : a / b; }
static inline int dspc_rem(int a, int b) { return b == 0 || b == -1 ? 0 : a % b; }
// What 32 bits can't hold becomes -2147483648.
#if defined(__GNUC__) && defined(__SSE2__)
typedef float dspc_four_floats __attribute__((vector_size(16)));
typedef double dspc_two_doubles __attribute__((vector_size(16)));
static inline int dspc_to_int(float a) { return __builtin_ia32_cvttss2si(dspc_four_floats{a, 0, 0, 0}); }
static inline int dspc_to_int(double a) { return __builtin_ia32_cvttsd2si(dspc_two_doubles{a, 0}); }
#elif defined(_M_X64)
static inline int dspc_to_int(float a) { return _mm_cvttss_si32(_mm_set_ss(a)); }
static inline int dspc_to_int(double a) { return _mm_cvttsd_si32(_mm_set_sd(a)); }
#else
template <typename T> static inline int dspc_to_int(T a) { return std::fabs(a) < T(2147483648.0) ? int(a) : -2147483647 - 1; }
#endif
static inline int dspc_least(int a, int b) { return b < a ? b : a; }
static inline int dspc_greatest(int a, int b) { return a < b ? b : a; }
template <typename T> static inline T dspc_minimum(T a, T b) { return a < b || a != a ? a : b; }
template <typename T> static inline T dspc_maximum(T a, T b) { return a > b || a != a ? a : b; }
