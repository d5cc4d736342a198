export { type OrganisationFact, OrganisationKind, organisationEvents, RepresentativeRole } from './events.js';
export { type AccreditationStatus, accreditationOn, hasEvidence, isRepresentative, isTutor } from './queries.js';
export { type OrganisationState, organisation } from './state.js';
