/** The variable with the ledger key. */
export const KEY_VARIABLE = 'OCTOFORM_LEDGER_KEY'

/** The variable with the key that it replaces. */
export const PREVIOUS_KEY_VARIABLE = 'OCTOFORM_LEDGER_KEY_PREVIOUS'
