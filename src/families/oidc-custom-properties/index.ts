import type { Edit, FamilyAt, Known, Wanted } from '../../core/family.ts'
import type { FamilyWith } from '../../core/family-at.ts'
import type { Finding } from '../../core/finding.ts'
import type { Live } from '../../core/live.ts'
import type { Route } from '../../core/routes.ts'
import { type ScopeType, scopeParams } from '../../core/scope.ts'
import type { Send } from '../../core/send.ts'
import { nameFault } from './name-fault.ts'

const NAME = 'oidc_custom_properties'

/** One custom property of repositories that the OIDC tokens of their runs include, in GitHub's words. */
interface Inclusion {
  readonly custom_property_name: string
  readonly inclusion_source: 'organization' | 'enterprise'
}

/** GitHub compares custom properties without case. */
function fold(name: string): string {
  return name.toLowerCase()
}

/** The path of one level's inclusions, and the routes below it. */
function inclusionsAt<S extends ScopeType>(
  path: `/${string}`,
  source: Inclusion['inclusion_source'],
): FamilyAt<S, object, object> {
  const list: Route = `GET ${path}`
  const add: Route = `POST ${path}`
  const remove: Route = `DELETE ${path}/{custom_property_name}`
  return {
    presence: list,
    reads: [list],
    writes: [add, remove],
    async read(scope, get) {
      const inclusions = await get.list<Inclusion>(list, scopeParams(scope))
      return inclusions.map(({ custom_property_name: name, inclusion_source }): Live => {
        return {
          key: fold(name),
          name,
          spec: {},
          ref: {},
          ...(inclusion_source === source ? {} : { fixed: 'inherited' }),
        }
      })
    },
    write({ action, scope, name }: Edit<object, object, S>): readonly Send[] {
      const params = scopeParams(scope)
      if (action === 'create') {
        return [{ route: add, fields: [], params: () => params, body: () => ({ custom_property_name: name }) }]
      }
      return [{ route: remove, fields: [], params: () => ({ ...params, custom_property_name: name }) }]
    },
  }
}

/**
 * Custom properties of repositories that the OIDC tokens of workflow runs include as claims `repo_property_NAME`: an
 * organization has those of its enterprise, too. Each is there or not, and has no fields.
 * https://docs.github.com/rest/actions/oidc#list-oidc-custom-property-inclusions-for-an-organization
 */
export const oidcCustomProperties: FamilyWith<'enterprise' | 'organization', object, object> = {
  name: NAME,
  shape: 'members',
  fields: {},
  fold,
  nameFault,
  scopes: {
    enterprise: inclusionsAt('/enterprises/{enterprise}/actions/oidc/customization/properties/repo', 'enterprise'),
    organization: {
      ...inclusionsAt('/orgs/{org}/actions/oidc/customization/properties/repo', 'organization'),
      check: checkInherited,
      coming: comingFromAbove,
    },
  },
}

/** GitHub lists a property once, as the enterprise's while that includes it: the organization's own comes after its delete. */
function checkInherited({ key }: Wanted, live: Live | undefined, known: Known): readonly Finding[] {
  const written = known.writes?.(NAME, 'above', key) ?? 'elsewhere'
  if (live?.fixed !== 'inherited' || written === 'elsewhere' || known.deletes?.(key, 'above') !== true) return []
  const message = `${live.name ?? key} is here because the enterprise includes it, whose YAML takes it out`
  return [{ severity: 'held back', message, help: 'Apply again after that, for the organization to include it.' }]
}

/** A property that the enterprise comes to include. Its organizations have it by that: one of their own would be a 422. */
function comingFromAbove({ key }: Wanted, known: Known): object | undefined {
  const isWritten = (known.writes?.(NAME, 'above', key) ?? 'elsewhere') !== 'elsewhere'
  const above = known.desired(NAME, 'above')?.find((member) => member.key === key)
  return isWritten && above?.state === 'present' ? {} : undefined
}
