export { benevolatLibre } from './benevolat-libre.js';
export {
  type AgentRow,
  type Certainty,
  Clause,
  type Column,
  type Framework,
  FrameworkId,
  type HomeRow,
  type HostRow,
  type LeaveRow,
  type Longest,
  type Requirements,
  type Row,
  type Validity,
} from './columns.js';
export { congeCitoyennete } from './conge-citoyennete.js';
export { type Frameworks, frameworkFor, frameworkIn, frameworkOf, frameworks } from './frameworks.js';
export { idf2017Pilot } from './idf-2017-pilot.js';
export { law3ds209 } from './law-3ds-209.js';
export { madGeneral } from './mad-general.js';
export { holdsOn } from './validity.js';
