package cohort.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The checkpoints of one training: in a folder, one folder for each, named by its round, with some files and a manifest that
 * knows their checksums and its own. The manifest is written last and appears at once, so what was begun and not finished is
 * no checkpoint; and nothing is believed that does not match it.
 */
public final class Checkpoints {
    private static final int FORMAT = 1;
    private static final int KEPT = 2;
    private static final String PREFIX = "round-";
    private static final String MANIFEST = "manifest.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Files files;
    private final String folder;

    /** Content of a checkpoint: the files it was made of, by name. */
    public static final class Content {
        private final long round;
        private final Map<String, byte[]> parts;

        private Content(long round, Map<String, byte[]> parts) {
            this.round = round;
            this.parts = parts;
        }

        public long round() {
            return round;
        }

        /**
         * One of its files.
         *
         * @throws IOException if it has no such file
         */
        public byte[] part(String name) throws IOException {
            byte[] bytes = parts.get(name);
            if (bytes == null) {
                throw new IOException("checkpoint of round " + round + " has no " + name);
            }
            return bytes;
        }
    }

    /** Checkpoints in a folder, which need not exist yet. */
    public Checkpoints(Files files, String folder) {
        this.files = files;
        this.folder = folder;
    }

    /**
     * Writes a checkpoint, and deletes all but the newest two up to its round. What is there of a later round was refused or
     * discarded, and goes as well.
     *
     * @param configuration identifies what was trained
     * @param parts its files, each encoded when its turn comes, so that only one is in memory
     */
    public void commit(long round, String configuration, Map<String, Supplier<byte[]>> parts) throws IOException {
        String path = path(round);
        delete(round);
        ObjectNode manifest = JSON.createObjectNode();
        manifest.put("format", FORMAT).put("round", round).put("configuration", configuration);
        ObjectNode list = manifest.putObject("files");
        for (Map.Entry<String, Supplier<byte[]>> part : parts.entrySet()) {
            byte[] bytes = part.getValue().get();
            files.write(path + "/" + part.getKey(), bytes);
            list.putObject(part.getKey()).put("bytes", bytes.length).put("sha256", DigestUtils.sha256Hex(bytes));
        }
        files.write(path + "/" + MANIFEST, signed(manifest.toPrettyString().getBytes(StandardCharsets.UTF_8)));

        List<Long> rounds = rounds();
        int newest = rounds.indexOf(round);
        for (int i = 0; i < rounds.size(); i++) {
            if (i <= newest - KEPT || i > newest) {
                delete(rounds.get(i));
            }
        }
    }

    /** Its manifest first, so that what is left by who is killed meanwhile is no checkpoint. */
    private void delete(long round) throws IOException {
        files.delete(path(round) + "/" + MANIFEST);
        files.deleteFolder(path(round));
    }

    /** Makes of a checkpoint's files what they are of. */
    public interface Decoder<T> {
        /**
         * Decodes.
         *
         * @throws IOException if they are not what they should be
         */
        T decode(Content content) throws IOException;
    }

    /**
     * The whole checkpoint of the highest round. One without a manifest was never finished, and does not count.
     *
     * @param configuration what was trained must be
     * @param refused hears of each later one, and why it is not used
     */
    public <T> Optional<T> newest(String configuration, Decoder<T> decoder, Consumer<String> refused)
            throws IOException {
        List<Long> rounds = rounds();
        Collections.reverse(rounds);
        for (long round : rounds) {
            if (!files.exists(path(round) + "/" + MANIFEST)) {
                continue;
            }
            try {
                return Optional.of(decoder.decode(read(round, configuration)));
            } catch (IOException e) {
                refused.accept("checkpoint of round " + round + " is not used: " + e.getMessage());
            }
        }
        return Optional.empty();
    }

    /** Rounds there is a folder of, in ascending order. */
    private List<Long> rounds() throws IOException {
        List<Long> rounds = new ArrayList<>();
        for (String name : files.list(folder)) {
            if (name.matches(PREFIX + "\\d{1,18}")) {
                rounds.add(Long.parseLong(name.substring(PREFIX.length())));
            }
        }
        Collections.sort(rounds);
        return rounds;
    }

    private String path(long round) {
        return folder + "/" + PREFIX + String.format(Locale.ROOT, "%08d", round);
    }

    private Content read(long round, String configuration) throws IOException {
        JsonNode manifest = manifest(round);
        if (!manifest.path("configuration").asText().equals(configuration)) {
            throw new IOException(
                    "it is of " + ForeignText.of(manifest.path("configuration").asText()));
        }
        Map<String, byte[]> parts = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> file : manifest.path("files").properties()) {
            byte[] bytes = files.read(path(round) + "/" + file.getKey());
            long expected = file.getValue().path("bytes").asLong();
            if (bytes.length != expected) {
                throw new IOException(file.getKey() + " has " + bytes.length + " bytes instead of " + expected);
            }
            if (!DigestUtils.sha256Hex(bytes)
                    .equals(file.getValue().path("sha256").asText())) {
                throw new IOException(file.getKey() + " is damaged: its checksum does not match");
            }
            parts.put(file.getKey(), bytes);
        }
        return new Content(round, parts);
    }

    private JsonNode manifest(long round) throws IOException {
        byte[] bytes = files.read(path(round) + "/" + MANIFEST);
        byte[] text = Arrays.copyOf(bytes, Math.max(0, bytes.length - signed(new byte[0]).length));
        if (!Arrays.equals(signed(text), bytes)) {
            throw new IOException(MANIFEST + " is damaged: its checksum does not match");
        }
        JsonNode manifest;
        try {
            manifest = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IOException(MANIFEST + " is not JSON", e);
        }
        if (manifest.path("format").asInt() != FORMAT) {
            throw new IOException("it has format "
                    + ForeignText.of(manifest.path("format").toString()) + ", this version reads format " + FORMAT);
        }
        if (manifest.path("round").asLong() != round) {
            throw new IOException(
                    "it is of round " + ForeignText.of(manifest.path("round").toString()) + ": the folder was renamed");
        }
        return manifest;
    }

    /** A text with its checksum as another line. */
    private static byte[] signed(byte[] text) {
        byte[] line = ("\n" + DigestUtils.sha256Hex(text) + "\n").getBytes(StandardCharsets.UTF_8);
        byte[] both = Arrays.copyOf(text, text.length + line.length);
        System.arraycopy(line, 0, both, text.length, line.length);
        return both;
    }
}
