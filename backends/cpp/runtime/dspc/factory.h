// What else a program hands out: strings in counted memory, and factories.
#ifndef DSPC_FACTORY_H
#define DSPC_FACTORY_H

#include "dspc/instance.h"

namespace dspc {

// Immutable bytes with a zero behind them, in one block of their allocator.
class Blob final : public Owned<Blob> {
public:
    const char* data() const noexcept { return reinterpret_cast<const char*>(this + 1); }
    std::size_t size() const noexcept { return size_; }

    // `write(char*)` fills exactly `size` bytes.
    template <class Writer>
    static Status create(Allocator* allocator, std::size_t size, Writer&& write,
                         Blob** out) noexcept {
        if (out == nullptr) return Status::InvalidArgument;
        *out = nullptr;
        if (allocator == nullptr || size > SIZE_MAX / 8 - 1) return Status::InvalidArgument;
        const Scope scope(allocator);
        Blob* made = nullptr;
        const Status status = createOn(*allocator, "blob", size + 1, &made, size);
        if (!ok(status)) return status;
        char* bytes = reinterpret_cast<char*>(made + 1);
        write(bytes);
        bytes[size] = '\0';
        *out = made;
        return Status::Ok;
    }

private:
    friend Owned<Blob>;
    explicit Blob(std::size_t size) noexcept : size_(size) {}
    ~Blob() = default;

    std::size_t size_;
};

namespace detail {

// Writes text, or with a null target only measures it.
class TextWriter {
public:
    explicit TextWriter(char* target) noexcept : target_(target) {}
    std::size_t length() const noexcept { return length_; }

    void put(char c) noexcept {
        if (target_ != nullptr) target_[length_] = c;
        ++length_;
    }
    void text(const char* s) noexcept {
        for (; *s != '\0'; ++s) put(*s);
    }
    void quoted(const char* s) noexcept {
        put('"');
        for (; *s != '\0'; ++s) {
            if (*s == '"' || *s == '\\') put('\\');
            put(*s);
        }
        put('"');
    }
    void field(const char* key, std::size_t value) noexcept {
        text(", ");
        quoted(key);
        text(": ");
        char digits[24];
        std::size_t n = 0;
        do {
            digits[n++] = static_cast<char>('0' + value % 10);
            value /= 10;
        } while (value != 0);
        while (n > 0) put(digits[--n]);
    }

private:
    char* target_;
    std::size_t length_ = 0;
};

constexpr const char* elementName(Element element) noexcept {
    switch (element) {
        case Element::Int32: return "kInt32_ptr";
        case Element::Int64: return "kInt64_ptr";
        case Element::Float: return "kFloat_ptr";
        case Element::Double: return "kDouble_ptr";
        case Element::Object: return "kObj_ptr";
        case Element::Other: break;
    }
    return "kObj";
}

inline void writeBuffer(TextWriter& out, const BufferInfo& info, const char* type,
                        bool first) noexcept {
    out.text(first ? "\n  {\"name\": " : ",\n  {\"name\": ");
    out.quoted(info.name);
    out.text(", \"type\": ");
    out.quoted(type);
    out.field("size", info.count);
    out.field("size_bytes", info.bytes);
    out.field("alignment", info.alignment);
    out.field("read", info.reads);
    out.field("write", info.writes);
    out.put('}');
}

}  // namespace detail

// The first block of every instance: the object itself. It has no elements, as in Faust's lists.
template <class D>
constexpr BufferInfo objectInfo() noexcept {
    return {"dsp instance", Element::Object, 0, sizeof(Instance<D>), alignof(Instance<D>), 0, 0};
}

// Calls visit(info) for every block that creating the first instance of D allocates, in that order:
// the object, the class tables, the buffers. Scratch of fillTables is not among them.
template <class D, class Visit>
void forEachBlock(Visit&& visit) noexcept {
    visit(objectInfo<D>());
    for (const auto& table : DspClass<D>::tables) visit(table.info);
    for (const auto& buffer : DspClass<D>::buffers) visit(buffer.info);
}

template <class D>
constexpr std::size_t blockCount() noexcept {
    return 1 + DspClass<D>::tables.size() + DspClass<D>::buffers.size();
}

// Makes instances of D and tells about it, always in the allocator that it was made in.
template <class D>
class Factory final : public Owned<Factory<D>> {
public:
    static Status create(Allocator* allocator, Factory** out) noexcept {
        if (out == nullptr) return Status::InvalidArgument;
        *out = nullptr;
        if (allocator == nullptr) return Status::InvalidArgument;
        const Scope scope(allocator);
        return Owned<Factory>::createOn(*allocator, "dsp factory", 0, out);
    }

    Status createInstance(int sampleRate, Instance<D>** out) const noexcept {
        return Instance<D>::create(&this->allocator(), sampleRate, out);
    }

    // JSON: the blocks that an instance and the class need, keys as in Faust's "memory_layout".
    Status memoryLayout(Blob** out) const noexcept {
        detail::TextWriter measure(nullptr);
        writeLayout(measure);
        return Blob::create(
            &this->allocator(), measure.length(),
            [](char* target) noexcept {
                detail::TextWriter writer(target);
                writeLayout(writer);
            },
            out);
    }

private:
    friend Owned<Factory>;
    Factory() noexcept = default;
    ~Factory() = default;

    static void writeLayout(detail::TextWriter& out) noexcept {
        bool first = true;
        out.text("{\"memory_layout\": [");
        forEachBlock<D>([&](const BufferInfo& info) {
            detail::writeBuffer(out, info, detail::elementName(info.element), first);
            first = false;
        });
        out.text("\n]}");
    }
};

template <class D>
Status createDSPFactory2(Allocator* allocator, Factory<D>** out) noexcept {
    return Factory<D>::create(allocator, out);
}

}  // namespace dspc

#endif  // DSPC_FACTORY_H
