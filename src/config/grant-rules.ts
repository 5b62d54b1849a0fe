import { whyNoAddress } from '../core/address-glob.ts'
import type { Family } from '../core/family.ts'
import { getPath, isDocument } from '../core/json.ts'
import { keysAt, type RuleProblem } from './duplicate-names.ts'
import type { YamlFile } from './yaml-file.ts'

/** Reports entries of `files` that can match no file, and address globs in them that can match no address. */
export function* checkGrants(file: YamlFile, families: readonly Family[]): Iterable<RuleProblem> {
  const map = isDocument(file.value) ? file.value.files : undefined
  for (const glob of keysAt(file, ['files'])) {
    const path = ['files', glob]
    if (glob === '' || glob.includes('\\') || /(^|\/)\.{0,2}(\/|$)/.test(glob)) {
      yield {
        message: `\`${glob}\` matches no file: write it from the folder of this file down, such as "teams/pay/**"`,
        path: path,
      }
    }
    const entry = isDocument(map) ? map[glob] : undefined
    const addresses = isDocument(entry) ? getPath(entry, 'addresses') : undefined
    if (!Array.isArray(addresses)) continue
    for (const [index, address] of addresses.entries()) {
      const why = typeof address === 'string' && address !== '' ? whyNoAddress(address, families) : undefined
      if (why !== undefined) yield { message: `\`${address}\` ${why}`, path: [...path, 'addresses', index] }
    }
  }
}
