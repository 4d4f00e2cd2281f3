// A class that Faust generated with -mem, in our managers; FAUST_CLASS names its file.
#include "check.h"
#include "dspc/memory.h"

#include <faust/dsp/dsp.h>
#include <faust/gui/UI.h>
#include <faust/gui/meta.h>

#include FAUST_CLASS

#include <cmath>

int main() {
    alignas(16) static unsigned char memory[1 << 16];
    dspc::TlsfAllocator tlsf(memory, sizeof memory);
    {
        dspc::CountingAllocator counting(&tlsf);
        {
            dspc::ToFaustManager<dsp_memory_manager> manager(counting);
            mydsp::fManager = &manager;
            mydsp::memoryInfo();
            mydsp::classInit(48000);
            mydsp* echo = mydsp::create();
            echo->instanceInit(48000);
            const std::size_t requests = counting.counts().requests;
            CHECK(requests >= 3);
            float input[64] = {1.0F};
            float output[64];
            float* inputs[] = {input};
            float* outputs[] = {output};
            echo->compute(64, inputs, outputs);
            CHECK(std::isfinite(output[63]) && counting.counts().requests == requests);
            mydsp::destroy(echo);
            mydsp::classDestroy();

            // Faust's own interface as an allocator of ours.
            dspc::FromFaustManager<dsp_memory_manager> back(manager);
            void* block = back.allocate(100, 64, "block");
            CHECK(block != nullptr && dspc::isAligned(block, 64));
            back.destroy(block, 100, 64);
        }
        CHECK(counting.isClean() && counting.references() == 1);
    }
    CHECK(tlsf.check() && tlsf.live() == 0);
    std::puts("ok");
    return 0;
}
