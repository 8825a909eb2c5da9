-- One row for each setting and condition of a sweep: accuracy over the seeds that were trained to their end, its standard
-- error between seeds, the 95 % interval of its mean from 1000 bootstrap samples of the seeds (drawn by hashing, so that they
-- are the same every time), the fraction of trials without a response, and the fraction of runs that failed.
WITH failures AS (
  SELECT
    sweep_runs.sweep,
    sweep_runs.setting,
    count_if(status IN ('diverged', 'failed', 'timed-out')) / count(*) AS failure_rate
  FROM sweep_runs JOIN runs USING (run_id)
  GROUP BY sweep_runs.sweep, sweep_runs.setting
),
per_condition AS (
  SELECT
    sweep_runs.sweep,
    sweep_runs.setting,
    task,
    condition,
    any_value(conditions) AS conditions,
    count(*) AS seeds,
    avg(condition_accuracy.accuracy) AS accuracy,
    stddev_samp(condition_accuracy.accuracy) / sqrt(count(*)) AS accuracy_sem,
    transform(array_sort(collect_list(struct(sweep_runs.seed, condition_accuracy.accuracy))), pair -> pair.accuracy) AS accuracies,
    avg(condition_accuracy.ideal) AS ideal,
    avg(condition_accuracy.efficiency) AS efficiency,
    avg(condition_accuracy.no_response / trials) AS no_response
  FROM sweep_runs JOIN condition_accuracy USING (run_id) JOIN runs ON runs.run_id = sweep_runs.run_id
  WHERE condition_accuracy.step = runs.step -- not at stages of learning
  GROUP BY sweep_runs.sweep, sweep_runs.setting, task, condition
),
resampled AS (
  SELECT
    *,
    array_sort(transform(sequence(1, 1000), sample ->
      aggregate(
        sequence(1, int(seeds)),
        0D,
        (sum, draw) -> sum + accuracies[int(pmod(xxhash64(sample, draw), seeds))]) / seeds)) AS means
  FROM per_condition
)
SELECT
  sweep, setting, task, condition, conditions, seeds, accuracy, accuracy_sem, means[24] AS bootstrap_low,
  means[975] AS bootstrap_high, ideal, efficiency, no_response, failure_rate
FROM resampled JOIN failures USING (sweep, setting)
