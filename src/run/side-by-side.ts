import pLimit from 'p-limit'
import { inTurns, type OwnTurn } from './in-turns.ts'

/**
 * Reads several side by side. The results, and the failure that ends the run, are those of reading one after the other.
 * @param most begun at once
 * @throws the first failure in the order of the items, also where a later one fails sooner
 */
export async function sideBySide<Item, Result>(
  items: readonly Item[],
  read: (item: Item, turn: OwnTurn) => Promise<Result>,
  most: number,
): Promise<readonly Result[]> {
  const turns = inTurns(items.length)
  const atOnce = pLimit(Math.max(1, most))
  const reads = items.map((item, index) => {
    const turn = turns[index] as OwnTurn
    return atOnce(() => read(item, turn)).finally(() => turn.end())
  })
  for (const each of reads) each.catch(() => undefined)
  const results: Result[] = []
  for (const each of reads) results.push(await each)
  return results
}
