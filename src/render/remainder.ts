import { enterprisesLeftOut, isAboutLeftOut } from '../core/enterprises-left-out.ts'
import type { Plan } from '../core/plan.ts'
import { isPart } from '../core/rolling.ts'
import { shellWords } from '../core/shell-word.ts'
import { count, type NoteRow, note } from './row.ts'
import { formatName } from './value.ts'

/** The sources that apply will read, with the addresses that need them. */
export function viewValuesNeeded(plan: Plan): readonly NoteRow[] {
  return plan.values_needed.map(({ source, addresses }) => note(formatName(source), addresses))
}

/** The secrets whose value was not compared, with the remedy. */
export function viewSecrets(plan: Plan): readonly NoteRow[] {
  const { unknown, not_compared, keyed } = plan.secrets
  const rows: NoteRow[] = []
  if (unknown.length > 0) {
    const text = `${count(unknown.length, 'secret')} without a ledger entry: the value is unknown and left alone`
    rows.push(note(text, unknown, 'To write them once and know them from then on: --rotate GLOB'))
  }
  if (not_compared.length > 0)
    rows.push(note(`${count(not_compared.length, 'secret')}: value not compared`, not_compared))
  const concerned = rows.length > 0 || plan.changes.some(({ value }) => value !== null)
  if (keyed || !concerned) return rows
  // A plan does not record whether there is no key, or a pull request's run was not to use it.
  const text = 'Planned without a ledger key: a value that changed at its source is not noticed'
  const hint =
    'Pull requests are planned so even where OCTOFORM_LEDGER_KEY is set; to make one: openssl rand -base64 32'
  return [...rows, note(text, [], hint)]
}

/** The settings that the configuration declares in archived repositories. */
export function viewArchived({ archived = [] }: Plan): readonly NoteRow[] {
  if (archived.length === 0) return []
  return [note(`archived: ${count(archived.length, 'address', 'addresses')} left alone`, archived)]
}

/** The scopes that the run leaves out, with the way to have those of enterprises. */
export function viewLeftOut(plan: Plan): readonly NoteRow[] {
  const enterprises = enterprisesLeftOut(plan)
  const others = plan.left_out.filter((place) => !enterprises.includes(place))
  const given = [...flagsOf('--owner', plan.flags.owner), ...flagsOf('--target', plan.flags.target)].join(' ')
  const hint = `A run compares an enterprise where it names it: ${flagsOf('--owner', enterprises.slice(0, 1)).join('')}`
  return [
    ...(others.length > 0
      ? [
          note(
            `${count(others.length, 'place')} left out by ${given || (isPart(plan.rolling) ? 'this run, which reads a part' : 'this run')}`,
            others,
          ),
        ]
      : []),
    ...(enterprises.length > 0
      ? [
          note(
            `${count(enterprises.length, 'enterprise')} left out`,
            enterprises,
            isAboutLeftOut(plan) ? undefined : hint,
          ),
        ]
      : []),
  ]
}

function flagsOf(flag: string, values: readonly string[]): readonly string[] {
  return values.map((value) => shellWords([flag, value]))
}
