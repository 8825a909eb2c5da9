package cohort.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import cohort.storage.Safetensors.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {
    @Test
    void theOrderOfMetadataDoesNotReachTheFile() {
        Map<String, String> one = new LinkedHashMap<>();
        one.put("step", "60");
        one.put("run_id", "r");
        Map<String, String> other = new LinkedHashMap<>();
        other.put("run_id", "r");
        other.put("step", "60");

        assertThat(new Safetensors(Map.of(), one).toBytes()).isEqualTo(new Safetensors(Map.of(), other).toBytes());
    }

    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        byte[] bytes = small();

        Safetensors file = Safetensors.parse(bytes);

        assertThat(file.tensors().keySet()).containsExactly("weights", "bias", "scalar", "none");
        assertThat(file.tensors().get("weights").shape()).containsExactly(2, 3);
        assertThat(floats(file.tensors().get("weights")))
                .containsExactly(1, -2.5f, Float.MIN_VALUE, Float.MAX_VALUE, -0f, Float.NEGATIVE_INFINITY);
        assertThat(file.tensors().get("scalar").shape()).isEmpty();
        assertThat(floats(file.tensors().get("scalar"))).containsExactly(7);
        assertThat(floats(file.tensors().get("none"))).isEmpty();
        assertThat(file.metadata()).containsExactly(Map.entry("name \"ä\"", "β"), Map.entry("step", "40"));
        assertThat(file.toBytes()).containsExactly(bytes);
    }

    @Test
    void layoutIsTheFormats() {
        byte[] bytes = small();
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);

        int headerLength = (int) buffer.getLong();
        String header = new String(bytes, 8, headerLength, StandardCharsets.UTF_8);

        assertThat((8 + headerLength) % 8).isZero();
        assertThat(header).startsWith("{");
        assertThat(header.stripTrailing()).endsWith("}");
        assertThat(header).contains("\"weights\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]}");
        assertThat(header).contains("\"bias\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[24,36]}");
        assertThat(bytes).hasSize(8 + headerLength + 4 * (6 + 3 + 1));
        assertThat(buffer.getFloat(8 + headerLength + 4)).isEqualTo(-2.5f);
    }

    @Test
    void dataBeginAtAMultipleOfEightWhateverTheHeader() throws IOException {
        for (int length = 0; length < 9; length++) {
            Map<String, Tensor> tensors =
                    Map.of("t" + "x".repeat(length), new Tensor(new int[] {1}, FloatBuffer.wrap(new float[] {3})));
            byte[] bytes = new Safetensors(tensors, Map.of()).toBytes();

            assertThat(bytes.length % 8).as("header and one float").isEqualTo(4);
            assertThat(floats(Safetensors.parse(bytes).tensors().get("t" + "x".repeat(length))))
                    .containsExactly(3);
        }
    }

    @Test
    void doublesAndIntegersAreConverted() throws IOException {
        ByteBuffer data = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
        data.putDouble(0.1).putDouble(-1e300).putLong(-3).putLong(1L << 40);

        Safetensors file = Safetensors.parse(file(
                "{\"d\":{\"dtype\":\"F64\",\"shape\":[2],\"data_offsets\":[0,16]},"
                        + "\"i\":{\"dtype\":\"I64\",\"shape\":[1,2],\"data_offsets\":[16,32]}}",
                data.array()));

        assertThat(floats(file.tensors().get("d"))).containsExactly(0.1f, Float.NEGATIVE_INFINITY);
        assertThat(floats(file.tensors().get("i"))).containsExactly(-3, 0x1p40f);
    }

    @Test
    void unknownTypeIsNamedWithItsTensor() {
        byte[] file = file("{\"fc.weight\":{\"dtype\":\"F24\",\"shape\":[2],\"data_offsets\":[0,4]}}", new byte[4]);

        assertThatThrownBy(() -> Safetensors.parse(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("fc.weight")
                .hasMessageContaining("F24");
    }

    /** All 65,536 of each, against the definition of binary16 and the upper half of float32's bits. */
    @Test
    void halvesAreExact() throws IOException {
        ByteBuffer data = ByteBuffer.allocate(4 << 16).order(ByteOrder.LITTLE_ENDIAN);
        for (int turn = 0; turn < 2; turn++) {
            for (int bits = 0; bits < 1 << 16; bits++) {
                data.putShort((short) bits);
            }
        }

        Map<String, Tensor> tensors = Safetensors.parse(file(
                        "{\"h\":{\"dtype\":\"F16\",\"shape\":[65536],\"data_offsets\":[0,131072]},"
                                + "\"b\":{\"dtype\":\"BF16\",\"shape\":[65536],\"data_offsets\":[131072,262144]}}",
                        data.array()))
                .tensors();

        float[] halves = floats(tensors.get("h"));
        float[] brains = floats(tensors.get("b"));
        assertThat(halves[0x3c00]).isEqualTo(1);
        assertThat(halves[0xc000]).isEqualTo(-2);
        assertThat(halves[0x7bff]).isEqualTo(65504);
        assertThat(halves[0x0400]).isEqualTo(0x1p-14f);
        assertThat(halves[0x8001]).isEqualTo(-0x1p-24f);
        assertThat(halves[0xfc00]).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(halves[0x7e00]).isNaN();
        assertThat(Float.floatToRawIntBits(halves[0x8000])).isEqualTo(Integer.MIN_VALUE);
        for (int bits = 1;
                bits < 0x7c00;
                bits++) { // they ascend, and their differences are the spacing of their binade
            int exponent = Math.max(1, bits - 1 >> 10);
            assertThat(halves[bits] - halves[bits - 1]).isEqualTo(Math.scalb(1f, exponent - 25));
        }
        for (int bits = 0; bits < 1 << 16; bits++) {
            assertThat(Float.floatToIntBits(brains[bits]))
                    .isEqualTo(Float.floatToIntBits(Float.intBitsToFloat(bits << 16)));
        }
    }

    @Test
    void everyTruncationIsRefused() {
        byte[] whole = small();
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> Safetensors.parse(cut))
                    .as("first %d bytes", length)
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void damagedByteIsAnIOExceptionOrAnotherFile() {
        Random random = new Random(12);
        for (int trial = 0; trial < 400; trial++) {
            byte[] damaged = small();
            int at = random.nextInt(damaged.length);
            damaged[at] = (byte) (trial % 2 == 0 ? damaged[at] ^ 1 << random.nextInt(8) : random.nextInt());
            requireParsedOrRefused(damaged, "byte " + at + " set to " + damaged[at]);
        }
    }

    private static void requireParsedOrRefused(byte[] damaged, String description) {
        try {
            Safetensors file = Safetensors.parse(damaged);
            for (Tensor tensor : file.tensors().values()) {
                assertThat(tensor.values().capacity()).as(description).isLessThan(damaged.length);
            }
        } catch (IOException e) {
            assertThat(e.getMessage()).as(description).isNotBlank();
        } catch (RuntimeException | Error e) {
            fail(description, e);
        }
    }

    /** Each is a description of the tensor t in a file with four bytes of data. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"dtype\":\"F32\",\"shape\":[2000000000],\"data_offsets\":[0,8000000000]}",
                "{\"dtype\":\"F32\",\"shape\":[2000000000,2000000000,2000000000],\"data_offsets\":[0,4]}",
                "{\"dtype\":\"F32\",\"shape\":[65536,65536,65536,65536],\"data_offsets\":[0,0]}",
                "{\"dtype\":\"F32\",\"shape\":[4294967297],\"data_offsets\":[0,4]}",
                "{\"dtype\":\"F32\",\"shape\":[-1,-1],\"data_offsets\":[0,4]}",
                "{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}",
                "{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[-4,0]}",
                "{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}",
                "{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[9223372036854775803,9223372036854775807]}",
                "{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4294967296,4294967300]}",
                "{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0]}",
                "{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":\"0, 4\"}",
                "{\"dtype\":\"F32\",\"shape\":[1.5],\"data_offsets\":[0,4]}",
                "{\"dtype\":\"F32\",\"shape\":[\"1\"],\"data_offsets\":[0,4]}",
                "{\"dtype\":\"F32\",\"shape\":{\"rows\":1},\"data_offsets\":[0,4]}",
                "{\"dtype\":\"F32\",\"shape\":[[1]],\"data_offsets\":[0,4]}",
                "{\"shape\":[1],\"data_offsets\":[0,4]}",
                "{\"dtype\":\"F32\",\"data_offsets\":[0,4]}",
                "{\"dtype\":\"F32\",\"shape\":[1]}",
                "[]",
                "null",
                "17"
            })
    void impossibleTensorIsRefusedByName(String tensor) {
        assertThatThrownBy(() -> Safetensors.parse(file("{\"t\":" + tensor + "}", new byte[4])))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("tensor t");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "  ", "null", "[1, 2]", "{\"t\":", "\"text\"", "{]", "PK\u0003\u0004", "\u0080\u0002}q"})
    void headerThatIsNoJsonObjectIsRefused(String header) {
        assertThatThrownBy(() -> Safetensors.parse(file(header, new byte[8])))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not a safetensors file");
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, 1, 33, Integer.MAX_VALUE, 1L << 32, Long.MAX_VALUE})
    void impossibleHeaderLengthIsRefused(long length) {
        byte[] bytes = new byte[40];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(length);

        assertThatThrownBy(() -> Safetensors.parse(bytes))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not a safetensors file");
    }

    private static byte[] file(String header, byte[] data) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        return bytes.putLong(json.length).put(json).put(data).array();
    }

    private static byte[] small() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        float[] weights = {1, -2.5f, Float.MIN_VALUE, Float.MAX_VALUE, -0f, Float.NEGATIVE_INFINITY};
        tensors.put("weights", new Tensor(new int[] {2, 3}, FloatBuffer.wrap(weights)));
        tensors.put("bias", new Tensor(new int[] {3}, FloatBuffer.wrap(new float[] {4, 5, 6})));
        tensors.put("scalar", new Tensor(new int[] {}, FloatBuffer.wrap(new float[] {7})));
        tensors.put("none", new Tensor(new int[] {0, 5}, FloatBuffer.allocate(0)));
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("step", "40");
        metadata.put("name \"ä\"", "β");
        return new Safetensors(tensors, metadata).toBytes();
    }

    private static float[] floats(Tensor tensor) {
        float[] values = new float[tensor.values().remaining()];
        tensor.values().get(values);
        return values;
    }
}
