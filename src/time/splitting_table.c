/* The splitting methods, as data. Coefficients to more digits than a double holds. */
#include <hht/splitting.h>
#include <string.h>

#define COUNT(array) ((int)(sizeof(array) / sizeof(array)[0]))

/* G. Strang, SIAM J. Numer. Anal. 5 (1968) 506 */
static const double lie_v[] = {1, 0}, lie_t[] = {1};
static const double strang_v[] = {0.5, 0.5}, strang_t[] = {1};

/* H. Yoshida, Phys. Lett. A 150 (1990) 262: Strang with w, 1 - 2w, w; w = 1 / (2 - 2^(1/3)) */
#define W  1.35120719195965763404
#define W0 (-1.7024143839193152680)
static const double yoshida4_v[] = {W / 2, (W + W0) / 2, (W + W0) / 2, W / 2}, yoshida4_t[] = {W, W0, W};

/* M. Suzuki, Phys. Lett. A 146 (1990) 319: Strang with p, p, 1 - 4p, p, p; p = 1 / (4 - 4^(1/3)) */
#define P  0.41449077179437573714
#define P0 (-0.6579630871775029485)
static const double suzuki4_v[] = {P / 2, P, (P + P0) / 2, (P + P0) / 2, P, P / 2}, suzuki4_t[] = {P, P, P0, P, P};

/* S. Blanes, P. C. Moan, J. Comput. Appl. Math. 142 (2002) 313, table 2, S6 */
#define A1 0.0792036964311957
#define A2 0.353172906049774
#define A3 (-0.0420650803577195)
#define A4 (1 - 2 * (A1 + A2 + A3))
#define B1 0.209515106613362
#define B2 (-0.143851773179818)
#define B3 (0.5 - (B1 + B2))
static const double blanesmoan4_v[] = {A1, A2, A3, A4, A3, A2, A1}, blanesmoan4_t[] = {B1, B2, B3, B3, B2, B1};

/* The same, table 3, SRKN6b: for forces that do not depend on v, so that [V, [V, [V, T]]] = 0 */
#define Q1 0.0829844064174052
#define Q2 0.396309801498368
#define Q3 (-0.0390563049223486)
#define Q4 (1 - 2 * (Q1 + Q2 + Q3))
#define R1 0.245298957184271
#define R2 0.604872665711080
#define R3 (0.5 - (R1 + R2))
static const double nystrom4_v[] = {Q1, Q2, Q3, Q4, Q3, Q2, Q1}, nystrom4_t[] = {R1, R2, R3, R3, R2, R1};

/* S. A. Chin, Phys. Lett. A 226 (1997) 344, algorithm A: all coefficients of T are positive */
static const double chin4_v[] = {1.0 / 6, 2.0 / 3, 1.0 / 6}, chin4_t[] = {0.5, 0.5}, chin4_m[] = {0, 1.0 / 72, 0};

/* W. Kahan, R.-C. Li, Math. Comp. 66 (1997) 1089, s9odr6a: nine Strang steps */
#define K1 0.39216144400731413928
#define K2 0.33259913678935943860
#define K3 (-0.70624617255763935981)
#define K4 0.082213596293550800230
#define K5 (1 - 2 * (K1 + K2 + K3 + K4))
static const double kahanli6_v[] = {K1 / 2,        (K1 + K2) / 2, (K2 + K3) / 2, (K3 + K4) / 2, (K4 + K5) / 2,
                                    (K4 + K5) / 2, (K3 + K4) / 2, (K2 + K3) / 2, (K1 + K2) / 2, K1 / 2};
static const double kahanli6_t[] = {K1, K2, K3, K4, K5, K4, K3, K2, K1};

