export { arbitraryOf, type Steering } from './arbitrary.js';
export {
  type Agent,
  agentOf,
  clerk,
  type Home,
  type Host,
  homeOf,
  hostOf,
  idOf,
  type MissionDetails,
  type OrganisationDetails,
  officer,
  paris,
} from './cast.js';
export { commandData, eventData } from './facts.js';
export { type FoundingCase, type Stage, stages } from './founding/case.js';
export { driee } from './founding/driee.js';
export { julien } from './founding/julien.js';
export { valerie } from './founding/valerie.js';
export { type Aside, commandOf, type GivenCommand, type Who } from './given-command.js';
export { played } from './played.js';
export {
  type Decider,
  type Given,
  type Outcome,
  type Past,
  type PastMeta,
  past,
  scenarios,
  type When,
} from './scenario.js';
export { docHash, employ, settle, welcome } from './steps.js';
export {
  apply,
  assign,
  engage,
  hoursOf,
  type Lending,
  lend,
  type Place,
  sign,
  submit,
  volunteer,
} from './steps-lending.js';
