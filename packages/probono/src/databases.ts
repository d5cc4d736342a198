import { openSql, type SqlClient } from '@probono/sql';

/** The SQL databases of one process, each opened once: a PGlite directory has room for one client only. */
export interface Databases {
  at(url: string): Promise<SqlClient>;
  close(): Promise<void>;
}

export const openDatabases = (): Databases => {
  const open = new Map<string, Promise<SqlClient>>();
  return {
    at(url) {
      const known = open.get(url) ?? openSql(url);
      open.set(url, known);
      return known;
    },
    async close() {
      const clients = await Promise.allSettled(open.values());
      open.clear();
      for (const client of clients) if (client.status === 'fulfilled') await client.value.close();
    },
  };
};
