package glasshouse.store.xet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glasshouse.store.chunk.Vectors;
import glasshouse.testkit.seed.Seeds;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.codec.digest.XXHash32;
import org.apache.commons.compress.compressors.lz4.BlockLZ4CompressorInputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorInputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorOutputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorOutputStream.BlockSize;
import org.junit.jupiter.api.Test;

class Lz4FrameTest {
    private static final int MOST = 131_072;

    /** Bytes that repeat here and there, as text and weights do, in all degrees. */
    static byte[] compressible(SplittableRandom random, int size) {
        byte[] bytes = new byte[size];
        int at = 0;
        int letters = 1 + random.nextInt(random.nextBoolean() ? 4 : 256);
        while (at < size) {
            if (at > 0 && random.nextInt(3) > 0) {
                int distance = 1 + random.nextInt(Math.min(at, random.nextBoolean() ? 12 : 70_000));
                int length = Math.min(size - at, random.nextInt(random.nextInt(10) == 0 ? 3000 : 30));
                for (int i = 0; i < length; i++, at++) {
                    bytes[at] = bytes[at - distance];
                }
            } else {
                for (int i = Math.min(size - at, random.nextInt(40)); i > 0; i--) {
                    bytes[at++] = (byte) random.nextInt(letters);
                }
            }
        }
        return bytes;
    }

    private static byte[] decode(byte[] frame, int most) throws BadFrame {
        byte[] out = new byte[most + 10];
        Arrays.fill(out, (byte) 0x5A);
        int size = Lz4Frame.decode(frame, 0, frame.length, out, 5, most);
        assertThat(out).as("before and behind").startsWith(0x5A, 0x5A, 0x5A, 0x5A, 0x5A);
        assertThat(Arrays.copyOfRange(out, 5 + most, out.length)).containsOnly(0x5A);
        return Arrays.copyOfRange(out, 5, 5 + size);
    }

    @Test
    void whatIsWrittenIsReadByUsAndByOthers() {
        Lz4Encoder encoder = new Lz4Encoder();
        Seeds.check(60, random -> {
            byte[] bytes = compressible(random, 1 + random.nextInt(random.nextBoolean() ? 60 : MOST));
            byte[] out = new byte[bytes.length + bytes.length / 200 + 40];
            int end = Lz4Frame.encode(encoder, bytes, 0, bytes.length, out, 3, out.length);
            assertThat(end).isPositive();
            byte[] frame = Arrays.copyOfRange(out, 3, end);
            assertThat(frame[4]).as("flags").isEqualTo((byte) 0x60);
            assertThat(decode(frame, bytes.length)).isEqualTo(bytes);
            try (FramedLZ4CompressorInputStream other =
                    new FramedLZ4CompressorInputStream(new ByteArrayInputStream(frame))) {
                assertThat(other.readAllBytes()).isEqualTo(bytes);
            }
        });
    }

    @Test
    void aFrameThatDoesNotFitIsNone() {
        Lz4Encoder encoder = new Lz4Encoder();
        Seeds.check(20, random -> {
            byte[] bytes = compressible(random, 1 + random.nextInt(5000));
            byte[] out = new byte[bytes.length * 2 + 100];
            int end = Lz4Frame.encode(encoder, bytes, 0, bytes.length, out, 0, out.length);
            for (int limit = 0; limit < end; limit += 1 + random.nextInt(50)) {
                byte[] small = new byte[limit];
                assertThat(Lz4Frame.encode(encoder, bytes, 0, bytes.length, small, 0, limit))
                        .isEqualTo(-1);
            }
        });
    }

