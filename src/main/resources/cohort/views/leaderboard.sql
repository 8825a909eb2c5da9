-- One row for each setting of a sweep, ranked by the mean efficiency of the seeds that were trained to their end.
WITH per_setting AS (
  SELECT
    sweep_runs.sweep,
    sweep_runs.setting,
    count(*) AS runs,
    count_if(status = 'trained') AS trained,
    count_if(status IN ('diverged', 'failed', 'timed-out')) AS failed,
    count_if(status = 'stopped') AS stopped,
    avg(efficiency) AS efficiency,
    -- standard error of the mean between seeds
    stddev_samp(efficiency) / sqrt(count(efficiency)) AS efficiency_sem,
    min(efficiency) AS worst_efficiency,
    -- 1: none of its networks ever responds
    avg(no_response) AS no_response,
    avg(CASE WHEN status = 'trained' THEN held_out_loss END) AS held_out_loss,
    avg(seconds) AS seconds_per_run,
    max(parameters) AS parameters
  FROM sweep_runs JOIN runs USING (run_id)
  GROUP BY sweep_runs.sweep, sweep_runs.setting
)
SELECT rank() OVER (PARTITION BY sweep ORDER BY efficiency DESC NULLS LAST) AS rank, *
FROM per_setting
