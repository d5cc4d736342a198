import type { Rule } from '../kernel/rule.js';

/** Rules of hours. */
export const hoursRules = {
  'hours.not-positive': {
    severity: 'refuse',
    message: {
      fr: 'La durée déclarée est de {minutes} minutes : elle doit être d’au moins une minute.',
      en: 'The declared duration is {minutes} minutes: it must be at least one minute.',
    },
  },
  'hours.in-the-future': {
    severity: 'refuse',
    message: {
      fr: 'Ces heures ne sont pas encore passées ({ends}) ; il est {now} sur le lieu de la mission ({zone}) : déclarer une fois le travail fait.',
      en: 'These hours are not over yet ({ends}); it is {now} where the mission takes place ({zone}): declare once the work is done.',
    },
  },
  'hours.outside-force': {
    severity: 'refuse',
    message: {
      fr: "La convention n'est pas en vigueur pour l'agent : {dates}.",
      en: 'The convention is not in force for the agent: {dates}.',
    },
  },
  'hours.outside-assignment': {
    severity: 'refuse',
    message: {
      fr: "L'affectation {assignmentId} de l'agent ne couvre pas : {dates}.",
      en: "The agent's assignment {assignmentId} does not cover: {dates}.",
    },
  },
  'hours.in-suspension': {
    severity: 'refuse',
    message: {
      fr: 'La convention est suspendue : {dates} ; un jour suspendu ne compte pas d’heures.',
      en: 'The convention is suspended: {dates}; no hours count on a suspended day.',
    },
  },
  'hours.agent-left': {
    severity: 'refuse',
    message: {
      fr: "L'agent n'a pas l'emploi {employmentId} : {dates}.",
      en: 'The agent does not have the employment {employmentId}: {dates}.',
    },
  },
  'hours.session-cancelled': {
    severity: 'refuse',
    message: {
      fr: 'La séance {sessionId} est annulée : déclarer sans séance, ou la faire rétablir.',
      en: 'The session {sessionId} is cancelled: declare without a session, or have it reinstated.',
    },
  },
  'hours.nonexistent-local-time': {
    severity: 'refuse',
    message: {
      fr: "{start} n'existe pas le {workDate} à {zone} (passage à l'heure d'été).",
      en: '{start} does not exist on {workDate} in {zone} (the clocks go forward).',
    },
  },
  'hours.ambiguous-local-time': {
    severity: 'refuse',
    message: {
      fr: '{start} existe deux fois le {workDate} à {zone} : préciser « fold » : first ou second.',
      en: '{start} occurs twice on {workDate} in {zone}: say which with "fold": first or second.',
    },
  },
  'hours.overlap': {
    severity: 'refuse',
    message: {
      fr: "Ces heures en recouvrent d'autres de l'agent ({entryIds}) : corriger ou retirer les unes ou les autres.",
      en: 'These hours overlap other hours of the agent ({entryIds}): correct or withdraw one or the other.',
    },
  },
  'hours.daily-limit': {
    severity: 'refuse',
    message: {
      fr: 'Plus de {limit} minutes dans la journée, toutes missions confondues : {dates} ({minutes} minutes au plus).',
      en: 'More than {limit} minutes in a day, over all missions: {dates} (up to {minutes} minutes).',
    },
    source: 'décret 2000-815, art. 3',
  },
  'hours.quota-exceeded': {
    severity: 'refuse',
    message: {
      fr: "La quotité {quota} de l'affectation {assignmentId} permet {ceiling} minutes sur {window} ; il y en aurait {minutes}.",
      en: 'The quota {quota} of the assignment {assignmentId} allows {ceiling} minutes in {window}; there would be {minutes}.',
    },
  },
  'hours.allotment-exceeded': {
    severity: 'refuse',
    message: {
      fr: "L'affectation {assignmentId} dispose de {allotted} minutes du volume de la convention ; il y en aurait {minutes}.",
      en: "The assignment {assignmentId} has {allotted} minutes of the convention's pool; there would be {minutes}.",
    },
  },
  'hours.same-person': {
    severity: 'refuse',
    message: {
      fr: 'La même personne a déjà agi sur ces heures ({as}) : qui déclare, qui confirme, qui tranche et qui valide sont des personnes différentes.',
      en: 'The same person already acted on these hours ({as}): those who declare, confirm, resolve and validate are different people.',
    },
  },
  'hours.on-own-time': {
    severity: 'refuse',
    message: {
      fr: "L'affectation {assignmentId} est sur le temps personnel ({title}) : il n'y a pas d'heures de service à déclarer.",
      en: "The assignment {assignmentId} is on one's own time ({title}): there are no hours of service to declare.",
    },
  },
  'hours.unknown-entry': {
    severity: 'refuse',
    message: {
      fr: "La saisie {entryId} n'existe pas chez cet agent.",
      en: 'This agent has no entry {entryId}.',
    },
  },
  'hours.correction-below-zero': {
    severity: 'refuse',
    message: {
      fr: 'La saisie {entryId} compte {minutes} minutes : en ôter davantage ({deltaMinutes}) est impossible.',
      en: 'The entry {entryId} counts {minutes} minutes: no more can be taken off ({deltaMinutes}).',
    },
  },
  'hours.resolution-above-declared': {
    severity: 'refuse',
    message: {
      fr: 'La décision ({minutes} minutes) dépasse ce que l’agent a déclaré ({declared} minutes) : au plus la durée déclarée.',
      en: 'The resolution ({minutes} minutes) is above what the agent declared ({declared} minutes): at most the declared duration.',
    },
  },
  'hours.convention-closed': {
    severity: 'refuse',
    message: {
      fr: 'La convention de l’affectation {assignmentId} est close : ses heures ne changent plus.',
      en: 'The convention of the assignment {assignmentId} is closed: its hours no longer change.',
    },
  },
  'hours.period-closed': {
    severity: 'refuse',
    message: {
      fr: 'Le mois {month} est clos : une différence s’inscrit comme ajustement, dans un mois ouvert.',
      en: 'The month {month} is closed: a difference is recorded as an adjustment, in an open month.',
    },
  },
  'hours.wrong-state': {
    severity: 'refuse',
    message: {
      fr: "{id} est dans l'état « {status} » ; il faudrait : {expected}.",
      en: '{id} is in the state "{status}"; it would have to be: {expected}.',
    },
  },
} as const satisfies Record<string, Rule>;

