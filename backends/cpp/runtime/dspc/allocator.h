// The allocator interface, its counted references, and allocators that live in other allocators.
#ifndef DSPC_ALLOCATOR_H
#define DSPC_ALLOCATOR_H

#include "dspc/config.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <utility>

namespace dspc {

inline constexpr std::size_t kNaturalAlignment = alignof(std::max_align_t);

constexpr bool isPowerOfTwo(std::size_t n) noexcept { return n != 0 && (n & (n - 1)) == 0; }

// Requests that allocators answer. All others are the caller's fault, never "out of memory".
constexpr bool isValidRequest(std::size_t bytes, std::size_t alignment) noexcept {
    return bytes != 0 && isPowerOfTwo(alignment) && bytes <= SIZE_MAX / 4 &&
           alignment <= SIZE_MAX / 8;
}

constexpr std::size_t roundUp(std::size_t n, std::size_t alignment) noexcept {
    return (n + alignment - 1) & ~(alignment - 1);
}

inline bool isAligned(const void* ptr, std::size_t alignment) noexcept {
    return (reinterpret_cast<std::uintptr_t>(ptr) & (alignment - 1)) == 0;
}

// Gives and takes back memory; counts who refers to it.
//
// An allocator starts with one reference, its creator's. Objects made in an allocator each hold one
// more, so that it outlives them. Where the allocator is a local or static variable, its owner
// keeps the first reference and checks `references() == 1` before the variable goes; a variable
// that dies while others still refer to it stops the program. `Hosted` makes allocators that go by
// themselves.
//
// Whether one allocator may be used by several threads at once is said by each class; the counting
// of references always is safe.
class Allocator {
public:
    Allocator(const Allocator&) = delete;
    Allocator& operator=(const Allocator&) = delete;

    std::uint32_t addref() noexcept {
        return references_.fetch_add(1, std::memory_order_relaxed) + 1;
    }

    std::uint32_t release() noexcept {
        const std::uint32_t left = references_.fetch_sub(1, std::memory_order_acq_rel) - 1;
        if (left == 0) lastReleased();
        return left;
    }

    std::uint32_t references() const noexcept {
        return references_.load(std::memory_order_acquire);
    }

    // `bytes` > 0 at a multiple of `alignment`, a power of two; nullptr means out of memory (or an
    // invalid request). `name` says in reports what the memory is for and must outlive it.
    virtual void* allocate(std::size_t bytes, std::size_t alignment, const char* name) noexcept = 0;

    // Takes back what allocate(bytes, alignment, ...) of this allocator gave. nullptr is ignored.
    virtual void destroy(void* ptr, std::size_t bytes, std::size_t alignment) noexcept = 0;

protected:
    Allocator() noexcept = default;
    virtual ~Allocator() {
        // Going on would leave objects with a dangling allocator.
        if (references_.load(std::memory_order_acquire) > 1) std::abort();
    }

    // The last reference went. Allocators that are variables have nothing to do.
    virtual void lastReleased() noexcept {}

private:
    std::atomic<std::uint32_t> references_{1};
};

// A counted reference, possibly to nothing, to what has addref() and release().
template <class T>
class Ref {
public:
    Ref() noexcept = default;
    explicit Ref(T* target) noexcept : target_(target) {
        if (target_ != nullptr) target_->addref();
    }
    // Takes over a reference that is already counted.
    static Ref adopt(T* target) noexcept {
        Ref ref;
        ref.target_ = target;
        return ref;
    }
    Ref(const Ref& other) noexcept : Ref(other.target_) {}
    Ref(Ref&& other) noexcept : target_(std::exchange(other.target_, nullptr)) {}
    Ref& operator=(Ref other) noexcept {
        std::swap(target_, other.target_);
        return *this;
    }
    ~Ref() {
        if (target_ != nullptr) target_->release();
    }

    T* get() const noexcept { return target_; }
    T* operator->() const noexcept { return target_; }
    T& operator*() const noexcept { return *target_; }
    explicit operator bool() const noexcept { return target_ != nullptr; }

private:
    T* target_ = nullptr;
};

using AllocatorRef = Ref<Allocator>;

// An allocator of type A that lives in the memory of another one, `home`, and goes when its last
// reference does: the home is copied out first, since it is a member of what is destroyed.
template <class A>
class Hosted final : public A {
public:
    template <class... Args>
    static Status create(Allocator& home, AllocatorRef* out, Args&&... args) noexcept {
        if (out == nullptr) return Status::InvalidArgument;
        *out = AllocatorRef();
        void* memory = home.allocate(sizeof(Hosted), alignof(Hosted), "allocator");
        if (memory == nullptr) return Status::OutOfMemory;
        const Status status = contained([&] {
            *out = AllocatorRef::adopt(::new (memory) Hosted(home, std::forward<Args>(args)...));
            return Status::Ok;
        });
        if (!ok(status)) home.destroy(memory, sizeof(Hosted), alignof(Hosted));
        return status;
    }

private:
    template <class... Args>
    explicit Hosted(Allocator& home, Args&&... args)
        : A(std::forward<Args>(args)...), home_(&home) {}

    void lastReleased() noexcept override {
        const AllocatorRef home = home_;
        this->~Hosted();
        home->destroy(this, sizeof(Hosted), alignof(Hosted));
    }

    AllocatorRef home_;
};

}  // namespace dspc

#endif  // DSPC_ALLOCATOR_H
