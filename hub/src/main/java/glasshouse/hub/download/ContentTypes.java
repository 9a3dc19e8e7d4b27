package glasshouse.hub.download;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What a browser is told about a file by its name. What could run there is told to be text. */
final class ContentTypes {
    private static final String BYTES = "application/octet-stream";
    private static final String TEXT = "text/plain; charset=utf-8";

    private static final Map<String, String> KNOWN = Map.ofEntries(
            Map.entry("png", "image/png"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("jpeg", "image/jpeg"),
            Map.entry("gif", "image/gif"),
            Map.entry("webp", "image/webp"),
            Map.entry("avif", "image/avif"),
            Map.entry("bmp", "image/bmp"),
            Map.entry("mp3", "audio/mpeg"),
            Map.entry("wav", "audio/wav"),
            Map.entry("flac", "audio/flac"),
            Map.entry("ogg", "audio/ogg"),
            Map.entry("opus", "audio/ogg"),
            Map.entry("mp4", "video/mp4"),
            Map.entry("webm", "video/webm"),
            Map.entry("json", "application/json"),
            Map.entry("pdf", "application/pdf"),
            Map.entry("zip", "application/zip"),
            Map.entry("gz", "application/gzip"),
            Map.entry("parquet", "application/vnd.apache.parquet"));

    private static final Set<String> TEXTS = Set.of(
            "txt",
            "md",
            "rst",
            "csv",
            "tsv",
            "jsonl",
            "ndjson",
            "yaml",
            "yml",
            "toml",
            "ini",
            "cfg",
            "py",
            "java",
            "js",
            "ts",
            "c",
            "h",
            "cpp",
            "rs",
            "go",
            "sh",
            "ipynb",
            "tex",
            "bib",
            "log",
            "jinja",
            "gitattributes",
            "gitignore",
            "html",
            "htm",
            "xhtml",
            "svg",
            "xml",
            "xsl",
            "css",
            "license",
            "readme",
            "dockerfile",
            "makefile");

    private ContentTypes() {}

    static String of(String fileName) {
        String name = fileName.toLowerCase(Locale.ROOT);
        String extension = name.substring(name.lastIndexOf('.') + 1);
        return TEXTS.contains(extension) ? TEXT : KNOWN.getOrDefault(extension, BYTES);
    }

    /** For a file as git holds it: text, whatever it is. */
    static String raw() {
        return TEXT;
    }
}
