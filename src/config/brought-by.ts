import { byText } from '../core/address.ts'
import { type Document, isDocument } from '../core/json.ts'
import { alternatives } from './names-in.ts'

/** The people who can change each fact that a selector asks for, by GitHub's documentation. */
const WHO = {
  /** https://docs.github.com/organizations/managing-user-access-to-your-organizations-repositories/managing-repository-roles/repository-roles-for-an-organization */
  topic: "set by the repository's maintainers",
  /** https://docs.github.com/organizations/managing-user-access-to-your-organizations-repositories/managing-repository-roles/managing-team-access-to-an-organization-repository */
  team: "given by the repository's admins and the team's maintainers",
  /** https://docs.github.com/organizations/managing-organization-settings/managing-custom-properties-for-repositories-in-your-organization */
  custom_property: "set by the organization's owners, and by the repository's admins where the property lets them",
} as const

/** The facts by which a selector takes a repository, and who can bring them about; undefined for all other keys. */
export function broughtBy(selector: Document): string | undefined {
  const { topic, team, custom_property: properties } = selector
  const facts = [
    ...(topic === undefined
      ? []
      : [`topic: ${[...alternatives(topic)].sort(byText).map(worded).join(' and ')}, ${WHO.topic}`]),
    ...(typeof team === 'string' ? [`team: ${worded(team)}, ${WHO.team}`] : []),
    ...(isDocument(properties) ? [`custom_property: ${shown(properties)}, ${WHO.custom_property}`] : []),
  ]
  return facts.length === 0 ? undefined : facts.join('; ')
}

/** The facts by which several selectors take the same, in an order that is not the one of the YAML. */
export function broughtTogether(all: Iterable<string>): string {
  return [...new Set(all)].sort(byText).join('; ')
}

/** A list as far as it was resolved: the names that no entry writes out, and the facts by which only selectors take some of them. */
interface Taking {
  readonly matched: readonly string[]
  readonly brought: ReadonlyMap<string, string>
}

/** The facts by which several lists together take repositories; none for one that any of them takes by its name. */
export function broughtByAll(lists: readonly (Taking | undefined)[]): ReadonlyMap<string, string> {
  const all = new Map<string, string[]>()
  const byName = new Set<string>()
  for (const { matched, brought } of lists.flatMap((each) => each ?? [])) {
    for (const [name, by] of brought) {
      const found = all.get(name)
      if (found === undefined) all.set(name, [by])
      else found.push(by)
    }
    for (const name of matched) if (!brought.has(name)) byName.add(name)
  }
  return new Map([...all].flatMap(([name, by]) => (byName.has(name) ? [] : [[name, broughtTogether(by)]])))
}

/** Text that would not stand as a word of its own goes in quotes. */
function worded(text: string): string {
  return /^[\w.$#-]+$/.test(text) ? text : JSON.stringify(text)
}

function shown(properties: Document): string {
  return Object.entries(properties)
    .sort(([left], [right]) => byText(left, right))
    .map(
      ([name, value]) =>
        `${worded(name)} ${[value]
          .flat()
          .map((each) => worded(String(each)))
          .sort(byText)
          .join(' or ')}`,
    )
    .join(' and ')
}
