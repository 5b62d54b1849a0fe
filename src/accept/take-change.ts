import type { Given } from '../config/given.ts'
import type { Path } from '../config/yaml-file.ts'
import { at as familyAt } from '../core/family-at.ts'
import { compileAddressGlob } from '../core/glob.ts'
import { type Document, getPath, isDocument, type Json, sameJson } from '../core/json.ts'
import { fieldAt, secretLeaf } from '../core/leaves.ts'
import type { Change } from '../core/plan.ts'
import { RENAMED_FROM } from '../core/rename.ts'
import { shownSpec } from '../core/shown-names.ts'
import { spelt } from '../core/spelling.ts'
import { wholeSpec } from '../core/whole-spec.ts'
import { type AddressContext, isOwnOf } from './address-context.ts'
import { CannotTake } from './cannot-take.ts'
import type { Edit } from './edit.ts'
import { type OwnEntry, ownEntries, ownEntry } from './own-entry.ts'
import { refusedBeside } from './refused-beside.ts'
import { shownAs } from './shown-as.ts'
import { shownNow } from './shown-now.ts'
import { takeList } from './take-list.ts'
import { placeOf, sharedAnchor, sharedAnchorBelow, type YamlText } from './yaml-places.ts'

/** The files of a configuration with their syntax, by name. */
export type Files = ReadonlyMap<string, YamlText>

/**
 * The edits after which the configuration agrees with GitHub at an address; none where it agrees as soon as the levels above
 * are taken over.
 * @throws CannotTake with the reason
 */
export function takeChange(change: Change, at: AddressContext, files: Files): readonly Edit[] {
  const hidden = familyAt(at.family, at.scope)?.unreadable?.(at.planned.facts.known.product)
  if (hidden !== undefined) throw new CannotTake(`${hidden}: the configuration stays as it is`)
  if (change.action === 'update') return update(change, at, files)
  return someOf(change.action === 'create' ? forget(change, at, files) : keep(change, at, files))
}

function someOf(edits: readonly Edit[]): readonly Edit[] {
  if (edits.length === 0) throw new CannotTake('what a set says of it cannot be taken back for it alone')
  return edits
}

/** Handles a member that GitHub lacks: its entry goes, or says `unmanaged` where a set would still give it. */
function forget(change: Change, at: AddressContext, files: Files): readonly Edit[] {
  const entries = ownEntries(at)
  const given = at.member?.mentions.some(({ layer }) => !isOwnOf(at.scope)(layer))
  const merged = entries.some((entry) => !isWritten(files, entry))
  const stays = given || merged ? ownEntry(at, change.source?.file) : undefined
  const gone = entries.filter((entry) => !sameEntry(entry, stays) && isWritten(files, entry))
  return [
    ...gone.map((entry): Edit => ({ kind: 'remove', ...entry })),
    ...(stays ? [{ kind: 'set' as const, ...stays, value: 'unmanaged' }] : []),
  ]
}

/** Handles a member that the configuration would delete: `absent` goes, or the entry gets GitHub's state. */
function keep(change: Change, at: AddressContext, files: Files): readonly Edit[] {
  const entries = ownEntries(at)
  const { section, facts, live } = at.planned
  const pruned = section.prune.some(({ glob }) => compileAddressGlob(glob)(at.address))
  const given = at.member?.mentions.some(({ layer }) => !isOwnOf(at.scope)(layer))
  if (entries.length > 0 && !pruned && !given && entries.every((entry) => isWritten(files, entry))) {
    return entries.map((entry): Edit => ({ kind: 'remove', ...entry }))
  }
  const there = live.find(({ key, fixed }) => key === at.key && fixed !== 'inherited')
  if (there === undefined) throw new CannotTake('what GitHub has of it was not read')
  const value = shownSpec(facts.family, spelt(facts.family.fields, wholeSpec(facts, there)), shownAs(at))
  return [{ kind: 'set', ...ownEntry(at, change.source?.file), value }]
}

