/**
 * Whether output has colours: at a terminal, and where `FORCE_COLOR` asks for them, as logs of CI show them, too.
 * `NO_COLOR` goes before (https://no-color.org, https://force-color.org).
 * @param isRefused by `--no-color`
 */
export function showsColour({
  env,
  isTerminal,
  isRefused,
}: {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly isTerminal: boolean
  readonly isRefused: boolean
}): boolean {
  if (isRefused || (env.NO_COLOR ?? '') !== '') return false
  const forced = env.FORCE_COLOR ?? ''
  if (forced === '0' || forced === 'false') return false
  return isTerminal || forced !== ''
}
