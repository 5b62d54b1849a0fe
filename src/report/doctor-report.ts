import type { Checkup } from '../github/checkup.ts'
import { formatPermissions } from '../github/permissions.ts'

/** The checkups as lines of text, each owner under its own heading, the verdict last. */
export function doctorText(checkups: readonly Checkup[]): string {
  return [...checkups.flatMap(linesOf), verdictOf(checkups)].map((line) => `${line}\n`).join('')
}

/** The same as plain JSON. */
export function doctorJson(checkups: readonly Checkup[]): string {
  return `${JSON.stringify({ enough: isEnough(checkups), checkups }, null, 2)}\n`
}

function isEnough(checkups: readonly Checkup[]): boolean {
  return checkups.every(({ missing, unreachable }) => missing.length === 0 && unreachable.length === 0)
}

function linesOf({ of, from, kind, needs, scopes, has, missing, untold, unreachable, notes }: Checkup): string[] {
  const needed = Object.entries(needs).filter(([, each]) => Object.keys(each).length > 0)
  return [
    kind === 'none' ? of : `${of}: ${kind} (${from})`,
    ...needed.map(([purpose, each]) => `  ${purpose} needs    ${formatPermissions(each)}`),
    ...(scopes.length === 0 ? [] : [`  scopes needed ${scopes.join(', ')}`]),
    ...(has === undefined ? [] : [`  it has        ${has}`]),
    ...missing.map(({ what, for: purposes, how }) => `  - missing for ${purposes.join(' and ')}: ${what}. ${how}`),
    ...unreachable.map((what) => `  ? not known: ${what}`),
    ...untold.map((what) => `  ? GitHub does not say: ${what}`),
    ...notes.map((note) => `  ! ${note}`),
    '',
  ]
}

function verdictOf(checkups: readonly Checkup[]): string {
  const missing = checkups.flatMap((each) => each.missing)
  if (missing.length > 0) return `Not enough: ${missing.length} missing.`
  return isEnough(checkups)
    ? 'The credentials are enough, as far as GitHub says.'
    : 'It is not known whether the credentials are enough.'
}
