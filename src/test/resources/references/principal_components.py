"""Writes principal-components.npz, what PrincipalComponentsTest compares with: NumPy 2.4.6's numpy.linalg.svd in double.

tall: 60 rows of 7 units; wide: 5 rows of 9 units. Units differ in size and are correlated, so that no two singular values are alike.
The entry of largest magnitude of a component is made positive. A wide matrix less its mean has no more than 4 components with
variance; only these are stored.
"""

import numpy as np

random = np.random.default_rng(20)
arrays = {}
for name, rows, units, kept in (("tall", 60, 7, 7), ("wide", 5, 9, 4)):
    sizes = 2.0 ** -np.arange(units)
    mixing = np.linalg.qr(random.normal(size=(units, units)))[0]
    states = (3 + random.normal(size=(rows, units)) * sizes @ mixing).astype(np.float32)
    centred = states.astype(np.float64) - states.astype(np.float64).mean(axis=0)
    _, values, components = np.linalg.svd(centred, full_matrices=False)
    components = components[:kept]
    largest = components[np.arange(kept), np.abs(components).argmax(axis=1)]
    components *= np.sign(largest)[:, None]
    arrays[f"{name}_states"] = states
    arrays[f"{name}_components"] = components
    arrays[f"{name}_variance_explained"] = values[:kept] ** 2 / (values**2).sum()
    arrays[f"{name}_projections"] = centred @ components.T
np.savez("principal-components.npz", **arrays)
