// DSPC_FIRST of vectors. GCC's barrier would take them apart.
#undef DSPC_FIRST_LANES
#if defined(__clang__)
#define DSPC_FIRST_LANES(sum) DSPC_FIRST(sum)
#elif defined(__FAST_MATH__) && !defined(DSPC_LANEWISE) && \
	(defined(__SSE2__) || defined(__aarch64__))
#if defined(__aarch64__)
#define DSPC_IN_REGISTER "w"
#else
#define DSPC_IN_REGISTER "v"
#endif
namespace DSPC_OWN {
template <typename V> inline __attribute__((always_inline)) V dspc_first(const V& given) {
	V sum = given;
	__asm__("" : "+" DSPC_IN_REGISTER(sum));
	return sum;
}
#if defined(DSPC_BY_HALVES)
template <typename T, int N> DSPC_INLINE dspc_halves<T, N> dspc_first(const dspc_halves<T, N>& sum) {
	return {dspc_first(sum.low), dspc_first(sum.high)};
}
#endif
}
#undef DSPC_IN_REGISTER
#define DSPC_FIRST_LANES(sum) DSPC_OWN::dspc_first(sum)
#else
#define DSPC_FIRST_LANES(sum) (sum)
#endif
