import { createServer, type Server } from 'node:http';
import { gaugesText, queueGauges } from './gauges.js';
import type { Queue, QueueHealth } from './queue.js';

/** What the pages show. */
export interface HealthSource {
  readonly queue: Queue;
  readonly stopping: () => boolean;
  readonly metrics?: () => Promise<string>;
}

interface Page {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** `/healthz`, `/readyz` and `/metrics` on an address of this machine; resolves when it takes requests. */
export async function serveHealth(port: number, address: string, source: HealthSource): Promise<Server> {
  const server = createServer((request, response) => {
    void pageOf(new URL(request.url ?? '/', 'http://localhost').pathname, source)
      .catch((): Page => text(500, 'The measurements failed.\n'))
      .then(({ status, type, body }) => {
        response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
      });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, address, resolve);
  });
  return server;
}

async function pageOf(path: string, source: HealthSource): Promise<Page> {
  switch (path) {
    case '/healthz':
      return text(200, 'ok\n');
    case '/readyz':
      return readiness(await source.queue.health(), source.stopping());
    case '/metrics': {
      const gauges = gaugesText(queueGauges(await source.queue.health()));
      return {
        status: 200,
        type: 'text/plain; version=0.0.4; charset=utf-8',
        body: gauges + ((await source.metrics?.()) ?? ''),
      };
    }
    default:
      return text(404, 'Try /healthz, /readyz or /metrics.\n');
  }
}

/** A lost queue does not count against readiness: the loops go on by ticks. Failing loops do. */
function readiness(health: QueueHealth, stopping: boolean): Page {
  const failing = [...health.loops].filter(([, loop]) => loop.failuresInRow > 0).map(([topic]) => topic);
  const ready = !stopping && failing.length === 0;
  const { backend, reachable } = health;
  const body = { ready, stopping, queue: { backend, reachable }, loops: [...health.loops.keys()], failing };
  return { status: ready ? 200 : 503, type: 'application/json; charset=utf-8', body: `${JSON.stringify(body)}\n` };
}

function text(status: number, body: string): Page {
  return { status, type: 'text/plain; charset=utf-8', body };
}
