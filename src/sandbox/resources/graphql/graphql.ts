import { READ_ONLY } from '../../http/archived.ts'
import { type Answer, type Call, ok } from '../../http/call.ts'
import { Refusal } from '../../http/errors.ts'
import { actorOf } from '../accounts/actor.ts'
import { nodeId } from '../accounts/present-owner.ts'
import { CLASSIFIERS, type Classifier, type Comment, issuesOf } from '../issues/issue.ts'
import { authorizeIssue } from '../issues/issue-in.ts'
import { COMMENT_NODE, minimizedReason } from '../issues/present-issue.ts'
import type { Resource } from '../resource.ts'
import { DocumentError, type Field, type Operation, parseDocument, type Value } from './document.ts'

/** GraphQL: as much of it as no REST endpoint has (https://docs.github.com/graphql/reference/mutations#minimizecomment). */
export const graphql: Resource = { routes: [{ method: 'POST', template: '/graphql', handle: answerQuery }] }

/** One entry of `errors`. With a type, the field alone failed; without one, the whole request. */
class GraphqlError extends Error {
  readonly type: 'NOT_FOUND' | 'FORBIDDEN' | undefined

  constructor(message: string, type?: 'NOT_FOUND' | 'FORBIDDEN') {
    super(message)
    this.type = type
  }
}

/** The values of a request's variables, and of the fields of an input: texts, or maps of them. */
type Given = Readonly<Record<string, unknown>>

/** A request that GraphQL cannot serve has status 200 too, and lists its problems in `errors`. */
function answerQuery(call: Call): Answer {
  const data: Record<string, unknown> = {}
  const errors: object[] = []
  try {
    const { operation, variables } = requestIn(call)
    for (const field of operation.fields) {
      try {
        data[field.key] = resolveField(call, operation, field, variables)
      } catch (error) {
        if (!(error instanceof GraphqlError) || error.type === undefined) throw error
        data[field.key] = null
        errors.push({ type: error.type, path: [field.key], message: error.message })
      }
    }
  } catch (error) {
    if (!(error instanceof GraphqlError || error instanceof DocumentError)) throw error
    return ok({ errors: [{ message: error.message }] })
  }
  return ok({ data, ...(errors.length > 0 ? { errors } : {}) })
}

function requestIn(call: Call): { operation: Operation; variables: Given } {
  const { query, variables = {} } = mapOf(call.body)
  if (typeof query !== 'string') {
    throw new GraphqlError('A query attribute must be specified and must be a string.')
  }
  const operation = parseDocument(query)
  const given = mapOf(variables)
  for (const name of operation.requires) {
    if (given[name] === undefined || given[name] === null) {
      throw new GraphqlError(`Variable $${name} was provided invalid value: Expected value to not be null`)
    }
  }
  return { operation, variables: given }
}

function resolveField(call: Call, { kind }: Operation, field: Field, variables: Given): unknown {
  if (kind === 'query' && field.name === 'viewer') {
    const { login, type } = actorOf(call)
    return picked(field, type, { __typename: type, login })
  }
  if (kind === 'mutation' && field.name === 'minimizeComment') return minimizeComment(call, field, variables)
  throw unknownField(field.name, kind === 'query' ? 'Query' : 'Mutation')
}

function minimizeComment(call: Call, field: Field, variables: Given): object {
  const { input } = field.arguments
  const given = mapOf(input === undefined ? undefined : plain(input, variables, 'input'))
  const { subjectId, classifier: sent, clientMutationId = null } = given
  if (typeof subjectId !== 'string') throw invalidInput('subjectId', 'ID!')
  const classifier = CLASSIFIERS.find((each) => each === sent)
  if (classifier === undefined) throw invalidInput('classifier', 'ReportedContentClassifiers!')
  const comment = writableComment(call, subjectId)
  const answer = { clientMutationId, minimizedComment: minimizedForm(classifier) }
  const form = picked(field, 'MinimizeCommentPayload', answer)
  comment.minimized = classifier
  return form
}

function minimizedForm(classifier: Classifier): object {
  const minimizedReasonText = minimizedReason(classifier)
  return { __typename: COMMENT_NODE, isMinimized: true, minimizedReason: minimizedReasonText, viewerCanMinimize: true }
}

/**
 * Finds a comment that the token may hide. GraphQL needs the same permission for hiding a comment as REST for changing
 * it.
 * @throws GraphqlError when no comment that the token sees has this id, the token may not change it, or it cannot be
 * changed.
 */
function writableComment(call: Call, id: string): Comment {
  const missing = new GraphqlError(`Could not resolve to a node with the global id of '${id}'`, 'NOT_FOUND')
  for (const repository of call.world.repositories.values()) {
    for (const issue of issuesOf(repository).values()) {
      const comment = issue.comments.find((each) => nodeId(COMMENT_NODE, each.id) === id)
      if (!comment) continue
      try {
        authorizeIssue({ ...call, params: { owner: repository.owner.login, repo: repository.name } }, issue, 'write')
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        throw error.status === 404 ? missing : new GraphqlError(error.message, 'FORBIDDEN')
      }
      if (repository.archived) throw new GraphqlError(READ_ONLY, 'FORBIDDEN')
      return comment
    }
  }
  throw missing
}

/** The requested fields, under their requested names. @throws GraphqlError for one that does not exist. */
function picked(field: Field, type: string, object: object): object {
  if (field.fields.length === 0) {
    throw new GraphqlError(`Field must have selections (field '${field.name}' returns ${type} but has no selections.)`)
  }
  const known = new Map<string, unknown>(Object.entries(object))
  const entries = field.fields.map((each) => {
    if (!known.has(each.name)) throw unknownField(each.name, type)
    const value = known.get(each.name)
    return [each.key, isMap(value) ? picked(each, each.name, value) : value]
  })
  return Object.fromEntries(entries)
}

/** A value with its variables filled in. @throws GraphqlError for text where GraphQL wants a word. */
function plain(value: Value, variables: Given, name: string): unknown {
  if (value.kind === 'variable') return variables[value.value]
  if (value.kind === 'object') {
    return Object.fromEntries(Object.entries(value.value).map(([key, each]) => [key, plain(each, variables, key)]))
  }
  const isWord = value.kind === 'word'
  if (isWord !== (name === 'classifier')) throw invalidInput(name, name === 'classifier' ? 'word' : 'text')
  return value.value
}

function invalidInput(name: string, type: string): GraphqlError {
  return new GraphqlError(
    `Argument '${name}' on InputObject 'MinimizeCommentInput' has an invalid value. Expected type '${type}'.`,
  )
}

function unknownField(name: string, type: string): GraphqlError {
  return new GraphqlError(`Field '${name}' doesn't exist on type '${type}'`)
}

function mapOf(value: unknown): Given {
  return isMap(value) ? value : {}
}

function isMap(value: unknown): value is Given {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
