export {
  type AgentRow,
  type Certainty,
  Clause,
  type Column,
  type Framework,
  FrameworkId,
  type HomeRow,
  type HostRow,
  type Longest,
  type Requirements,
  type Validity,
} from './columns.js';
export { type Frameworks, frameworkIn, frameworkOf, frameworks } from './frameworks.js';
export { idf2017Pilot } from './idf-2017-pilot.js';
