package cohort.storage;

import java.nio.ByteBuffer;

/** What the values of a tensor in a safetensors file may be. */
enum ElementType {
    BOOL(8),
    F4(4),
    F6_E2M3(6),
    F6_E3M2(6),
    U8(8),
    I8(8),
    F8_E5M2(8),
    F8_E4M3(8),
    F8_E8M0(8),
    F8_E4M3FNUZ(8),
    F8_E5M2FNUZ(8),
    I16(16),
    U16(16),
    F16(16),
    BF16(16),
    I32(32),
    U32(32),
    F32(32),
    C64(64),
    F64(64),
    I64(64),
    U64(64);

    private final int bits;

    ElementType(int bits) {
        this.bits = bits;
    }

    int bits() {
        return bits;
    }

    /** Whether weights may be of this type: floating point that needs no factors beside it. */
    boolean isWeight() {
        return this == F64 || this == F32 || this == F16 || this == BF16;
    }

    /**
     * The value at an index, exactly.
     *
     * @param bytes little-endian values of this type, of which only weights and I64 can be read
     */
    double decode(ByteBuffer bytes, int index) {
        return switch (this) {
            case F64 -> bytes.getDouble(8 * index);
            case F32 -> bytes.getFloat(4 * index);
            case F16 -> half(bytes.getShort(2 * index));
            case BF16 -> Float.intBitsToFloat(bytes.getShort(2 * index) << 16);
            case I64 -> bytes.getLong(8 * index);
            case BOOL,
                    F4,
                    F6_E2M3,
                    F6_E3M2,
                    U8,
                    I8,
                    F8_E5M2,
                    F8_E4M3,
                    F8_E8M0,
                    F8_E4M3FNUZ,
                    F8_E5M2FNUZ,
                    I16,
                    U16,
                    I32,
                    U32,
                    C64,
                    U64 -> throw new UnsupportedOperationException("values of type " + this + " are not read");
        };
    }

    /** IEEE 754's binary16: 1 bit sign, 5 bits exponent with bias 15, 10 bits fraction. */
    private static double half(short bits) {
        int exponent = bits >> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        double size = switch (exponent) {
            case 0 -> fraction * 0x1p-24;
            case 0x1f -> fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
            default -> Math.scalb(1 + fraction * 0x1p-10, exponent - 15);
        };
        return bits < 0 ? -size : size;
    }
}
