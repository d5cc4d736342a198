import { reminder } from './index.js';

// A timer that a lost connection left behind must not keep a stopped service alive.
process.exit(await reminder(process.env));
