// Follows the generated code: the one way in that main.cpp knows.
dsp* make_dsp() { return new mydsp(); }
