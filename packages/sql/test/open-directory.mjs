// Opens a PGlite directory in a process of its own, says how it went, and holds it until it is ended.
import { openSql } from '../dist/index.js';

try {
  const sql = await openSql(`pglite:${process.argv[2]}`);
  await sql.exec('CREATE TABLE IF NOT EXISTS public.written (n int); INSERT INTO public.written VALUES (1)');
  console.log('open');
  process.stdin.resume();
} catch (error) {
  console.log(`${error.name} ${error.message}`);
}
