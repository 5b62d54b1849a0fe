import { checkPolicies, POLICIES, REPOSITORIES } from './check-policies.ts'

/** How the pairs went, so that one in which nothing was written is noticed. */
interface Tally {
  worlds: number
  steps: number
}

/**
 * Takes an organization from each policy to each other, and to itself, with repositories below it of all kinds, a part of them
 * for each pair.
 * @param share every so-manieth pair
 * @param repositories every so-manieth kind of repository: a prime, so that all of them have their turn
 */
export async function checkPolicyPairs({
  share,
  repositories,
}: {
  share: number
  repositories: number
}): Promise<Tally> {
  const tally: Tally = { worlds: 0, steps: 0 }
  const pairs = POLICIES.flatMap((before) => POLICIES.map((after) => ({ before, after })))
  for (const [index, { before, after }] of pairs.entries()) {
    if (index % share !== share - 1) continue
    const below = REPOSITORIES.filter((_, kind) => kind % repositories === index % repositories)
    const { worlds, steps } = await checkPolicies({ before, after, below })
    tally.worlds += worlds
    tally.steps += steps
  }
  return tally
}
