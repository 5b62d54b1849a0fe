import { VIEWER } from './author.ts'
import { MINIMIZE } from './comments.ts'

/** The GraphQL documents that publishing sends, word for word: a client for one repository admits no others. */
export const GRAPHQL_DOCUMENTS: readonly string[] = [VIEWER, MINIMIZE]
