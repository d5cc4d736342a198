import type { Rule } from '../kernel/rule.js';

/** Rules of reviews. */
export const reviewRules = {
  'review.already-submitted': {
    severity: 'refuse',
    message: {
      fr: "La partie « {party} » a déjà déposé un autre bilan sous {reviewId} : rien ne s'y modifie ; pour le compléter, demander un nouveau bilan.",
      en: 'The party "{party}" has already submitted another account under {reviewId}: nothing in it is edited; to add to it, request a new review.',
    },
  },
  'review.before-the-end': {
    severity: 'warn',
    message: {
      fr: "Le bilan final est déposé alors que la convention {conventionId} n'est pas terminée (elle est : {status}).",
      en: 'The final review is submitted while the convention {conventionId} is not over (it is: {status}).',
    },
  },
  'review.nothing-to-countersign': {
    severity: 'refuse',
    message: {
      fr: "Sous {reviewId}, seule la partie « {party} » a déposé un bilan : on ne contresigne pas le sien ; attendre celui de l'autre partie.",
      en: 'Under {reviewId} only the party "{party}" has submitted: one does not countersign one\'s own account; wait for the other party\'s.',
    },
  },
  'review.already-countersigned': {
    severity: 'refuse',
    message: {
      fr: 'Une autre personne a déjà contresigné le bilan {reviewId} pour la partie « {party} » : une contresignature par partie suffit.',
      en: 'Somebody else has already countersigned the review {reviewId} for the party "{party}": one countersignature a party is enough.',
    },
  },
  'review.wrong-state': {
    severity: 'refuse',
    message: {
      fr: "Le bilan {reviewId} est dans l'état « {status} » ; il faudrait : {expected}.",
      en: 'The review {reviewId} is in the state "{status}"; it would have to be: {expected}.',
    },
  },
} as const satisfies Record<string, Rule>;

/** The id of a rule of reviews. */
export type ReviewRuleId = keyof typeof reviewRules;
