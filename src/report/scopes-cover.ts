import { compileGlob } from '../core/glob.ts'
import { placeOfGap } from '../survey/gap-place.ts'

/** Whether the words of one report are about all that those of another are: `orgs/acme` about `acme/web` and `acme/pay-*` too. */
export function scopesCover(words: readonly string[], others: readonly string[]): boolean {
  const same = new Set(words)
  const wider = words.map((word) => {
    const { owner, repository } = placeOfGap(word)
    const matches = repository === undefined ? () => true : compileGlob(repository)
    return { owner, matches, isWhole: repository === undefined }
  })
  return others.every((word) => {
    if (same.has(word)) return true
    const { owner, repository } = placeOfGap(word)
    return wider.some((each) => {
      if (each.owner !== owner) return false
      return each.isWhole || (repository !== undefined && !repository.includes('*') && each.matches(repository))
    })
  })
}