/** Rules of the closing of months. */
export const periodRules = {
  'period.not-ended': {
    severity: 'refuse',
    message: {
      fr: "Le mois {month} n'est pas terminé ({today}) : le clore à partir du mois suivant.",
      en: 'The month {month} has not ended ({today}): close it from the next month on.',
    },
  },
  'period.unsettled-hours': {
    severity: 'refuse',
    message: {
      fr: '{count} saisies de {month} ne sont ni validées ni retirées : {entryIds}.',
      en: '{count} entries of {month} are neither validated nor withdrawn: {entryIds}.',
    },
  },
  'period.earlier-open': {
    severity: 'refuse',
    message: {
      fr: 'Des mois antérieurs à {month} portent des heures et sont ouverts : {months} ; les mois se ferment dans l’ordre.',
      en: 'Months before {month} hold hours and are open: {months}; months are closed in order.',
    },
  },
  'period.already-closed': {
    severity: 'refuse',
    message: {
      fr: 'Le mois {month} est déjà clos pour l’emploi {employmentId}.',
      en: 'The month {month} is already closed for the employment {employmentId}.',
    },
  },
} as const satisfies Record<string, Rule>;

/** All rules of an agent's time. */
export const agentTimeRules = { ...hoursRules, ...periodRules } as const;

/** The id of a rule of an agent's time. */
export type AgentTimeRuleId = keyof typeof agentTimeRules;
