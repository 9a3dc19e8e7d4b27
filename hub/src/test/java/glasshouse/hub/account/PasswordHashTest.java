package glasshouse.hub.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PasswordHashTest {
    /** From the tests of the reference implementation (P-H-C/phc-winner-argon2, src/test.c, version 0x13, argon2id). */
    private static final String REFERENCE =
            "$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc";

    @Test
    void agreesWithTheReferenceImplementation() {
        byte[] salt = "somesalt".getBytes(StandardCharsets.UTF_8);
        assertThat(PasswordHash.of("password", 256, 2, 2, salt, 32).text()).isEqualTo(REFERENCE);
        assertThat(PasswordHash.parse(REFERENCE).matches("password")).isTrue();
        assertThat(PasswordHash.parse(REFERENCE).matches("Password")).isFalse();
    }

    @Test
    void aHashOfOursCanBeReadAgainAndIsNeverTheSameTwice() {
        Passwords passwords = new Passwords();
        String one = passwords.hash("correct horse battery");
        assertThat(one)
                .startsWith("$argon2id$v=19$m=19456,t=2,p=1$")
                .isNotEqualTo(passwords.hash("correct horse battery"));
        assertThat(passwords.isOld(one)).isFalse();
        assertThat(passwords.isOld(REFERENCE)).isTrue();
    }
}
