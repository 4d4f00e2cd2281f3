// Objects that own a reference to the allocator they live in; arrays for the length of a block.
#ifndef DSPC_OWNED_H
#define DSPC_OWNED_H

#include "dspc/current.h"

#include <type_traits>

namespace dspc {

// Base of everything handed out: counted, and freed by the allocator that it keeps alive.
// T is the final class; it is made by `createOn` only and befriends `Owned<T>`.
template <class T>
class Owned {
public:
    Owned(const Owned&) = delete;
    Owned& operator=(const Owned&) = delete;

    std::uint32_t addref() noexcept {
        return references_.fetch_add(1, std::memory_order_relaxed) + 1;
    }

    // At the last release: copy the reference to the allocator, make it current, destroy the object
    // (and with it the member that was copied), free its memory, drop the copy.
    std::uint32_t release() noexcept {
        const std::uint32_t left = references_.fetch_sub(1, std::memory_order_acq_rel) - 1;
        if (left != 0) return left;
        const AllocatorRef owner = owner_;
        const Scope scope(owner.get());
        const std::size_t bytes = bytes_;
        T* self = static_cast<T*>(this);
        self->~T();
        owner->destroy(self, bytes, alignof(T));
        return 0;
    }

    std::uint32_t references() const noexcept {
        return references_.load(std::memory_order_acquire);
    }

    Allocator& allocator() const noexcept { return *owner_; }

protected:
    Owned() noexcept = default;
    ~Owned() = default;

    // Allocates, constructs in place with `args`, and gives the memory back if that throws.
    // `extra` bytes follow the object.
    template <class... Args>
    static Status createOn(Allocator& allocator, const char* name, std::size_t extra, T** out,
                           Args&&... args) noexcept {
        const std::size_t bytes = sizeof(T) + extra;
        if (extra > SIZE_MAX / 8 || !isValidRequest(bytes, alignof(T))) {
            return Status::InvalidArgument;
        }
        void* memory = allocator.allocate(bytes, alignof(T), name);
        if (memory == nullptr) return Status::OutOfMemory;
        const Status status = contained([&] {
            T* object = ::new (memory) T(std::forward<Args>(args)...);
            object->owner_ = AllocatorRef(&allocator);
            object->bytes_ = bytes;
            *out = object;
            return Status::Ok;
        });
        if (!ok(status)) allocator.destroy(memory, bytes, alignof(T));
        return status;
    }

private:
    std::atomic<std::uint32_t> references_{1};
    AllocatorRef owner_;
    std::size_t bytes_ = 0;
};

// An array for the length of a block, for instance the state of a table's generator.
// Elements are zero bits; only trivial types.
template <class E>
class ScratchArray {
    static_assert(std::is_trivially_copyable_v<E> && std::is_trivially_destructible_v<E>,
                  "scratch arrays hold plain data");

public:
    ScratchArray() noexcept = default;
    ~ScratchArray() { reset(); }
    ScratchArray(const ScratchArray&) = delete;
    ScratchArray& operator=(const ScratchArray&) = delete;

    Status allocate(Allocator& allocator, std::size_t count, const char* name) noexcept {
        reset();
        if (count == 0 || count > SIZE_MAX / 8 / sizeof(E)) return Status::InvalidArgument;
        void* memory = allocator.allocate(count * sizeof(E), alignof(E), name);
        if (memory == nullptr) return Status::OutOfMemory;
        std::memset(memory, 0, count * sizeof(E));
        data_ = static_cast<E*>(memory);
        count_ = count;
        owner_ = AllocatorRef(&allocator);
        return Status::Ok;
    }

    void reset() noexcept {
        if (data_ == nullptr) return;
        owner_->destroy(data_, count_ * sizeof(E), alignof(E));
        data_ = nullptr;
        count_ = 0;
        owner_ = AllocatorRef();
    }

    E* data() noexcept { return data_; }
    std::size_t size() const noexcept { return count_; }
    E& operator[](std::size_t i) noexcept { return data_[i]; }

private:
    E* data_ = nullptr;
    std::size_t count_ = 0;
    AllocatorRef owner_;
};

}  // namespace dspc

#endif  // DSPC_OWNED_H
