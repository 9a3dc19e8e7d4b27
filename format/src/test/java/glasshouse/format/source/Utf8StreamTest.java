package glasshouse.format.source;

import static org.assertj.core.api.Assertions.assertThat;

import glasshouse.testkit.seed.Seeds;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class Utf8StreamTest {
    /** Against the decoder of the JDK, on bytes that are nearly UTF-8. */
    @Test
    void acceptsWhatADecoderAccepts() {
        byte[] likely = {
            'a',
            (byte) 0x80,
            (byte) 0xBF,
            (byte) 0xC0,
            (byte) 0xC2,
            (byte) 0xE0,
            (byte) 0xA0,
            (byte) 0x9F,
            (byte) 0xED,
            (byte) 0xEF,
            (byte) 0xF0,
            (byte) 0x90,
            (byte) 0xF4,
            (byte) 0x8F,
            (byte) 0xF5,
            (byte) 0xE1
        };
        Seeds.check(20_000, random -> {
            byte[] bytes = new byte[random.nextInt(6)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = likely[random.nextInt(likely.length)];
            }
            assertThat(passes(bytes)).isEqualTo(decodes(bytes));
        });
    }

    private static boolean passes(byte[] bytes) throws IOException {
        try (Utf8Stream stream = new Utf8Stream(new ByteArrayInputStream(bytes))) {
            assertThat(stream.readAllBytes()).isEqualTo(bytes);
            return true;
        } catch (Utf8Stream.NotUtf8 e) {
            return false;
        }
    }

    private static boolean decodes(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
