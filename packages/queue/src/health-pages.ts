import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type Board, boardPath } from './board/board.js';
import { gaugesText, queueGauges } from './gauges.js';
import type { Queue, QueueHealth } from './queue.js';

/** What the pages show. */
export interface HealthSource {
  readonly queue: Queue;
  readonly stopping: () => boolean;
  readonly metrics?: () => Promise<string>;
  /** bull-board, once it can be shown. */
  readonly board?: () => Board | undefined;
}

interface Page {
  readonly status: number;
  readonly type: string;
  readonly body: string | Uint8Array;
}

/** The board loads nothing from elsewhere, and nobody frames it. */
const boardPolicy =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";

/** `/healthz`, `/readyz` and `/metrics` on an address of this machine; resolves when it takes requests. */
export async function serveHealth(port: number, address: string, source: HealthSource): Promise<Server> {
  const server = createServer((request, response) => {
    void pageOf(request, source)
      .catch((): Page => text(500, 'The measurements failed.\n'))
      .then(({ status, type, body }) => {
        const headers = { 'content-type': type, 'cache-control': 'no-store', 'content-security-policy': boardPolicy };
        response.writeHead(status, headers).end(body);
      });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, address, resolve);
  });
  return server;
}

async function pageOf({ method, url = '/' }: IncomingMessage, source: HealthSource): Promise<Page> {
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  const board = source.board?.();
  if (board !== undefined && (pathname === boardPath || pathname.startsWith(`${boardPath}/`))) {
    if (method !== 'GET') return text(405, 'The board is there to be looked at.\n');
    return (await board.answer(pathname, searchParams)) ?? text(404, 'There is no such page of the board.\n');
  }
  switch (pathname) {
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
