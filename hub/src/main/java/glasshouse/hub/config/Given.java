package glasshouse.hub.config;

/**
 * A value that somebody set.
 *
 * @param name the setting's name, as it was written
 * @param text the value, as text
 * @param origin who set it
 */
public record Given(String name, String text, Origin origin) {}
