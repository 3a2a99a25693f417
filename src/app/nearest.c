/* The nearest name to a misspelt one: the edit distance with transpositions (optimal string alignment). */
#include "options.h"

#include <ctype.h>
#include <string.h>

#define NAME_MAX_LENGTH 63

static int smaller(int a, int b) { return a < b ? a : b; }

static int same(char a, char b) { return tolower((unsigned char)a) == tolower((unsigned char)b); }

static int edit_distance(const char *a, const char *b)
{
  const int n = (int)strnlen(a, NAME_MAX_LENGTH), m = (int)strnlen(b, NAME_MAX_LENGTH);
  int       d[NAME_MAX_LENGTH + 1][NAME_MAX_LENGTH + 1];

  for (int i = 0; i <= n; i++) d[i][0] = i;
  for (int j = 0; j <= m; j++) d[0][j] = j;
  for (int i = 1; i <= n; i++) {
    for (int j = 1; j <= m; j++) {
      d[i][j] = smaller(smaller(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + !same(a[i - 1], b[j - 1]));
      if (i > 1 && j > 1 && same(a[i - 1], b[j - 2]) && same(a[i - 2], b[j - 1])) {
        d[i][j] = smaller(d[i][j], d[i - 2][j - 2] + 1);
      }
    }
  }
  return d[n][m];
}

/* A key without its group, `nx` for grid_nx, is one mistake, however long the group's name is. */
static int distance_to(const char *wanted, const char *name)
{
  const char *key      = strchr(name, '_');
  const int   distance = edit_distance(wanted, name);

  return key ? smaller(distance, 1 + edit_distance(wanted, key + 1)) : distance;
}

void HHTNearestTry(HHTNearest *nearest, const char *name)
{
  const int distance = distance_to(nearest->wanted, name);

  if (nearest->best && distance >= nearest->distance) return;
  nearest->best     = name;
  nearest->distance = distance;
}
