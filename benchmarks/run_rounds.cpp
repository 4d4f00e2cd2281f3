// Times libraries made of run_time.cpp, by turns in one process.
//
//     run_rounds ROUNDS REFERENCE LIBRARY...
//
// Blocks are BENCHMARK_BLOCK frames, or 512. Each renders 8192 frames of noise first; then all are timed in short turns, in the order given
// and in its reverse. Prints a line for each library: its least nanoseconds per frame, its greatest
// difference to the reference, and the reference's peak. Denormal numbers are flushed to zero.
#include <dlfcn.h>

#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

#if defined(__SSE2__)
#include <immintrin.h>
#endif

namespace {

constexpr int rendered = 8192;  // frames
constexpr int most = 204800;    // frames of a turn
int block = 512;
using Clock = std::chrono::steady_clock;

struct Library {
	size_t bytes = 4;
	int inputs = 0, outputs = 0;
	void* program = nullptr;
	void (*compute)(void*, int, void**, void**) = nullptr;
	std::vector<std::vector<char>> rows;
	std::vector<void*> pointers;
	std::vector<double> heard;
	double least = 1e30;
	int turn = 1;

	explicit Library(const char* path)
	{
		void* handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
		if (!handle) {
			std::fprintf(stderr, "%s\n", dlerror());
			std::exit(1);
		}
		bytes = reinterpret_cast<size_t (*)()>(dlsym(handle, "sample_bytes"))();
		program = reinterpret_cast<void* (*)()>(dlsym(handle, "start"))();
		inputs = reinterpret_cast<int (*)(void*)>(dlsym(handle, "inputs"))(program);
		outputs = reinterpret_cast<int (*)(void*)>(dlsym(handle, "outputs"))(program);
		compute = reinterpret_cast<decltype(compute)>(dlsym(handle, "compute"));
		rows.assign(inputs + outputs, std::vector<char>(block * bytes + 64));
		for (auto& row : rows) pointers.push_back(row.data());
	}

	void fill(unsigned seed)
	{
		for (int channel = 0; channel < inputs; ++channel) {
			for (int i = 0; i < block; ++i) {
				seed = seed * 1664525u + 1013904223u;
				const double value = int(seed) / 4294967296.0;
				if (bytes == 4) reinterpret_cast<float*>(pointers[channel])[i] = float(value);
				else reinterpret_cast<double*>(pointers[channel])[i] = value;
			}
		}
	}

	void run() { compute(program, block, pointers.data(), pointers.data() + inputs); }

	void listen()
	{
		for (int turn = 0; turn < rendered / block; ++turn) {
			fill(turn * 77777u + 1);
			run();
			for (int channel = 0; channel < outputs; ++channel) {
				void* row = pointers[inputs + channel];
				for (int i = 0; i < block; ++i) {
					heard.push_back(bytes == 4 ? reinterpret_cast<float*>(row)[i]
											   : reinterpret_cast<double*>(row)[i]);
				}
			}
		}
	}

	// The seconds that some blocks take.
	double time(int blocks)
	{
		const auto begin = Clock::now();
		for (int i = 0; i < blocks; ++i) run();
		return std::chrono::duration<double>(Clock::now() - begin).count();
	}

	void measure()
	{
		const double spent = time(turn);
		const double each = spent * 1e9 / (double(block) * turn);
		if (each < least) least = each;
	}

	// As many blocks as fill a turn of some hundred microseconds.
	void settle()
	{
		time(2);
		const double once = time(4) / 4;
		turn = once > 3e-4 ? 1 : int(3e-4 / (once + 1e-9)) + 1;
		if (turn > most / block) turn = most / block;
	}
};

}  // namespace

int main(int count, char** words)
{
#if defined(__SSE2__)
	_mm_setcsr(_mm_getcsr() | 0x8040);
#endif
	if (count < 4) return 2;
	const int rounds = std::atoi(words[1]);
	if (const char* frames = std::getenv("BENCHMARK_BLOCK")) block = std::atoi(frames);
	if (block < 1 || block > rendered) return 2;
	Library reference(words[2]);
	std::vector<Library> libraries;
	for (int i = 3; i < count; ++i) libraries.emplace_back(words[i]);
	reference.listen();
	for (auto& library : libraries) library.listen();
	for (auto& library : libraries) library.settle();
	for (int round = 0; round < rounds; ++round) {
		for (size_t i = 0; i < libraries.size(); ++i) {
			libraries[round % 2 ? libraries.size() - 1 - i : i].measure();
		}
	}
	double peak = 0;
	for (double value : reference.heard) peak = std::fmax(peak, std::fabs(value));
	for (auto& library : libraries) {
		double error = library.heard.size() == reference.heard.size() ? 0 : INFINITY;
		for (size_t i = 0; i < library.heard.size() && std::isfinite(error); ++i) {
			const double gap = std::fabs(library.heard[i] - reference.heard[i]);
			error = std::isfinite(gap) ? std::fmax(error, gap) : INFINITY;
		}
		std::printf("%.4f %.3g %.3g\n", library.least, error, peak);
	}
	return 0;
}
