import { shownKey } from '../../core/shown-key.ts'

/**
 * How secrets and variables may be called (https://docs.github.com/actions/reference/secrets-reference): gives the reason
 * why one cannot have a name. A key that holds more than a name may hold a value, which no message shows.
 */
export function valueNameFault(one: 'secret' | 'variable'): (name: string) => string | undefined {
  return (name) => {
    const folded = name.toUpperCase()
    const shown = `\`${shownKey(name)}\``
    if (folded.startsWith('GITHUB_')) return `${shown}: GitHub keeps names that start with GITHUB_ to itself`
    if (/^[A-Za-z_]\w*$/.test(folded)) return undefined
    const rule = /^\d/.test(folded) ? 'cannot start with a digit' : 'holds only letters, digits and `_`'
    return `${shown}: a ${one}'s name ${rule}`
  }
}