/* Blanes, Moan 2002, table 2, S10 */
#define C1 0.0502627644003922
#define C2 0.413514300428344
#define C3 0.0450798897943977
#define C4 (-0.188054853819569)
#define C5 0.541960678450780
#define C6 (1 - 2 * (C1 + C2 + C3 + C4 + C5))
#define D1 0.148816447901042
#define D2 (-0.132385865767784)
#define D3 0.067307604692185
#define D4 0.432666402578175
#define D5 (0.5 - (D1 + D2 + D3 + D4))
static const double blanesmoan6_v[] = {C1, C2, C3, C4, C5, C6, C5, C4, C3, C2, C1};
static const double blanesmoan6_t[] = {D1, D2, D3, D4, D5, D5, D4, D3, D2, D1};

/* Blanes, Moan 2002, table 3, SRKN11b */
#define E1 0.0414649985182624
#define E2 0.198128671918067
#define E3 (-0.0400061921041533)
#define E4 0.0752539843015807
#define E5 (-0.0115113874206879)
#define E6 (0.5 - (E1 + E2 + E3 + E4 + E5))
#define F1 0.123229775946271
#define F2 0.290553797799558
#define F3 (-0.127049212625417)
#define F4 (-0.246331761062075)
#define F5 0.357208872795928
#define F6 (1 - 2 * (F1 + F2 + F3 + F4 + F5))
static const double nystrom6_v[] = {E1, E2, E3, E4, E5, E6, E6, E5, E4, E3, E2, E1};
static const double nystrom6_t[] = {F1, F2, F3, F4, F5, F6, F5, F4, F3, F2, F1};

/* F. Casas, N. Crouseilles, E. Faou, M. Mehrenberger, Numer. Math. 135 (2017) 769; coefficients as in SeLaLib, order6vpotnew3 */
#define G1 0.0482332301753032567427580
#define G2 0.2361392603742494444753990
#define G3 (1 - 2 * (2 * G1 + G2))
#define H1 0.2701015188126056215752542
#define H2 (-0.108612186368692920020654)
#define H3 (0.5 - (H1 + H2))
#define M1 (-0.0002566567904012107264)
#define M2 (-0.0009439771580927593579)
#define M3 0.002494619878121813220
#define M4 0.002670269183371982607658111
static const double casas6_v[] = {G1, G1, G2, G3, G2, G1, G1}, casas6_t[] = {H1, H2, H3, H3, H2, H1};
static const double casas6_m[] = {M1, M2, M3, M4, M3, M2, M1};

#define METHOD(method, method_order, source) FORCE_GRADIENT(method, method_order, source, NULL)
#define FORCE_GRADIENT(method, method_order, source, coefficients) \
  { \
    .name = #method, .order = (method_order), .stages = COUNT(method##_t), .potential = method##_v, \
    .kinetic = method##_t, .modified = (coefficients), .reference = (source) \
  }

static const HHTSplitting methods[] = {
    METHOD(lie, 1, "Lie-Trotter"),
    METHOD(strang, 2, "Strang 1968"),
    METHOD(yoshida4, 4, "Yoshida 1990"),
    METHOD(suzuki4, 4, "Suzuki 1990"),
    METHOD(blanesmoan4, 4, "Blanes, Moan 2002, S6"),
    METHOD(nystrom4, 4, "Blanes, Moan 2002, SRKN6b"),
    FORCE_GRADIENT(chin4, 4, "Chin 1997, A", chin4_m),
    METHOD(kahanli6, 6, "Kahan, Li 1997, s9odr6a"),
    METHOD(blanesmoan6, 6, "Blanes, Moan 2002, S10"),
    METHOD(nystrom6, 6, "Blanes, Moan 2002, SRKN11b"),
    FORCE_GRADIENT(casas6, 6, "Casas, Crouseilles, Faou, Mehrenberger 2017", casas6_m),
};

PetscErrorCode HHTSplittingList(const HHTSplitting **table, int *n)
{
  PetscFunctionBeginUser;
  *table = methods;
  *n     = COUNT(methods);
  PetscFunctionReturn(0);
}

PetscErrorCode HHTSplittingFind(const char *name, const HHTSplitting **splitting)
{
  PetscFunctionBeginUser;
  *splitting = NULL;
  for (int i = 0; i < COUNT(methods); i++)
    if (!strcmp(methods[i].name, name)) *splitting = &methods[i];
  PetscFunctionReturn(0);
}
