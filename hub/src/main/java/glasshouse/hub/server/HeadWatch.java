package glasshouse.hub.server;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes connections on which the head of a request does not become whole in time. An idle timeout does not see them: it begins anew
 * with every byte, so that a byte a minute would keep a connection for days.
 *
 * <p>A connection waits for a head from when it was opened, and again from when its last request was done; until then a client may
 * also be silent, as long as the idle timeout lets it. It stands in front of all handlers, which run when a head is whole.
 */
final class HeadWatch extends Handler.Wrapper {
    private final Scheduler scheduler;
    private final long headNanos;
    private final long idleNanos;
    private final Map<Connection, Watched> connections = new ConcurrentHashMap<>();

    HeadWatch(Handler handler, Scheduler scheduler, Duration headTimeout, Duration idleTimeout) {
        super(handler);
        this.scheduler = scheduler;
        this.headNanos = headTimeout.toNanos();
        this.idleNanos = idleTimeout.toNanos();
    }

    /** What a connector tells of connections that come and go. */
    Connection.Listener listener() {
        return new Connection.Listener() {
            @Override
            public void onOpened(Connection connection) {
                Watched watched = new Watched(connection);
                connections.put(connection, watched);
                watched.lookAgainIn(headNanos);
            }

            @Override
            public void onClosed(Connection connection) {
                Watched watched = connections.remove(connection);
                if (watched != null) {
                    watched.end();
                }
            }
        };
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Watched watched = connections.get(request.getConnectionMetaData().getConnection());
        if (watched != null) {
            watched.begun();
            Request.addCompletionListener(request, failure -> watched.done());
        }
        return super.handle(request, response, callback);
    }

    /** One connection. What is told of one request may overlap with what is told of the next, so requests are counted. */
    private final class Watched implements Runnable {
        private final Connection connection;
        private int running;
        private boolean ended;
        private long deadline = System.nanoTime() + headNanos;
        private Scheduler.Task next = () -> false;

        Watched(Connection connection) {
            this.connection = connection;
        }

        synchronized void begun() {
            running++;
        }

        synchronized void done() {
            running--;
            deadline = System.nanoTime() + idleNanos + headNanos;
        }

        synchronized void end() {
            ended = true;
            next.cancel();
        }

        synchronized void lookAgainIn(long nanos) {
            if (!ended) {
                next = scheduler.schedule(this, Duration.ofNanos(nanos));
            }
        }

        @Override
        public void run() {
            long left = left();
            if (left > 0) {
                lookAgainIn(left);
            } else {
                connection.getEndPoint().close();
            }
        }

        /** The time until the head must be whole; while a request runs, until it is worth looking again. */
        private synchronized long left() {
            return running > 0 ? headNanos : deadline - System.nanoTime();
        }
    }
}
