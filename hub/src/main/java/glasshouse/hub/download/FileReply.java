package glasshouse.hub.download;

import glasshouse.core.entry.Gate;
import glasshouse.core.entry.Visibility;
import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.hub.web.Address;
import glasshouse.hub.web.ByteRange;
import glasshouse.hub.web.Call;
import glasshouse.hub.web.Reply;
import java.util.Arrays;

/** Answers a request for a file: the whole of it, a part, or that the client has it already. */
final class FileReply {
    private FileReply() {}

    /**
     * An answer.
     *
     * @param contentType what the browser is told
     * @throws glasshouse.core.problem.Refusal RANGE
     */
    static Reply of(Call call, String fileName, String contentType, Content content) {
        String etag = "\"" + content.etag() + "\"";
        call.note("ETag", etag);
        call.note("Accept-Ranges", "bytes");
        // The answer is for this caller, now: access is asked for each time, and a 304 costs little.
        boolean open =
                call.entry().visibility() == Visibility.PUBLIC && call.entry().gate() == Gate.NONE;
        call.note("Cache-Control", open ? "no-cache" : "private, no-cache");
        if (content.large()) {
            call.note("X-Linked-Etag", etag);
            call.note("X-Linked-Size", Long.toString(content.sizeBytes()));
        }
        if (call.header("If-None-Match").map(seen -> names(seen, etag)).orElse(false)) {
            return Reply.empty(304);
        }
        Reply reply = body(call, etag, content)
                .header("Content-Type", contentType)
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "default-src 'none'; sandbox");
        return call.queryFlag("noContentDisposition")
                ? reply
                : reply.header("Content-Disposition", disposition(fileName, call.queryFlag("download")));
    }

    private static Reply body(Call call, String etag, Content content) {
        long size = content.sizeBytes();
        boolean current = call.header("If-Range").map(etag::equals).orElse(true);
        ByteRange range = current ? ByteRange.parse(call.header("Range").orElse(""), size) : new ByteRange.Whole();
        return switch (range) {
            case ByteRange.Whole whole ->
                Reply.region(200, size, to -> content.source().transfer(0, size, to));
            case ByteRange.Part part ->
                Reply.region(206, part.length(), to -> content.source().transfer(part.from(), part.length(), to))
                        .header("Content-Range", "bytes " + part.from() + "-" + part.to() + "/" + size);
            case ByteRange.Outside outside
            when size == 0 ->
                // A client asks for the first byte to learn the size: of an empty file there is none, yet it must
                // learn.
                Reply.region(200, 0, to -> {}).header("Content-Range", "bytes */0");
            case ByteRange.Outside outside -> {
                call.note("Content-Range", "bytes */" + size);
                throw Problem.of(Code.RANGE, "the file has " + size + " bytes")
                        .because("the range that was asked for lies behind its end")
                        .refusal();
            }
        };
    }

    private static boolean names(String seen, String etag) {
        return seen.equals("*")
                || Arrays.stream(seen.split(","))
                        .map(String::strip)
                        .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
                        .anyMatch(etag::equals);
    }

    private static String disposition(String fileName, boolean save) {
        StringBuilder plain = new StringBuilder();
        fileName.codePoints()
                .forEach(c -> plain.appendCodePoint(c < ' ' || c > '~' || c == '"' || c == '\\' ? '_' : c));
        return (save ? "attachment" : "inline") + "; filename*=UTF-8''"
                + Address.encodeSegment(fileName).replace("*", "%2A") + "; filename=\"" + plain + "\";";
    }
}