    @Test
    void theEncoderFindsWhatRepeats() {
        byte[] bytes = Vectors.semicolons();
        byte[] out = new byte[MOST];
        int end = Lz4Frame.encode(new Lz4Encoder(), bytes, 0, MOST, out, 0, MOST);
        assertThat(end).isBetween(1, 600);
        String line = "the quick brown fox jumps over the lazy dog, ";
        byte[] text = line.repeat(1000).getBytes(StandardCharsets.US_ASCII);
        assertThat(Lz4Frame.encode(new Lz4Encoder(), text, 0, text.length, out, 0, MOST))
                .isBetween(1, 400);
    }

    @Test
    void everyFrameOfAnIndependentWriterIsRead() {
        // The other writer is slow: few long frames, and many short ones.
        Seeds.check(30, random -> {
            byte[] bytes = compressible(random, random.nextInt(random.nextInt(15) == 0 ? MOST : 2000));
            for (BlockSize size : List.of(BlockSize.K64, BlockSize.K256, BlockSize.M1, BlockSize.M4)) {
                for (int flags = 0; flags < 8; flags++) {
                    FramedLZ4CompressorOutputStream.Parameters parameters =
                            new FramedLZ4CompressorOutputStream.Parameters(
                                    size, (flags & 1) != 0, (flags & 2) != 0, (flags & 4) != 0);
                    ByteArrayOutputStream frame = new ByteArrayOutputStream();
                    try (FramedLZ4CompressorOutputStream out = new FramedLZ4CompressorOutputStream(frame, parameters)) {
                        out.write(bytes);
                    }
                    assertThat(decode(frame.toByteArray(), bytes.length))
                            .as("%s", parameters)
                            .isEqualTo(bytes);
                    if (bytes.length > 0) {
                        assertThatThrownBy(() -> decode(frame.toByteArray(), bytes.length - 1))
                                .isInstanceOf(BadFrame.class);
                    }
                }
            }
        });
    }

    @Test
    void checksumsAreThoseOfAnotherImplementation() {
        Seeds.check(100, random -> {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            int from = random.nextInt(bytes.length + 1);
            XXHash32 other = new XXHash32();
            other.update(bytes, from, bytes.length - from);
            assertThat(XxHash32.of(bytes, from, bytes.length - from)).isEqualTo((int) other.getValue());
        });
    }

    @Test
    void contentSizesLinkedBlocksAndFramesToSkip() throws IOException, BadFrame {
        // Literals "abcd", then a match of the block before that reaches from its beginning.
        byte[] first = {0x40, 'a', 'b', 'c', 'd'};
        byte[] second = {0x04, 4, 0, 0x50, 'v', 'w', 'x', 'y', 'z'};
        byte[] content = "abcdabcdabcdvwxyz".getBytes(StandardCharsets.US_ASCII);
        byte[] linked = frame(0x40 | 0x08 | 0x04, content, first, second);
        assertThat(decode(linked, 100)).isEqualTo(content);
        assertThatThrownBy(() -> decode(frame(0x60, content, first, second), 100))
                .hasMessageContaining("before its beginning");
        assertThatThrownBy(() -> decode(frame(0x40 | 0x08, new byte[5], first), 100))
                .hasMessageContaining("announces 5 bytes and has 4");
        assertThatThrownBy(() -> decode(frame(0x60 | 0x04, new byte[4], first), 100))
                .hasMessageContaining("checksum");

        byte[] skipped = {0x5F, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3};
        assertThat(decode(join(skipped, linked, skipped, linked), 100)).isEqualTo(join(content, content));
        assertThat(decode(skipped, 100)).isEmpty();
        skipped[7] = (byte) 0x80;
        assertThatThrownBy(() -> decode(skipped, 100)).hasMessageContaining("to skip");
        assertThatThrownBy(() -> decode(frame(0x61, content, first), 100)).hasMessageContaining("dictionary");
        assertThatThrownBy(() -> decode(frame(0x62, content, first), 100)).hasMessageContaining("flags");
        assertThatThrownBy(() -> decode(frame(0xA0, content, first), 100)).hasMessageContaining("flags");
        assertThatThrownBy(() -> decode(join(linked, new byte[] {1}), 100)).hasMessageContaining("cut off");
        assertThatThrownBy(() -> decode(new byte[] {2, 0x21, 0x4C, 0x18, 0, 0, 0, 0}, 100))
                .hasMessageContaining("no lz4 frame begins");
        assertThatThrownBy(() -> decode(new byte[0], 100)).hasMessageContaining("cut off");
    }

