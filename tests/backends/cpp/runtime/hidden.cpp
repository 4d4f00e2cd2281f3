// Counts every call of malloc and operator new in the process: none goes around the manager.
#include "full_life.h"

#include <cerrno>
#include <new>

extern "C" {
void* __libc_malloc(std::size_t);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);
void* __libc_memalign(std::size_t, std::size_t);
void __libc_free(void*);
}

namespace {
std::size_t mallocs = 0;
std::size_t frees = 0;
std::size_t news = 0;
}  // namespace

extern "C" {
void* malloc(std::size_t n) { ++mallocs; return __libc_malloc(n); }
void* calloc(std::size_t n, std::size_t m) { ++mallocs; return __libc_calloc(n, m); }
void* realloc(void* p, std::size_t n) { ++mallocs; return __libc_realloc(p, n); }
void* memalign(std::size_t a, std::size_t n) { ++mallocs; return __libc_memalign(a, n); }
void* aligned_alloc(std::size_t a, std::size_t n) { ++mallocs; return __libc_memalign(a, n); }
int posix_memalign(void** p, std::size_t a, std::size_t n) {
    ++mallocs;
    *p = __libc_memalign(a, n);
    return *p == nullptr ? ENOMEM : 0;
}
void free(void* p) { frees += p != nullptr ? 1 : 0; __libc_free(p); }
}

void* operator new(std::size_t n) { ++news; return __libc_malloc(n); }
void* operator new[](std::size_t n) { ++news; return __libc_malloc(n); }
void* operator new(std::size_t n, std::align_val_t a) {
    ++news;
    return __libc_memalign(static_cast<std::size_t>(a), n);
}
void* operator new(std::size_t n, const std::nothrow_t&) noexcept {
    ++news;
    return __libc_malloc(n);
}
void operator delete(void* p) noexcept { __libc_free(p); }
void operator delete[](void* p) noexcept { __libc_free(p); }
void operator delete(void* p, std::size_t) noexcept { __libc_free(p); }
void operator delete[](void* p, std::size_t) noexcept { __libc_free(p); }
void operator delete(void* p, std::align_val_t) noexcept { __libc_free(p); }

namespace {

alignas(64) unsigned char memory[1 << 16];

void nothingHidden(dspc::Allocator& allocator, std::size_t expected) {
    CHECK(dspc::ok(dspc::ClassTables<EchoDsp>::setAllocator(&allocator)));
    const std::size_t mallocsBefore = mallocs;
    const std::size_t freesBefore = frees;
    const std::size_t newsBefore = news;
    CHECK(dspc::ok(fullLife(allocator, [] { return mallocs + news; })));
    CHECK(mallocs - mallocsBefore == expected);
    CHECK(frees - freesBefore == expected);
    CHECK(news == newsBefore);
    CHECK(dspc::ok(dspc::ClassTables<EchoDsp>::setAllocator(nullptr)));
}

}  // namespace

int main() {
    {
        // The counters work at all.
        const std::size_t before = mallocs + news;
        void* volatile block = std::malloc(10);  // volatile: not to be optimised away
        std::free(block);
        int* volatile number = new int(3);
        delete number;
        CHECK(mallocs + news == before + 2);
    }
    dspc::ArenaAllocator arena(memory, sizeof memory);
    nothingHidden(arena, 0);
    {
        dspc::TlsfAllocator tlsf(memory, sizeof memory);
        nothingHidden(tlsf, 0);
        dspc::CountingAllocator counting(&tlsf);
        dspc::FaultyAllocator faulty(&counting);
        nothingHidden(faulty, 0);
        for (std::uint64_t n = 1; n <= 11; ++n) {  // nor on the ways of failure
            const std::size_t before = mallocs + news;
            faulty.failFrom(n);
            CHECK(dspc::ok(dspc::ClassTables<EchoDsp>::setAllocator(&faulty)));
            CHECK(!dspc::ok(fullLife(faulty, [] { return mallocs + news; })));
            CHECK(dspc::ok(dspc::ClassTables<EchoDsp>::setAllocator(nullptr)));
            CHECK(mallocs + news == before);
        }
    }
    nothingHidden(dspc::mallocAllocator(), 11);
    std::puts("ok");
    return 0;
}
