// Vectors that are wider than a register, in halves down to registers.
#define DSPC_INLINE inline __attribute__((always_inline))
namespace DSPC_OWN {
template <typename T, int N> struct dspc_halves;
template <typename T, int N, bool is_wide = (sizeof(T) * N > DSPC_REGISTER_BYTES)>
struct dspc_vector {
	typedef T type __attribute__((vector_size(sizeof(T) * N)));
	typedef T anywhere __attribute__((vector_size(sizeof(T) * N), aligned(sizeof(T)), may_alias));
};
template <typename T, int N> struct dspc_vector<T, N, true> {
	typedef dspc_halves<T, N> type;
};
template <typename T> struct dspc_mask { typedef int type; };
template <> struct dspc_mask<double> { typedef int64_t type; };
template <> struct dspc_mask<int64_t> { typedef int64_t type; };
// What a vector is made of: numbers, in `parts` registers of `each`.
template <typename V> struct dspc_shape {
	typedef typename std::decay<decltype(std::declval<const V&>()[0])>::type number;
	static constexpr int lanes = sizeof(V) / sizeof(number), parts = 1, each = lanes;
	typedef typename dspc_vector<number, lanes>::anywhere anywhere;
	template <typename F> DSPC_INLINE static V load(const F* from) { return *(const anywhere*)from; }
	template <typename F> DSPC_INLINE static void store(F* to, const V& value) {
		*(anywhere*)to = value;
	}
	DSPC_INLINE static V splat(number x) { return x - V{}; }
	DSPC_INLINE static void put(V& to, int lane, number x) { to[lane] = x; }
	template <int> DSPC_INLINE static const V& part(const V& value) { return value; }
};
template <typename T, int N> struct dspc_shape<dspc_halves<T, N>> {
	typedef T number;
	typedef dspc_halves<T, N> V;
	typedef dspc_shape<typename V::half> H;
	static constexpr int lanes = N, parts = 2 * H::parts, each = H::each;
	template <typename F> DSPC_INLINE static V load(const F* from) {
		return {H::load(from), H::load(from + N / 2)};
	}
	template <typename F> DSPC_INLINE static void store(F* to, const V& value) {
		H::store(to, value.low);
		H::store(to + N / 2, value.high);
	}
	DSPC_INLINE static V splat(T x) { return {H::splat(x), H::splat(x)}; }
	// Vectors whose lanes are named by constants stay in registers.
	DSPC_INLINE static void put(V& to, int lane, T x) {
		if (!__builtin_constant_p(lane)) {
			reinterpret_cast<T*>(&to)[lane] = x;
			return;
		}
		typename V::half& half = lane < N / 2 ? to.low : to.high;
		typename V::half changed = half;
		H::put(changed, lane % (N / 2), x);
		half = changed;
	}
	template <int K> DSPC_INLINE static auto part(const V& value)
		-> decltype(H::template part<0>(value.low)) {
		return H::template part<K % H::parts>(K < H::parts ? value.low : value.high);
	}
};
template <typename T, int N> struct dspc_halves {
	typedef typename dspc_vector<T, N / 2>::type half;
	half low, high;
	dspc_halves() = default;
	DSPC_INLINE dspc_halves(const half& first, const half& second) : low(first), high(second) {}
	template <typename... R> DSPC_INLINE dspc_halves(T first, T second, R... rest) {
		const T all[N] = {first, second, T(rest)...};
		low = dspc_shape<half>::load(all);
		high = dspc_shape<half>::load(all + N / 2);
	}
	DSPC_INLINE T operator[](int lane) const {
		if (!__builtin_constant_p(lane)) return reinterpret_cast<const T*>(this)[lane];
		return lane < N / 2 ? low[lane % (N / 2)] : high[lane % (N / 2)];
	}
	template <typename U> DSPC_INLINE explicit operator dspc_halves<U, N>() const {
		typedef typename dspc_halves<U, N>::half to;
		return {(to)low, (to)high};
	}
};
template <typename V>
DSPC_INLINE void dspc_put(V& to, int lane, typename dspc_shape<V>::number x) {
	dspc_shape<V>::put(to, lane, x);
}
#define DSPC_BY_HALVES(R, op)                                                   \
	template <typename T, int N>                                                   \
	DSPC_INLINE dspc_halves<R, N> operator op(                                     \
		const dspc_halves<T, N>& a, const dspc_halves<T, N>& b) {                     \
		return {a.low op b.low, a.high op b.high};                                    \
	}
DSPC_BY_HALVES(T, +)
DSPC_BY_HALVES(T, -)
DSPC_BY_HALVES(T, *)
DSPC_BY_HALVES(T, /)
DSPC_BY_HALVES(T, %)
DSPC_BY_HALVES(T, &)
DSPC_BY_HALVES(T, |)
DSPC_BY_HALVES(T, ^)
DSPC_BY_HALVES(T, <<)
DSPC_BY_HALVES(T, >>)
DSPC_BY_HALVES(typename dspc_mask<T>::type, <)
DSPC_BY_HALVES(typename dspc_mask<T>::type, <=)
DSPC_BY_HALVES(typename dspc_mask<T>::type, >)
DSPC_BY_HALVES(typename dspc_mask<T>::type, >=)
DSPC_BY_HALVES(typename dspc_mask<T>::type, ==)
DSPC_BY_HALVES(typename dspc_mask<T>::type, !=)
template <typename T, int N> DSPC_INLINE dspc_halves<T, N> operator-(const dspc_halves<T, N>& a) {
	return {-a.low, -a.high};
}
template <typename C, typename V> DSPC_INLINE V dspc_select(const C& c, const V& a, const V& b) {
	return c ? a : b;
}
template <typename C, typename T, int N>
DSPC_INLINE dspc_halves<T, N> dspc_select(
	const dspc_halves<C, N>& c, const dspc_halves<T, N>& a, const dspc_halves<T, N>& b) {
	return {dspc_select(c.low, a.low, b.low), dspc_select(c.high, a.high, b.high)};
}
// Conversion to V of vectors whose numbers may have another width, hence another count of registers.
template <typename V> struct dspc_converted {
	template <typename A> DSPC_INLINE static V of(const A& value) {
		return __builtin_convertvector(value, V);
	}
	template <typename T, int N> DSPC_INLINE static V of(const dspc_halves<T, N>& value) {
		V to;
		for (int lane = 0; lane < N; ++lane) dspc_put(to, lane, value[lane]);
		return to;
	}
};
template <typename U, int N> struct dspc_converted<dspc_halves<U, N>> {
	typedef dspc_halves<U, N> V;
	typedef dspc_converted<typename V::half> H;
	template <typename A> DSPC_INLINE static V of(const A& value) {
		V to;
		for (int lane = 0; lane < N; ++lane) dspc_put(to, lane, value[lane]);
		return to;
	}
	template <typename T> DSPC_INLINE static V of(const dspc_halves<T, N>& value) {
		return {H::of(value.low), H::of(value.high)};
	}
};
template <int... M> struct dspc_order { static constexpr int at[] = {M...}; };
template <int N, int... K> struct dspc_count : dspc_count<N - 1, N - 1, K...> {};
template <int... K> struct dspc_count<0, K...> { typedef dspc_order<K...> type; };
// The registers of a and b from which a part of V that is one register takes its lanes.
template <typename A, typename M, int from, int count> struct dspc_sources {
	typedef dspc_shape<A> S;
	static constexpr int register_of(int lane) { return M::at[from + lane] / S::each; }
	static constexpr int second(int lane) {
		return lane == count ? register_of(0)
			: register_of(lane) != register_of(0) ? register_of(lane) : second(lane + 1);
	}
	static constexpr bool are_two(int lane) {
		return lane == count || ((register_of(lane) == register_of(0) ||
			register_of(lane) == second(0)) && are_two(lane + 1));
	}
	static constexpr int lane_of(int lane) {
		return M::at[from + lane] % S::each + (register_of(lane) == register_of(0) ? 0 : S::each);
	}
	template <int K> DSPC_INLINE static auto take(const A& a, const A& b)
		-> decltype(S::template part<0>(a)) {
		return S::template part<K % S::parts>(K < S::parts ? a : b);
	}
};
// Lanes of a and b, those that stand in M behind `from`.
template <typename V, typename A, typename M, int from> struct dspc_shuffled {
	static constexpr int lanes = dspc_shape<V>::lanes;
	typedef dspc_sources<A, M, from, lanes> S;
	typedef typename dspc_mask<typename dspc_shape<V>::number>::type index;
	typedef typename dspc_vector<index, lanes>::type indices;
	template <int... K>
	DSPC_INLINE static V made(const A& a, const A& b, dspc_order<K...>, std::true_type) {
		return __builtin_shuffle(S::template take<S::register_of(0)>(a, b),
			S::template take<S::second(0)>(a, b), indices{S::lane_of(K)...});
	}
	template <int... K>
	DSPC_INLINE static V made(const A& a, const A& b, dspc_order<K...>, std::false_type) {
		return V{S::template take<S::register_of(K)>(a, b)[M::at[from + K] % S::S::each]...};
	}
	DSPC_INLINE static V of(const A& a, const A& b) {
		constexpr bool is_one = S::S::each == lanes && S::are_two(0);
		return made(a, b, typename dspc_count<lanes>::type(), std::integral_constant<bool, is_one>());
	}
};
template <typename T, int N, typename A, typename M, int from>
struct dspc_shuffled<dspc_halves<T, N>, A, M, from> {
	typedef typename dspc_halves<T, N>::half half;
	DSPC_INLINE static dspc_halves<T, N> of(const A& a, const A& b) {
		return {dspc_shuffled<half, A, M, from>::of(a, b),
			dspc_shuffled<half, A, M, from + N / 2>::of(a, b)};
	}
};
template <typename V, typename M, typename A> DSPC_INLINE V dspc_shuffle(const A& a, const A& b) {
	return dspc_shuffled<V, A, M, 0>::of(a, b);
}
}
#define DSPC_VECTOR_TYPE(T, A, N) typedef DSPC_OWN::dspc_vector<T, N>::type dspc_##A##x##N
#define DSPC_LOAD(V, from) DSPC_OWN::dspc_shape<V>::load(from)
#define DSPC_STORE(V, to, value) DSPC_OWN::dspc_shape<V>::store(to, value)
#define DSPC_PUT(to, lane, x) DSPC_OWN::dspc_put(to, lane, x)
#define DSPC_SPLAT(V, x) DSPC_OWN::dspc_shape<V>::splat(x)
#define DSPC_SELECT(condition, yes, no) DSPC_OWN::dspc_select(condition, yes, no)
#define DSPC_CONVERT(V, value) DSPC_OWN::dspc_converted<V>::of(value)
#define DSPC_SHUFFLE(V, a, b, ...) DSPC_OWN::dspc_shuffle<V, DSPC_OWN::dspc_order<__VA_ARGS__>>(a, b)
