"""Makes psychometric-fits.json: maximum likelihood fits of psychometric functions by SciPy.

    python psychometric_fits.py > psychometric-fits.json
"""
import json
import numpy as np
import scipy
from scipy.optimize import minimize
from scipy.special import xlogy
from scipy.stats import norm

rng = np.random.default_rng(20)
MAX_RATE = 0.25


def sigmoid(function, x, m, s):
    if function == "cumulative-gaussian":
        return norm.cdf((x - m) / s)
    if function == "logistic":
        return 1 / (1 + np.exp(-(x - m) / s))
    return -np.expm1(-((x / m) ** s))


def psi(function, kind, x, p):
    guess = p[3] if kind == "choice" else 0.5
    return guess + (1 - guess - p[2]) * sigmoid(function, x, p[0], p[1])


def deviance(function, kind, x, n, k, p):
    q = np.clip(psi(function, kind, x, p), 1e-12, 1 - 1e-12)
    return 2 * np.sum(xlogy(k, k / n / q) + xlogy(n - k, (1 - k / n) / (1 - q)))


def fit(function, kind, x, n, k):
    best = None
    low = -np.max(x) if kind == "choice" else 1e-3
    bounds = [(low, 2 * np.max(x)), (1e-2, 4 * np.max(x)), (0, MAX_RATE)] + [(0, MAX_RATE)] * (kind == "choice")
    for m in [0.1, 0.3, 0.6] if kind == "accuracy" else [-0.05, 0.05]:
        for s in [0.05, 0.15, 0.4]:
            scale = s * np.max(x) if function != "weibull" else 1 + 5 * s
            p = np.array([m * np.max(x), scale, 0.02] + [0.02] * (kind == "choice"))
            for _ in range(4):
                p = minimize(lambda q: deviance(function, kind, x, n, k, q), p, method="Nelder-Mead", bounds=bounds,
                             options=dict(xatol=1e-10, fatol=1e-12, maxiter=20000, maxfev=20000)).x
            d = deviance(function, kind, x, n, k, p)
            if best is None or d < best[0]:
                best = (d, p)
    return best


def threshold(function, kind, p):
    m, s = p[0], p[1]
    if kind == "choice":
        return s * (norm.ppf(0.75) if function == "cumulative-gaussian" else np.log(3))
    return m * np.log(2) ** (1 / s) if function == "weibull" else m


SIGNED = [-51.2, -25.6, -12.8, -6.4, 0, 6.4, 12.8, 25.6, 51.2]
FINE = [-20, -12, -8, -4, -2, 0, 2, 4, 8, 12, 20]
CASES = [
    ("cumulative-gaussian", "choice", SIGNED, 200, [1, 9, 0.02, 0.03]),
    ("cumulative-gaussian", "choice", SIGNED, 2000, [-0.5, 4.5, 0.004, 0.002]),
    ("cumulative-gaussian", "choice", FINE, 50, [0, 6, 0.02, 0.02]),
    ("logistic", "choice", SIGNED, 300, [2, 7, 0.01, 0.04]),
    ("logistic", "choice", FINE, 1000, [-1, 2.5, 0.05, 0.01]),
    ("weibull", "accuracy", [1.6, 3.2, 6.4, 12.8, 25.6, 51.2], 200, [8, 1.5, 0.02]),
    ("weibull", "accuracy", [0, 6.4, 12.8, 25.6, 51.2], 4000, [5, 1.2, 0.001]),
    ("weibull", "accuracy", [2, 4, 6, 8, 12, 16, 24, 32], 100, [10, 2.5, 0.05]),
    ("cumulative-gaussian", "accuracy", [2, 4, 6, 8, 12, 16, 24, 32], 500, [9, 4, 0.03]),
    ("logistic", "accuracy", [2, 4, 6, 8, 12, 16, 24, 32], 500, [9, 2, 0.02]),
]
fits = []
for function, kind, x, trials, truth in CASES:
    x = np.array(x, float)
    n = np.full(len(x), trials)
    k = rng.binomial(n, psi(function, kind, x, np.array(truth)))
    d, p = fit(function, kind, x, n, k)
    fits.append(dict(function=function, kind=kind, coherences=x.tolist(), trials=n.tolist(), positive=k.tolist(),
                     threshold=float(threshold(function, kind, p)), location=float(p[0]), scale=float(p[1]),
                     lapse=float(p[2]), deviance=float(d)))
print(json.dumps(dict(source=f"SciPy {scipy.__version__}, scipy.optimize.minimize, by psychometric_fits.py", fits=fits), indent=1))
