package glasshouse.hub.rules;

import java.nio.charset.StandardCharsets;

/**
 * What is compared with patterns.
 *
 * @param path from the folder that the rules lie in, a byte in each character
 * @param name the last part of it
 * @param folder whether it is a folder
 */
public record Subject(String path, String name, boolean folder) {

    /** A path as people write it. */
    public static Subject of(String path, boolean folder) {
        String bytes = bytes(path);
        return new Subject(bytes, bytes.substring(bytes.lastIndexOf('/') + 1), folder);
    }

    /** A text with a byte of its UTF-8 in each character. */
    static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
