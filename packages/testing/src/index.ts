export { arbitraryOf, type Steering } from './arbitrary.js';
export { commandData, eventData } from './facts.js';
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
