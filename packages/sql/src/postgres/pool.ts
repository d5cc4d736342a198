import pg from 'pg';

const checkedOut = new WeakMap<pg.Pool, Set<pg.PoolClient>>();

/** A node-postgres pool that survives its server: a lost connection leaves the pool, not the process. */
export function createPool(config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool(config);
  const out = new Set<pg.PoolClient>();
  checkedOut.set(pool, out);
  // Without listeners Node ends the process on 'error'. Nothing is lost by these: the pool drops the connection, and a
  // statement under way is rejected with the same error.
  pool.on('error', () => {});
  pool.on('connect', (client) => {
    client.on('error', () => {});
  });
  pool.on('acquire', (client) => out.add(client));
  pool.on('release', (_error, client) => out.delete(client));
  return pool;
}

/** Ends a pool, and with it the connections its users still hold: `Pool.end()` alone would wait for them for ever. */
export async function endPool(pool: pg.Pool): Promise<void> {
  const ended = pool.ending ? Promise.resolve() : pool.end();
  for (const client of checkedOut.get(pool) ?? []) client.release(true);
  await ended;
}
