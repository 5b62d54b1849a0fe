import type { Family, FamilyAt } from '../../core/family.ts'
import type { FamilyWith } from '../../core/family-at.ts'
import type { Field } from '../../core/field.ts'
import type { Document } from '../../core/json.ts'
import { alternativesOf } from '../../core/routes.ts'
import type { ScopeType } from '../../core/scope.ts'
import { documentOf, readDocument, type SettingsDocument, writeDocument } from './settings-document.ts'

/** The settings of one level: one document, or several; beside it what is special there. */
type SettingsAt<S extends ScopeType> = (SettingsDocument | { readonly documents: readonly SettingsDocument[] }) &
  Partial<Pick<FamilyAt<S, Document, Document>, 'align' | 'check' | 'reach' | 'dictated' | 'unreadable'>> & {
    /** GitHub takes it and shows it nowhere: the reason, as the end of a sentence. */
    readonly hidden?: string
  }

interface Settings<Levels extends ScopeType>
  extends Partial<Pick<Family<Document, Document>, 'needs' | 'vital' | 'boundBy'>> {
  readonly fields: Readonly<Record<string, Omit<Field, 'written'>>>
  readonly levels: { readonly [S in Levels]: SettingsAt<S> }
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
  { fields, levels, ...more }: Settings<Levels>,
): FamilyWith<Levels, Document, Document> {
  const made = Object.entries<SettingsAt<Levels>>(levels).map(([level, at]) => ({ level, ...levelOf(at, fields) }))
  const writtenAt = (field: string): Field['written'] => {
    const places = made.flatMap(({ level, documents }) => documents.map((document) => ({ level, ...document })))
    const holding = places.filter(({ holds }) => holds.includes(field))
    return Object.fromEntries(holding.map(({ level, put }) => [level, { route: put }]))
  }
  const written = Object.entries(fields).map(([field, given]) => [field, { ...given, written: writtenAt(field) }])
  const family: FamilyWith<never, Document, Document> = {
    ...more,
    name,
    shape: 'settings',
    fields: Object.fromEntries(written),
    fold: () => '',
    scopes: Object.fromEntries(made.map(({ level, entry }) => [level, entry])),
  }
  return family as FamilyWith<Levels, Document, Document>
}

function levelOf<S extends ScopeType>({ hidden, ...at }: SettingsAt<S>, fields: Settings<S>['fields']) {
  const { documents: given, ...rest } = 'documents' in at ? at : { documents: [at], ...at }
  const documents = given.map((each) => documentOf(each, fields))
  const gets = hidden === undefined ? documents.map(({ get }) => get) : []
  const puts = documents.map(({ put }) => put)
  const [first, ...others] = (gets.length > 0 ? gets : puts).flatMap(alternativesOf)
  if (first === undefined) throw new Error('bug: a level without a document')
  const entry: FamilyAt<S, Document, Document> = {
    ...rest,
    ...(hidden === undefined ? {} : { unreadable: () => hidden }),
    presence: [first, ...others],
    reads: gets,
    writes: puts,
    async read(scope, get, known) {
      const read = await Promise.all(
        gets.length === 0 ? [] : documents.map((each) => readDocument(each, scope, get, known)),
      )
      const all = (part: 'spec' | 'ref'): Document => Object.assign({}, ...read.map(({ [part]: own }) => own))
      return [{ key: '', spec: all('spec'), ref: all('ref') }]
    },
    write: (edit) => documents.flatMap((each) => writeDocument(each, edit)),
  }
  return { documents, entry }
}
