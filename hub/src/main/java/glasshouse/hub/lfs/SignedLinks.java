package glasshouse.hub.lfs;

import glasshouse.core.entry.EntryId;
import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.core.problem.Refusal;
import glasshouse.hub.index.People;
import glasshouse.hub.web.Call;
import glasshouse.store.object.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Addresses that allow one thing for a while: {@code
 * /lfs/<entry>/<sha256>[/complete|/verify]?size=…&part=…&until=…&by=…&sig=…}. The signature is
 * HMAC-SHA-256 over all of it, by a key that only this server has; what it says was decided when the address was made.
 */
final class SignedLinks {
    /** What an address allows. */
    enum Deed {
        UPLOAD(Duration.ofHours(12), ""),
        /** One part of an upload. */
        PART(Duration.ofHours(12), ""),
        /** Putting the parts together. */
        COMPLETE(Duration.ofHours(12), "/complete"),
        /** Asking whether an upload has arrived. */
        VERIFY(Duration.ofHours(12), "/verify"),
        DOWNLOAD(Duration.ofHours(1), "");

        private final Duration lifetime;
        private final String end;

        Deed(Duration lifetime, String end) {
            this.lifetime = lifetime;
            this.end = end;
        }

        /** How its addresses end. */
        String end() {
            return end;
        }

        Duration lifetime() {
            return lifetime;
        }
    }

    /**
     * What an address says.
     *
     * @param part number of the part, from 1; 0 for the whole
     * @param account who asked for it; empty where nobody was signed in
     */
    record Claim(Deed deed, EntryId entry, Sha256 sha256, long sizeBytes, int part, String account) {}

    private static final int KEY_LETTERS_MIN = 32;

    private final byte[] key;
    private final People people;
    private final InstantSource clock;

    /** @param key secret text of at least {@value #KEY_LETTERS_MIN} letters */
    SignedLinks(String key, People people, InstantSource clock) {
        if (key.length() < KEY_LETTERS_MIN) {
            throw new IllegalArgumentException("the key is too short");
        }
        this.key = key.getBytes(StandardCharsets.UTF_8);
        this.people = people;
        this.clock = clock;
    }

    /** The path and query of an address that allows what is claimed, from now on. */
    String path(Claim claim) {
        long until = clock.instant().plus(claim.deed().lifetime()).getEpochSecond();
        StringBuilder path = new StringBuilder("/lfs/")
                .append(claim.entry())
                .append('/')
                .append(claim.sha256())
                .append(claim.deed().end())
                .append("?size=")
                .append(claim.sizeBytes());
        if (claim.part() > 0) {
            path.append("&part=").append(claim.part());
        }
        return path.append("&until=")
                .append(until)
                .append("&by=")
                .append(claim.account())
                .append("&sig=")
                .append(signature(claim, until))
                .toString();
    }

    /**
     * What the address of a call allows.
     *
     * @throws Refusal FORBIDDEN where it was not made here, has expired, or was made for an account that is disabled by now
     */
    Claim require(Call call, Deed deed) {
        Claim claim;
        long until;
        try {
            claim = new Claim(
                    deed,
                    new EntryId(call.path("id")),
                    new Sha256(call.path("oid")),
                    Long.parseLong(call.query("size").orElse("")),
                    Integer.parseInt(call.query("part").orElse("0")),
                    call.query("by").orElse(""));
            until = Long.parseLong(call.query("until").orElse(""));
        } catch (IllegalArgumentException e) {
            throw bad("the address is not whole");
        }
        byte[] given = call.query("sig").orElse("").getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(signature(claim, until).getBytes(StandardCharsets.UTF_8), given)) {
            throw bad("its signature is not ours");
        }
        if (!clock.instant().isBefore(Instant.ofEpochSecond(until))) {
            throw bad("it has expired");
        }
        boolean welcome = claim.account().isEmpty()
                || people.accountById(claim.account())
                        .filter(a -> !a.disabled())
                        .isPresent();
        if (!welcome) {
            throw bad("the account that it was made for is gone");
        }
        return claim;
    }

    private static Refusal bad(String why) {
        return Problem.of(Code.FORBIDDEN, "this address does not allow that")
                .because(why)
                .mend("ask for a new one with a batch request")
                .refusal();
    }

    private String signature(Claim claim, long until) {
        String text = String.join(
                "\n",
                claim.deed().name().toLowerCase(Locale.ROOT),
                claim.entry().value(),
                claim.sha256().hex(),
                Long.toString(claim.sizeBytes()),
                Integer.toString(claim.part()),
                claim.account(),
                Long.toString(until));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
