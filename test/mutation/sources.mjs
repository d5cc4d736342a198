// `node --import`: lets Node run the packages' sources and their tests as they stand.
import { register } from 'node:module';

register('./sources-hooks.mjs', import.meta.url);