/** Both have it, and fields differ. */
function update(change: Change, at: AddressContext, files: Files): readonly Edit[] {
  const { family, member } = at
  const [planned, after] = [change.before ?? {}, change.after ?? {}]
  const before = shownNow(at) ?? planned
  const differs = (from: Document, leaf: string): boolean => !sameJson(getPath(from, leaf), getPath(after, leaf))
  const differing = Object.keys(family.fields).filter((leaf) => {
    if (leaf === secretLeaf(family)) return false
    return differs(planned, leaf) || (getPath(after, leaf) !== undefined && differs(before, leaf))
  })
  if (differing.includes(RENAMED_FROM)) {
    throw new CannotTake(
      `GitHub has it as ${getPath(after, RENAMED_FROM)}: write that as its name, without renamed_from`,
    )
  }
  const refused = refusedBeside(at, before, differing)
  const edits = differing.flatMap((leaf): readonly Edit[] => {
    const live = getPath(before, leaf)
    if (live === undefined || refused.has(leaf)) return takeOut(at, leaf)
    if (!differs(before, leaf)) return []
    const given = member?.fields.get(leaf)?.given ?? member?.adds.get(leaf)?.at(-1) ?? member?.removes.get(leaf)?.at(-1)
    const entry = ownEntry(at, given?.layer.file ?? change.source?.file)
    const field = fieldAt(family, leaf)
    if (field.list === undefined) return [setField(at, leaf, live, entry)]
    const names = Array.isArray(live) ? live.filter((name: Json) => typeof name === 'string') : []
    return takeList({ at, leaf, field, live: names, entry, isOwn: (each) => isOwn(at, files, each) })
  })
  const beside = [...refused].filter((leaf) => !differing.includes(leaf)).flatMap((leaf) => takeOut(at, leaf))
  const all = withoutEmptyMaps([...edits, ...beside], files, ownEntries(at))
  return differing.some((leaf) => differs(before, leaf)) ? someOf(all) : all
}

function setField(at: AddressContext, leaf: string, value: Json, entry: OwnEntry): Edit {
  const given = at.member?.fields.get(leaf)?.given
  if (given !== undefined && isOwnOf(at.scope)(given.layer)) {
    return { kind: 'set', file: given.layer.file, path: given.path, value }
  }
  return { kind: 'set', file: entry.file, path: [...entry.path, ...leaf.split('.')], value }
}

/**
 * Handles a leaf without a value on GitHub, such as the list of a secret that all may use. A set's value for it stays.
 */
function takeOut(at: AddressContext, leaf: string): readonly Edit[] {
  const { member, scope } = at
  const given = [
    member?.fields.get(leaf)?.given,
    ...(member?.adds.get(leaf) ?? []),
    ...(member?.removes.get(leaf) ?? []),
  ]
  return given.flatMap((each): readonly Edit[] => {
    if (each === undefined || !isOwnOf(scope)(each.layer)) return []
    return [{ kind: 'remove', file: each.layer.file, path: each.path }]
  })
}

/** Where all keys of a map within an entry go, the map goes. */
function withoutEmptyMaps(edits: readonly Edit[], files: Files, entries: readonly OwnEntry[]): readonly Edit[] {
  const result: Edit[] = []
  for (const edit of edits) {
    const parent = edit.path.slice(0, -1)
    const isEntry = entries.some((entry) => sameEntry({ file: edit.file, path: parent }, entry))
    const whole = edit.kind === 'remove' && !isEntry ? documentAt(files, edit.file, parent) : undefined
    const siblings = edits.filter(({ file, path }) => file === edit.file && samePath(path.slice(0, -1), parent))
    const gone = siblings.filter(({ kind }) => kind === 'remove').length
    const empties = whole !== undefined && gone === siblings.length && gone === Object.keys(whole).length
    const up: Edit = empties ? { kind: 'remove', file: edit.file, path: parent } : edit
    const known = result.some(
      ({ kind, file, path }) => kind === 'remove' && file === up.file && samePath(path, up.path),
    )
    if (!known || up.kind !== 'remove') result.push(up)
  }
  return result
}

function documentAt(files: Files, file: string, path: Path): Document | undefined {
  let value: Json | undefined = files.get(file)?.value
  for (const step of path) value = isDocument(value) && typeof step === 'string' ? value[step] : undefined
  return isDocument(value) ? value : undefined
}

/** Whether an entry is written out there, and does not come from an alias or `<<`. */
function isWritten(files: Files, { file, path }: OwnEntry): boolean {
  const yaml = files.get(file)
  return yaml !== undefined && placeOf(yaml, path).found === path.length
}

/** Whether a list is at the address's own entry, and not shared with others. */
function isOwn(at: AddressContext, files: Files, { layer, path }: Given): boolean {
  const yaml = files.get(layer.file)
  if (yaml === undefined || !isOwnOf(at.scope)(layer)) return false
  const { nodes, found } = placeOf(yaml, path)
  const last = nodes.at(-1) ?? null
  const shared = sharedAnchor(yaml, nodes) ?? sharedAnchorBelow(yaml, last)
  return found === path.length && last !== null && 'items' in last && shared === undefined
}

function sameEntry(left: OwnEntry, right: OwnEntry | undefined): boolean {
  return left.file === right?.file && samePath(left.path, right.path)
}

function samePath(left: Path, right: Path): boolean {
  return left.length === right.length && left.every((step, index) => step === right[index])
}
