export { CivilServiceBranch, EmploymentStatus, type PersonFact, personEvents } from './events.js';
export {
  employedOn,
  employmentOf,
  employmentsOn,
  fullTimeWeeklyMinutes,
  loadedCostOn,
  managerOn,
  secondmentsWith,
  weeklyMinutesOn,
} from './queries.js';
export { type Employment, type Leave, type PersonState, person, type Secondment } from './state.js';
