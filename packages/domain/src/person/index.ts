export {
  ChangeContactPreferences,
  DeclareCareerStage,
  DestroySubjectKey,
  EndEmployment,
  GrantLeave,
  RecordSecondment,
  RegisterPerson,
  ReportAccident,
  SetLoadedCost,
  SetManager,
  SetServiceDuty,
  StartEmployment,
  UpdateSkills,
} from './commands.js';
export { personHandlers, personHandlersFor } from './decide.js';
export {
  AccidentReported,
  CareerStageDeclared,
  CivilServiceBranch,
  ContactPreferencesChanged,
  EmploymentEnded,
  EmploymentStarted,
  EmploymentStatus,
  LeaveGranted,
  LoadedCostSet,
  ManagerSet,
  type PersonFact,
  PersonRegistered,
  personEvents,
  SecondmentRecorded,
  ServiceDutySet,
  SkillsUpdated,
  SubjectKeyDestroyed,
} from './events.js';
export { leaveAllowanceOn } from './leave-allowance.js';
export {
  employedOn,
  employmentOf,
  employmentsOn,
  loadedCostOn,
  managerOn,
  secondmentsWith,
  valueOn,
  weeklyMinutesOn,
} from './queries.js';
export { type PersonRuleId, personRules } from './rules.js';
export { type Employment, type From, type Leave, type PersonState, person, type Secondment } from './state.js';
