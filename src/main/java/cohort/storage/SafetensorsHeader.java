package cohort.storage;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JSON header of a safetensors file: a description of each tensor by its name, and metadata. Read one token after the other,
 * since a tree of them would neither tell which keys stood there twice nor 1 from 1.0. What is taken is what the
 * <a href="https://github.com/huggingface/safetensors">reference implementation</a> takes; of a tensor that is described twice
 * that is the later description.
 */
final class SafetensorsHeader {
    private static final String METADATA = "__metadata__";
    /** Levels of brackets that the reference implementation follows; of lengths it has no limit but that of the header. */
    private static final int MOST_LEVELS = 127;

    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MOST_LEVELS)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final JsonParser parser;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();

    /**
     * The description of a tensor.
     *
     * @param shape dimensions, unsigned
     * @param from first byte of its values among the data
     * @param to byte after its last one
     */
    record Entry(String name, ElementType type, List<Long> shape, long from, long to) {}

    private SafetensorsHeader(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * Reads a header.
     *
     * @throws IOException if it is damaged; the message says what is wrong with it, and where
     */
    static SafetensorsHeader parse(String text) throws IOException {
        try (JsonParser parser = JSON.createParser(text)) {
            SafetensorsHeader header = new SafetensorsHeader(parser);
            header.read();
            return header;
        } catch (JsonProcessingException e) {
            long at = e.getLocation() == null ? 0 : e.getLocation().getCharOffset();
            throw new IOException("damaged, or not a safetensors file: its header is no JSON at character " + at, e);
        }
    }

    /** Tensors by name, in the order of the header. */
    Map<String, Entry> entries() {
        return entries;
    }

    Map<String, String> metadata() {
        return metadata;
    }

    private void read() throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new IOException("damaged, or not a safetensors file: its header is not a JSON object");
        }
        boolean hasMetadata = false;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = text();
            parser.nextToken();
            if (!name.equals(METADATA)) {
                entries.put(name, entry(name));
            } else if (hasMetadata) {
                throw new IOException("damaged: " + METADATA + " stands twice in its header");
            } else {
                readMetadata();
                hasMetadata = true;
            }
        }
        if (parser.nextToken() != null) {
            throw new IOException("damaged: something follows the JSON object of its header");
        }
    }

    private void readMetadata() throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        require(JsonToken.START_OBJECT, METADATA + " is not an object");
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = text();
            parser.nextToken();
            require(JsonToken.VALUE_STRING, METADATA + " has a value that is no text: " + ForeignText.of(key));
            metadata.put(key, text());
        }
    }

    private Entry entry(String name) throws IOException {
        String tensor = "tensor " + ForeignText.of(name);
        require(JsonToken.START_OBJECT, tensor + " is not described by an object");
        ElementType type = null;
        List<Long> shape = null;
        List<Long> offsets = null;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = text();
            parser.nextToken();
            switch (key) {
                case "dtype" -> {
                    requireFirst(type, tensor, key);
                    type = type(tensor);
                }
                case "shape" -> {
                    requireFirst(shape, tensor, key);
                    shape = numbers(tensor + " has a damaged shape");
                }
                case "data_offsets" -> {
                    requireFirst(offsets, tensor, key);
                    offsets = numbers(tensor + " has damaged data_offsets");
                }
                default -> skip();
            }
        }
        if (type == null || shape == null || offsets == null) {
            throw new IOException("damaged: " + tensor + " has no "
                    + (type == null ? "dtype" : shape == null ? "shape" : "data_offsets"));
        }
        if (offsets.size() != 2) {
            throw new IOException("damaged: " + tensor + " has " + offsets.size() + " data_offsets instead of two");
        }
        return new Entry(name, type, shape, offsets.get(0), offsets.get(1));
    }

    private static void requireFirst(Object earlier, String tensor, String key) throws IOException {
        if (earlier != null) {
            throw new IOException("damaged: " + tensor + " has two of " + key);
        }
    }

    private ElementType type(String tensor) throws IOException {
        require(JsonToken.VALUE_STRING, tensor + " has a dtype that is no text");
        String type = text();
        try {
            return ElementType.valueOf(type);
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "damaged: " + tensor + " has dtype " + ForeignText.of(type) + ", which there is not", e);
        }
    }

    /** An array of whole numbers from 0 to 2^64 - 1, written without sign, fraction or exponent. */
    private List<Long> numbers(String otherwise) throws IOException {
        require(JsonToken.START_ARRAY, otherwise);
        List<Long> numbers = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            require(JsonToken.VALUE_NUMBER_INT, otherwise);
            String number = parser.getText();
            if (number.startsWith("-") || new BigInteger(number).bitLength() > Long.SIZE) {
                throw new IOException("damaged: " + otherwise + ": " + ForeignText.of(number));
            }
            numbers.add(Long.parseUnsignedLong(number));
        }
        return numbers;
    }

    /** Passes a value that means nothing to us; it must be JSON all the same. */
    private void skip() throws IOException {
        int depth = 0;
        do {
            JsonToken token = parser.currentToken();
            if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            } else if (token.isNumeric()) {
                if (Double.isInfinite(Double.parseDouble(parser.getText()))) {
                    throw new IOException(
                            "damaged: its header has a number beyond all: " + ForeignText.of(parser.getText()));
                }
            } else {
                text();
            }
        } while (depth > 0 && parser.nextToken() != null);
    }

    /** The current name or text, which may not have half a character in it. */
    private String text() throws IOException {
        String text = parser.getText();
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new IOException("damaged: its header has a text with half a character: " + ForeignText.of(text));
        }
        return text;
    }

    private void require(JsonToken token, String otherwise) throws IOException {
        if (parser.currentToken() != token) {
            throw new IOException("damaged: " + otherwise);
        }
    }
}
