//: double_of
static inline double dspc_double_of(uint64_t bits) { double x; std::memcpy(&x, &bits, 8); return x; }
//: bits_of_64
static inline uint64_t dspc_bits_of_64(double x) { uint64_t bits; std::memcpy(&bits, &x, 8); return bits; }
//: size_of_64: double_of bits_of_64
static inline double dspc_size_of_64(double x) {
	return dspc_double_of(dspc_bits_of_64(x) & 0x7fffffffffffffffull);
}
//: signed_as_64: double_of bits_of_64
static inline double dspc_signed_as_64(double size, double x) {
	return dspc_double_of(dspc_bits_of_64(size) | (dspc_bits_of_64(x) & 0x8000000000000000ull));
}
//: power_of_2_64: nearest double_of
static inline double dspc_power_of_2_64(double x) {
	x = x < -2000 ? -2000 : x;
	x = x > 2000 ? 2000 : x;
	const int n = dspc_nearest(x), half = n >> 1;
	const double r = x - n;
	const double p = 1.0 + r * (0.6931471805599453 + r * (0.24022650695910072 + r * (
		0.055504108664821625 + r * (0.00961812910762848 + r * (0.001333355814640647 + r * (
		0.00015403530393370734 + r * (1.5252733841556773e-05 + r * (
		1.3215486808705563e-06 + r * (1.0178057087733941e-07 + r * (
		7.0548973041554995e-09 + r * (4.4558179083360645e-10 + r * 2.5729324177362305e-11)))))))))));
	return p * dspc_double_of(uint64_t(half + 1023) << 52) * dspc_double_of(uint64_t(n - half + 1023) << 52);
}
//: binary_log_64: bits_of_64 double_of
static inline double dspc_binary_log_64(double x) {
	const bool is_tiny = x < 2.2250738585072014e-308;
	const uint64_t bits = dspc_bits_of_64(is_tiny ? x * 18014398509481984.0 : x) - 0x3fe6a09e667f3bcdull;
	const double m = dspc_double_of((bits & 0xfffffffffffffull) + 0x3fe6a09e667f3bcdull);
	const double s = (m - 1) / (m + 1), z = s * s;
	const double p = (2.8853900817779268 + z * (0.9617966939259756 + z * (
		0.5770780163555981 + z * (0.4121985831021106 + z * (0.32059890042182304 + z * (
		0.262307863911266 + z * (0.22197652443185217 + z * (0.19142773765063986 + z * 0.1888021393463052))))))));
	return s * p + ((int(bits >> 32) >> 20) - (is_tiny ? 54 : 0));
}
//: log_of_64: binary_log_64 double_of
static inline double dspc_log_of_64(double x, double scale) {
	const double y = scale * dspc_binary_log_64(x);
	const double edge = dspc_double_of(x == 0 ? 0xfff0000000000000ull : 0x7ff8000000000000ull);
	return x > 0 ? (x > 1.7976931348623157e308 ? x : y) : edge;
}
//: exp_64: power_of_2_64
static inline double dspc_exp_64(double x) { return x != x ? x : dspc_power_of_2_64(1.4426950408889634 * x); }
//: exp2_64: power_of_2_64
static inline double dspc_exp2_64(double x) { return x != x ? x : dspc_power_of_2_64(x); }
//: log_64: log_of_64
static inline double dspc_log_64(double x) { return dspc_log_of_64(x, 0.6931471805599453); }
//: log2_64: log_of_64
static inline double dspc_log2_64(double x) { return dspc_log_of_64(x, 1.0); }
//: log10_64: log_of_64
static inline double dspc_log10_64(double x) { return dspc_log_of_64(x, 0.3010299956639812); }
//: pow_64: binary_log_64 power_of_2_64 size_of_64 bits_of_64 double_of
static inline double dspc_pow_64(double x, double y) {
	const double size = dspc_size_of_64(x), most = dspc_size_of_64(y);
	const bool is_infinite = size > 1.7976931348623157e308, is_end = size == 0 || is_infinite;
	const double l = is_end ? 1.0 : dspc_binary_log_64(size);
	const double edge = is_infinite == (y > 0) ? 2000.0 : -2000.0;
	const double made = dspc_power_of_2_64(l == 0 || y == 0 ? 0 : is_end ? edge : y * l);
	const double held = most < 9007199254740992.0 ? most : 0.0;
	const int high = int(held * 4.656612873077393e-10);
	const double low = held - high * 2147483648.0;
	const int whole = int(low);
	const bool is_whole = double(whole) == low;
	const uint64_t sign = (whole & 1) != 0 && is_whole ? dspc_bits_of_64(x) & 0x8000000000000000ull : 0ull;
	double z = dspc_double_of(dspc_bits_of_64(made) | sign);
	z = x < 0 && !is_whole && !is_infinite ? dspc_double_of(0x7ff8000000000000ull) : z;
	return (x != x && y != 0) || (y != y && x != 1) ? x + y : z;
}
//: sine_64
static inline double dspc_sine_64(double r) {
	const double z = r * r;
	return r == 0 ? r : r + r * z * (-0.16666666666666666 + z * (
		0.008333333333333331 + z * (-0.0001984126984126506 + z * (
		2.7557319219335453e-06 + z * (-2.505210623115789e-08 + z * (
		1.6058531414587052e-10 + z * -7.586685069993529e-13))))));
}
//: cosine_64
static inline double dspc_cosine_64(double r) {
	const double z = r * r;
	return 1.0 - 0.5 * z + z * z * (0.041666666666666664 + z * (
		-0.0013888888888888887 + z * (2.4801587301584645e-05 + z * (
		-2.755731922140076e-07 + z * (2.087675579036339e-09 + z * (
		-1.1470460773968235e-11 + z * 4.74586520373312e-14))))));
}
//: turns_64
static inline double dspc_turns_64(double x) {
	double t = 0.6366197723675814 * x;
	t = t > -1e9 ? t : -1e9;
	return t < 1e9 ? t : 1e9;
}
//: wave_64: turns_64 nearest sine_64 cosine_64 double_of bits_of_64 size_of_64
static inline double dspc_wave_64(double x, int shift) {
	const double t = dspc_turns_64(x);
	const int turn = dspc_nearest(t), n = turn + shift;
	const double r = 1.5707963267948966 * (t - turn);
	const double y = (n & 1) != 0 ? dspc_cosine_64(r) : dspc_sine_64(r);
	const double z = dspc_double_of(dspc_bits_of_64(y) ^ (uint64_t(n & 2) << 62));
	return dspc_size_of_64(x) <= 1.7976931348623157e308 ? z : x - x;
}
//: sin_64: wave_64
static inline double dspc_sin_64(double x) { return dspc_wave_64(x, 0); }
//: cos_64: wave_64
static inline double dspc_cos_64(double x) { return dspc_wave_64(x, 1); }
//: tan_64: turns_64 nearest sine_64 cosine_64 size_of_64
static inline double dspc_tan_64(double x) {
	const double t = dspc_turns_64(x);
	const int n = dspc_nearest(t);
	const double r = 1.5707963267948966 * (t - n);
	const bool is_odd = (n & 1) != 0;
	const double s = dspc_sine_64(r), c = dspc_cosine_64(r);
	const double y = (is_odd ? -c : s) / (is_odd ? s : c);
	return dspc_size_of_64(x) <= 1.7976931348623157e308 ? y : x - x;
}
//: tanh_64: power_of_2_64 size_of_64 signed_as_64
static inline double dspc_tanh_64(double x) {
	const double size = dspc_size_of_64(x), z = x * x;
	const double small = x + x * z * (-0.3333333333333333 + z * (0.13333333333333322 + z * (
		-0.0539682539682359 + z * (0.021869488535133198 + z * (-0.008863235499801368 + z * (
		0.003592127507589611 + z * (-0.0014558283997363943 + z * (
		0.0005899818152380799 + z * (-0.00023888944381086205 + z * (
		9.604108439990873e-05 + z * (-3.7081056488879295e-05 + z * (
		1.2209908838635491e-05 + z * -2.438825874964072e-06))))))))))));
	const double large = 1.0 - 2.0 / (dspc_power_of_2_64(2.8853900817779268 * size) + 1.0);
	return x != x || x == 0 ? x : size < 0.625 ? small : dspc_signed_as_64(large, x);
}
//: slope_64
static inline double dspc_slope_64(double x) {
	const bool is_high = x > 0.4142135623730951;
	const double b = is_high ? (x - 1.0) / (x + 1.0) : x, z = b * b;
	return (is_high ? 0.7853981633974483 : 0.0) + (b + b * z * (-0.3333333333333333 + z * (0.19999999999999804 + z * (
		-0.14285714285659779 + z * (0.11111111105150587 + z * (-0.09090908753259075 + z * (
		0.0769229636804138 + z * (-0.06666424760186594 + z * (0.05878927554335019 + z * (
		-0.05230443639784923 + z * (0.04551544730340339 + z * (-0.03456931497764907 + z * 0.01628437496334544))))))))))));
}
//: atan_64: slope_64 size_of_64 signed_as_64
static inline double dspc_atan_64(double x) {
	const double size = dspc_size_of_64(x);
	const bool is_steep = size > 1;
	const double a = dspc_slope_64(is_steep ? 1.0 / size : size);
	return x != x ? x : dspc_signed_as_64(is_steep ? 1.5707963267948966 - a : a, x);
}
//: atan2_64: slope_64 size_of_64 signed_as_64 bits_of_64
static inline double dspc_atan2_64(double y, double x) {
	const double rise = dspc_size_of_64(y), run = dspc_size_of_64(x);
	const bool is_steep = rise > run;
	const double most = is_steep ? rise : run, least = is_steep ? run : rise;
	double ratio = least / (most == 0 ? 1.0 : most);
	ratio = rise == run && most != 0 ? 1.0 : ratio;
	double a = dspc_slope_64(ratio);
	a = is_steep ? 1.5707963267948966 - a : a;
	a = (dspc_bits_of_64(x) >> 63) != 0 ? 3.141592653589793 - a : a;
	return x != x || y != y ? x + y : dspc_signed_as_64(a, y);
}
//: asin_64: atan2_64
static inline double dspc_asin_64(double x) { return dspc_atan2_64(x, std::sqrt((1.0 - x) * (1.0 + x))); }
//: acos_64: atan2_64
static inline double dspc_acos_64(double x) { return dspc_atan2_64(std::sqrt((1.0 - x) * (1.0 + x)), x); }
