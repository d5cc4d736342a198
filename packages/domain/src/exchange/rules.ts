import type { Rule } from '../kernel/rule.js';

/** Rules of exchanges. */
export const exchangeRules = {
  'exchange.same-person': {
    severity: 'refuse',
    message: {
      fr: "Les deux affectations sont celles de la même personne ({personId}) : un échange se fait à deux, chacun allant chez l'autre.",
      en: "Both assignments are the same person's ({personId}): an exchange takes two, each going to the other's place.",
    },
  },
  'exchange.not-reciprocal': {
    severity: 'justify',
    message: {
      fr: "L'échange n'est pas réciproque : ces affectations mènent là où l'autre personne n'est ni employée ni désignée : {assignmentIds}. Sinon, justifier par écrit (même groupe, par exemple).",
      en: 'The exchange is not reciprocal: these assignments lead to where the other person is neither employed nor designated: {assignmentIds}. Otherwise justify in writing (the same group, for instance).',
    },
  },
  'exchange.outside-cohort': {
    severity: 'refuse',
    message: {
      fr: "L'échange {exchangeId} est ouvert à une promotion : aucune des deux personnes n'en fait partie ; l'y inscrire d'abord.",
      en: 'The exchange {exchangeId} is held for a cohort: neither of the two belongs to it; enrol one first.',
    },
  },
  'exchange.in-other-cohort': {
    severity: 'refuse',
    message: {
      fr: 'Déjà inscrites dans cet échange au titre d’une autre école : {personIds}. Une personne relève d’une seule promotion.',
      en: 'Already enrolled in this exchange from another school: {personIds}. A person belongs to one cohort.',
    },
  },
  'exchange.wrong-state': {
    severity: 'refuse',
    message: {
      fr: "Dans l'échange {exchangeId}, l'affectation {assignmentId} est dans l'état « {status} » (avec {pairedWith}) ; il faudrait : {expected}.",
      en: 'In the exchange {exchangeId} the assignment {assignmentId} is in the state "{status}" (with {pairedWith}); it would have to be: {expected}.',
    },
  },
} as const satisfies Record<string, Rule>;

/** The id of a rule of exchanges. */
export type ExchangeRuleId = keyof typeof exchangeRules;
