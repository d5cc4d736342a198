/**
 * The advisory lock that every append holds, shared, from before it takes a position until it has committed: readers
 * find in `pg_locks` who may still commit behind the high water. Any number will do, as long as nobody else uses it.
 */
export const appendLock = 7810770012n;
