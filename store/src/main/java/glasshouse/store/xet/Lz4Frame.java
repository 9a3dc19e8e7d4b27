package glasshouse.store.xet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * LZ4 frames that lie in one array. Source: lz4/lz4 {@code doc/lz4_Frame_format.md}. All numbers little-endian:
 *
 * <pre>
 * magic u32 = 184D2204
 * FLG u8            bits 7..6 = 01 · 5 blocks independent · 4 block checksums · 3 content size · 2 content checksum · 1 = 0 · 0 dictionary
 * BD u8             bit 7 = 0 · 6..4 largest block: 4 = 64 KiB, 5 = 256 KiB, 6 = 1 MiB, 7 = 4 MiB · 3..0 = 0
 * content size u64  if FLG says so
 * check u8          second byte of the xxHash32 over FLG to here
 * blocks            size u32, bit 31 = not compressed · bytes · xxHash32 over the bytes, if FLG says so
 * end u32 = 0
 * xxHash32 u32      over the whole content, if FLG says so
 * </pre>
 *
 * All of this is read, and frames one after another, and skippable frames (magic 184D2A50 to 184D2A5F, size u32) are skipped. A
 * dictionary is refused: nobody could know which one. Written are frames of one independent block without checksums, as the
 * reference implementation writes them.
 */
final class Lz4Frame {
    /** How many bytes a written frame has beside its block. */
    static final int OVERHEAD_BYTES = 7 + 4 + 4;

    private static final int MAGIC = 0x184D2204;
    private static final int SKIPPABLE = 0x184D2A50;
    private static final int INDEPENDENT = 0x20;
    private static final int BLOCK_CHECKSUM = 0x10;
    private static final int CONTENT_SIZE = 0x08;
    private static final int CONTENT_CHECKSUM = 0x04;
    private static final int NOT_COMPRESSED = 0x8000_0000;
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] in;
    private final int end;
    private final byte[] out;
    private final int limit;
    private int next;
    private int at;

    private Lz4Frame(byte[] in, int offset, int length, byte[] out, int outOffset, int limit) {
        this.in = in;
        this.next = offset;
        this.end = offset + length;
        this.out = out;
        this.at = outOffset;
        this.limit = limit;
    }

    /**
     * Decodes all frames of a range.
     *
     * @param most how many bytes they may have, decoded
     * @return how many they have
     */
    static int decode(byte[] in, int offset, int length, byte[] out, int outOffset, int most) throws BadFrame {
        Lz4Frame frame = new Lz4Frame(in, offset, length, out, outOffset, outOffset + most);
        do {
            frame.one();
        } while (frame.next < frame.end);
        return frame.at - outOffset;
    }

    /**
     * Encodes bytes, at most 256 KiB, as one frame.
     *
     * @param limit before which the frame must end in {@code out}
     * @return the place after the frame, or -1 if it does not end before the limit
     */
    static int encode(Lz4Encoder encoder, byte[] in, int offset, int length, byte[] out, int outOffset, int limit) {
        if (length > 256 * 1024) {
            throw new IllegalArgumentException(length + " bytes are too many for one block");
        }
        int block = outOffset + 11;
        int last = encoder.encode(in, offset, offset + length, out, block, limit - 4);
        if (last < 0 || length == 0) {
            return -1;
        }
        INT.set(out, outOffset, MAGIC);
        out[outOffset + 4] = 0x40 | INDEPENDENT;
        out[outOffset + 5] = (byte) (length <= 64 * 1024 ? 4 << 4 : 5 << 4);
        out[outOffset + 6] = (byte) (XxHash32.of(out, outOffset + 4, 2) >>> 8);
        INT.set(out, outOffset + 7, last - block);
        INT.set(out, last, 0);
        return last + 4;
    }

    private void one() throws BadFrame {
        int magic = u32();
        if ((magic & ~15) == SKIPPABLE) {
            int size = u32();
            if (size < 0 || size > end - next) {
                throw new BadFrame("an lz4 frame to skip has " + Integer.toUnsignedString(size) + " bytes of which "
                        + (end - next) + " are there");
            }
            next += size;
            return;
        }
        if (magic != MAGIC) {
            throw new BadFrame("no lz4 frame begins with " + Integer.toHexString(magic));
        }
        content();
    }

    private void content() throws BadFrame {
        int descriptor = next;
        int flags = u8();
        int blockCode = u8();
        if ((flags & 0xC2) != 0x40 || (blockCode & 0x8F) != 0 || blockCode < 4 << 4) {
            throw new BadFrame("no lz4 frame of version 1 has the flags " + Integer.toHexString(flags) + " "
                    + Integer.toHexString(blockCode));
        }
        if ((flags & 1) != 0) {
            throw new BadFrame("an lz4 frame needs a dictionary");
        }
        long announced = (flags & CONTENT_SIZE) != 0 ? u64() : -1;
        int check = XxHash32.of(in, descriptor, next - descriptor) >>> 8 & 0xFF;
        if (u8() != check) {
            throw new BadFrame("the header of an lz4 frame is damaged: its check byte is another");
        }
        int start = at;
        blocks(flags, 1 << 2 * (blockCode >>> 4) + 8);
        if ((flags & CONTENT_SIZE) != 0 && announced != at - start) {
            throw new BadFrame(
                    "an lz4 frame announces " + Long.toUnsignedString(announced) + " bytes and has " + (at - start));
        }
        if ((flags & CONTENT_CHECKSUM) != 0 && u32() != XxHash32.of(out, start, at - start)) {
            throw new BadFrame("the content of an lz4 frame is damaged: its checksum is another");
        }
    }

    private void blocks(int flags, int mostBlockBytes) throws BadFrame {
        int start = at;
        for (int size = u32(); size != 0; size = u32()) {
            int bytes = size & ~NOT_COMPRESSED;
            if (bytes > mostBlockBytes || bytes > end - next) {
                throw new BadFrame("an lz4 block of " + bytes + " bytes, where " + mostBlockBytes + " are allowed and "
                        + (end - next) + " there");
            }
            int most = (int) Math.min(limit, at + (long) mostBlockBytes);
            if ((size & NOT_COMPRESSED) == 0) {
                int history = (flags & INDEPENDENT) != 0 ? at : start;
                at = Lz4Decoder.decode(in, next, next + bytes, out, at, most, history);
            } else if (bytes > most - at) {
                throw new BadFrame("an lz4 block has more bytes than it may");
            } else {
                System.arraycopy(in, next, out, at, bytes);
                at += bytes;
            }
            int block = next;
            next += bytes;
            if ((flags & BLOCK_CHECKSUM) != 0 && u32() != XxHash32.of(in, block, bytes)) {
                throw new BadFrame("an lz4 block is damaged: its checksum is another");
            }
        }
    }

    private int u8() throws BadFrame {
        need(1);
        return in[next++] & 0xFF;
    }

    private int u32() throws BadFrame {
        need(4);
        int value = (int) INT.get(in, next);
        next += 4;
        return value;
    }

    private long u64() throws BadFrame {
        need(8);
        long value = (long) LONG.get(in, next);
        next += 8;
        return value;
    }

    private void need(int bytes) throws BadFrame {
        if (bytes > end - next) {
            throw new BadFrame("an lz4 frame is cut off");
        }
    }
}
