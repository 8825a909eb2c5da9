package cohort.sweep;

import cohort.storage.Fence;
import cohort.storage.Files;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a sweep with early stopping has decided, in files: a decision once taken holds, also for who goes on later. */
final class SweepRungs {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Files files;
    private final Fence fence;
    private final String folder;
    private final Halving halving;

    SweepRungs(Files files, Fence fence, String folder, Halving halving) {
        this.files = files;
        this.fence = fence;
        this.folder = folder;
        this.halving = halving;
    }

    /**
     * A sweep that stops runs for others cannot have others added later: who stopped would have had other rivals.
     *
     * @param done how many of the runs are in the tables
     * @throws SweepChangedException if it began with other runs
     */
    void requireSameRuns(List<Sweep.Member> members, int done) throws IOException {
        String path = folder + "/halving.json";
        TreeSet<String> runs = new TreeSet<>();
        members.forEach(member -> runs.add(member.run().runId()));
        Map<String, Object> plan = new LinkedHashMap<>();
        plan.put("halving", halving);
        plan.put("runs", runs);
        byte[] now = JSON.writeValueAsBytes(plan);
        boolean begun = files.exists(path);
        if (begun ? !Arrays.equals(files.read(path), now) : done > 0) {
            throw new SweepChangedException();
        }
        if (!begun) {
            fence.check(files);
            files.write(path, now);
        }
    }

    /** What is to be done before a rung's decision, or, if it has been taken, for the rows of those that stop there. */
    List<SweepLeg> legs(List<Sweep.Member> missing, int rung) throws IOException {
        Set<String> goOn = files.exists(decision(rung)) ? decided(rung) : Set.of();
        List<SweepLeg> legs = new ArrayList<>();
        for (Sweep.Member member : missing) {
            if (!goOn.contains(member.setting())) {
                long until = halving.steps(rung, member.run().plan());
                legs.add(new SweepLeg(member.run(), until, halving.reasonToStop(rung)));
            }
        }
        return legs;
    }

    /** Those that go on from a rung: decides, unless that has been done. */
    List<Sweep.Member> decide(List<Sweep.Member> members, int rung, List<RunResult> atRung) throws IOException {
        if (!files.exists(decision(rung))) {
            List<String> best = halving.survivors(bySetting(members, atRung));
            fence.check(files);
            files.write(decision(rung), JSON.writeValueAsBytes(best));
        }
        Set<String> goOn = decided(rung);
        return members.stream()
                .filter(member -> goOn.contains(member.setting()))
                .toList();
    }

    private String decision(int rung) {
        return folder + "/rung-" + rung + ".json";
    }

    private Set<String> decided(int rung) throws IOException {
        return new HashSet<>(JSON.readValue(files.read(decision(rung)), new TypeReference<List<String>>() {}));
    }

    private static Map<String, List<RunResult>> bySetting(List<Sweep.Member> members, List<RunResult> atRung) {
        Map<String, RunResult> byRun = new LinkedHashMap<>();
        atRung.forEach(result -> byRun.put(result.runId(), result));
        Map<String, List<RunResult>> bySetting = new LinkedHashMap<>();
        for (Sweep.Member member : members) {
            bySetting
                    .computeIfAbsent(member.setting(), setting -> new ArrayList<>())
                    .add(byRun.get(member.run().runId()));
        }
        return bySetting;
    }
}
