// A manager that is told the space of each block. It prints "told SPACE BYTES" and "given SPACE
// BYTES" for each, in order, and "ok" at the end. Without LISTEN it is a plain manager of Faust's.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>
#define FAUSTFLOAT float
#include "native_host.hpp"

struct dsp_memory_manager {
	enum MemType { kInt32, kInt32_ptr, kFloat, kFloat_ptr, kDouble, kDouble_ptr, kObj, kObj_ptr };
	virtual ~dsp_memory_manager() {}
	virtual void begin(size_t) {}
	virtual void end() {}
	virtual void info(const char*, MemType, size_t, size_t, size_t, size_t) {}
	virtual void* allocate(size_t) = 0;
	virtual void destroy(void*) = 0;
};

#include "managed.h"

struct Board : dsp_memory_manager, dspc_spaces {
	const char* next = "untold";
	void space(const char* name) override { next = *name ? name : "any"; }
	void info(const char*, MemType, size_t, size_t size, size_t, size_t) override
	{
		std::printf("told %s %zu\n", next, size);
		next = "untold";
	}
	void* allocate(size_t size) override
	{
		std::printf("given %s %zu\n", next, size);
		next = "untold";
		return std::malloc(size);
	}
	void destroy(void* memory) override { std::free(memory); }
};

int main()
{
	static Board board;
	mydsp::fManager = &board;
#ifdef LISTEN
	mydsp::fSpaces = &board;
#endif
	mydsp::memoryInfo();
	mydsp::classInit(44100);
	mydsp* const program = mydsp::create();
	program->instanceInit(44100);
	mydsp* const twin = program->clone();
	mydsp::destroy(twin);
	mydsp::destroy(program);
	mydsp::classDestroy();
	std::printf("ok\n");
}
