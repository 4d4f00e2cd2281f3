// The C heap as an allocator, for any alignment.
#ifndef DSPC_MALLOC_ALLOCATOR_H
#define DSPC_MALLOC_ALLOCATOR_H

#include "dspc/allocator.h"

#include <cstdlib>
#include <cstring>

namespace dspc {

// Alignment beyond what a source of memory promises: ask for more, and keep the source's own
// pointer just before the memory handed out.
namespace padded {

constexpr std::size_t bytesFor(std::size_t bytes, std::size_t alignment) noexcept {
    return bytes + alignment - 1 + sizeof(void*);
}

inline void* place(void* raw, std::size_t alignment) noexcept {
    const auto start = reinterpret_cast<std::uintptr_t>(raw);
    const std::uintptr_t aligned = roundUp(start + sizeof(void*), alignment);
    auto* ptr = static_cast<unsigned char*>(raw) + (aligned - start);
    std::memcpy(ptr - sizeof(void*), &raw, sizeof raw);
    return ptr;
}

inline void* rawOf(void* ptr) noexcept {
    void* raw = nullptr;
    std::memcpy(&raw, static_cast<unsigned char*>(ptr) - sizeof(void*), sizeof raw);
    return raw;
}

}  // namespace padded

// std::malloc and std::free. Any number of threads; not for real-time code.
class MallocAllocator : public Allocator {
public:
    void* allocate(std::size_t bytes, std::size_t alignment, const char*) noexcept override {
        if (!isValidRequest(bytes, alignment)) return nullptr;
        if (alignment <= kNaturalAlignment) return std::malloc(bytes);
        void* raw = std::malloc(padded::bytesFor(bytes, alignment));
        return raw == nullptr ? nullptr : padded::place(raw, alignment);
    }

    void destroy(void* ptr, std::size_t, std::size_t alignment) noexcept override {
        if (ptr == nullptr) return;
        std::free(alignment <= kNaturalAlignment ? ptr : padded::rawOf(ptr));
    }
};

// The one shared heap allocator. Never destroyed, so that statics may use it at any time.
inline Allocator& mallocAllocator() noexcept {
    alignas(MallocAllocator) static unsigned char storage[sizeof(MallocAllocator)];
    static Allocator* const heap = ::new (static_cast<void*>(storage)) MallocAllocator;
    return *heap;
}

// What an allocator that passes on to another one passes on to.
inline Allocator* orHeap(Allocator* upstream) noexcept {
    return upstream != nullptr ? upstream : &mallocAllocator();
}

}  // namespace dspc

#endif  // DSPC_MALLOC_ALLOCATOR_H
