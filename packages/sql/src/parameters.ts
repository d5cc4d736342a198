/** A parameter as both drivers send it: text, or bytes. */
export type SentParameter = string | Uint8Array | null;

/**
 * Gives parameters one text form before either driver sees them; left alone, node-postgres writes dates in the
 * process's time zone and PGlite refuses what does not fit its idea of the column.
 */
export function sentParameters(params: readonly unknown[] | undefined): SentParameter[] {
  return (params ?? []).map(sent);
}

function sent(value: unknown): SentParameter {
  if (value === null || value === undefined) return null;
  if (value instanceof Uint8Array) return value;
  return text(value);
}

function text(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
    case 'bigint':
    case 'boolean':
      return String(value);
    case 'object':
      if (value instanceof Date) return value.toISOString();
      if (value instanceof Uint8Array) return bytesText(value);
      if (Array.isArray(value)) return `{${value.map(element).join(',')}}`;
      return JSON.stringify(value);
    default:
      throw new TypeError(`A ${typeof value} cannot be a SQL parameter.`);
  }
}

function element(value: unknown): string {
  if (value === null || value === undefined) return 'NULL';
  if (Array.isArray(value)) return text(value);
  const sent = text(value);
  // Most have nothing to escape, and asking is cheaper than replacing.
  return `"${special.test(sent) ? sent.replace(/[\\"]/g, '\\$&') : sent}"`;
}

const special = /[\\"]/;

/** PostgreSQL's hexadecimal text form of `bytea`. */
export function bytesText(bytes: Uint8Array): string {
  return `\\x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')}`;
}
