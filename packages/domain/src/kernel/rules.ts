import type { Rule } from './rule.js';

/** Rules that hold for every command. */
export const kernelRules = {
  'role.not-allowed': {
    severity: 'refuse',
    message: {
      fr: 'Le rôle « {role} » ne permet pas la commande {command} ; rôles admis : {roles}.',
      en: 'The role "{role}" may not give the command {command}; roles that may: {roles}.',
    },
  },
  'role.not-designated': {
    severity: 'refuse',
    message: {
      fr: 'La personne agit comme « {role} » sans avoir été désignée à ce titre pour {scope} : la faire désigner, ou laisser agir qui l’est.',
      en: 'The person acts as "{role}" without having been designated as such for {scope}: have them designated, or let one act who is.',
    },
  },
  'command.id-reused': {
    severity: 'refuse',
    message: {
      fr: "L'identifiant de commande {commandId} a déjà servi à une commande au contenu différent : rien n'est fait ; pour une autre commande, prendre un nouvel identifiant.",
      en: 'The command id {commandId} was already used for a command with other content: nothing is done; take a new id for another command.',
    },
  },
} as const satisfies Record<string, Rule>;

/** The id of a rule that every command is looked at by. */
export type KernelRuleId = keyof typeof kernelRules;
