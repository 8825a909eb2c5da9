package cohort.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The <a href="https://huggingface.co/docs/safetensors">safetensors</a> format: a length, a JSON header that says which tensor
 * lies where, and the numbers. Nothing in such a file is code, and reading checks every length against the file before
 * anything is allocated.
 */
public final class Safetensors {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String METADATA = "__metadata__";

    /** A named tensor: its values in row-major order, which may be a part of a larger array. */
    public static final class Tensor {
        private final int[] shape;
        private final FloatBuffer values;

        /**
         * @param shape dimensions, outermost first
         * @param values as many as the shape asks for, not copied
         */
        public Tensor(int[] shape, FloatBuffer values) {
            this.shape = shape.clone();
            this.values = values.slice();
        }

        public int[] shape() {
            return shape.clone();
        }

        public FloatBuffer values() {
            return values.duplicate();
        }
    }

    private final Map<String, Tensor> tensors;
    private final Map<String, String> metadata;

    /** The content of a file; tensors keep their order, and metadata are sorted, so that equal content gives equal bytes. */
    public Safetensors(Map<String, Tensor> tensors, Map<String, String> metadata) {
        this.tensors = new LinkedHashMap<>(tensors);
        this.metadata = new TreeMap<>(metadata);
    }

    public Map<String, Tensor> tensors() {
        return tensors;
    }

    public Map<String, String> metadata() {
        return metadata;
    }

    /** Encodes as float32; equal content gives equal bytes. */
    public byte[] toBytes() {
        ObjectNode header = JSON.createObjectNode();
        ObjectNode meta = header.putObject(METADATA);
        metadata.forEach(meta::put);
        long offset = 0;
        for (var entry : tensors.entrySet()) {
            Tensor tensor = entry.getValue();
            ObjectNode node = header.putObject(entry.getKey());
            node.put("dtype", "F32");
            ArrayNode shape = node.putArray("shape");
            Arrays.stream(tensor.shape).forEach(shape::add);
            long end = offset + 4L * tensor.values.capacity();
            node.putArray("data_offsets").add(offset).add(end);
            offset = end;
        }
        byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
        int padding = (8 - json.length % 8) % 8; // the data begin at a multiple of 8, as the reference writer has it
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(8 + json.length + padding + offset))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(json.length + padding).put(json);
        for (int i = 0; i < padding; i++) {
            bytes.put((byte) ' ');
        }
        for (Tensor tensor : tensors.values()) {
            bytes.asFloatBuffer().put(tensor.values());
            bytes.position(bytes.position() + 4 * tensor.values.capacity());
        }
        return bytes.array();
    }

    /**
     * Decodes a file. Integers and doubles are converted to float.
     *
     * @throws IOException if the bytes are not a safetensors file; the message says what is wrong with them
     */
    public static Safetensors parse(byte[] file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        if (file.length < 8) {
            throw new IOException("not a safetensors file: it has " + file.length + " bytes");
        }
        long headerLength = bytes.getLong();
        if (headerLength < 2 || headerLength > file.length - 8) {
            throw new IOException("not a safetensors file, or cut off: its header claims " + headerLength
                    + " bytes, the file has " + file.length);
        }
        int dataStart = (int) (8 + headerLength);
        JsonNode header;
        try {
            header = JSON.readTree(new String(file, 8, (int) headerLength, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new IOException("not a safetensors file: its header is not JSON", e);
        }
        if (!header.isObject()) {
            throw new IOException("not a safetensors file: its header is not a JSON object");
        }
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        Map<String, String> metadata = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : header.properties()) {
            if (field.getKey().equals(METADATA)) {
                field.getValue()
                        .properties()
                        .forEach(m -> metadata.put(m.getKey(), m.getValue().asText()));
            } else {
                tensors.put(field.getKey(), tensor(field.getKey(), field.getValue(), bytes, dataStart));
            }
        }
        return new Safetensors(tensors, metadata);
    }

    private static Tensor tensor(String name, JsonNode node, ByteBuffer bytes, int dataStart) throws IOException {
        String type = node.path("dtype").asText("");
        int width = switch (type) {
            case "F32" -> 4;
            case "F64", "I64" -> 8;
            default ->
                throw new IOException("tensor " + name + " has type " + type
                        + "; F32, F64 and I64 can be read (in PyTorch: tensor.float())");
        };
        if (!node.path("shape").isArray()) {
            throw new IOException("tensor " + name + " has no shape");
        }
        int[] shape = new int[node.path("shape").size()];
        long count = 1;
        for (int d = 0; d < shape.length; d++) {
            JsonNode dimension = node.path("shape").get(d);
            if (!dimension.isIntegralNumber() || !dimension.canConvertToInt() || dimension.asInt() < 0) {
                throw new IOException("tensor " + name + " has a damaged shape: " + node.path("shape"));
            }
            shape[d] = dimension.asInt();
            count = Math.min(count * shape[d], Long.MAX_VALUE >> 32);
        }
        long from = node.path("data_offsets").path(0).asLong(-1);
        long to = node.path("data_offsets").path(1).asLong(-1);
        if (from < 0 || to < from || to > bytes.capacity() - dataStart || to - from != count * width) {
            throw new IOException(
                    "tensor " + name + " " + Arrays.toString(shape) + " does not lie within the file: bytes " + from
                            + " to " + to + " of " + (bytes.capacity() - dataStart));
        }
        float[] values = new float[(int) count];
        int at = dataStart + (int) from;
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (type) {
                case "F32" -> bytes.getFloat(at + 4 * i);
                case "F64" -> (float) bytes.getDouble(at + 8 * i);
                default -> bytes.getLong(at + 8 * i);
            };
        }
        return new Tensor(shape, FloatBuffer.wrap(values));
    }
}
