// Prints the greatest error of each function of maths.hpp, in units in the last place, and the number
// of arguments of which special results (infinities, NaN, signed zeros) differ from the C library's.
//
//     own_maths STEP      each STEPth of the 2^32 numbers; pairs are random, from a fixed seed
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <initializer_list>

#include "own_functions.hpp"

namespace {

double ulp(double exact)
{
	const double size = std::fabs(exact);
	if (size < 1.17549435e-38) return 1.401298464324817e-45;
	int exponent;
	std::frexp(size, &exponent);
	return std::ldexp(1.0, exponent - 24);
}

struct Worst {
	double error = 0;
	long wrong = 0;

	void compare(float got, double exact, double slack)
	{
		const float rounded = float(exact);
		if (exact != exact || got != got) {
			wrong += (exact != exact) != (got != got);
		} else if (std::isinf(rounded) || std::isinf(got)) {
			wrong += rounded != got && std::fabs(double(got)) < 3.4028e38;
			wrong += std::signbit(rounded) != std::signbit(got);
		} else {
			if (rounded == 0 && got == 0) wrong += std::signbit(rounded) != std::signbit(got);
			error = std::fmax(error, (std::fabs(got - exact) - slack) / ulp(exact));
		}
	}
};

float number(uint32_t bits)
{
	float x;
	std::memcpy(&x, &bits, 4);
	return x;
}

template <typename F, typename G, typename S>
void all(const char* name, uint64_t step, F ours, G exact, S slack)
{
	Worst worst;
	for (uint64_t bits = 0; bits < (uint64_t(1) << 32); bits += step) {
		const float x = number(uint32_t(bits));
		const double y = exact(double(x));
		worst.compare(ours(x), y, slack(double(x), y));
	}
	for (const float x : {0.0f, -0.0f, INFINITY, -INFINITY, NAN, 1.0f, -1.0f, 1e-45f, -1e-45f}) {
		const double y = exact(double(x));
		worst.compare(ours(x), y, slack(double(x), y));
	}
	std::printf("%s %.3f %ld\n", name, worst.error, worst.wrong);
}

float some()
{
	const float special[] = {0.0f, -0.0f, 1, -1, 2, -2, 0.5f, -0.5f, 3, -3, INFINITY, -INFINITY, NAN,
		1e-40f, -1e-40f, 1e38f, -1e38f, 16777216.0f, 16777217.0f, -16777215.0f, 2.5f, -2.5f};
	switch (rand() % 4) {
		case 0: return special[rand() % 22];
		case 1: return number((uint32_t(rand()) << 16) ^ uint32_t(rand()));
		case 2: return float(rand()) / float(RAND_MAX) * 40 - 20;
		default: return float(rand() % 41 - 20);
	}
}

template <typename F, typename G> void pairs(const char* name, F ours, G exact)
{
	Worst worst;
	srand(1);
	for (int i = 0; i < 1000000; ++i) {
		const float x = some(), y = some();
		worst.compare(ours(x, y), exact(double(x), double(y)), 0);
	}
	std::printf("%s %.3f %ld\n", name, worst.error, worst.wrong);
}

double exactly(double, double) { return 0; }
double turned(double x, double) { return std::fabs(x) > 1e9 ? 2 : 3e-16 * std::fabs(x); }
double tangent(double x, double y) { return std::fabs(x) > 1e9 ? INFINITY : 3e-16 * std::fabs(x) * (1 + y * y); }

}  // namespace

#define ALL(name, slack) \
	all(#name, step, dspc_##name, static_cast<double (*)(double)>(std::name), slack)
#define PAIRS(name) pairs(#name, dspc_##name, static_cast<double (*)(double, double)>(std::name))

int main(int, char** words)
{
	const uint64_t step = std::strtoull(words[1], nullptr, 10);
	ALL(exp, exactly);
	ALL(exp2, exactly);
	ALL(log, exactly);
	ALL(log2, exactly);
	ALL(log10, exactly);
	ALL(sin, turned);
	ALL(cos, turned);
	ALL(tan, tangent);
	ALL(tanh, exactly);
	ALL(atan, exactly);
	ALL(asin, exactly);
	ALL(acos, exactly);
	PAIRS(pow);
	PAIRS(atan2);
}
