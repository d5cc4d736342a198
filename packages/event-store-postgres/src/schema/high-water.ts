import { appendLock } from './append-lock.js';

/**
 * A sequence hands out positions before their transactions commit, so that "everything above my last position" would
 * skip what commits late. `high_water` takes the last position handed out and then, in this order, those who hold the
 * append lock: once none of them is left, everything up to it is committed or will never be.
 */
export const highWaterFunctions = `
CREATE FUNCTION probono.high_water(OUT high bigint, OUT appending text[], OUT pids integer[])
LANGUAGE plpgsql AS $$
BEGIN
  -- A fresh sequence says 1 although nobody has 1 yet.
  SELECT CASE WHEN is_called THEN last_value ELSE 0 END INTO high FROM probono.event_position;
  SELECT coalesce(array_agg(l.virtualtransaction), '{}'), coalesce(array_agg(l.pid), '{}') INTO appending, pids
    FROM pg_locks l
    WHERE l.locktype = 'advisory' AND l.mode = 'ShareLock' AND l.granted
      AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND l.classid = ${appendLock >> 32n}::oid AND l.objid = ${appendLock & 0xffffffffn}::oid AND l.objsubid = 1;
END
$$;
`;
