package cohort.task.library.yang;

import cohort.task.Trial;
import java.util.HashMap;
import java.util.Map;

/** What the files of statistics say of a trial, or of a batch, in numbers: by their names. */
final class YangFacts {
    /** What a trial is asked for is one of 0, fixate, and 1, respond. */
    static final String RESPONSE = "response";

    private YangFacts() {}

    /** Of a trial: where its stimuli are, how strong, and what follows. */
    static Map<String, Double> ofTrial(YangTask task, Trial trial) {
        Map<String, Double> facts = new HashMap<>();
        YangStimulus first = YangStimulus.of(trial, 1);
        YangStimulus second = YangStimulus.of(trial, 2);
        double asked = YangStimulus.asked(trial);
        facts.put("stim1_angle", first.angle());
        facts.put("stim1_octant", octant(first.angle()));
        facts.put(RESPONSE, Double.isNaN(asked) ? 0.0 : 1.0);
        facts.put("response_octant", Double.isNaN(asked) ? -1 : octant(asked));
        if (task instanceof YangReach) {
            return facts;
        }
        facts.put("stim2_angle", second.angle());
        facts.put("stim2_octant", octant(second.angle()));
        double signed = (second.angle() - first.angle() + 2 * Math.PI) % (2 * Math.PI);
        double distance = Math.min(signed, 2 * Math.PI - signed);
        if (task instanceof YangDecision decision) {
            facts.put("answer", asked == first.angle() ? 1.0 : 2);
            facts.put("signed_distance", signed);
            facts.put("circular_distance", distance);
            strengths(facts, decision.evidence(), first, second);
        } else {
            matching(facts, (YangMatching) task, trial, signed, distance);
        }
        return facts;
    }

    private static void strengths(
            Map<String, Double> facts, YangDecision.Evidence evidence, YangStimulus first, YangStimulus second) {
        if (evidence.isContext()) {
            strengths(facts, "_mod1", first.strength1(), second.strength1());
            strengths(facts, "_mod2", first.strength2(), second.strength2());
            facts.put("modalities_agree", facts.get("sign_mod1").equals(facts.get("sign_mod2")) ? 1.0 : 0);
        } else {
            double modalities = evidence.modalities();
            strengths(facts, "", evidence.of(first) / modalities, evidence.of(second) / modalities);
            facts.put("stim1_strength", evidence.of(first) / modalities);
            facts.put("stim2_strength", evidence.of(second) / modalities);
            split(facts, "split1", first);
            split(facts, "split2", second);
        }
    }

    private static void strengths(Map<String, Double> facts, String ending, double first, double second) {
        facts.put("mean" + ending, (first + second) / 2);
        facts.put("coherence" + ending, Math.round(Math.abs(first - second) / 2 * 1e6) / 1e6);
        facts.put("sign" + ending, Math.signum(first - second));
    }

    private static void split(Map<String, Double> facts, String name, YangStimulus stimulus) {
        double difference = stimulus.strength1() - stimulus.strength2();
        double mean = (stimulus.strength1() + stimulus.strength2()) / 2;
        facts.put(name, Math.abs(difference) / mean);
        facts.put(name + "_sign", Math.signum(difference));
    }

    private static void matching(
            Map<String, Double> facts, YangMatching task, Trial trial, double signed, double distance) {
        facts.put("match", trial.factor("match"));
        facts.put("respond", facts.get(RESPONSE));
        if (task.isByCategory()) {
            for (int number = 1; number <= 2; number++) {
                double angle = YangStimulus.of(trial, number).angle();
                facts.put("stim" + number + "_index", (double) Math.round((angle / Math.PI - 0.1) / 0.2));
                facts.put("category" + number, angle < Math.PI ? 1.0 : 0);
            }
        } else if (trial.factor("match") == 0) {
            facts.put("distance_nonmatch", signed);
            facts.put("circular_distance_nonmatch", distance);
        }
    }

    private static double octant(double angle) {
        return Math.floor(angle / (Math.PI / 4));
    }

    /** When what happens in the trials of a batch, in steps. */
    static Map<String, Double> times(YangTask task, Trial trial) {
        Map<String, Double> facts = new HashMap<>();
        YangSchedule schedule = task.schedule();
        int go = trial.start(schedule.response());
        facts.put("T", (double) trial.steps());
        facts.put("response_on", (double) go);
        facts.put("stim1_on", (double) trial.start(schedule.on(1)));
        if (schedule.off(1) < schedule.periods()) {
            facts.put("stim1_off", (double) trial.start(schedule.off(1)));
        }
        if (schedule.on(2) < schedule.periods()) {
            facts.put("stim2_on", (double) trial.start(schedule.on(2)));
        }
        if (schedule.off(2) < schedule.periods()) {
            facts.put("stim2_off", (double) trial.start(schedule.off(2)));
        }
        if (schedule.fixation() == YangSchedule.Fixation.UNTIL_RESPONSE) {
            facts.put("fixation_input_off", (double) go);
        }
        int off = go;
        while (trial.weights()[off - 1] == 0) {
            off--;
        }
        int on = go;
        while (trial.weights()[on] == 0) {
            on++;
        }
        facts.put("mask_pre_off", (double) off);
        facts.put("mask_post_on", (double) on);
        return facts;
    }

    /** What has been drawn for the trials of a batch: the modalities, and times in ms, from a trial with steps of so many. */
    static Map<String, Double> draws(YangTask task, Trial trial) {
        Map<String, Double> facts = new HashMap<>();
        double dt = task.timing().dtMillis();
        if (task instanceof YangReach) {
            facts.put("modality", trial.factor("modality"));
        } else if (task instanceof YangMatching) {
            facts.put("stim1_modality", trial.factor("modality"));
            facts.put("stim2_modality", trial.factor("modality2"));
        }
        for (int period = 0; period < task.schedule().periods(); period++) {
            String name = task.timing().periods().get(period).name();
            facts.put(draw(task, name), Math.round(trial.steps(period) * dt * 1000) / 1000.0);
        }
        return facts;
    }

    private static String draw(YangTask task, String period) {
        return switch (period) {
            case "fixation" -> "stim1_on_ms";
            case "stimulus" ->
                task instanceof YangReach reach && reach.cue() == YangReach.Cue.GO ? "wait_ms" : "stim1_duration_ms";
            case "delay" -> "delay_ms";
            case "stimulus2" -> "stim2_duration_ms";
            case "wait" -> "wait_ms";
            case "response" -> "response_duration_ms";
            default -> throw new IllegalArgumentException(period);
        };
    }
}
