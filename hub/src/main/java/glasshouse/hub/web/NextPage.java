package glasshouse.hub.web;

import java.util.Optional;

/** The way to the next page, told as the Hub's clients read it: an absolute address in {@code Link}, and the body a bare array. */
public final class NextPage {
    private NextPage() {}

    /** The reply with a link to the same request at another cursor, where there is one. */
    public static Reply link(Reply reply, Call call, Optional<String> cursor) {
        return cursor.map(at -> reply.header("Link", "<" + address(call, "cursor", at) + ">; rel=\"next\""))
                .orElse(reply);
    }

    /** The address of the request with another value of a parameter. */
    public static String address(Call call, String parameter, String value) {
        String uri = call.uri();
        int mark = uri.indexOf('?');
        StringBuilder next = new StringBuilder(mark < 0 ? uri : uri.substring(0, mark)).append('?');
        if (mark >= 0) {
            for (String pair : uri.substring(mark + 1).split("&")) {
                boolean other = !pair.equals(parameter) && !pair.startsWith(parameter + "=");
                if (other && !pair.isEmpty()) {
                    next.append(pair).append('&');
                }
            }
        }
        next.append(parameter).append('=').append(Address.encodeSegment(value));
        // INVARIANT: nothing that the caller sent may close the brackets around the address.
        return call.address().link(next.toString().replace("<", "%3C").replace(">", "%3E"));
    }
}
