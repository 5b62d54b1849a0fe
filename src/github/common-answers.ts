import type { AnswerFields } from './answer-row.ts'
import type { Type } from './shape.ts'

/** The scope in which a secret, a variable or a runner group can be used. */
export const ACCESS: Type = ['all', 'private', 'selected']
/** Names compare without case. */
export const BY_NAME = { by: 'name', fold: 'case' } as const

/** A list of organizations. */
export const ORGANIZATIONS: AnswerFields = {
  items: { id: 'id', login: 'login' },
  in: 'organizations',
  alone: { by: 'login', fold: 'case' },
}

/** A list of repositories. */
export const REPOSITORIES: AnswerFields = {
  items: { id: 'id', name: 'repository name' },
  in: 'repositories',
  alone: BY_NAME,
}
