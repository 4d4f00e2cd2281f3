// Vectors of numbers: the compiler's own where it has them (GCC, Clang), else arrays. DSPC_OWN stands
// for a namespace of the class, so that files do not depend on what others define, and where.
#undef DSPC_INLINE
#undef DSPC_BY_HALVES
#undef DSPC_LANEWISE
#undef DSPC_COMPARE
#undef DSPC_VECTOR_TYPE
#undef DSPC_LOAD
#undef DSPC_STORE
#undef DSPC_PUT
#undef DSPC_SPLAT
#undef DSPC_SELECT
#undef DSPC_CONVERT
#undef DSPC_SHUFFLE
#if defined(DSPC_REGISTER_BYTES)
#elif defined(__AVX512F__)
#define DSPC_REGISTER_BYTES 64
#elif defined(__AVX__)
#define DSPC_REGISTER_BYTES 32
#else
#define DSPC_REGISTER_BYTES 16
#endif
// GCC lowers vectors that are wider than a register element by element.
#if defined(__GNUC__) && !defined(DSPC_PLAIN_VECTORS) && \
	(defined(__clang__) || DSPC_VECTOR_BYTES <= DSPC_REGISTER_BYTES)
// The types that end in u may lie at any address. Nothing here passes a vector by value, since how
// that is done depends on the machine's instructions.
#define DSPC_VECTOR_TYPE(T, A, N)                                      \
	typedef T dspc_##A##x##N __attribute__((vector_size(sizeof(T) * N))); \
	typedef T dspc_##A##x##N##u                                           \
		__attribute__((vector_size(sizeof(T) * N), aligned(sizeof(T)), may_alias))
#define DSPC_LOAD(V, from) (*(const V##u*)(from))
#define DSPC_STORE(V, to, value) (void)(*(V##u*)(to) = value)
#define DSPC_PUT(to, lane, x) (void)((to)[lane] = x)
#define DSPC_SPLAT(V, x) (+(x) - V{})
#define DSPC_SELECT(condition, yes, no) ((condition) ? (yes) : (no))
#define DSPC_CONVERT(V, value) __builtin_convertvector(value, V)
#if defined(__clang__) || __GNUC__ >= 12
#define DSPC_SHUFFLE(V, a, b, ...) __builtin_shufflevector(a, b, __VA_ARGS__)
#endif
DSPC_HALVES
#else
namespace DSPC_OWN {
template <typename T, int N> struct dspc_lanes {
	T at[N];
	T& operator[](int lane) { return at[lane]; }
	const T& operator[](int lane) const { return at[lane]; }
	template <typename V> explicit operator V() const {
		V to;
		for (int lane = 0; lane < N; ++lane) to[lane] = decltype(to[0] + 0)(at[lane]);
		return to;
	}
};
#define DSPC_VECTOR_TYPE(T, A, N) typedef DSPC_OWN::dspc_lanes<T, N> dspc_##A##x##N
template <typename T> struct dspc_mask { typedef int type; };
template <> struct dspc_mask<double> { typedef int64_t type; };
#define DSPC_LANEWISE(R, op)                                                              \
	template <typename T, int N>                                                             \
	dspc_lanes<R, N> operator op(const dspc_lanes<T, N>& a, const dspc_lanes<T, N>& b) {     \
		dspc_lanes<R, N> to;                                                                    \
		for (int lane = 0; lane < N; ++lane) to.at[lane] = R(a.at[lane] op b.at[lane]);         \
		return to;                                                                              \
	}
#define DSPC_COMPARE(op)                                                                  \
	template <typename T, int N>                                                             \
	dspc_lanes<typename dspc_mask<T>::type, N> operator op(                                  \
		const dspc_lanes<T, N>& a, const dspc_lanes<T, N>& b) {                                 \
		dspc_lanes<typename dspc_mask<T>::type, N> to;                                          \
		for (int lane = 0; lane < N; ++lane) to.at[lane] = a.at[lane] op b.at[lane] ? -1 : 0;   \
		return to;                                                                              \
	}
DSPC_LANEWISE(T, +)
DSPC_LANEWISE(T, -)
DSPC_LANEWISE(T, *)
DSPC_LANEWISE(T, /)
DSPC_LANEWISE(T, %)
DSPC_LANEWISE(T, &)
DSPC_LANEWISE(T, |)
DSPC_LANEWISE(T, ^)
DSPC_LANEWISE(T, <<)
DSPC_LANEWISE(T, >>)
DSPC_COMPARE(<)
DSPC_COMPARE(<=)
DSPC_COMPARE(>)
DSPC_COMPARE(>=)
DSPC_COMPARE(==)
DSPC_COMPARE(!=)
template <typename T, int N> dspc_lanes<T, N> operator-(const dspc_lanes<T, N>& a) {
	dspc_lanes<T, N> to;
	for (int lane = 0; lane < N; ++lane) to.at[lane] = -a.at[lane];
	return to;
}
template <typename V, typename T> V dspc_load(const T* from) {
	V to;
	std::memcpy(&to, from, sizeof(V));
	return to;
}
template <typename V> V dspc_splat(decltype(V().at[0] + 0) x) {
	V to;
	for (int lane = 0; lane < int(sizeof(to.at) / sizeof(x)); ++lane) to.at[lane] = x;
	return to;
}
template <typename C, typename T, int N>
dspc_lanes<T, N> dspc_select(const C& c, const dspc_lanes<T, N>& a, const dspc_lanes<T, N>& b) {
	dspc_lanes<T, N> to;
	for (int lane = 0; lane < N; ++lane) to.at[lane] = c.at[lane] ? a.at[lane] : b.at[lane];
	return to;
}
}
#define DSPC_LOAD(V, from) DSPC_OWN::dspc_load<V>(from)
#define DSPC_STORE(V, to, value) std::memcpy(to, &static_cast<const V&>(value), sizeof(V))
#define DSPC_PUT(to, lane, x) (void)((to)[lane] = x)
#define DSPC_SPLAT(V, x) DSPC_OWN::dspc_splat<V>(x)
#define DSPC_SELECT(condition, yes, no) DSPC_OWN::dspc_select(condition, yes, no)
#define DSPC_CONVERT(V, value) V(value)
#endif
#if !defined(DSPC_SHUFFLE)
namespace DSPC_OWN {
template <typename V, typename A> V dspc_shuffle(const A& a, const A& b, const int* mask) {
	V to;
	const int most = int(sizeof(A) / sizeof(a[0]));
	for (int lane = 0; lane < int(sizeof(V) / sizeof(a[0])); ++lane)
		to[lane] = mask[lane] < most ? a[mask[lane]] : b[mask[lane] - most];
	return to;
}
}
#define DSPC_SHUFFLE(V, a, b, ...) \
	DSPC_OWN::dspc_shuffle<V>(a, b, std::initializer_list<int>({__VA_ARGS__}).begin())
#endif