    @Test
    void blocksDecodeAsByAnotherDecoderOrAreRefused() {
        Seeds.check(200, random -> {
            byte[] bytes = compressible(random, 1 + random.nextInt(300));
            byte[] block = new byte[bytes.length * 2 + 20];
            int end = new Lz4Encoder().encode(bytes, 0, bytes.length, block, 0, block.length);
            for (int i = 0; i < end; i++) {
                byte[] damaged = Arrays.copyOf(block, end);
                damaged[i] ^= (byte) (1 << random.nextInt(8));
                byte[] out = new byte[500];
                try {
                    int size = Lz4Decoder.decode(damaged, 0, end, out, 0, out.length, 0);
                    byte[] other = other(damaged, size);
                    assertThat(Arrays.copyOf(out, size)).isEqualTo(other);
                } catch (BadFrame refused) {
                    assertThat(refused.reason()).isNotBlank();
                }
            }
        });
    }

    private static byte[] other(byte[] block, int size) throws IOException {
        try (BlockLZ4CompressorInputStream in = new BlockLZ4CompressorInputStream(new ByteArrayInputStream(block))) {
            return in.readNBytes(size);
        }
    }

    @Test
    void damagedFramesAreRefusedOrGiveSomethingWithinTheirLimit() {
        Seeds.check(60, random -> {
            byte[] bytes = compressible(random, random.nextInt(400));
            List<byte[]> frames = new ArrayList<>();
            byte[] block = new byte[bytes.length * 2 + 20];
            int end = new Lz4Encoder().encode(bytes, 0, bytes.length, block, 0, block.length);
            int flags = 0x40 | random.nextInt(16) << 2;
            frames.add(frame(flags, bytes, Arrays.copyOf(block, end)));
            for (byte[] frame : frames) {
                for (int bit = 0; bit < frame.length * 8; bit++) {
                    byte[] damaged = frame.clone();
                    damaged[bit / 8] ^= (byte) (1 << bit % 8);
                    try {
                        decode(damaged, bytes.length + random.nextInt(3) * 100);
                    } catch (BadFrame refused) {
                        assertThat(refused.reason()).isNotBlank();
                    }
                }
                for (int cut = 0; cut < frame.length; cut++) {
                    byte[] part = Arrays.copyOf(frame, cut);
                    assertThatThrownBy(() -> decode(part, bytes.length)).isInstanceOf(BadFrame.class);
                }
            }
        });
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** A frame as the document has it, with whatever the flags ask for. */
    static byte[] frame(int flags, byte[] content, byte[]... blocks) {
        ByteBuffer out = ByteBuffer.allocate(
                        100 + Arrays.stream(blocks).mapToInt(b -> b.length + 8).sum())
                .order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(0x184D2204).put((byte) flags).put((byte) 0x40);
        if ((flags & 0x08) != 0) {
            out.putLong(content.length);
        }
        if ((flags & 0x01) != 0) {
            out.putInt(1);
        }
        out.put((byte) (checksum(Arrays.copyOfRange(out.array(), 4, out.position())) >>> 8));
        for (byte[] block : blocks) {
            out.putInt(block.length).put(block);
            if ((flags & 0x10) != 0) {
                out.putInt(checksum(block));
            }
        }
        out.putInt(0);
        if ((flags & 0x04) != 0) {
            out.putInt(checksum(content));
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    private static int checksum(byte[] bytes) {
        XXHash32 hash = new XXHash32();
        hash.update(bytes, 0, bytes.length);
        return (int) hash.getValue();
    }
}
