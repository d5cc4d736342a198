import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type { Queue as BullQueue } from 'bullmq';
import type { BoardAnswer } from './server-adapter.js';

/** bull-board over the wake-ups of this process's topics: to look at, and no more. */
export interface Board {
  /** Answers a GET of a path that begins with {@link boardPath}; undefined when there is no such page. */
  answer(path: string, query: URLSearchParams): Promise<BoardAnswer | undefined>;
}

/** Where the board is served. */
export const boardPath = '/queues';

/** Makes the board; what it is made of is only loaded here. */
export const openBoard = async (queues: readonly object[]): Promise<Board> => {
  const [{ createBullBoard }, { BullMQAdapter }, { readingAdapter }] = await Promise.all([
    import('@bull-board/api'),
    import('@bull-board/api/bullMQAdapter'),
    import('./server-adapter.js'),
  ]);
  const adapter = readingAdapter(`${boardPath}/`);
  createBullBoard({
    // BullMQ's class is typed by its backend; the board knows those of both.
    queues: queues.map((queue) => new BullMQAdapter(queue as BullQueue, { readOnlyMode: true })),
    serverAdapter: adapter,
    options: {
      uiBasePath: dirname(createRequire(import.meta.url).resolve('@bull-board/ui/package.json')),
      uiConfig: { boardTitle: 'Pro Bono' },
    },
  });
  return {
    answer: (path, query) => adapter.answer(path.slice(boardPath.length) || '/', query),
  };
};
