//: float_of
static inline float dspc_float_of(uint32_t bits) { float x; std::memcpy(&x, &bits, 4); return x; }
//: bits_of
static inline uint32_t dspc_bits_of(float x) { uint32_t bits; std::memcpy(&bits, &x, 4); return bits; }
//: size_of: float_of bits_of
static inline float dspc_size_of(float x) { return dspc_float_of(dspc_bits_of(x) & 0x7fffffffu); }
//: signed_as: float_of bits_of
static inline float dspc_signed_as(float size, float x) {
	return dspc_float_of(dspc_bits_of(size) | (dspc_bits_of(x) & 0x80000000u));
}
//: nearest
static inline int dspc_nearest(double x) { return int(x + (x < 0 ? -0.5 : 0.5)); }
//: power_of_2: nearest float_of
static inline float dspc_power_of_2(double x) {
	x = x < -200 ? -200 : x;
	x = x > 200 ? 200 : x;
	const int n = dspc_nearest(x), half = n >> 1;
	const float r = float(x - n);
	const float p = 1.0f + r * (0.693147182f + r * (0.240226507f + r * (0.0555032752f
		+ r * (0.00961800572f + r * (0.00134003093f + r * 0.000154759269f)))));
	return p * dspc_float_of(uint32_t(half + 127) << 23) * dspc_float_of(uint32_t(n - half + 127) << 23);
}
//: binary_log: bits_of float_of
static inline double dspc_binary_log(float x) {
	const bool is_tiny = x < 1.17549435e-38f;
	const int bits = int(dspc_bits_of(is_tiny ? x * 8388608.0f : x)) - 0x3f3504f3;
	const double m = dspc_float_of(uint32_t((bits & 0x7fffff) + 0x3f3504f3));
	const double s = (m - 1) / (m + 1), z = s * s;
	const double p = 2.8853900817901597 + z * (0.9617966732579036 + z * (0.577083599810136
		+ z * (0.41167187968472746 + z * 0.3407449151576499)));
	return s * p + ((bits >> 23) - (is_tiny ? 23 : 0));
}
//: log_of: binary_log float_of
static inline float dspc_log_of(float x, double scale) {
	const float y = float(scale * dspc_binary_log(x));
	const float edge = dspc_float_of(x == 0 ? 0xff800000u : 0x7fc00000u);
	return x > 0 ? (x > 3.40282347e38f ? x : y) : edge;
}
//: exp: power_of_2
static inline float dspc_exp(float x) { return x != x ? x : dspc_power_of_2(1.4426950408889634 * x); }
//: exp2: power_of_2
static inline float dspc_exp2(float x) { return x != x ? x : dspc_power_of_2(x); }
//: log: log_of
static inline float dspc_log(float x) { return dspc_log_of(x, 0.6931471805599453); }
//: log2: log_of
static inline float dspc_log2(float x) { return dspc_log_of(x, 1.0); }
//: log10: log_of
static inline float dspc_log10(float x) { return dspc_log_of(x, 0.3010299956639812); }
//: pow: binary_log power_of_2 size_of bits_of float_of
static inline float dspc_pow(float x, float y) {
	const float size = dspc_size_of(x);
	const bool is_infinite = size > 3.40282347e38f;
	double l = is_infinite ? 1e300 : dspc_binary_log(size);
	l = size == 0 ? -1e300 : l;
	const float made = dspc_power_of_2(l == 0 || y == 0 ? 0 : y * l);
	const float held = dspc_size_of(y) < 16777216.0f ? y : 0.0f;
	const int whole = int(held);
	const bool is_whole = float(whole) == held;
	const uint32_t sign = (whole & 1) != 0 && is_whole ? dspc_bits_of(x) & 0x80000000u : 0u;
	float z = dspc_float_of(dspc_bits_of(made) | sign);
	z = x < 0 && !is_whole && !is_infinite ? dspc_float_of(0x7fc00000u) : z;
	return (x != x && y != 0) || (y != y && x != 1) ? x + y : z;
}
//: sine
static inline float dspc_sine(float r) {
	const float z = r * r;
	return r == 0 ? r : r + r * z * (-0.166666672f + z * (0.00833332911f + z * (-0.000198393303f + z * 2.71827435e-06f)));
}
//: cosine
static inline float dspc_cosine(float r) {
	const float z = r * r;
	return 1.0f - 0.5f * z + z * z * (0.0416666456f + z * (-0.00138873642f + z * 2.44380881e-05f));
}
//: turns
static inline double dspc_turns(float x) {
	double t = 0.6366197723675814 * x;
	t = t > -1e9 ? t : -1e9;
	return t < 1e9 ? t : 1e9;
}
//: wave: turns nearest sine cosine float_of bits_of size_of
static inline float dspc_wave(float x, int shift) {
	const double t = dspc_turns(x);
	const int turn = dspc_nearest(t), n = turn + shift;
	const float r = float(1.5707963267948966 * (t - turn));
	const float y = (n & 1) != 0 ? dspc_cosine(r) : dspc_sine(r);
	const float z = dspc_float_of(dspc_bits_of(y) ^ (uint32_t(n & 2) << 30));
	return dspc_size_of(x) <= 3.40282347e38f ? z : x - x;
}
//: sin: wave
static inline float dspc_sin(float x) { return dspc_wave(x, 0); }
//: cos: wave
static inline float dspc_cos(float x) { return dspc_wave(x, 1); }
//: tan: turns nearest sine cosine size_of
static inline float dspc_tan(float x) {
	const double t = dspc_turns(x);
	const int n = dspc_nearest(t);
	const float r = float(1.5707963267948966 * (t - n));
	const bool is_odd = (n & 1) != 0;
	const float s = dspc_sine(r), c = dspc_cosine(r);
	const float y = (is_odd ? -c : s) / (is_odd ? s : c);
	return dspc_size_of(x) <= 3.40282347e38f ? y : x - x;
}
//: tanh: power_of_2 size_of signed_as
static inline float dspc_tanh(float x) {
	const float size = dspc_size_of(x), z = x * x;
	const float small = x + x * z * (-0.333332717f + z * (0.133311525f + z * (-0.053714104f
		+ z * (0.0205517113f + z * -0.0056039053f))));
	const float large = 1.0f - 2.0f / (dspc_power_of_2(2.8853900817779268 * size) + 1.0f);
	return x != x || x == 0 ? x : size < 0.625f ? small : dspc_signed_as(large, x);
}
//: slope
static inline float dspc_slope(float x) {
	const float z = x * x;
	return x + x * z * (-0.333333284f + z * (0.199996933f + z * (-0.142801315f + z * (0.110602461f
		+ z * (-0.0881885439f + z * (0.0675958544f + z * (-0.0449466333f + z * (0.022760503f
		+ z * (-0.00742271449f + z * 0.00113489386f)))))))));
}
//: atan: slope size_of signed_as
static inline float dspc_atan(float x) {
	const float size = dspc_size_of(x);
	const bool is_steep = size > 1;
	const float a = dspc_slope(is_steep ? 1.0f / size : size);
	return x != x ? x : dspc_signed_as(is_steep ? float(1.5707963267948966 - a) : a, x);
}
//: atan2: slope size_of signed_as bits_of
static inline float dspc_atan2(float y, float x) {
	const float rise = dspc_size_of(y), run = dspc_size_of(x);
	const bool is_steep = rise > run;
	const float most = is_steep ? rise : run, least = is_steep ? run : rise;
	float ratio = least / (most == 0 ? 1.0f : most);
	ratio = rise == run && most != 0 ? 1.0f : ratio;
	double a = dspc_slope(ratio);
	a = is_steep ? 1.5707963267948966 - a : a;
	a = (dspc_bits_of(x) >> 31) != 0 ? 3.141592653589793 - a : a;
	return x != x || y != y ? x + y : dspc_signed_as(float(a), y);
}
//: asin: atan2
static inline float dspc_asin(float x) { return dspc_atan2(x, std::sqrt((1.0f - x) * (1.0f + x))); }
//: acos: atan2
static inline float dspc_acos(float x) { return dspc_atan2(std::sqrt((1.0f - x) * (1.0f + x)), x); }
