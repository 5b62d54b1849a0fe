import type { Edit, Family, FamilyAt } from '../../core/family.ts'
import type { FamilyWith } from '../../core/family-at.ts'
import type { Field } from '../../core/field.ts'
import type { Document } from '../../core/json.ts'
import { alternativesOf } from '../../core/routes.ts'
import type { ScopeType } from '../../core/scope.ts'
import type { Send } from '../../core/send.ts'
import { comparedWithAbove, type Following, writtenBesideAbove } from './following.ts'
import { documentOf, readDocument, type SettingsDocument, writeDocument } from './settings-document.ts'
import { type Having, leftOutWhereLacking, NOT_HERE, surelyLacks } from './some-repositories.ts'
import { type Bound, withinAbove } from './within-above.ts'

/** The settings of one level: one document, or several; beside it what is special there. */
type SettingsAt<S extends ScopeType> = (SettingsDocument | { readonly documents: readonly SettingsDocument[] }) &
  Partial<Pick<FamilyAt<S, Document, Document>, 'align' | 'check' | 'reach' | 'dictated' | 'unreadable'>> & {
    /** GitHub takes it and shows it nowhere: the reason, as the end of a sentence. */
    readonly hidden?: string
    /** Of repositories: only those of this visibility have it. */
    readonly onlyOf?: Having
  }

interface Settings<Levels extends ScopeType>
  extends Partial<Pick<Family<Document, Document>, 'needs' | 'vital' | 'boundBy' | 'boundBeyond' | 'consequences'>> {
  readonly fields: Readonly<Record<string, Omit<Field, 'written'>>>
  /** The fields of which no level may admit more than the one above it: in the order of `wider`, or numbers. */
  readonly within?: readonly string[]
  readonly levels: { readonly [S in Levels]: SettingsAt<S> }
  /** A level has them from the level above until they are set there. */
  readonly fromAbove?: true
}

/**
 * A family of settings that are always there: fields in one document a level, or in a few.
 * @example
 * export const workflowPermissions = settingsOf('workflow_permissions', {
 *   fields: {
 *     default_workflow_permissions: { wider: ['read', 'write'] },
 *     can_approve_pull_request_reviews: { wider: [false, true] },
 *   },
 *   levels: {
 *     organization: { path: '/orgs/{org}/actions/permissions/workflow' },
 *     repository: { path: '/repos/{owner}/{repo}/actions/permissions/workflow' },
 *   },
 * })
 */
export function settingsOf<Levels extends ScopeType>(
  name: string,
  { fields, levels, fromAbove, within = [], ...more }: Settings<Levels>,
): FamilyWith<Levels, Document, Document> {
  const following = fromAbove && { family: name, fields }
  const bound = within.length > 0 ? withinAbove(name, fields, within) : undefined
  const made = Object.entries<SettingsAt<Levels>>(levels).map(([level, at]) => {
    return { level, ...levelOf(at, fields, { following, bound }) }
  })
  const writtenAt = (field: string): Field['written'] => {
    const places = made.flatMap(({ level, documents }) => documents.map((document) => ({ level, ...document })))
    const holding = places.filter(({ holds }) => holds.includes(field))
    return Object.fromEntries(holding.map(({ level, put }) => [level, { route: put }]))
  }
  const written = Object.entries(fields).map(([field, given]) => [field, { ...given, written: writtenAt(field) }])
  const family: FamilyWith<never, Document, Document> = {
    ...(following ? { needs: [{ family: name, from: 'above' }] } : {}),
    ...(bound ? { needs: bound.needs, boundBy: bound.boundBy } : {}),
    ...more,
    ...(following ? { boundBy: followedBy(fields, more.boundBy), follows: true } : {}),
    name,
    shape: 'settings',
    fields: Object.fromEntries(written),
    fold: () => '',
    scopes: Object.fromEntries(made.map(({ level, entry }) => [level, entry])),
  }
  return family as FamilyWith<Levels, Document, Document>
}

/** The fields above that a wish may have from there until this run, beside those that may forbid one. */
function followedBy(
  fields: Settings<never>['fields'],
  bounding: Settings<never>['boundBy'],
): NonNullable<Settings<never>['boundBy']> {
  return (wanted, above) => {
    const given = Object.keys(fields).filter(
      (field) => wanted.spec[field] !== undefined && above?.spec[field] !== undefined,
    )
    return [...new Set([...(bounding?.(wanted, above) ?? []), ...given])]
  }
}

function levelOf<S extends ScopeType>(
  { hidden, onlyOf, ...at }: SettingsAt<S>,
  fields: Settings<S>['fields'],
  { following, bound }: { readonly following: Following | undefined; readonly bound: Bound | undefined },
) {
  const { documents: given, ...rest } = 'documents' in at ? at : { documents: [at], ...at }
  const documents = given.map((each) => documentOf(each, fields))
  const gets = hidden === undefined ? documents.map(({ get }) => get) : []
  const puts = documents.map(({ put }) => put)
  const [first, ...others] = (gets.length > 0 ? gets : puts).flatMap(alternativesOf)
  if (first === undefined) throw new Error('bug: a level without a document')
  const align = following ? comparedWithAbove(following, rest.align) : (bound?.align ?? rest.align)
  const { check } = rest
  const write = (edit: Edit<Document, Document, S>): readonly Send<Document>[] =>
    documents.flatMap((each) => writeDocument(each, edit))
  const entry: FamilyAt<S, Document, Document> = {
    ...rest,
    ...(bound ? { check: (...of) => [...bound.check(of[0], of[2], of[3]), ...(check?.(...of) ?? [])] } : {}),
    ...(hidden === undefined ? {} : { unreadable: () => hidden }),
    ...(align ? { align } : {}),
    ...(onlyOf === undefined ? {} : { align: leftOutWhereLacking(onlyOf, align) }),
    presence: [first, ...others],
    reads: gets,
    writes: puts,
    async read(scope, get, known) {
      if (entry.unreadable?.(known.product) !== undefined) return [{ key: '', spec: {}, ref: {} }]
      if (onlyOf !== undefined && surelyLacks(onlyOf, scope, known)) return [NOT_HERE]
      const extent = onlyOf === undefined ? 'all' : 'some repositories'
      const read = await Promise.all(documents.map((each) => readDocument(each, scope, get, known, extent)))
      if (read.includes(undefined)) return [NOT_HERE]
      const all = (part: 'spec' | 'ref'): Document => Object.assign({}, ...read.map((own) => own?.[part]))
      return [{ key: '', spec: all('spec'), ref: all('ref') }]
    },
    write(edit) {
      if (following) return writtenBesideAbove(following, edit, write)
      return bound ? bound.closing(edit, write) : write(edit)
    },
  }
  return { documents, entry }
}
