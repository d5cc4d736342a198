import { setTimeout as rest } from 'node:timers/promises';

/** Asks again until `check` holds; fails after `withinMs` with what it last saw. */
export async function eventually(check: () => unknown, withinMs = 60_000): Promise<void> {
  const deadline = performance.now() + withinMs;
  let seen: unknown;
  do {
    seen = await check();
    if (seen === true) return;
    await rest(5);
  } while (performance.now() < deadline);
  throw new Error(`It did not come true within ${withinMs} ms: ${check} (last seen: ${String(seen)})`);
}
