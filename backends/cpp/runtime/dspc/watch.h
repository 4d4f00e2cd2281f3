// Counts the allocations that go around the managers while a `Watch` lives. For tests, one thread.
//
// Include it in one file of a program only, for it replaces operator new and delete. Where
// DSPC_WRAP_MALLOC is defined and the program is linked with
// -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc, it counts these as well.
#ifndef DSPC_WATCH_H
#define DSPC_WATCH_H

#include "dspc/malloc_allocator.h"

#include <new>

namespace dspc {

namespace detail {

inline std::size_t hiddenAllocations = 0;
inline bool isWatched = false;

inline void noteAllocation() noexcept { hiddenAllocations += isWatched ? 1 : 0; }

}  // namespace detail

// Watches for as long as it lives; they don't nest.
class Watch {
public:
    Watch() noexcept {
        detail::hiddenAllocations = 0;
        detail::isWatched = true;
    }
    ~Watch() { detail::isWatched = false; }
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;

    std::size_t hidden() const noexcept { return detail::hiddenAllocations; }
};

// The C heap, for managers to stand on: what it gives is not counted.
class UnwatchedHeap final : public Allocator {
public:
    void* allocate(std::size_t bytes, std::size_t alignment, const char* name) noexcept override {
        const bool before = detail::isWatched;
        detail::isWatched = false;
        void* const memory = mallocAllocator().allocate(bytes, alignment, name);
        detail::isWatched = before;
        return memory;
    }

    void destroy(void* ptr, std::size_t bytes, std::size_t alignment) noexcept override {
        mallocAllocator().destroy(ptr, bytes, alignment);
    }
};

}  // namespace dspc

#ifdef DSPC_WRAP_MALLOC
extern "C" {
void* __real_malloc(std::size_t);
void* __real_calloc(std::size_t, std::size_t);
void* __real_realloc(void*, std::size_t);

void* __wrap_malloc(std::size_t size) {
    dspc::detail::noteAllocation();
    return __real_malloc(size);
}
void* __wrap_calloc(std::size_t count, std::size_t size) {
    dspc::detail::noteAllocation();
    return __real_calloc(count, size);
}
void* __wrap_realloc(void* memory, std::size_t size) {
    dspc::detail::noteAllocation();
    return __real_realloc(memory, size);
}
}
#define DSPC_PLAIN_MALLOC __real_malloc
#else
#define DSPC_PLAIN_MALLOC std::malloc
#endif

void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
    dspc::detail::noteAllocation();
    return DSPC_PLAIN_MALLOC(size != 0 ? size : 1);
}
void* operator new(std::size_t size) {
    void* const memory = ::operator new(size, std::nothrow);
    // The programs that watch have memory, and may be compiled without exceptions.
    if (memory == nullptr) std::abort();
    return memory;
}
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept {
    return ::operator new(size, std::nothrow);
}
void* operator new[](std::size_t size) { return ::operator new(size); }
void* operator new(std::size_t size, std::align_val_t alignment) {
    dspc::detail::noteAllocation();
    const auto wanted = static_cast<std::size_t>(alignment);
    void* const memory = std::aligned_alloc(wanted, (size + wanted - 1) / wanted * wanted);
    if (memory == nullptr) std::abort();
    return memory;
}
void* operator new[](std::size_t size, std::align_val_t alignment) {
    return ::operator new(size, alignment);
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }

#endif  // DSPC_WATCH_H
