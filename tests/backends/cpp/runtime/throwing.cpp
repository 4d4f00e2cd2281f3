// Classes that throw: nothing passes the boundary, nothing is left behind.
#include "check.h"
#include "dspc/memory.h"

#include <new>
#include <stdexcept>

namespace {

using dspc::Status;

enum class Throws { Nothing, BadAlloc, Other };
Throws inConstructor = Throws::Nothing;
Throws inInit = Throws::Nothing;
Throws inCopy = Throws::Nothing;
int objects = 0;

void maybe(Throws what) {
    if (what == Throws::BadAlloc) throw std::bad_alloc();
    if (what == Throws::Other) throw std::runtime_error("no");
}

struct ThrowingDsp {
    struct DspcMemory {
        static constexpr auto tables() noexcept { return dspc::tableList(); }
        static constexpr auto buffers() noexcept {
            return dspc::bufferList<ThrowingDsp>(
                dspc::instanceBuffer<&ThrowingDsp::one>("one", 10),
                dspc::instanceBuffer<&ThrowingDsp::two>("two", 10));
        }
        static constexpr bool tablesDependOnRate = false;
        static Status fillTables(dspc::Allocator&, int) noexcept { return Status::Ok; }
    };
    ThrowingDsp() {
        maybe(inConstructor);
        ++objects;
    }
    ThrowingDsp(const ThrowingDsp& other) : one(other.one), two(other.two) {
        maybe(inCopy);
        ++objects;
    }
    ~ThrowingDsp() { --objects; }
    void instanceInit(int) { maybe(inInit); }

    float* one = nullptr;
    double* two = nullptr;
};

using Instance = dspc::Instance<ThrowingDsp>;

struct ThrowingManager {
    void* allocate(std::size_t) { throw std::runtime_error("no"); }
    void destroy(void*) { throw std::runtime_error("no"); }
};

}  // namespace

int main() {
    dspc::CountingAllocator counting(nullptr);
    Instance* instance = nullptr;
    for (const auto& [thrown, expected] : {std::pair{Throws::BadAlloc, Status::OutOfMemory},
                                           std::pair{Throws::Other, Status::Failed}}) {
        for (Throws* place : {&inConstructor, &inInit}) {
            *place = thrown;
            CHECK(dspc::createDSPInstance2<ThrowingDsp>(&counting, 48000, &instance) == expected);
            CHECK(instance == nullptr && counting.isClean() && objects == 0);
            CHECK(counting.references() == 1);
            *place = Throws::Nothing;
        }
        CHECK(dspc::ok(dspc::createDSPInstance2<ThrowingDsp>(&counting, 48000, &instance)));
        inCopy = thrown;
        Instance* copy = instance;
        CHECK(instance->clone(&copy) == expected && copy == nullptr && objects == 1);
        inCopy = Throws::Nothing;
        instance->release();
        CHECK(counting.isClean() && counting.references() == 1 && objects == 0);
        CHECK(dspc::ClassTables<ThrowingDsp>::users() == 0);
    }
    ThrowingManager manager;
    dspc::FromFaustManager<ThrowingManager> allocator(manager);
    CHECK(dspc::createDSPInstance2<ThrowingDsp>(&allocator, 48000, &instance) ==
          Status::OutOfMemory);
    int victim = 0;
    allocator.destroy(&victim, sizeof victim, alignof(int));
    std::puts("ok");
    return 0;
}
