import type { Rule } from '../kernel/rule.js';

/** Rules of partnerships. */
export const partnershipRules = {
  'partnership.not-a-partner': {
    severity: 'refuse',
    message: {
      fr: "Une contribution va d'un partenaire à un autre ; ne sont pas partenaires de {partnershipId} : {organisationIds}.",
      en: 'A contribution goes from one partner to another; not partners in {partnershipId}: {organisationIds}.',
    },
  },
  'partnership.same-organisation': {
    severity: 'refuse',
    message: {
      fr: "L'organisme {organisationId} ne peut contribuer pour lui-même : désigner deux partenaires.",
      en: 'The organisation {organisationId} cannot contribute to itself: name two partners.',
    },
  },
  'partnership.contribution-in-the-future': {
    severity: 'refuse',
    message: {
      fr: "La contribution est datée du {on}, après le {today} : on l'enregistre une fois apportée.",
      en: 'The contribution is dated {on}, after {today}: it is recorded once it has been given.',
    },
  },
  'partnership.contribution-differs': {
    severity: 'refuse',
    message: {
      fr: "La contribution {contributionId} est déjà enregistrée avec d'autres données : rien ne s'y modifie ; prendre un nouvel identifiant pour une autre contribution.",
      en: 'The contribution {contributionId} is already recorded with other facts: nothing in it is edited; take a new id for another contribution.',
    },
  },
  'partnership.stage-not-forward': {
    severity: 'refuse',
    message: {
      fr: 'Le partenariat {partnershipId} en est à « {from} » : il avance de « financial » à « in_kind » puis « skills », sans revenir à « {to} ».',
      en: 'The partnership {partnershipId} stands at "{from}": it advances from "financial" over "in_kind" to "skills", and not back to "{to}".',
    },
  },
  'partnership.contribution-missing': {
    severity: 'refuse',
    message: {
      fr: "Aucune contribution « {to} » n'est enregistrée au {today} : l'étape se constate, elle ne s'annonce pas ; enregistrer d'abord la contribution.",
      en: 'No contribution "{to}" is recorded by {today}: a stage is established, not announced; record the contribution first.',
    },
  },
  'partnership.wrong-state': {
    severity: 'refuse',
    message: {
      fr: "Le partenariat {partnershipId} est dans l'état « {status} » ; il faudrait : {expected}.",
      en: 'The partnership {partnershipId} is in the state "{status}"; it would have to be: {expected}.',
    },
  },
} as const satisfies Record<string, Rule>;

/** The id of a rule of partnerships. */
export type PartnershipRuleId = keyof typeof partnershipRules;
