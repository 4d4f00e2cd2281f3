/* 32-bit integers that wrap, and arithmetic that is defined for all operands. */
static inline int dspc_add(int a, int b) { return (int)((uint)a + (uint)b); }
static inline int dspc_sub(int a, int b) { return (int)((uint)a - (uint)b); }
static inline int dspc_mul(int a, int b) { return (int)((uint)a * (uint)b); }
static inline int dspc_shl(int a, int b) { return (int)((uint)a << (b & 31)); }
static inline int dspc_shr(int a, int b) { return a >> (b & 31); }
static inline int dspc_abs(int a) { return a < 0 ? (int)(0u - (uint)a) : a; }
static inline int dspc_div(int a, int b) { return b == 0 ? 0 : b == -1 ? dspc_sub(0, a) : a / b; }
static inline int dspc_rem(int a, int b) { return b == 0 || b == -1 ? 0 : a % b; }
static inline dspc_real dspc_minimum(dspc_real a, dspc_real b) { return a < b || a != a ? a : b; }
static inline dspc_real dspc_maximum(dspc_real a, dspc_real b) { return a > b || a != a ? a : b; }
