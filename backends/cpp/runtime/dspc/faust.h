// Between our allocators and Faust's `dsp_memory_manager`, in each shape that it has had.
//
// Includes nothing of Faust: the manager's class is a template parameter. Known shapes: allocate
// and destroy only (the original); with begin, info(size, reads, writes), end (2.54.9); with
// info(name, type, size, size_bytes, reads, writes) (today).
#ifndef DSPC_FAUST_H
#define DSPC_FAUST_H

#include "dspc/factory.h"

namespace dspc {

namespace detail {

template <class M, class = void>
struct HasBeginEnd : std::false_type {};
template <class M>
struct HasBeginEnd<M, std::void_t<decltype(std::declval<M&>().begin(std::size_t{})),
                                  decltype(std::declval<M&>().end())>> : std::true_type {};

template <class M, class = void>
struct HasShortInfo : std::false_type {};
template <class M>
struct HasShortInfo<M, std::void_t<decltype(std::declval<M&>().info(
                           std::size_t{}, std::size_t{}, std::size_t{}))>> : std::true_type {};

template <class M, class = void>
struct HasLongInfo : std::false_type {};
template <class M>
struct HasLongInfo<M, std::void_t<typename M::MemType, decltype(std::declval<M&>().info(
                          "", M::kObj_ptr, std::size_t{}, std::size_t{}, std::size_t{},
                          std::size_t{}))>> : std::true_type {};

// Blocks are arrays or the object, so kinds are those of pointers, as in Faust's generated code.
template <class M>
typename M::MemType memTypeOf(Element element) noexcept {
    switch (element) {
        case Element::Int32: return M::kInt32_ptr;
        case Element::Float: return M::kFloat_ptr;
        case Element::Double: return M::kDouble_ptr;
        case Element::Object: return M::kObj_ptr;
        case Element::Int64:  // not in Faust's list
        case Element::Other: break;
    }
    return M::kObj;
}

}  // namespace detail

// A manager of Faust's as an allocator. The manager must outlive it; threads as it allows.
// Alignments up to `promised`, which is what the manager gives to everything, are passed on as they
// are; for more, the manager is asked for more bytes. A manager that throws has no memory.
template <class Manager>
class FromFaustManager : public Allocator {
public:
    explicit FromFaustManager(Manager& manager,
                              std::size_t promised = kNaturalAlignment) noexcept
        : manager_(manager), promised_(promised) {}

    // What the manager is asked for.
    std::size_t grossBytes(std::size_t bytes, std::size_t alignment) const noexcept {
        return alignment <= promised_ ? bytes : padded::bytesFor(bytes, alignment);
    }

    // Tells the manager, in the shape it has, exactly the blocks that creating the first instance
    // of D will ask for, in that order. An old manager without begin, info and end is told nothing.
    template <class D>
    Status describe() noexcept {
        return contained([&] {
            if constexpr (detail::HasBeginEnd<Manager>::value) {
                manager_.begin(blockCount<D>());
                forEachBlock<D>([&](const BufferInfo& block) { inform(block); });
                manager_.end();
            }
            return Status::Ok;
        });
    }

    void* allocate(std::size_t bytes, std::size_t alignment, const char*) noexcept override {
        if (!isValidRequest(bytes, alignment)) return nullptr;
        void* raw = nullptr;
        const Status status = contained([&] {
            raw = manager_.allocate(grossBytes(bytes, alignment));
            return Status::Ok;
        });
        if (!ok(status) || raw == nullptr) return nullptr;
        if (alignment > promised_) return padded::place(raw, alignment);
        if (isAligned(raw, alignment)) return raw;
        brokenPromises_.fetch_add(1, std::memory_order_relaxed);
        giveBack(raw);
        return nullptr;
    }

    void destroy(void* ptr, std::size_t, std::size_t alignment) noexcept override {
        if (ptr != nullptr) giveBack(alignment <= promised_ ? ptr : padded::rawOf(ptr));
    }

    // Requests refused because the manager's pointer was aligned to less than promised.
    std::size_t brokenPromises() const noexcept {
        return brokenPromises_.load(std::memory_order_relaxed);
    }

private:
    void inform(const BufferInfo& block) {
        const std::size_t bytes = grossBytes(block.bytes, block.alignment);
        if constexpr (detail::HasLongInfo<Manager>::value) {
            manager_.info(block.name, detail::memTypeOf<Manager>(block.element), block.count, bytes,
                          block.reads, block.writes);
        } else if constexpr (detail::HasShortInfo<Manager>::value) {
            manager_.info(bytes, block.reads, block.writes);
        }
    }

    void giveBack(void* raw) noexcept {
        const Status ignored = contained([&] {
            manager_.destroy(raw);
            return Status::Ok;
        });
        static_cast<void>(ignored);  // a destroy that throws leaves nothing to be done
    }

    Manager& manager_;
    std::size_t promised_;
    std::atomic<std::size_t> brokenPromises_{0};
};

// One of our allocators as a manager of Faust's, for classes that Faust generated with -mem. Keeps
// a reference to the allocator. Memory is naturally aligned; each block costs kNaturalAlignment
// more, which keep its size. Null when out of memory, which Faust's classes do not look for.
template <class Manager>
class ToFaustManager final : public Manager {
public:
    explicit ToFaustManager(Allocator& allocator) noexcept : allocator_(&allocator) {}

    void* allocate(std::size_t size) override {
        if (size > SIZE_MAX / 8) return nullptr;
        const std::size_t gross = size + kNaturalAlignment;
        void* raw = allocator_->allocate(gross, kNaturalAlignment, "Faust memory zone");
        if (raw == nullptr) return nullptr;
        std::memcpy(raw, &gross, sizeof gross);
        return static_cast<unsigned char*>(raw) + kNaturalAlignment;
    }

    void destroy(void* ptr) override {
        if (ptr == nullptr) return;
        void* raw = static_cast<unsigned char*>(ptr) - kNaturalAlignment;
        std::size_t gross = 0;
        std::memcpy(&gross, raw, sizeof gross);
        allocator_->destroy(raw, gross, kNaturalAlignment);
    }

private:
    AllocatorRef allocator_;
};

}  // namespace dspc

#endif  // DSPC_FAUST_H
