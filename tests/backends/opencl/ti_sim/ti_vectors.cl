/* OpenCL's functions on vectors, for code that clang compiles for x86: lane by lane. */
#pragma OPENCL EXTENSION cl_khr_fp64 : enable
#define OVERLOAD __attribute__((overloadable))
#define EACH(N) for (int lane = 0; lane < N; ++lane)

#define MEMORY(T, N, SPACE)                                                                        \
    T##N OVERLOAD vload##N(size_t at, const SPACE T *from)                                         \
    {                                                                                              \
        T##N to;                                                                                   \
        EACH(N) to[lane] = from[at * N + lane];                                                    \
        return to;                                                                                 \
    }
#define STORE(T, N, SPACE)                                                                         \
    void OVERLOAD vstore##N(T##N from, size_t at, SPACE T *to)                                     \
    {                                                                                              \
        EACH(N) to[at * N + lane] = from[lane];                                                    \
    }
#define SPACES(T, N)                                                                               \
    MEMORY(T, N, private) MEMORY(T, N, global) MEMORY(T, N, local) MEMORY(T, N, constant)          \
    STORE(T, N, private) STORE(T, N, global) STORE(T, N, local)
#define SELECT(T, M, N)                                                                            \
    T##N OVERLOAD select(T##N no, T##N yes, M##N condition)                                        \
    {                                                                                              \
        EACH(N) no[lane] = condition[lane] < 0 ? yes[lane] : no[lane];                             \
        return no;                                                                                 \
    }
#define CONVERT(T, F, N)                                                                           \
    T##N OVERLOAD convert_##T##N(F##N from)                                                        \
    {                                                                                              \
        T##N to;                                                                                   \
        EACH(N) to[lane] = (T)from[lane];                                                          \
        return to;                                                                                 \
    }
/* A definition hides what the compiler declares by itself. */
#define UNARY(name, T, N)                                                                          \
    T OVERLOAD name(T);                                                                            \
    T##N OVERLOAD name(T##N x)                                                                     \
    {                                                                                              \
        EACH(N) x[lane] = name(x[lane]);                                                           \
        return x;                                                                                  \
    }
#define BINARY(name, T, N)                                                                         \
    T OVERLOAD name(T, T);                                                                         \
    T##N OVERLOAD name(T##N x, T##N y)                                                             \
    {                                                                                              \
        EACH(N) x[lane] = name(x[lane], y[lane]);                                                  \
        return x;                                                                                  \
    }
#define FLOATS(T, M, N)                                                                            \
    SPACES(T, N)                                                                                   \
    SELECT(T, M, N)                                                                                \
    CONVERT(T, int, N)                                                                             \
    CONVERT(int, T, N)                                                                             \
    UNARY(fabs, T, N) UNARY(floor, T, N) UNARY(ceil, T, N) UNARY(rint, T, N) UNARY(trunc, T, N)    \
    UNARY(sqrt, T, N) UNARY(sin, T, N) UNARY(cos, T, N) UNARY(tan, T, N) UNARY(exp, T, N)          \
    UNARY(log, T, N) UNARY(log10, T, N) UNARY(tanh, T, N)                                          \
    BINARY(pow, T, N) BINARY(fmod, T, N) BINARY(fmin, T, N) BINARY(fmax, T, N)
#define LENGTH(N)                                                                                  \
    FLOATS(float, int, N)                                                                          \
    FLOATS(double, long, N)                                                                        \
    SPACES(int, N)                                                                                 \
    SELECT(int, int, N)                                                                            \
    CONVERT(long, int, N)                                                                          \
    CONVERT(int, long, N)                                                                          \
    BINARY(min, int, N) BINARY(max, int, N)
LENGTH(2)
LENGTH(4)
LENGTH(8)
