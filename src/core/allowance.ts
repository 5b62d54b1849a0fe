/**
 * The guards that a run may go past: the most that it may take away, as numbers, and words for the guards without a
 * count.
 */
export interface Allowance {
  readonly deletions?: number
  readonly revocations?: number
  readonly runner_moves?: number
  readonly public?: boolean
  readonly protected?: boolean
  readonly self?: boolean
}

const NUMBERS = ['deletions', 'revocations', 'runner_moves'] as const
const WORDS = ['public', 'protected', 'self'] as const

/** Every way to write one, for messages. */
export const ALLOWANCE_WORDS: readonly string[] = [...NUMBERS.map((name) => `${name}=N`), ...WORDS]

/** Parses one word, such as `revocations=180`; undefined where it names no guard. */
export function parseAllowance(word: string): Allowance | undefined {
  const [, name, digits] = /^([a-z_]+)=(\d{1,6})$/.exec(word) ?? []
  const counted = NUMBERS.find((known) => known === name)
  if (counted !== undefined) return { [counted]: Number(digits) }
  const plain = WORDS.find((known) => known === word)
  return plain === undefined ? undefined : { [plain]: true }
}

/** All of them together: of a number that is given more than once the greatest holds. */
export function joinAllowances(all: readonly Allowance[]): Allowance {
  const numbers = NUMBERS.flatMap((name) => {
    const given = all.flatMap((each) => each[name] ?? [])
    return given.length === 0 ? [] : [[name, given.reduce((most, each) => Math.max(most, each))] as const]
  })
  const words = WORDS.filter((name) => all.some((each) => each[name])).map((name) => [name, true] as const)
  return Object.fromEntries([...numbers, ...words])
}
