#include <Random123/philox.h>
#include <hht/random.h>
#include <math.h>

#define TWO_PI 6.283185307179586476925

HHTRandom HHTRandomStream(uint64_t seed, uint64_t purpose, uint64_t sample, uint64_t particle)
{
  return (HHTRandom){.key = {seed, purpose}, .counter = {0, particle, sample, 0}};
}

static void draw(HHTRandom *r)
{
  const philox4x64_ctr_t counter = {{r->counter[0], r->counter[1], r->counter[2], r->counter[3]}};
  const philox4x64_key_t key     = {{r->key[0], r->key[1]}};
  const philox4x64_ctr_t bits    = philox4x64(counter, key);

  r->counter[0]++;
  for (int i = 0; i < 4; i++) r->number[i] = ((double)(bits.v[i] >> 11) + 0.5) * 0x1p-53;
  r->left = 4;
}

double HHTRandomUniform(HHTRandom *r)
{
  if (!r->left) draw(r);
  return r->number[--r->left];
}

/* Box and Muller's; the other one of the pair is left, so that a stream has no memory but its counter. */
double HHTRandomNormal(HHTRandom *r)
{
  const double radius = sqrt(-2 * log(HHTRandomUniform(r)));

  return radius * cos(TWO_PI * HHTRandomUniform(r));
}
