package cohort.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import cohort.network.Activation;
import cohort.network.NetworkSpec;
import cohort.network.Parameters;
import cohort.network.RecurrentBias;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * More than 300 models that are damaged or odd, with the verdicts of the reference implementation (src/test/resources/references): what
 * it takes is taken, to the bits of the network that PyTorch would have; all else is refused in a line.
 */
class OddModelsTest {
    private static final NetworkSpec SPEC = NetworkSpec.leaky(3, 4, 3, 0.2, Activation.RELU, RecurrentBias.TWO);
    /** The line begins with the file's name, and all of it is to be shorter than 300 characters. */
    private static final int LONGEST = 210;

    private static final Map<String, byte[]> MODELS = new LinkedHashMap<>();
    private static List<String> verdicts;

    @BeforeAll
    static void read() throws IOException {
        try (InputStream file = OddModelsTest.class.getResourceAsStream("/references/odd-models.zip");
                ZipInputStream zip = new ZipInputStream(file)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                MODELS.put(entry.getName(), zip.readAllBytes());
            }
        }
        verdicts = new String(MODELS.remove("verdicts.csv"), StandardCharsets.UTF_8)
                .lines()
                .skip(1)
                .toList();
        assertThat(verdicts).hasSameSizeAs(MODELS.keySet()).hasSizeGreaterThan(300);
    }

    @Test
    void whatTheReferenceImplementationTakesIsTakenAndNothingElse() {
        for (String verdict : verdicts) {
            String[] columns = verdict.split(",", -1);
            Throwable refusal = catchThrowable(() -> Safetensors.parse(MODELS.get(columns[0])));
            assertThat(refusal == null)
                    .as("%s is taken; %s", columns[0], refusal)
                    .isEqualTo(columns[1].equals("true"));
            if (refusal != null) {
                requireALine(columns[0], refusal);
                assertThat(refusal).as(columns[0]).hasMessageStartingWith("damaged");
            }
        }
    }

    @Test
    void networksAreThoseOfPyTorchToTheBit() {
        for (String verdict : verdicts) {
            String[] columns = verdict.split(",", -1);
            if (columns[2].isEmpty()) {
                requireALine(columns[0], catchThrowable(() -> ModelFile.parse(SPEC, MODELS.get(columns[0]))));
            } else {
                assertThat(digest(MODELS.get(columns[0]))).as(columns[0]).isEqualTo(columns[2]);
            }
        }
    }

    private static String digest(byte[] model) {
        try {
            Parameters parameters = ModelFile.parse(SPEC, model);
            return ModelFile.digest(parameters);
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    private static void requireALine(String model, Throwable refusal) {
        assertThat(refusal).as(model).isInstanceOf(IOException.class);
        assertThat(refusal.getMessage())
                .as(model)
                .hasSizeLessThan(LONGEST)
                .matches(message -> message.codePoints()
                        .noneMatch(c -> Character.getType(c) == Character.CONTROL
                                || Character.getType(c) == Character.FORMAT
                                || Character.getType(c) == Character.SURROGATE))
                .doesNotContain("Exception", "null", "com.fasterxml");
    }
}
