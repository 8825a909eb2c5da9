package cohort.storage;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The <a href="https://huggingface.co/docs/safetensors">safetensors</a> format: a length, a JSON header that says which tensor
 * lies where, and the numbers. Nothing in such a file is code. A file is taken or refused as a whole, as by the reference
 * implementation: the tensors must cover the data exactly, without gaps and without overlaps.
 */
public final class Safetensors {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String METADATA = "__metadata__";
    /** Bytes of a header that the reference implementation takes at most. */
    private static final long LARGEST_HEADER = 100_000_000;

    /** A named tensor: its values in row-major order, which may be a part of a larger array. */
    public static final class Tensor {
        private final ElementType type;
        private final long[] shape;
        /** The values, if they are float32; these need no copy. */
        private final FloatBuffer floats;
        /** The values otherwise. */
        private final ByteBuffer bytes;

        /**
         * A tensor of float32.
         *
         * @param shape dimensions, outermost first
         * @param values as many as the shape asks for, not copied
         */
        public Tensor(int[] shape, FloatBuffer values) {
            this.type = ElementType.F32;
            this.shape = Arrays.stream(shape).asLongStream().toArray();
            this.floats = values.slice();
            this.bytes = null;
        }

        private Tensor(SafetensorsHeader.Entry entry, ByteBuffer bytes) {
            this.type = entry.type();
            this.shape = entry.shape().stream().mapToLong(Long::longValue).toArray();
            this.floats = type == ElementType.F32 ? bytes.asFloatBuffer() : null;
            this.bytes = bytes;
        }

        ElementType type() {
            return type;
        }

        /** Dimensions, outermost first; a negative one is meant as unsigned. */
        public long[] shape() {
            return shape.clone();
        }

        /** Its type and dimensions, for messages. */
        String description() {
            StringBuilder text = new StringBuilder(type.name()).append(" [");
            for (int d = 0; d < shape.length && d < 5; d++) {
                text.append(d == 0 ? "" : ", ").append(Long.toUnsignedString(shape[d]));
            }
            return text.append(shape.length > 5 ? ", ...]" : "]").toString();
        }

        /** The value at an index, exactly. */
        double value(int index) {
            return floats != null ? floats.get(index) : type.decode(bytes, index);
        }

        /** All values, rounded to float32. */
        public FloatBuffer values() {
            if (floats != null) {
                return floats.duplicate();
            }
            FloatBuffer rounded = FloatBuffer.allocate(8 * bytes.capacity() / type.bits());
            for (int i = 0; i < rounded.capacity(); i++) {
                rounded.put(i, (float) value(i));
            }
            return rounded;
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
            long end = offset + 4L * tensor.values().capacity();
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
            FloatBuffer values = tensor.values();
            bytes.asFloatBuffer().put(values.duplicate());
            bytes.position(bytes.position() + 4 * values.capacity());
        }
        return bytes.array();
    }

    /**
     * Decodes a file.
     *
     * @param file its bytes, not copied
     * @throws IOException if the reference implementation would not take it; the message says what is wrong, and where
     */
    public static Safetensors parse(byte[] file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        if (file.length < Long.BYTES) {
            throw new IOException("damaged, or not a safetensors file: it has " + file.length + " bytes");
        }
        long length = bytes.getLong();
        if (length < 0 || length > LARGEST_HEADER || length > bytes.remaining()) {
            throw new IOException("damaged, or not a safetensors file: its header claims "
                    + Long.toUnsignedString(length) + " bytes, the file has " + file.length);
        }
        SafetensorsHeader header = SafetensorsHeader.parse(text(bytes.slice(Long.BYTES, (int) length)));
        int dataStart = Long.BYTES + (int) length;
        ByteBuffer data = bytes.slice(dataStart, file.length - dataStart);
        requireTiles(header.entries(), data.capacity());
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (SafetensorsHeader.Entry entry : header.entries().values()) {
            ByteBuffer own = data.slice((int) entry.from(), (int) (entry.to() - entry.from()));
            tensors.put(entry.name(), new Tensor(entry, own.order(ByteOrder.LITTLE_ENDIAN)));
        }
        return new Safetensors(tensors, header.metadata());
    }

    private static String text(ByteBuffer utf8) throws IOException {
        CharBuffer text = CharBuffer.allocate(utf8.remaining());
        if (StandardCharsets.UTF_8.newDecoder().decode(utf8, text, true).isError()) {
            throw new IOException("damaged, or not a safetensors file: its header is no UTF-8 text at byte "
                    + (Long.BYTES + utf8.position()));
        }
        return text.flip().toString();
    }

    /** Each tensor has the bytes that its shape needs, and together they are all the data, none of it twice. */
    private static void requireTiles(Map<String, SafetensorsHeader.Entry> tensors, int dataLength) throws IOException {
        List<SafetensorsHeader.Entry> inOrder = new ArrayList<>(tensors.values());
        inOrder.sort(Comparator.comparing(SafetensorsHeader.Entry::from, Long::compareUnsigned)
                .thenComparing(SafetensorsHeader.Entry::to, Long::compareUnsigned));
        long end = 0;
        String before = "the beginning";
        for (SafetensorsHeader.Entry tensor : inOrder) {
            String range = " (bytes " + Long.toUnsignedString(tensor.from()) + " to "
                    + Long.toUnsignedString(tensor.to()) + " of " + dataLength + ")";
            String name = "tensor " + ForeignText.of(tensor.name()) + range;
            if (Long.compareUnsigned(tensor.to(), tensor.from()) < 0
                    || Long.compareUnsigned(tensor.to(), dataLength) > 0) {
                throw new IOException("damaged, or cut off: " + name + " does not lie within the data");
            }
            if (tensor.from() != end) {
                throw new IOException("damaged: " + name + (tensor.from() < end ? " overlaps " : " leaves a gap after ")
                        + before + ", which ends at " + end);
            }
            BigInteger size = bits(tensor);
            if (!size.equals(BigInteger.valueOf(8 * (tensor.to() - tensor.from())))) {
                throw new IOException("damaged: " + name + " has not the length of its shape");
            }
            end = tensor.to();
            before = ForeignText.of(tensor.name());
        }
        if (end != dataLength) {
            throw new IOException("damaged: " + (dataLength - end) + " bytes after the last tensor belong to none");
        }
    }

    /** Bits that a tensor needs; the reference implementation multiplies from the left, and refuses what exceeds 64 bits. */
    private static BigInteger bits(SafetensorsHeader.Entry tensor) throws IOException {
        BigInteger product = BigInteger.ONE;
        for (long dimension : tensor.shape()) {
            product = product.multiply(new BigInteger(Long.toUnsignedString(dimension)));
            requireRepresentable(product, tensor);
        }
        product = product.multiply(BigInteger.valueOf(tensor.type().bits()));
        requireRepresentable(product, tensor);
        return product;
    }

    private static void requireRepresentable(BigInteger size, SafetensorsHeader.Entry tensor) throws IOException {
        if (size.bitLength() > Long.SIZE) {
            throw new IOException("damaged: tensor " + ForeignText.of(tensor.name()) + " has an impossible shape");
        }
    }
}
