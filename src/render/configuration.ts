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
  const document: Record<string, Json> = {}
  const own = new Set<object>([document])
  for (const { scope, name, body } of bodies) {
    const [first = '', ...below] = namesOf(scope)
    const names = [login ?? first, ...below.map(shown)]
    const path = yamlPath(scope, owner !== 'personal', name === undefined ? names : names.with(-1, name))
    addAt(document, path, body, own)
  }
  return printableYaml(
    { version: 1, ...(product === undefined ? {} : { github: { product } }), ...document },
    commentAt,
  )
}

/**
 * Adds a body to the block at a path. A copy of all blocks on the way for each of 10,000 repositories would take minutes.
 * @param own the blocks that may be changed: those of a body are copied first
 */
function addAt(document: Record<string, Json>, path: readonly string[], body: Document, own: Set<object>): void {
  let at = document
  for (const [index, step] of path.entries()) {
    const inner = Object.hasOwn(at, step) ? at[step] : undefined
    const there = isDocument(inner) ? inner : {}
    const isLast = index === path.length - 1
    const block: Record<string, Json> = own.has(there) && !isLast ? there : { ...there, ...(isLast ? body : {}) }
    own.add(block)
    // A repository may be named __proto__, which an assignment would take for the object's own.
    Object.defineProperty(at, step, { value: block, enumerable: true, configurable: true, writable: true })
    at = block
  }
}
