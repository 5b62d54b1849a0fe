import { type Document, isDocument, type Json } from '../core/json.ts'
import type { Scope } from '../core/scope.ts'
import { yamlPath } from '../core/yaml-path.ts'
import { type CommentAt, printableYaml } from './printable-yaml.ts'

/** One scope of a configuration: family name → document. */
export interface ScopeBody {
  readonly scope: Scope
  /** Its own name as GitHub has it, where the name in the scope is folded. */
  readonly name?: string
  readonly body: Document
}

/**
 * A configuration as YAML.
 * @param owner the kind of the owner: its repositories are below its own key, where it has one
 * @param commentAt the comments in it
 * @param product `github.product`, where the server does not tell it
 */
export function renderConfiguration(
  bodies: readonly ScopeBody[],
  owner: 'enterprise' | 'organization' | 'personal',
  commentAt?: CommentAt,
  product?: string,
): string {
  let document: Document = {}
  for (const { scope, name, body } of bodies) {
    const path = yamlPath(scope, owner !== 'personal', name)
    const there = valueAt(document, path)
    document = withValueAt(document, path, { ...(isDocument(there) ? there : {}), ...body })
  }
  return printableYaml(
    { version: 1, ...(product === undefined ? {} : { github: { product } }), ...document },
    commentAt,
  )
}

function valueAt(document: Json | undefined, path: readonly string[]): Json | undefined {
  return path.reduce((at, step) => (isDocument(at) && Object.hasOwn(at, step) ? at[step] : undefined), document)
}

function withValueAt(document: Document, [step = '', ...rest]: readonly string[], value: Document): Document {
  const inner = valueAt(document, [step])
  return { ...document, [step]: rest.length === 0 ? value : withValueAt(isDocument(inner) ? inner : {}, rest, value) }
}
