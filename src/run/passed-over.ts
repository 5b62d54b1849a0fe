import type { Loaded } from '../config/load.ts'

const SHOWN = 3

/**
 * The files in folders that are not read and could be taken for a part of the configuration, in one line; undefined for
 * none.
 */
export function passedOverText({ passedOver, links }: Loaded['passedOver']): string | undefined {
  const all = [...passedOver, ...links]
  if (all.length === 0) return undefined
  const counts = [counted(passedOver.length, 'file'), counted(links.length, 'link to a folder', 'links to folders')]
  const names = all.slice(0, SHOWN).join(', ')
  const more = all.length > SHOWN ? ` and ${all.length - SHOWN} more` : ''
  return `Passed over in folders: ${counts.filter((each) => each !== '').join(' and ')} (${names}${more}); name with --config or \`include\` what is to be read.`
}

function counted(count: number, one: string, many = `${one}s`): string {
  return count === 0 ? '' : `${count} ${count === 1 ? one : many}`
}
