import { dirname, isAbsolute, relative, resolve, win32 } from 'node:path'
import { byText } from '../core/address.ts'
import type { Source } from '../core/diagnostic.ts'
import { type Document, isDocument } from '../core/json.ts'
import { isRepositoryName } from '../core/repository-name.ts'
import type { RuleProblem } from './duplicate-names.ts'
import type { TextFile } from './text-file.ts'
import type { YamlFile } from './yaml-file.ts'

/** The place of the ledger: a file here, or one on a branch of a repository, which several machines can share. */
export type LedgerPlace =
  | {
      /** Absolute. */
      readonly path: string
      /** The folder that it stays below, links resolved: the one of the YAML that names it. Absolute. */
      readonly below: string
    }
  | {
      /** `owner/name`. */
      readonly repository: string
      /** The line that names it. */
      readonly source?: Source
      readonly branch: string
      /** Below the repository's root. */
      readonly path: string
    }

const DEFAULT_PATH = '.octoform/ledger.json'

/**
 * Finds the ledger's place. A path is relative to the file that gives it, links resolved; without one it lies beside
 * the file that lies highest, in any order of the arguments.
 */
export function ledgerPlace(
  texts: readonly TextFile[],
  ledger: { readonly file: YamlFile; readonly document: Document } | undefined,
): LedgerPlace {
  const { repository, branch, path } = ledger?.document ?? {}
  if (typeof repository === 'string' && typeof branch === 'string' && typeof path === 'string') {
    const source = ledger?.file.valuePlace(['ledger', 'repository'])
    return { repository, branch, path, ...(source && { source }) }
  }
  const declaring = texts.find(({ name }) => name === ledger?.file.name)
  if (declaring !== undefined && typeof path === 'string') {
    const below = dirname(declaring.real)
    return { path: resolve(below, path), below }
  }
  const depth = ({ real }: TextFile): number => real.split(/[\\/]/).length
  const [highest] = [...texts].sort((left, right) => depth(left) - depth(right) || byText(left.real, right.real))
  const below = resolve(highest === undefined ? '.' : dirname(highest.real))
  return { path: resolve(below, DEFAULT_PATH), below }
}

/** Those that the YAML gives, one or a list. */
export function publicKeys(ledger: Document | undefined): readonly string[] {
  const given = ledger?.public_key
  return (Array.isArray(given) ? given : [given]).filter((key) => typeof key === 'string')
}

/** Reports a ledger in a repository with missing keys, or with names that GitHub could not keep. */
export function* checkLedger(file: YamlFile): Iterable<RuleProblem> {
  const ledger = isDocument(file.value) && isDocument(file.value.ledger) ? file.value.ledger : {}
  const text = (key: string): string | undefined => {
    const given = ledger[key]
    return typeof given === 'string' ? given : undefined
  }
  const repository = text('repository')
  const branch = text('branch')
  const path = text('path')
  if (repository === undefined) {
    const why = path === undefined ? undefined : whyNoFile(path)
    if (why !== undefined) yield { message: `\`path\` ${why}, such as \`${DEFAULT_PATH}\``, path: ['ledger', 'path'] }
    if (branch !== undefined) {
      yield { message: '`branch` needs a `repository`: a ledger in a file has no branch', path: ['ledger', 'branch'] }
    }
    return
  }
  for (const key of ['branch', 'path']) {
    if (ledger[key] !== undefined) continue
    const example = '{ repository: acme/admin, branch: octoform, path: ledger.json }'
    yield { message: `a ledger in a repository needs \`${key}\` too: \`${example}\``, path: ['ledger', 'repository'] }
  }
  if (!isRepositoryName(repository)) {
    yield { message: '`repository` must be written as `owner/name`', path: ['ledger', 'repository'] }
  }
  if (branch !== undefined && !isBranch(branch)) {
    yield {
      message: '`branch` cannot be the name of a branch; write one such as `octoform`',
      path: ['ledger', 'branch'],
    }
  }
  if (path !== undefined && !isPath(path)) {
    yield {
      message: "`path` must lead down from the repository's root, such as `ledger.json`",
      path: ['ledger', 'path'],
    }
  }
}

/**
 * https://git-scm.com/docs/git-check-ref-format; a name with the form of a whole reference or a commit would be
 * ambiguous.
 */
function isBranch(name: string): boolean {
  const steps = name.split('/')
  if (steps.some((step) => step === '' || step.startsWith('.') || /(\.lock|\.)$/i.test(step))) return false
  if (/^(refs\/|-|HEAD$|[0-9a-f]{40}$)/i.test(name)) return false
  return !/[\s~^:?*[\\\p{Cc}]|\.\.|@\{/u.test(name) && name !== '@' && name.length <= 200
}

/** The reason why a ledger cannot lie there, as far as its path shows one. */
function whyNoFile(path: string): string | undefined {
  if (!isBelow(path)) return 'must lead down from the folder of this file'
  if (path.split(/[\\/]/).some((step) => /^\.git$/i.test(step))) return 'leads into a .git folder: write another one'
  if (path.includes('\0')) return 'holds a character that no file name can hold: write one'
  return undefined
}

/** Offline; that no link leads out is looked at when it is opened. */
function isBelow(path: string): boolean {
  const inner = relative('/f', resolve('/f', path))
  return !isAbsolute(path) && !win32.isAbsolute(path) && inner !== '' && !/^\.\.(\/|\\|$)/.test(inner)
}

/** Whether git takes the path as its own, on any system. */
function isPath(path: string): boolean {
  const steps = path.split('/')
  return !steps.some((step) => step === '' || /^\.{1,2}$|^\.git$/i.test(step)) && !/[\\:\p{Cc}]/u.test(path)
}
