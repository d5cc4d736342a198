import type pg from 'pg';
import { errorCode, SqlUnavailable } from '../unavailable.js';
import type { PostgresAddress } from './address.js';

/** Takes a connection of the pool; whatever prevents it comes out as {@link SqlUnavailable}. */
export async function connect(pool: pg.Pool, address: PostgresAddress, timeoutMs: number): Promise<pg.PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    throw unavailable(error, pool, address, timeoutMs);
  }
}

function unavailable(error: unknown, pool: pg.Pool, address: PostgresAddress, timeoutMs: number): SqlUnavailable {
  const where = `PostgreSQL at ${address.shown}`;
  const reason = error instanceof Error ? error.message : String(error);
  const code = errorCode(error);
  const say = (text: string) => new SqlUnavailable(text, { cause: error, code });
  if (reason === 'timeout exceeded when trying to connect' && pool.totalCount > 0) {
    return say(`${where}: all ${pool.totalCount} connections stayed busy for ${timeoutMs} ms. Retry, or raise max.`);
  }
  if (/timeout/i.test(reason)) {
    return say(`${where} did not answer within ${timeoutMs} ms. Check that it runs and that the network reaches it.`);
  }
  if (code === '3D000') return say(`${where}: this database does not exist. Create it, or correct the address.`);
  if (code?.startsWith('28')) return say(`${where} refused the login (${reason}). Correct user or password.`);
  if (code !== undefined && /^[0-9A-Z]{5}$/.test(code)) {
    return say(`${where} refused the connection (${reason}). Retry, or see the server's log.`);
  }
  if (/certificate|altnames|\bTLS\b|self.signed/i.test(reason) || /CERT|ERR_TLS/.test(code ?? '')) {
    return say(
      `${where}: its certificate is not trusted (${reason}). Give its authority with sslrootcert=/path/ca.crt.`,
    );
  }
  if (/does not support SSL/i.test(reason)) {
    return say(`${where} speaks no TLS. Switch TLS on there, or take sslmode out of the address.`);
  }
  return say(`Cannot reach ${where} (${code ?? reason}). Start it, or correct the address.`);
}
