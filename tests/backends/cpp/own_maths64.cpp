// Prints the greatest error of each function of maths64.hpp, in units in the last place, and the number
// of arguments of which special results (infinities, NaN, signed zeros) differ from the C library's.
// Exact results are long doubles, of 64 bits or more.
//
//     own_maths64 COUNT      as many arguments of each function: some of all binades, some of [-20, 20],
//                            some near 1 and some special, from a fixed seed
#include <cfloat>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <random>

#include "own_functions.hpp"

namespace {

static_assert(LDBL_MANT_DIG >= 64, "long double is no more exact than double");
using exact = long double;

exact ulp(exact value)
{
	const exact size = std::fabs(value);
	if (size < DBL_MIN) return std::ldexp(exact(1), -1074);
	int exponent;
	std::frexp(size, &exponent);
	return std::ldexp(exact(1), exponent - 53);
}

struct Worst {
	exact error = 0;
	long wrong = 0;

	void compare(double got, exact value, exact slack)
	{
		const double rounded = double(value);
		if (value != value || got != got) {
			wrong += (value != value) != (got != got);
		} else if (std::isinf(rounded) || std::isinf(got)) {
			wrong += rounded != got && std::fabs(value) < 1.7976e308L && std::fabs(got) < 1.7976e308;
			wrong += std::signbit(rounded) != std::signbit(got);
		} else {
			if (rounded == 0 && got == 0) wrong += std::signbit(rounded) != std::signbit(got);
			error = std::fmax(error, (std::fabs(got - value) - slack) / ulp(value));
		}
	}
};

std::mt19937_64 source(1);

double uniform(double low, double high)
{
	return low + (high - low) * double(source() >> 11) * 0x1p-53;
}

double some()
{
	const double special[] = {0.0, -0.0, 1, -1, 2, -2, 0.5, -0.5, 3, -3, INFINITY, -INFINITY, NAN, 1e-310,
		-1e-310, 1e308, -1e308, 9007199254740992.0, 9007199254740991.0, -9007199254740991.0, 2.5, -2.5,
		4294967297.0, 2147483649.5};
	const uint64_t bits = source();
	double x;
	switch (source() % 6) {
		case 0: return special[bits % 24];
		case 1: std::memcpy(&x, &bits, 8); return x;
		case 2: return double(int(bits % 41)) - 20;
		case 3: return uniform(0.5, 1.5);
		case 4: return uniform(-1000, 1000);
		default: return uniform(-20, 20);
	}
}

template <typename F, typename G, typename S> void one(const char* name, long count, F ours, G right, S slack)
{
	Worst worst;
	for (long i = 0; i < count; ++i) {
		const double x = some();
		const exact y = right(exact(x));
		worst.compare(ours(x), y, slack(exact(x), y));
	}
	std::printf("%s %.3f %ld\n", name, double(worst.error), worst.wrong);
}

template <typename F, typename G, typename S> void two(const char* name, long count, F ours, G right, S slack)
{
	Worst worst;
	for (long i = 0; i < count; ++i) {
		const double x = some(), y = some();
		const exact z = right(exact(x), exact(y));
		worst.compare(ours(x, y), z, slack(exact(x), exact(y), z));
	}
	std::printf("%s %.3f %ld\n", name, double(worst.error), worst.wrong);
}

exact none(exact, exact) { return 0; }
exact apart(exact, exact, exact) { return 0; }
exact turned(exact x, exact) { return std::fabs(x) > 1e9L ? 2 : 3e-16L * std::fabs(x); }
exact tangent(exact x, exact y) { return std::fabs(x) > 1e9L ? INFINITY : 3e-16L * std::fabs(x) * (1 + y * y); }
exact grown(exact x, exact y) { return 3e-16L * std::fabs(x * y); }
exact powered(exact x, exact y, exact z)
{
	return z == 0 ? 0 : 5e-16L * std::fabs(y * std::log(std::fabs(x)) * z);
}

}  // namespace

#define ONE(name, slack) one(#name, count, dspc_##name##_64, static_cast<exact (*)(exact)>(std::name), slack)
#define TWO(name, slack) \
	two(#name, count, dspc_##name##_64, static_cast<exact (*)(exact, exact)>(std::name), slack)

int main(int, char** words)
{
	const long count = std::atol(words[1]);
	ONE(exp, grown);
	ONE(exp2, none);
	ONE(log, none);
	ONE(log2, none);
	ONE(log10, none);
	ONE(sin, turned);
	ONE(cos, turned);
	ONE(tan, tangent);
	ONE(tanh, none);
	ONE(atan, none);
	ONE(asin, none);
	ONE(acos, none);
	TWO(pow, powered);
	TWO(atan2, apart);
}
