// The whole life of an example instance, stopping at the first status that is not Ok.
#ifndef DSPC_TEST_FULL_LIFE_H
#define DSPC_TEST_FULL_LIFE_H

#include "check.h"
#include "example_dsp.h"

inline bool isSilentOrFinite(const float* block, int count) {
    for (int i = 0; i < count; ++i) {
        if (!std::isfinite(block[i])) return false;
    }
    return true;
}

// Runs two blocks; the allocator counters before and after must agree, which `requests` tells.
template <class Requests>
void computeWithoutAllocating(dspc::Instance<EchoDsp>& instance, Requests&& requests) {
    float input[64] = {1.0F};
    float output[64];
    const auto before = requests();
    instance->compute(64, input, output);
    instance->compute(64, input, output);
    CHECK(requests() == before);
    CHECK(isSilentOrFinite(output, 64));
}

// Class tables, factory, layout, create, init, compute, clone, compute, destroy, class destroy.
// A step that fails must leave its out parameter null.
template <class Requests>
dspc::Status fullLife(dspc::Allocator& allocator, Requests&& requests) {
    dspc::Factory<EchoDsp>* factory = nullptr;
    dspc::Status status = dspc::createDSPFactory2(&allocator, &factory);
    CHECK(dspc::ok(status) == (factory != nullptr));
    if (factory == nullptr) return status;
    const auto ownsFactory = dspc::Ref<dspc::Factory<EchoDsp>>::adopt(factory);

    auto* layout = reinterpret_cast<dspc::Blob*>(&allocator);  // to see that it is overwritten
    status = factory->memoryLayout(&layout);
    CHECK(dspc::ok(status) == (layout != nullptr));
    if (layout == nullptr) return status;
    const auto ownsLayout = dspc::Ref<dspc::Blob>::adopt(layout);

    auto* instance = reinterpret_cast<dspc::Instance<EchoDsp>*>(&allocator);
    status = dspc::createDSPInstance2<EchoDsp>(&allocator, 48000, &instance);
    CHECK(dspc::ok(status) == (instance != nullptr));
    if (instance == nullptr) return status;
    const auto ownsInstance = dspc::Ref<dspc::Instance<EchoDsp>>::adopt(instance);
    CHECK(instance->dsp().lanesAreAligned());
    computeWithoutAllocating(*instance, requests);

    auto* copy = reinterpret_cast<dspc::Instance<EchoDsp>*>(&allocator);
    status = instance->clone(&copy);
    CHECK(dspc::ok(status) == (copy != nullptr));
    if (copy == nullptr) return status;
    const auto ownsCopy = dspc::Ref<dspc::Instance<EchoDsp>>::adopt(copy);
    CHECK(&copy->allocator() == &allocator);
    computeWithoutAllocating(*copy, requests);
    return dspc::Status::Ok;
}

#endif  // DSPC_TEST_FULL_LIFE_H
