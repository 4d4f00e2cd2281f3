// Measures what a machine file's [processor] says: prints `name value` lines, in ns. The first line
// is the length of a cycle: that of a dependent integer addition.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <thread>
#include <vector>

#ifndef WIDTH
#define WIDTH 0  // bytes of a vector register
#endif

namespace {

constexpr int turns = 20000;
constexpr int tries = 15;

// Hides a value from the optimiser, so that no operation on it is folded, hoisted or vectorised.
template <class T>
inline void hide(T& value)
{
#if defined(__x86_64__)
	if constexpr (std::is_integral<T>::value) {
		asm volatile("" : "+r"(value));
	} else {
		asm volatile("" : "+x"(value));
	}
#elif defined(__aarch64__)
	if constexpr (std::is_integral<T>::value) {
		asm volatile("" : "+r"(value));
	} else {
		asm volatile("" : "+w"(value));
	}
#else
	asm volatile("" : "+m"(value));
#endif
}

// The least ns of some tries for one of `count` operations.
template <class F>
double least(double count, F run)
{
	double best = 1e30;
	for (int at = 0; at < tries; ++at) {
		const auto start = std::chrono::steady_clock::now();
		run();
		const std::chrono::duration<double, std::nano> spent =
			std::chrono::steady_clock::now() - start;
		best = std::min(best, spent.count());
	}
	return best / count;
}

template <class T, class F>
double latency(T start, F step)
{
	return least(turns, [&] {
		T x = start;
		for (int at = 0; at < turns; ++at) {
			x = step(x);
			hide(x);
		}
	});
}

// Eight independent operations in each turn.
template <class T, class F>
double throughput(T start, F step)
{
	return least(8.0 * turns, [&] {
		T x[8];
		for (T& each : x) each = start;
		T a = x[0], b = x[1], c = x[2], d = x[3], e = x[4], f = x[5], g = x[6], h = x[7];
		for (int at = 0; at < turns; ++at) {
			a = step(a), b = step(b), c = step(c), d = step(d);
			e = step(e), f = step(f), g = step(g), h = step(h);
			hide(a), hide(b), hide(c), hide(d), hide(e), hide(f), hide(g), hide(h);
		}
	});
}

template <class T, class F>
void both(const char* name, const char* type, T start, F step)
{
	std::printf("latency.%s.%s %.9g\n", name, type, latency(start, step));
	std::printf("throughput.%s.%s %.9g\n", name, type, throughput(start, step));
}

template <class T>
void floats(const char* type)
{
	T k = T(1.0000001), small = T(0.25);
	hide(k), hide(small);
	both("add", type, T(1), [&](T x) { return x + small; });
	both("mul", type, T(1), [&](T x) { return x * k; });
	both("div", type, T(1.5), [&](T x) { return k / x; });
	both("sqrt", type, T(1.5), [&](T x) { return std::sqrt(x); });
	both("min", type, T(1.5), [&](T x) { return x < k ? x : k; });
	both("round", type, T(1.5), [&](T x) { return std::floor(x) + small; });
	both("function", type, T(0.5), [&](T x) { return std::sin(x); });
}

void integers()
{
	std::int32_t k = 3;
	hide(k);
	both("add", "i32", std::int32_t(1), [&](std::int32_t x) { return std::int32_t(x + k); });
	both("mul", "i32", std::int32_t(1), [&](std::int32_t x) {
		return std::int32_t(std::uint32_t(x) * std::uint32_t(k));
	});
	both("logic", "i32", std::int32_t(1), [&](std::int32_t x) { return x ^ k; });
	both("remainder", "i32", std::int32_t(1 << 30), [&](std::int32_t x) {
		return std::int32_t((1 << 30) + x % (k + 1000));
	});
}

// A chain of loads, each at the index that the one before read; and independent ones.
void loads()
{
	constexpr std::uint32_t size = 2048;
	std::vector<std::uint32_t> next(size);
	for (std::uint32_t at = 0; at < size; ++at) next[at] = (at * 5 + 1) % size;
	both("load", "i32", std::uint32_t(0), [&](std::uint32_t at) { return next[at]; });
	std::printf("gather %.9g\n", throughput(std::uint32_t(7), [&](std::uint32_t at) {
		return std::uint32_t(next[at & (size - 1)] & 255);
	}));
}

#if WIDTH
void vectors()
{
	typedef float Lanes __attribute__((vector_size(WIDTH)));
	Lanes k{};
	k += 1.5f;
	hide(k);
	Lanes start{};
	std::printf("vector %.9g\n", throughput(start, [&](Lanes x) { return x + k; }));
	float scalar = 2;
	hide(scalar);
	std::printf("insert %.9g\n", throughput(start, [&](Lanes x) {
		x[1] = scalar;
		return x;
	}));
	std::vector<float> row(8);
	float* out = row.data();
	std::printf("extract %.9g\n", throughput(start, [&](Lanes x) {
		*out = x[1];
		return x;
	}));
}
#endif

// Two threads that wait for each other, the least of some tries: a round is two barriers.
void threads()
{
	constexpr int rounds = 100, all = 40;
	std::atomic<int> ball{0};
	const auto play = [&ball](int first, int last) {
		for (int at = first; at < last; at += 2) {
			while (ball.load(std::memory_order_acquire) != at) std::this_thread::yield();
			ball.store(at + 1, std::memory_order_release);
		}
	};
	std::thread other(play, 1, 2 * rounds * all);
	double best = 1e30;
	for (int at = 0; at < all; ++at) {
		const auto start = std::chrono::steady_clock::now();
		play(2 * rounds * at, 2 * rounds * (at + 1));
		const std::chrono::duration<double, std::nano> spent =
			std::chrono::steady_clock::now() - start;
		best = std::min(best, spent.count());
	}
	other.join();
	std::printf("barrier %.9g\n", best / (2 * rounds));
	std::printf("hand_over %.9g\n", 2 * best / (2 * rounds));
}

}  // namespace

int main()
{
	std::int64_t one = 1;
	hide(one);
	std::printf("cycle %.9g\n", latency(std::int64_t(0), [&](std::int64_t x) { return x + one; }));
	floats<float>("f32");
	floats<double>("f64");
	integers();
	loads();
#if WIDTH
	vectors();
#endif
	threads();
}
