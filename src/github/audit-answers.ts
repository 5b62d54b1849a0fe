import type { AnswerFields, AnswerTable } from './answer-row.ts'
import type { Fields } from './shape.ts'

/** They stand beside the described fields or in `data`, by release, and no description names them. */
const SUBJECT: Fields = {
  'key|null?': 'text',
  'runner_group_name|null?': 'text',
  'environment_name|null?': 'text',
}
const AUDIT_EVENTS: AnswerFields = {
  items: {
    'action|null?': 'text',
    // An act of GitHub itself, or of an account that is gone.
    'actor|null?': 'text',
    'repo|null?': 'text',
    // Milliseconds since 1970.
    'created_at|null?': 'count',
    '@timestamp|null?': 'count',
    'name|null?': 'text',
    ...SUBJECT,
    'data|null?': { fields: { 'name|null?': 'text', ...SUBJECT } },
  },
  in: null,
}

/** The answers of audit logs, in which no field is required. */
export const AUDIT_ANSWERS: AnswerTable = {
  'GET /orgs/{org}/audit-log': AUDIT_EVENTS,
  'GET /enterprises/{enterprise}/audit-log': AUDIT_EVENTS,
}
