// The default allocator of the process, the current one of the thread, and the scope that sets it.
#ifndef DSPC_CURRENT_H
#define DSPC_CURRENT_H

#include "dspc/malloc_allocator.h"

namespace dspc {

namespace detail {
inline std::atomic<Allocator*> defaultAllocatorSlot{nullptr};
inline DSPC_THREAD_LOCAL Allocator* currentAllocatorSlot = nullptr;
}  // namespace detail

// The allocator of class tables and of threads without a scope: the C heap unless set otherwise.
inline Allocator& defaultAllocator() noexcept {
    Allocator* set = detail::defaultAllocatorSlot.load(std::memory_order_acquire);
    return set != nullptr ? *set : mallocAllocator();
}

// Sets (nullptr: resets) the default allocator and keeps a reference to it until it is set anew.
// Call it before other threads use the run-time.
inline void setDefaultAllocator(Allocator* allocator) noexcept {
    if (allocator != nullptr) allocator->addref();
    Allocator* before = detail::defaultAllocatorSlot.exchange(allocator);
    if (before != nullptr) before->release();
}

// The allocator for code that cannot pass one along. It must never decide where something lives
// that outlives the scope without a reference of its own: globals and class tables do not use it.
inline Allocator& currentAllocator() noexcept {
    Allocator* current = detail::currentAllocatorSlot;
    return current != nullptr ? *current : defaultAllocator();
}

// Makes an allocator the thread's current one (nullptr: the default) until the block ends, then
// restores the one before. Scopes nest; each keeps its allocator alive. Not to be moved: a scope
// belongs to one block of one thread.
class Scope {
public:
    explicit Scope(Allocator* allocator) noexcept
        : allocator_(allocator), before_(detail::currentAllocatorSlot) {
        detail::currentAllocatorSlot = allocator;
    }
    ~Scope() { detail::currentAllocatorSlot = before_; }
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;
    static void* operator new(std::size_t) = delete;

private:
    AllocatorRef allocator_;
    Allocator* before_;
};

}  // namespace dspc

#endif  // DSPC_CURRENT_H
