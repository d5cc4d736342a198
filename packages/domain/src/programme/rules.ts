import type { Rule } from '../kernel/rule.js';

/** Rules of programmes. */
export const programmeRules = {
  'programme.framework-not-in-force': {
    severity: 'refuse',
    message: {
      fr: "Le cadre juridique {framework} n'est pas connu, ou pas applicable au {from} : choisir un cadre en vigueur au premier jour de l'expérimentation.",
      en: 'The legal framework {framework} is not known, or does not apply on {from}: choose one in force on the first day of the experiment.',
    },
  },
  'programme.item-unknown': {
    severity: 'refuse',
    message: {
      fr: "L'étape « {item} » n'est pas dans la liste de l'expérimentation {programmeId} : {items}.",
      en: 'The item "{item}" is not in the checklist of the experiment {programmeId}: {items}.',
    },
  },
  'programme.administration-outside-scope': {
    severity: 'refuse',
    message: {
      fr: "L'administration {administrationId} ne participe pas à l'expérimentation {programmeId} : l'appui y va aux administrations du périmètre.",
      en: 'The administration {administrationId} takes no part in the experiment {programmeId}: its support goes to the administrations in scope.',
    },
  },
  'programme.support-in-the-future': {
    severity: 'refuse',
    message: {
      fr: "L'appui est daté du {on}, après le {today} : on l'enregistre une fois apporté.",
      en: 'The support is dated {on}, after {today}: it is recorded once it has been given.',
    },
  },
  'programme.support-differs': {
    severity: 'refuse',
    message: {
      fr: "L'appui {supportId} est déjà enregistré avec d'autres données : rien ne s'y modifie ; prendre un nouvel identifiant pour un autre appui.",
      en: 'The support {supportId} is already recorded with other facts: nothing in it is edited; take a new id for another one.',
    },
  },
  'programme.checklist-open': {
    severity: 'justify',
    message: {
      fr: "Étapes du kit qui restent à faire : {items}. Les achever avant d'évaluer, ou justifier par écrit de s'en passer.",
      en: 'Items of the kit still to be done: {items}. Complete them before evaluating, or justify in writing doing without.',
    },
  },
  'programme.before-the-end': {
    severity: 'warn',
    message: {
      fr: "L'expérimentation {programmeId} court jusqu'au {to} : elle est évaluée dès le {today}.",
      en: 'The experiment {programmeId} runs to {to}: it is evaluated as early as {today}.',
    },
  },
  'programme.wrong-state': {
    severity: 'refuse',
    message: {
      fr: "L'expérimentation {programmeId} est dans l'état « {status} » ; il faudrait : {expected}.",
      en: 'The experiment {programmeId} is in the state "{status}"; it would have to be: {expected}.',
    },
  },
} as const satisfies Record<string, Rule>;

/** The id of a rule of programmes. */
export type ProgrammeRuleId = keyof typeof programmeRules;
