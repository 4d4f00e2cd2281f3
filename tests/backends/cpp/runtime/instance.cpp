// Creation, clones, factories and class tables, as far as no allocation fails.
#include "check.h"
#include "example_dsp.h"

#include <cstring>

namespace {

using dspc::Status;
using Echo = dspc::Instance<EchoDsp>;

// Like EchoDsp in nothing but that it satisfies the concept; its tables hold for one rate only.
struct RateDsp {
    struct DspcMemory {
        static constexpr auto tables() noexcept {
            return dspc::tableList(dspc::classTable<&RateDsp::table>("table", 4));
        }
        static constexpr auto buffers() noexcept { return dspc::bufferList<RateDsp>(); }
        static constexpr bool tablesDependOnRate = true;
        static Status fillTables(dspc::Allocator&, int rate) noexcept {
            if (rate == 13) return Status::Failed;
            for (int i = 0; i < 4; ++i) table[i] = rate * i;
            return Status::Ok;
        }
    };
    void instanceInit(int) {}
    inline static int* table = nullptr;
};

void wrongArguments() {
    dspc::Allocator& heap = dspc::mallocAllocator();
    CHECK(dspc::createDSPInstance2<EchoDsp>(&heap, 48000, nullptr) == Status::InvalidArgument);
    auto* out = reinterpret_cast<Echo*>(&heap);
    CHECK(dspc::createDSPInstance2<EchoDsp>(nullptr, 48000, &out) == Status::InvalidArgument);
    CHECK(out == nullptr);
    out = reinterpret_cast<Echo*>(&heap);
    CHECK(dspc::createDSPInstance2<EchoDsp>(&heap, 0, &out) == Status::InvalidArgument);
    CHECK(out == nullptr);
    CHECK(dspc::createDSPFactory2<EchoDsp>(&heap, nullptr) == Status::InvalidArgument);
    CHECK(heap.references() == 1);
}

void clonesAreDeep() {
    dspc::CountingAllocator first(nullptr);
    dspc::CountingAllocator second(nullptr);
    Echo* one = nullptr;
    CHECK(dspc::ok(dspc::createDSPInstance2<EchoDsp>(&first, 48000, &one)));
    float input[200] = {1.0F, 0.5F};
    float ours[200];
    float theirs[200];
    (*one)->compute(150, input, ours);
    Echo* two = nullptr;
    CHECK(one->clone(nullptr) == Status::InvalidArgument);
    CHECK(one->cloneInto(nullptr, &two) == Status::InvalidArgument);
    CHECK(dspc::ok(one->cloneInto(&second, &two)));
    CHECK(two->sampleRate() == 48000 && first.references() == 2 && second.references() == 2);
    (*one)->compute(200, input, ours);
    (*two)->compute(200, input, theirs);
    CHECK(std::memcmp(ours, theirs, sizeof ours) == 0);
    CHECK(one->addref() == 2 && one->release() == 1);
    CHECK(one->release() == 0);
    CHECK(first.isClean() && first.references() == 1 && EchoDsp::hasTables());
    (*two)->compute(200, input, theirs);  // the first one's memory is gone
    CHECK(two->release() == 0);
    CHECK(second.isClean() && second.references() == 1 && !EchoDsp::hasTables());
}

// What is handed out keeps its allocator alive, when nobody else does.
void allocatorsOutliveTheirs() {
    dspc::CountingAllocator ground(nullptr);
    dspc::AllocatorRef hosted;
    CHECK(dspc::ok(dspc::Hosted<dspc::CountingAllocator>::create(ground, &hosted, &ground)));
    Echo* echo = nullptr;
    dspc::Factory<EchoDsp>* factory = nullptr;
    dspc::Blob* layout = nullptr;
    CHECK(dspc::ok(dspc::createDSPFactory2<EchoDsp>(hosted.get(), &factory)));
    CHECK(dspc::ok(factory->createInstance(44100, &echo)));
    CHECK(dspc::ok(factory->memoryLayout(&layout)));
    CHECK(&echo->allocator() == hosted.get() && hosted->references() == 4);
    hosted = dspc::AllocatorRef();
    factory->release();
    CHECK(std::strstr(layout->data(), "\"name\": \"fDelay\", \"type\": \"kFloat_ptr\", "
                                      "\"size\": 128, \"size_bytes\": 512, "
                                      "\"alignment\": 4, \"read\": 1, "
                                      "\"write\": 1}") != nullptr);
    CHECK(std::strlen(layout->data()) == layout->size());
    layout->release();
    CHECK(ground.counts().liveBlocks > 0);
    echo->release();
    CHECK(ground.isClean() && ground.references() == 1);
}

// Tables belong to the class's allocator, or the default, never to whichever is current.
void tablesBelongToTheClass() {
    dspc::CountingAllocator tables(nullptr);
    dspc::CountingAllocator instances(nullptr);
    using Tables = dspc::ClassTables<EchoDsp>;
    for (const bool byDefault : {false, true}) {
        if (byDefault) dspc::setDefaultAllocator(&tables);
        else CHECK(dspc::ok(Tables::setAllocator(&tables)));
        Echo* echo = nullptr;
        {
            const dspc::Scope scope(&instances);
            CHECK(dspc::ok(dspc::createDSPInstance<EchoDsp>(48000, &echo)));
        }
        CHECK(&echo->allocator() == &instances && tables.counts().liveBlocks == 2);
        CHECK(instances.counts().liveBlocks == 3);
        CHECK(Tables::setAllocator(nullptr) == Status::Busy);
        echo->release();
        if (byDefault) dspc::setDefaultAllocator(nullptr);
        else CHECK(dspc::ok(Tables::setAllocator(nullptr)));
        CHECK(tables.isClean() && instances.isClean());
        CHECK(tables.references() == 1 && instances.references() == 1);
    }
}

void ratesOfTables() {
    dspc::CountingAllocator counting(nullptr);
    dspc::Instance<RateDsp>* one = nullptr;
    dspc::Instance<RateDsp>* two = nullptr;
    CHECK(dspc::createDSPInstance2<RateDsp>(&counting, 13, &one) == Status::Failed);
    CHECK(one == nullptr && RateDsp::table == nullptr && counting.isClean());
    CHECK(dspc::ok(dspc::createDSPInstance2<RateDsp>(&counting, 44100, &one)));
    CHECK(dspc::createDSPInstance2<RateDsp>(&counting, 48000, &two) == Status::RateConflict);
    CHECK(two == nullptr && RateDsp::table[1] == 44100);
    CHECK(dspc::ok(dspc::createDSPInstance2<RateDsp>(&counting, 44100, &two)));
    CHECK(dspc::ClassTables<RateDsp>::users() == 2);
    one->release();
    two->release();
    CHECK(dspc::ok(dspc::createDSPInstance2<RateDsp>(&counting, 48000, &two)));
    CHECK(RateDsp::table[1] == 48000);
    two->release();
    CHECK(counting.isClean() && counting.references() == 1);
}

void plannedArena() {
    constexpr std::size_t bytes = dspc::bytesNeeded<EchoDsp>(3, false);
    alignas(64) static unsigned char memory[bytes];
    dspc::ArenaAllocator arena(memory, bytes);
    Echo* made[3] = {};
    for (Echo*& echo : made) CHECK(dspc::ok(dspc::createDSPInstance2(&arena, 48000, &echo)));
    for (Echo* echo : made) echo->release();
    CHECK(arena.used() == 0 && arena.references() == 1);
}

}  // namespace

int main() {
    wrongArguments();
    clonesAreDeep();
    allocatorsOutliveTheirs();
    tablesBelongToTheClass();
    ratesOfTables();
    plannedArena();
    CHECK(dspc::mallocAllocator().references() == 1);
    std::puts("ok");
    return 0;
}
