import { assignments } from './assignments/projection.js';
import { conventions } from './conventions/projection.js';
import { deadlines } from './deadlines/projection.js';
import { hours } from './hours/projection.js';
import { missions } from './missions/projection.js';
import type { Projection } from './projection.js';
import { sessions } from './sessions/projection.js';

/** Every projection of this package. */
export const projections: readonly Projection[] = [conventions, missions, assignments, hours, sessions, deadlines];
