import type { Rule } from '../kernel/rule.js';

/** Rules of sessions. Facts list every date that a rule speaks of. */
export const scheduleRules = {
  'session.outside-force': {
    severity: 'refuse',
    message: {
      fr: "La convention ou l'affectation {assignmentId} ne couvre pas {dates} : planifier à un jour où les deux sont en vigueur.",
      en: 'The convention or the assignment {assignmentId} does not cover {dates}: plan on a day on which both are in force.',
    },
  },
  'session.in-suspension': {
    severity: 'refuse',
    message: {
      fr: 'La convention est suspendue : {dates} (affectation {assignmentId}) ; planifier après la reprise.',
      en: 'The convention is suspended: {dates} (assignment {assignmentId}); plan after it resumes.',
    },
  },
  'session.on-holiday': {
    severity: 'warn',
    message: {
      fr: 'Jour férié au lieu de la séance (calendrier {calendar}) : {dates}.',
      en: 'A public holiday where the session takes place (calendar {calendar}): {dates}.',
    },
  },
  'session.overlaps-session': {
    severity: 'refuse',
    message: {
      fr: "Une autre séance de l'agent a lieu en même temps : {dates} (séances {sessionIds}) ; choisir un autre horaire.",
      en: 'Another session of the agent takes place at the same time: {dates} (sessions {sessionIds}); choose another time.',
    },
  },
  'session.exceeds-rhythm': {
    severity: 'warn',
    message: {
      fr: 'Au-delà du rythme convenu pour la mission ({rhythm}) : {dates} ; s’en assurer auprès de l’agent et de l’employeur.',
      en: 'Beyond the rhythm agreed for the mission ({rhythm}): {dates}; make sure that agent and employer agree.',
    },
  },
  'session.nonexistent-local-time': {
    severity: 'refuse',
    message: {
      fr: "{start} n'existe pas à {zone} : {dates} (passage à l'heure d'été) ; choisir une autre heure.",
      en: '{start} does not exist in {zone}: {dates} (the clocks go forward); choose another time.',
    },
  },
  'session.ambiguous-local-time': {
    severity: 'refuse',
    message: {
      fr: '{start} existe deux fois à {zone} : {dates} ; préciser « fold » : first ou second.',
      en: '{start} occurs twice in {zone}: {dates}; say which with "fold": first or second.',
    },
  },
  'session.wrong-state': {
    severity: 'refuse',
    message: {
      fr: "{id} est dans l'état « {status} » ; il faudrait : {expected}.",
      en: '{id} is in the state "{status}"; it would have to be: {expected}.',
    },
  },
} as const satisfies Record<string, Rule>;

/** The id of a rule of sessions. */
export type ScheduleRuleId = keyof typeof scheduleRules;
