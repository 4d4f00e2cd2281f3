// What a generated class needs around it: the base classes that Faust's architecture files give it.
// Included before the generated code; factory.h follows it.
#pragma once

#include <faust/dsp/dsp.h>
#include <faust/gui/Soundfile.h>
#include <faust/gui/UI.h>
#include <faust/gui/meta.h>

// Generated code falls back on this when the host gave no soundfile.
extern Soundfile* defaultsound;
