/** Whether the changes are worded as coming changes, or as differences from the right state. */
export type Wording = 'plan' | 'drift'
