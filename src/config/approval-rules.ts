import { ALLOWANCE_WORDS, parseAllowance } from '../core/allowance.ts'
import { isDocument } from '../core/json.ts'
import type { RuleProblem } from './duplicate-names.ts'
import type { YamlFile } from './yaml-file.ts'

/** Reports approvals of text that is not a digest, and of guards that no line may approve. */
export function* checkApprovals(file: YamlFile): Iterable<RuleProblem> {
  const list = isDocument(file.value) ? file.value.approvals : undefined
  if (!Array.isArray(list)) return
  for (const [index, entry] of list.entries()) {
    if (!isDocument(entry)) continue
    const { digest, allow } = entry
    const path = ['approvals', index]
    if (typeof digest === 'string' && !/^[0-9a-f]{64}$/.test(digest)) {
      yield {
        message: '`digest` must be the digest that plan prints: 64 hexadecimal digits in lower case',
        path: [...path, 'digest'],
      }
    }
    if (!Array.isArray(allow)) continue
    for (const [nth, word] of allow.entries()) {
      if (typeof word !== 'string' || parseAllowance(word) !== undefined) continue
      yield { message: whyNot(word), path: [...path, 'allow', nth] }
    }
  }
}

function whyNot(word: string): string {
  const known = ALLOWANCE_WORDS.join(', ')
  if (word !== 'incomplete' && word !== 'fork') return `\`${word}\` is not a guard: write ${known}`
  return `no line approves \`${word}\`: what is not seen, or not trusted, nobody can review. It takes \`--allow ${word}\``
}
