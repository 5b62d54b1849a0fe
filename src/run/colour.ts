/**
 * Whether output has colours: where people see them, and where `FORCE_COLOR` asks for them, which is 0 for none, and else any
 * number of colours that the terminal has: there are never more than 16. `NO_COLOR` goes before
 * (https://no-color.org, https://force-color.org).
 * @param isSeen at a terminal, or in the log of a job, which shows colours
 * @param isRefused by `--no-color`
 */
export function showsColour({
  env,
  isSeen,
  isRefused,
}: {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly isSeen: boolean
  readonly isRefused: boolean
}): boolean {
  if (isRefused || (env.NO_COLOR ?? '') !== '') return false
  const forced = env.FORCE_COLOR ?? ''
  if (forced === '0' || forced === 'false') return false
  return forced !== '' || (isSeen && env.TERM !== 'dumb')
}
