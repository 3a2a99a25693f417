/*
  Exact sums. A finite double is +-m 2^(e - 1074), 0 <= m < 2^53, 0 <= e <= 2045. Limb i stands for 2^(32 i - 1074), so
  m touches at most three neighbouring limbs. Limbs are signed 64-bit integers: 2^30 terms fit before carries must run,
  and limbs of different ranks add up without a carry in between.
*/
#include <errno.h>
#include <hht/sum.h>
#include <limits.h>
#include <math.h>
#include <string.h>

#define LIMB_BITS        32
#define LIMB_MASK        0xffffffffLL
#define SMALLEST_EXP     (-1074)
#define TERMS_PER_CARRY  (1LL << 20)
#define FIXED_TOTAL_BITS 61
#define FIXED_SCALE_EXP  960 /* at most: leaves room for factors of the caller's, and its inverse is a normal number */

void HHTSumClear(HHTSum *sum) { memset(sum, 0, sizeof *sum); }

/* Leaves every limb but the top one in [0, 2^32): the unique form of the value. */
static void carry(HHTSum *sum)
{
  for (int i = 0; i < HHT_SUM_LIMBS - 1; i++) {
    int64_t low = sum->limb[i] & LIMB_MASK;

    sum->limb[i + 1] += (sum->limb[i] - low) / (1LL << LIMB_BITS);
    sum->limb[i] = low;
  }
  sum->terms = 0;
}

void HHTSumAdd(HHTSum *sum, double term)
{
  uint64_t bits;
  int64_t  mantissa, sign;
  int      exponent, limb, shift;

  if (!isfinite(term)) {
    sum->invalid++;
    return;
  }
  memcpy(&bits, &term, sizeof bits);
  sign     = bits >> 63 ? -1 : 1;
  exponent = (int)((bits >> 52) & 0x7ff);
  mantissa = (int64_t)(bits & ((1ULL << 52) - 1));
  if (exponent) mantissa |= 1LL << 52, exponent--; /* now the value is mantissa 2^(exponent - 1074) */
  limb  = exponent / LIMB_BITS;
  shift = exponent % LIMB_BITS;

  int64_t low = (mantissa & LIMB_MASK) << shift, high = (mantissa >> LIMB_BITS) << shift;
  sum->limb[limb] += sign * (low & LIMB_MASK);
  sum->limb[limb + 1] += sign * ((low >> LIMB_BITS) + (high & LIMB_MASK));
  sum->limb[limb + 2] += sign * (high >> LIMB_BITS);
  if (++sum->terms >= TERMS_PER_CARRY) carry(sum);
}

void HHTSumMerge(HHTSum *sum, HHTSum *other)
{
  carry(sum);
  carry(other);
  for (int i = 0; i < HHT_SUM_LIMBS; i++) sum->limb[i] += other->limb[i];
  sum->invalid += other->invalid;
  sum->terms = 1;
}

double HHTSumValue(const HHTSum *sum)
{
  HHTSum total = *sum;
  double sign = 1, value = 0;
  int    top;

  if (sum->invalid) return NAN;
  carry(&total);
  if (total.limb[HHT_SUM_LIMBS - 1] < 0) {
    for (int i = 0; i < HHT_SUM_LIMBS; i++) total.limb[i] = -total.limb[i];
    carry(&total);
    sign = -1;
  }
  for (top = HHT_SUM_LIMBS - 1; top > 0 && !total.limb[top]; top--) continue;
  /*
    The leading limbs carry more than 64 bits; what is below them changes at most the last bit. Added from the small
    end.
  */
  for (int i = top > 3 ? top - 3 : 0; i <= top; i++)
    value += ldexp((double)total.limb[i], LIMB_BITS * i + SMALLEST_EXP);
  return sign * value;
}

int HHTSumAllreduce(MPI_Comm comm, HHTSum sums[], int n)
{
  if (n > INT_MAX / (HHT_SUM_LIMBS + 2)) return EINVAL;
  for (int i = 0; i < n; i++) carry(&sums[i]);
  return MPI_Allreduce(MPI_IN_PLACE, sums, n * (HHT_SUM_LIMBS + 2), MPI_INT64_T, MPI_SUM, comm) ? EIO : 0;
}

double HHTFixedScale(double bound)
{
  int exponent = 0;

  (void)frexp(bound > 0 && isfinite(bound) ? bound : 1, &exponent);
  exponent = FIXED_TOTAL_BITS - exponent;
  return ldexp(1, exponent < FIXED_SCALE_EXP ? exponent : FIXED_SCALE_EXP);
}

int HHTFixedAllreduce(MPI_Comm comm, int64_t fixed[], double value[], ptrdiff_t n, double scale)
{
  const ptrdiff_t chunk   = 1 << 24;
  double          inverse = 1 / scale;

  for (ptrdiff_t first = 0; first < n; first += chunk) {
    int count = (int)(n - first < chunk ? n - first : chunk);

    if (MPI_Allreduce(MPI_IN_PLACE, fixed + first, count, MPI_INT64_T, MPI_SUM, comm)) return EIO;
  }
  for (ptrdiff_t i = 0; i < n; i++) value[i] = (double)fixed[i] * inverse;
  return 0;
}
