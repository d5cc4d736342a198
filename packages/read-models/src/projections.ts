import { annualStatement } from './annual-statement/projection.js';
import { assignments } from './assignments/projection.js';
import { campaigns } from './campaigns/projection.js';
import { conventions } from './conventions/projection.js';
import { deadlines } from './deadlines/projection.js';
import { exceptions } from './exceptions/projection.js';
import { hostValue } from './host-value/projection.js';
import { hours } from './hours/projection.js';
import { missions } from './missions/projection.js';
import { partnerships } from './partnerships/projection.js';
import type { Projection } from './projection.js';
import { sessions } from './sessions/projection.js';
import { skills } from './skills/projection.js';

/** Every projection of this package. */
export const projections: readonly Projection[] = [
  conventions,
  missions,
  assignments,
  hours,
  sessions,
  deadlines,
  hostValue,
  campaigns,
  partnerships,
  exceptions,
  annualStatement,
  skills,
];
