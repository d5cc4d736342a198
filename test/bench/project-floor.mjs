import { projections } from '../../packages/read-models/dist/index.js';

const page = 4000;
const columns = 'position, stream, revision, event_id, type, schema_version, recorded_at, stored_at, body';

/** Bare SQL: every event after the last, in pages; of these types, or of all. */
const readBare = async (sql, types) => {
  const text = `SELECT ${columns} FROM probono.events
    WHERE position > $1 ${types === undefined ? '' : 'AND type = ANY ($3::text[])'} ORDER BY position LIMIT $2`;
  let count = 0;
  for (let after = 0n; ; ) {
    const rows = await sql.query(text, [after, page, ...(types === undefined ? [] : [types])]);
    count += rows.length;
    if (rows.length < page) return count;
    after = rows.at(-1).position;
  }
};

/** The rows of a table in the form they are sent in, page by page, so that they need not all be in memory. */
async function* pagesOf(sql, name, table) {
  const names = Object.keys(table.columns);
  const list = Object.entries(table.columns).map(([column, type]) => (type === 'jsonb' ? `${column}::text` : column));
  const key = table.key.map((column) => `${column}::text COLLATE "C"`);
  for (let last; ; ) {
    const where = last === undefined ? '' : `WHERE (${key}) > (${key.map((_, nth) => `$${nth + 1}`)})`;
    const rows = await sql.query(`SELECT ${list} FROM ${name} ${where} ORDER BY ${key} LIMIT ${page}`, last ?? []);
    if (rows.length > 0) yield names.map((column) => rows.map((row) => row[column]));
    if (rows.length < page) return;
    last = table.key.map((column) => String(rows.at(-1)[column]));
  }
}

/** The same rows, upserted by bare `unnest` into an empty table with the same columns, key and indexes; in seconds. */
const writeBare = async (sql, { name: projection }, table) => {
  const view = `probono_read.${projection}_${table.name}`;
  const bare = `bare.${projection}_${table.name}`;
  const [{ real }] = await sql.query(
    `SELECT DISTINCT view_schema || '.' || table_name AS real FROM information_schema.view_table_usage
      WHERE view_schema = 'probono_read' AND view_name = $1`,
    [`${projection}_${table.name}`],
  );
  await sql.exec(`CREATE TABLE ${bare} (LIKE ${real} INCLUDING ALL)`);
  const types = Object.values(table.columns).map((type, nth) => `$${nth + 1}::${type}[]`);
  const names = Object.keys(table.columns);
  const text = `INSERT INTO ${bare} (${names}) SELECT * FROM unnest(${types}) ON CONFLICT (${table.key})
    DO UPDATE SET ${names.map((column) => `${column} = excluded.${column}`)}`;
  let [rows, seconds] = [0, 0];
  for await (const cells of pagesOf(sql, view, table)) {
    const begun = performance.now();
    await sql.query(text, cells);
    seconds += (performance.now() - begun) / 1000;
    rows += cells[0].length;
  }
  return { rows, seconds };
};

const timed = async (work) => {
  const begun = performance.now();
  const count = await work();
  return { count, seconds: (performance.now() - begun) / 1000 };
};

/**
 * What a rebuild is judged by, after it, on the same database: for each projection its events read by bare SQL, and
 * the rows it ended with written by bare upserts, once each. `whole`: the reads are of the whole log, wanted or not.
 */
export const projectFloor = async (sql) => {
  await sql.exec('DROP SCHEMA IF EXISTS bare CASCADE; CREATE SCHEMA bare');
  const own = await timed(async () => {
    const counts = await Promise.all(projections.map(({ types }) => readBare(sql, types)));
    return counts.reduce((sum, count) => sum + count, 0);
  });
  const whole = await timed(() => Promise.all(projections.map(() => readBare(sql, undefined))));
  let [rows, writing] = [0, 0];
  for (const projection of projections) {
    for (const table of projection.tables) {
      const written = await writeBare(sql, projection, table);
      rows += written.rows;
      writing += written.seconds;
    }
  }
  await sql.exec('DROP SCHEMA bare CASCADE');
  return { events: own.count, rows, seconds: own.seconds + writing, wholeSeconds: whole.seconds + writing };
};
