package glasshouse.hub.server;

import static org.assertj.core.api.Assertions.assertThat;

import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.hub.web.Reply;
import glasshouse.hub.web.Surface;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemsTest {
    private final Problems problems =
            new Problems((status, problem, request, signedIn) -> Reply.text(status, problem.sentence()));

    private List<String> retryAfter(Surface surface, Problem problem) {
        return problems.render(surface, problem, "id", "/", true).headers().stream()
                .filter(header -> header.getKey().equals("Retry-After"))
                .map(Map.Entry::getValue)
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void whatPassesSaysWhenToComeAgain(Surface surface) {
        Problem busy = Problem.of(Code.RATE_LIMITED, "too many");
        assertThat(retryAfter(surface, busy.after(Duration.ofMillis(2001)))).containsExactly("3");
        assertThat(retryAfter(surface, busy.after(Duration.ZERO))).containsExactly("1");
        assertThat(retryAfter(surface, busy)).containsExactly("30");
        assertThat(retryAfter(surface, Problem.of(Code.UNAVAILABLE, "stopping")))
                .containsExactly("30");
        assertThat(retryAfter(surface, Problem.of(Code.FORBIDDEN, "no"))).isEmpty();
    }
}
