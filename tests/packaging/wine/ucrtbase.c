/* Stands in for the parts of Windows' C library that Debian's Wine 8 has only the names of: complex numbers.
 *
 * For tests only, never in an installer. numpy asks for them when it is imported. Everything else is handed on to
 * Wine's own library, which `packaging/windows/wine.py` puts beside this one as ucrtwine.dll. Windows passes complex
 * numbers as structures, and its long double is a double.
 */
#include <complex.h>

typedef struct { double re, im; } Double;
typedef struct { float re, im; } Float;

static double complex of_double(Double z) { return z.re + z.im * I; }
static float complex of_float(Float z) { return z.re + z.im * I; }
static Double as_double(double complex z) { return (Double){creal(z), cimag(z)}; }
static Float as_float(float complex z) { return (Float){crealf(z), cimagf(z)}; }

#define EXPORT __declspec(dllexport)
#define NUMBER(name)                                                      \
    EXPORT double our_##name(Double z) { return name(of_double(z)); }     \
    EXPORT double our_##name##l(Double z) { return name(of_double(z)); }  \
    EXPORT float our_##name##f(Float z) { return name##f(of_float(z)); }
#define COMPLEX(name)                                                                \
    EXPORT Double our_##name(Double z) { return as_double(name(of_double(z))); }     \
    EXPORT Double our_##name##l(Double z) { return as_double(name(of_double(z))); }  \
    EXPORT Float our_##name##f(Float z) { return as_float(name##f(of_float(z))); }

NUMBER(cabs)
NUMBER(carg)
NUMBER(cimag)
NUMBER(creal)
COMPLEX(ccos)
COMPLEX(ccosh)
COMPLEX(cexp)
COMPLEX(csin)
COMPLEX(csinh)
COMPLEX(ctan)
COMPLEX(ctanh)

EXPORT Double our_cpow(Double a, Double b) { return as_double(cpow(of_double(a), of_double(b))); }
EXPORT Double our_cpowl(Double a, Double b) { return as_double(cpow(of_double(a), of_double(b))); }
EXPORT Float our_cpowf(Float a, Float b) { return as_float(cpowf(of_float(a), of_float(b))); }
