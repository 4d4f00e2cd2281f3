// How a generated class says which buffers it needs, and how they are acquired and given back.
#ifndef DSPC_BUFFERS_H
#define DSPC_BUFFERS_H

#include "dspc/allocator.h"

#include <array>
#include <cstring>
#include <type_traits>

namespace dspc {

enum class Element { Int32, Int64, Float, Double, Object, Other };

template <class E>
constexpr Element elementOf() noexcept {
    if constexpr (std::is_same_v<E, std::int32_t>) return Element::Int32;
    else if constexpr (std::is_same_v<E, std::int64_t>) return Element::Int64;
    else if constexpr (std::is_same_v<E, float>) return Element::Float;
    else if constexpr (std::is_same_v<E, double>) return Element::Double;
    else return Element::Other;
}

struct BufferInfo {
    const char* name;
    Element element;
    std::size_t count;      // elements
    std::size_t bytes;
    std::size_t alignment;  // at least that of the element
    std::size_t reads;      // per frame
    std::size_t writes;     // per frame
};

// A buffer of an Object and the pointer in it that the run-time fills and clears.
template <class Object>
struct Buffer {
    BufferInfo info;
    void* (*get)(const Object&) noexcept;
    void (*set)(Object&, void*) noexcept;
};

// Stands for "the class" where a buffer belongs to no object.
struct ClassLevel {};

namespace detail {

template <class E>
constexpr BufferInfo infoOf(const char* name, std::size_t count, std::size_t reads,
                            std::size_t writes, std::size_t alignment) noexcept {
    static_assert(std::is_trivially_copyable_v<E> && std::is_trivially_destructible_v<E>,
                  "buffers hold plain data");
    return {name, elementOf<E>(), count, count * sizeof(E),
            alignment > alignof(E) ? alignment : alignof(E), reads, writes};
}

template <class Member>
struct MemberPointer;
template <class D, class E>
struct MemberPointer<E* D::*> {
    using Object = D;
    using Item = E;
};

}  // namespace detail

// The buffer behind the data member `Slot` (&mydsp::fVec0, of type float* mydsp::*): `count`
// elements, aligned to `alignment` if that is more than the element needs.
template <auto Slot>
constexpr auto instanceBuffer(const char* name, std::size_t count, std::size_t reads = 0,
                              std::size_t writes = 0, std::size_t alignment = 1) noexcept {
    using D = typename detail::MemberPointer<decltype(Slot)>::Object;
    using E = typename detail::MemberPointer<decltype(Slot)>::Item;
    return Buffer<D>{detail::infoOf<E>(name, count, reads, writes, alignment),
                     [](const D& object) noexcept -> void* { return object.*Slot; },
                     [](D& object, void* ptr) noexcept { object.*Slot = static_cast<E*>(ptr); }};
}

// The table behind the static data member at `Slot` (&mydsp::ftbl0, of type float**).
template <auto Slot>
constexpr Buffer<ClassLevel> classTable(const char* name, std::size_t count, std::size_t reads = 0,
                                        std::size_t writes = 0,
                                        std::size_t alignment = 1) noexcept {
    using E = std::remove_pointer_t<std::remove_pointer_t<decltype(Slot)>>;
    return {detail::infoOf<E>(name, count, reads, writes, alignment),
            [](const ClassLevel&) noexcept -> void* { return *Slot; },
            [](ClassLevel&, void* ptr) noexcept { *Slot = static_cast<E*>(ptr); }};
}

// The lists that DspcMemory::tables() and DspcMemory::buffers() return; they may be empty.
template <class... Tables>
constexpr std::array<Buffer<ClassLevel>, sizeof...(Tables)> tableList(Tables... tables) noexcept {
    return {tables...};
}
template <class D, class... Buffers>
constexpr std::array<Buffer<D>, sizeof...(Buffers)> bufferList(Buffers... buffers) noexcept {
    return {buffers...};
}

template <class List>
constexpr bool areValid(const List& list) noexcept {
    for (const auto& buffer : list) {
        if (buffer.info.name == nullptr) return false;
        if (!isValidRequest(buffer.info.bytes, buffer.info.alignment)) return false;
    }
    return true;
}

// Sets the slots of `list` to null, so that an object can go before it has its buffers.
template <class Object, class List>
void detachBuffers(Object& object, const List& list) noexcept {
    for (const auto& buffer : list) buffer.set(object, nullptr);
}

// Gives back, last first, all buffers that the object has.
template <class Object, class List>
void releaseBuffers(Allocator& allocator, Object& object, const List& list) noexcept {
    for (std::size_t i = list.size(); i-- > 0;) {
        void* ptr = list[i].get(object);
        list[i].set(object, nullptr);
        if (ptr != nullptr) allocator.destroy(ptr, list[i].info.bytes, list[i].info.alignment);
    }
}

// Acquires, in order, every buffer of `list`, zeroed; all of them or none. The slots must be null.
template <class Object, class List>
Status acquireBuffers(Allocator& allocator, Object& object, const List& list) noexcept {
    for (const auto& buffer : list) {
        const BufferInfo& info = buffer.info;
        void* ptr = allocator.allocate(info.bytes, info.alignment, info.name);
        if (ptr == nullptr) {
            releaseBuffers(allocator, object, list);
            return Status::OutOfMemory;
        }
        std::memset(ptr, 0, info.bytes);
        buffer.set(object, ptr);
    }
    return Status::Ok;
}

}  // namespace dspc

#endif  // DSPC_BUFFERS_H
