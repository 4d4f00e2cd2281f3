// Lives of one class: "ok", or the first thing that is wrong. TABLES: the blocks of `classInit`.
#ifndef FAUSTFLOAT
#define FAUSTFLOAT float
#endif
#include "native_host.hpp"
#include "life.h"
#include "plain.h"
#include "managed.h"

int main()
{
	lives<mydsp, plain>(TABLES);
	std::printf("ok\n");
	return 0;
}
