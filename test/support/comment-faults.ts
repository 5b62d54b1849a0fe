import { parseMarker } from '../../src/render/marker.ts'
import { gfmFaults } from './gfm-faults.ts'
import { commandLines, terminalFaults } from './harmless.ts'
import { CANARY } from './hostile-world.ts'

/** The server that the tests of hostile texts run on. */
const SERVER = 'https://github.example.com/'

/** Our own words about a commit, which GitHub links. */
const FAILED = /The plan of [0-9a-f]{40} failed/

/**
 * What the texts of others have done to a comment on a pull request: seen in what a terminal and a log would make of it, in its
 * hidden first line, and in the HTML that GitHub makes of the rest.
 */
export function commentFaults(markdown: string): readonly string[] {
  const [first = ''] = markdown.split('\n')
  // The text of a check run has no such line.
  const hasMarker = first.startsWith('<!--')
  const breaksOut =
    hasMarker && (parseMarker(first) === undefined || /<|>|--/.test(first.slice('<!--'.length, -'-->'.length)))
  const own = markdown
    .replaceAll(SERVER, 'https://github.com/acme/')
    .replace(FAILED, 'The plan failed')
    .replaceAll('<details open>', '<details>')
  return [
    ...terminalFaults(markdown),
    ...commandLines(markdown),
    ...(breaksOut ? [first] : []),
    ...gfmFaults(own, CANARY),
  ]
}
