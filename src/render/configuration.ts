import { type Document, isDocument, type Json } from '../core/json.ts'
import { namesOf, type Scope } from '../core/scope.ts'
import type { ShownAs } from '../core/shown-names.ts'
import { yamlPath } from '../core/yaml-path.ts'
import { type CommentAt, printableYaml } from './printable-yaml.ts'

/** One scope of a configuration: family name → document. */
export interface ScopeBody {
  readonly scope: Scope
  /** Its own name as GitHub has it, where the name in the scope is folded. */
  readonly name?: string
  readonly body: Document
}

interface Rendering {
  /** The comments in it. */
  readonly commentAt?: CommentAt | undefined
  /** `github.product`, where the server does not tell it. */
  readonly product?: string | undefined
  /** The login of the owner. */
  readonly login?: string | undefined
  /** Repositories as GitHub shows them. */
  readonly shown?: ShownAs
}

/**
 * A configuration as YAML.
 * @param owner the kind of the owner: its repositories are below its own key, where it has one
 */
export function renderConfiguration(
  bodies: readonly ScopeBody[],
  owner: 'enterprise' | 'organization' | 'personal',
  { commentAt, product, login, shown = (name) => name }: Rendering = {},
): string {
  let document: Document = {}
  for (const { scope, name, body } of bodies) {
    const [first = '', ...below] = namesOf(scope)
    const names = [login ?? first, ...below.map(shown)]
    const path = yamlPath(scope, owner !== 'personal', name === undefined ? names : names.with(-1, name))
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
