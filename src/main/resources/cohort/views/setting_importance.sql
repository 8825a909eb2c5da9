-- One row for each key that a sweep changed: the fraction of the variance of efficiency between runs that the means of its
-- values explain (eta squared, one key at a time). Runs that were not trained to their end are left out.
WITH each AS (
  SELECT sweep_runs.sweep, efficiency, explode(settings) AS (key, value)
  FROM sweep_runs JOIN runs USING (run_id)
  WHERE efficiency IS NOT NULL
),
deviations AS (
  SELECT
    sweep, key, value, efficiency,
    avg(efficiency) OVER (PARTITION BY sweep, key) AS mean,
    avg(efficiency) OVER (PARTITION BY sweep, key, value) AS mean_of_value
  FROM each
)
SELECT
  sweep,
  key,
  count(DISTINCT value) AS values,
  count(*) AS runs,
  sum(power(mean_of_value - mean, 2)) / nullif(sum(power(efficiency - mean, 2)), 0) AS variance_explained
FROM deviations
GROUP BY sweep, key
