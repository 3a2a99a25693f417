/* Rates and frequencies from equally spaced samples. No PETSc, no MPI. */
#ifndef HHT_FIT_H
#define HHT_FIT_H

/*
  HHTFitOscillation - fits s_i = Re(c exp((rate - i frequency) i h)), i = 0 .. n - 1, n >= 4, by linear prediction:
  least squares for a, b in s_{i+2} = a s_{i+1} - b s_i, whose roots are exp((rate -+ i frequency) h). frequency < pi/h;
  0 where the roots are real, and rate is then that of the larger one.
*/
void HHTFitOscillation(int n, double h, const double s[], double *rate, double *frequency);

/*
  HHTFitPower - y = c x^exponent through n >= 2 points with standard errors e > 0, by weighted least squares of log y; x and y are > 0. error
  is the exponent's standard error that follows from e, spread the root mean square of the residuals in units of e.
*/
void HHTFitPower(int n, const double x[], const double y[], const double e[], double *exponent, double *error,
                 double *spread);

/* The slope of log|s_i| by least squares: the rate of s_i = c exp(rate i h). No s_i may be 0. */
double HHTFitGrowth(int n, double h, const double s[]);

#endif
